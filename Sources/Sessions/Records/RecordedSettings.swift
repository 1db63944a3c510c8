import Datasets
import Experiment
import NeuralNetwork

/// A run's settings as fields of a JSON object, named after their options.
enum RecordedSettings {
  static func encode(_ configuration: RunConfiguration, into fields: inout FieldEncoder) throws {
    try fields.encode(configuration.dataset, forKey: "dataset")
    try fields.encode(configuration.hiddenWidths, forKey: "hidden")
    try fields.encode(configuration.dropout, forKey: "dropout")
    try fields.encode(configuration.inputDropout, forKey: "input_dropout")
    try fields.encode(configuration.activation, forKey: "activation")
    try fields.encode(configuration.initialization.text, forKey: "init")
    try fields.encode(configuration.batchNorm, forKey: "batch_norm")
    try fields.encode(configuration.optimizer, forKey: "optimizer")
    try fields.encode(configuration.learningRate, forKey: "lr")
    try fields.encode(configuration.schedule.decay.text, forKey: "schedule")
    try fields.encode(configuration.schedule.warmupEpochs, forKey: "warmup")
    try fields.encode(configuration.momentum, forKey: "momentum")
    try fields.encode(configuration.nesterov, forKey: "nesterov")
    try fields.encode(configuration.weightDecay, forKey: "weight_decay")
    try fields.encode(!configuration.decaysBiases, forKey: "no_bias_decay")
    try fields.encode(configuration.l1, forKey: "l1")
    try fields.encode(configuration.clipNorm, forKey: "clip_norm")
    try fields.encode(configuration.clipValue, forKey: "clip_value")
    try fields.encode(configuration.labelSmoothing, forKey: "label_smoothing")
    try fields.encode(configuration.augmentation.text, forKey: "augment")
    try fields.encode(configuration.batchSize, forKey: "batch_size")
    try fields.encode(configuration.epochs, forKey: "epochs")
    try fields.encode(configuration.seed, forKey: "seed")
    try fields.encode(configuration.trainSize, forKey: "train_size")
    try fields.encode(configuration.validationSize, forKey: "validation")
    try fields.encode(configuration.earlyStopping, forKey: "early_stopping")
    try fields.encode(configuration.evaluationInterval, forKey: "evaluate_every")
  }

  /// Reads and validates settings.
  static func decode(_ fields: FieldDecoder) throws -> RunConfiguration {
    var configuration = RunConfiguration()
    configuration.dataset = try fields.decodeIfPresent(DatasetDescription.self, forKey: "dataset") ?? .usual
    configuration.hiddenWidths = try fields.decode([Int].self, forKey: "hidden")
    configuration.dropout = try fields.decode([Double].self, forKey: "dropout")
    configuration.inputDropout = try fields.decode(Double.self, forKey: "input_dropout")
    configuration.activation = try fields.decode(Activation.self, forKey: "activation")
    let initialization = try fields.decode(String.self, forKey: "init")
    configuration.initialization = try known(.init(text: initialization), initialization, "init", fields)
    configuration.batchNorm = try fields.decode(Bool.self, forKey: "batch_norm")
    configuration.optimizer = try fields.decode(OptimizerKind.self, forKey: "optimizer")
    configuration.learningRate = try fields.decode(Double.self, forKey: "lr")
    // Settings that came later are missing in older files, which had their defaults.
    if let text = try fields.decodeIfPresent(String.self, forKey: "schedule") {
      configuration.schedule.decay = try known(.init(text: text), text, "schedule", fields)
    }
    configuration.schedule.warmupEpochs = try fields.decodeIfPresent(Double.self, forKey: "warmup") ?? 0
    configuration.momentum = try fields.decode(Double.self, forKey: "momentum")
    configuration.nesterov = try fields.decode(Bool.self, forKey: "nesterov")
    configuration.weightDecay = try fields.decode(Double.self, forKey: "weight_decay")
    configuration.decaysBiases = try !fields.decode(Bool.self, forKey: "no_bias_decay")
    configuration.l1 = try fields.decode(Double.self, forKey: "l1")
    configuration.clipNorm = try fields.decodeIfPresent(Double.self, forKey: "clip_norm")
    configuration.clipValue = try fields.decodeIfPresent(Double.self, forKey: "clip_value")
    configuration.labelSmoothing = try fields.decode(Double.self, forKey: "label_smoothing")
    if let text = try fields.decodeIfPresent(String.self, forKey: "augment") {
      configuration.augmentation = try known(.init(text: text), text, "augment", fields)
    }
    configuration.batchSize = try fields.decode(Int.self, forKey: "batch_size")
    configuration.epochs = try fields.decode(Int.self, forKey: "epochs")
    configuration.seed = try fields.decode(UInt64.self, forKey: "seed")
    configuration.trainSize = try fields.decodeIfPresent(Int.self, forKey: "train_size")
    configuration.validationSize = try fields.decodeIfPresent(Int.self, forKey: "validation")
    configuration.earlyStopping = try fields.decodeIfPresent(Int.self, forKey: "early_stopping")
    configuration.evaluationInterval = try fields.decodeIfPresent(Int.self, forKey: "evaluate_every") ?? 1
    do {
      try configuration.validate()
    } catch {
      throw fields.fault(Field(stringValue: error.setting?.rawValue ?? "hidden"), "\(error.problem)")
    }
    return configuration
  }

  /// What a text means, if it means anything.
  private static func known<Value>(
    _ value: Value?, _ text: String, _ field: Field, _ fields: FieldDecoder
  ) throws -> Value {
    guard let value else { throw fields.fault(field, "'\(text)' is not known") }
    return value
  }
}
