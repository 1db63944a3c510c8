import Experiment

extension RecordedEvent: Decodable {
  /// Reads the fields of a line.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    time = try fields.decode(Double.self, forKey: "time")
    switch try fields.decode(String.self, forKey: "event") {
    case "run_started":
      firstStep = try fields.count("step")
      event = try .runStarted(Self.runStarted(fields))
    case "steps_completed": event = try .stepsCompleted(Self.stepsCompleted(fields))
    case "epoch_evaluated": event = try .epochEvaluated(RecordedEpoch(fields: fields).event)
    case "setting_changed": event = try .settingChanged(Self.settingChanged(fields))
    case "paused": event = try .paused(fields.position())
    case "resumed": event = try .resumed(fields.position())
    case "run_renamed":
      event = try .runRenamed(RunRenamed(run: fields.run(), name: fields.decode(String.self, forKey: "name")))
    case "run_removed": event = try .runRemoved(fields.run())
    case "run_ended":
      event = try .runEnded(
        RunEnded(
          position: fields.position(), reason: Self.reason(fields),
          restoredEpoch: fields.decodeIfPresent(Int.self, forKey: "restored_epoch")))
    case let other: throw fields.fault("event", "'\(other)' is not known")
    }
  }

  private static func runStarted(_ fields: FieldDecoder) throws -> RunStarted {
    let run = try fields.run()
    return try RunStarted(
      run: run, name: fields.decode(String.self, forKey: "name"),
      configuration: fields.configuration(),
      parameterCount: fields.count("parameters"),
      trainCount: fields.count("train_images"),
      testCount: fields.count("test_images"),
      stepsPerEpoch: fields.count("steps_per_epoch"),
      threads: fields.count("threads"), forkedFrom: fields.fork(of: run), scheduled: scheduled(fields))
  }

  private static func scheduled(_ fields: FieldDecoder) throws -> [SettingChanged]? {
    guard fields.contains("scheduled_changes") else { return nil }
    var list = try fields.nestedUnkeyedContainer(forKey: "scheduled_changes")
    var changes: [SettingChanged] = []
    while !list.isAtEnd { try changes.append(settingChanged(list.nestedContainer(keyedBy: Field.self))) }
    return changes
  }

  private static func stepsCompleted(_ fields: FieldDecoder) throws -> StepsCompleted {
    let samples = try fields.count("samples")
    let measured = try fields.measurements([.runningTrainLoss, .runningTrainAccuracy])
    guard samples > 0, let loss = measured[.runningTrainLoss], let accuracy = measured[.runningTrainAccuracy],
      let correct = Int(exactly: (accuracy * Double(samples)).rounded())
    else {
      throw fields.fault("samples", "there are no samples with this accuracy")
    }
    return try StepsCompleted(
      position: fields.position(), count: fields.count("count"), samples: samples,
      lossSum: loss * Double(samples), correct: correct,
      trainingSeconds: fields.decode(Double.self, forKey: "training_seconds"))
  }

  private static func settingChanged(_ fields: FieldDecoder) throws -> SettingChanged {
    let setting = try fields.decode(Setting.self, forKey: "setting")
    let layer = try fields.decodeNil(forKey: "layer") ? nil : layer(fields)
    return try SettingChanged(
      position: fields.position(), setting: setting, layer: layer,
      oldValue: setting.decode("old_value", layer: layer, from: fields),
      newValue: setting.decode("new_value", layer: layer, from: fields))
  }

  /// Reads a layer, which is counted from 1.
  private static func layer(_ fields: FieldDecoder) throws -> Int {
    let layer = try fields.count("layer")
    guard layer > 0 else { throw fields.fault("layer", "layers are counted from 1") }
    return layer - 1
  }

  private static func reason(_ fields: FieldDecoder) throws -> RunEnded.Reason {
    let message = try fields.decodeIfPresent(String.self, forKey: "message") ?? ""
    return switch try fields.decode(String.self, forKey: "reason") {
    case "completed": .completed
    case "stopped": .stopped
    case "diverged": .diverged(message: message)
    case "failed": .failed(message: message)
    case let other: throw fields.fault("reason", "'\(other)' is not known")
    }
  }
}
