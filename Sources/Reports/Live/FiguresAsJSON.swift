package import Experiment
import NeuralNetwork

extension EpochMetrics {
  /// The names that programs know the figures by.
  package static let keys = [
    "running_train_loss", "running_train_accuracy", "train_loss", "train_accuracy", "test_loss",
    "test_accuracy", "generalization_gap", "validation_loss", "validation_accuracy",
  ]

  /// The figures in the order of `keys`; `nil` for what was not measured.
  package var values: [Double?] {
    [
      runningTrain.loss, runningTrain.accuracy, train.loss, train.accuracy, test.loss, test.accuracy,
      generalizationGap, validation?.loss, validation?.accuracy,
    ]
  }
}

extension Comparison.Figure {
  /// The name that programs know the figure by.
  package var key: String {
    switch self {
    case .runningTrainLoss: "running_train_loss"
    case .trainLoss: "train_loss"
    case .validationLoss: "validation_loss"
    case .testLoss: "test_loss"
    case .trainAccuracy: "train_accuracy"
    case .validationAccuracy: "validation_accuracy"
    case .testAccuracy: "test_accuracy"
    case .generalizationGap: "generalization_gap"
    }
  }
}

extension JSONObject {
  /// Adds the figures of an epoch.
  package mutating func add(_ metrics: EpochMetrics, prefix: String = "") {
    for (key, value) in zip(EpochMetrics.keys, metrics.values) {
      if let value { add(prefix + key, value) }
    }
  }

  /// Adds all settings under the names of their options.
  package mutating func add(_ configuration: RunConfiguration) {
    add("hidden", configuration.hiddenWidths)
    add("dropout", configuration.dropout)
    add("input_dropout", configuration.inputDropout)
    add("activation", configuration.activation.rawValue)
    add("init", configuration.initialization.text)
    add("batch_norm", configuration.batchNorm)
    add("optimizer", configuration.optimizer.rawValue)
    add("lr", configuration.learningRate)
    add("schedule", configuration.schedule.decay.text)
    add("warmup", configuration.schedule.warmupEpochs)
    add("momentum", configuration.momentum)
    add("nesterov", configuration.nesterov)
    add("weight_decay", configuration.weightDecay)
    add("no_bias_decay", !configuration.decaysBiases)
    add("l1", configuration.l1)
    add("clip_norm", configuration.clipNorm)
    add("clip_value", configuration.clipValue)
    add("label_smoothing", configuration.labelSmoothing)
    add("augment", configuration.augmentation.text)
    add("batch_size", configuration.batchSize)
    add("epochs", configuration.epochs)
    add("seed", configuration.seed)
    add("train_size", configuration.trainSize)
    add("validation", configuration.validationSize)
    add("early_stopping", configuration.earlyStopping)
    add("evaluate_every", configuration.evaluationInterval)
  }
}
