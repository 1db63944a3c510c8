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
      configuration: RecordedSettings.decode(fields),
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
    let setting: LiveSetting =
      switch try fields.decode(String.self, forKey: "setting") {
      case "dropout": try .dropout(layer: layer(fields))
      case "lr": .learningRate
      case "weight_decay": .weightDecay
      case "l1": .l1
      case "label_smoothing": .labelSmoothing
      case "flip": .flip
      case "shift": .shift
      case "epochs": .epochs
      case let other: throw fields.fault("setting", "'\(other)' is not known")
      }
    return try SettingChanged(
      position: fields.position(), setting: setting, oldValue: value("old_value", of: setting, fields),
      newValue: value("new_value", of: setting, fields))
  }

  private static func value(
    _ field: Field, of setting: LiveSetting, _ fields: FieldDecoder
  ) throws -> Double {
    let value = try fields.decode(Double.self, forKey: field)
    guard setting.accepts(value) else {
      throw fields.fault(field, "\(value) is out of range for \(setting.title)")
    }
    return value
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
