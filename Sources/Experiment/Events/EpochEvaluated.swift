/// The figures of an epoch that has just ended.
public struct EpochEvaluated: Hashable, Sendable {
  /// What was measured.
  public var metrics: Measurements
  /// Images trained on in this epoch.
  public var trainedSamples: Int
  /// Seconds this epoch's steps took, without pauses.
  public var trainingSeconds: Double
  /// Seconds the evaluation over train and test took.
  public var evaluationSeconds: Double

  /// The figures of an epoch.
  public init(
    metrics: Measurements, trainedSamples: Int, trainingSeconds: Double, evaluationSeconds: Double
  ) {
    self.metrics = metrics
    self.trainedSamples = trainedSamples
    self.trainingSeconds = trainingSeconds
    self.evaluationSeconds = evaluationSeconds
  }

  /// Images trained on per second of training, or `nil` if no time was measured.
  public var imagesPerSecond: Double? {
    trainingSeconds > 0 ? Double(trainedSamples) / trainingSeconds : nil
  }
}

extension EpochEvaluated: EventDetails {
  package static var name: String { "epoch_evaluated" }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    try self.init(
      metrics: fields.measurements(requiringResult: true), trainedSamples: fields.count("samples"),
      trainingSeconds: fields.seconds("training_seconds"),
      evaluationSeconds: fields.seconds("evaluation_seconds"))
  }

  package func add(to object: inout JSONObject) {
    object.add(metrics)
    object.add("samples", trainedSamples)
    object.add("training_seconds", trainingSeconds)
    object.add("evaluation_seconds", evaluationSeconds)
    object.add("images_per_second", imagesPerSecond)
  }
}

/// An epoch and where it ended, as an object of its own within another one.
extension Positioned<EpochEvaluated>: Decodable {
  /// Reads the position and the figures.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let position = try fields.position()
    try self.init(EpochEvaluated(fields, at: position), at: position)
  }

  /// The position and the figures.
  package var json: JSONObject {
    var object = JSONObject()
    object.add(position)
    details.add(to: &object)
    return object
  }
}
