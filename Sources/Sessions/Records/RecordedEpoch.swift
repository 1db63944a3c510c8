import Experiment

/// The figures of an epoch as fields of a JSON object.
struct RecordedEpoch: Codable {
  let event: EpochEvaluated

  init(_ event: EpochEvaluated) { self.event = event }

  init(fields: FieldDecoder) throws {
    event = try EpochEvaluated(
      position: fields.position(),
      metrics: fields.measurements([.selection(isValidated: false)]),
      trainedSamples: fields.count("samples"),
      trainingSeconds: fields.decode(Double.self, forKey: "training_seconds"),
      evaluationSeconds: fields.decode(Double.self, forKey: "evaluation_seconds"))
  }

  init(from decoder: any Decoder) throws {
    try self.init(fields: decoder.container(keyedBy: Field.self))
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try encode(into: &fields)
  }

  func encode(into fields: inout FieldEncoder) throws {
    try fields.encode(event.position)
    try fields.encode(event.metrics)
    try fields.encode(event.trainedSamples, forKey: "samples")
    try fields.encode(event.trainingSeconds, forKey: "training_seconds")
    try fields.encode(event.evaluationSeconds, forKey: "evaluation_seconds")
    try fields.encode(event.imagesPerSecond, forKey: "images_per_second")
  }
}
