internal import NeuralNetwork

/// The settings of a run by the names of their options.
///
/// The command line and `--versus` read and write a `RunConfiguration` only through this table, so a value
/// means the same in both.
public enum RunSetting: String, CaseIterable, Codable, Hashable, Sendable, Comparable {
  /// Units of each hidden layer.
  case hidden
  /// Probability to drop a unit, per hidden layer.
  case dropout
  /// Probability to drop a pixel.
  case inputDropout = "input-dropout"
  /// Activation of the hidden layers.
  case activation
  /// Initial weights.
  case initialization = "init"
  /// Batch normalisation of the hidden layers.
  case batchNorm = "batch-norm"
  /// Update rule.
  case optimizer
  /// Learning rate.
  case learningRate = "lr"
  /// How the learning rate falls.
  case schedule
  /// Epochs in which the learning rate grows.
  case warmup
  /// Momentum of SGD.
  case momentum
  /// Nesterov's form of momentum.
  case nesterov
  /// Weight decay λ.
  case weightDecay = "weight-decay"
  /// Weight decay on weights only.
  case noBiasDecay = "no-bias-decay"
  /// Strength of the L1 penalty.
  case l1
  /// Largest global norm of the gradients.
  case clipNorm = "clip-norm"
  /// Largest absolute value of a gradient.
  case clipValue = "clip-value"
  /// ε of label smoothing.
  case labelSmoothing = "label-smoothing"
  /// Random changes of the training images.
  case augment
  /// Images per step.
  case batchSize = "batch-size"
  /// Passes over the training set.
  case epochs
  /// Key of the random streams.
  case seed
  /// Training images used.
  case trainSize = "train-size"
  /// Training images held out.
  case validation
  /// Epochs without a better validation accuracy after which a run ends.
  case earlyStopping = "early-stopping"
  /// Epochs from one evaluation to the next.
  case evaluationInterval = "evaluate-every"

  /// The option as a person types it, for example `--batch-size`.
  public var option: String { "--" + rawValue }

  /// Whether the setting is switched on by its name alone.
  public var isFlag: Bool { [.batchNorm, .nesterov, .noBiasDecay].contains(self) }

  /// Orders settings as they are listed for a person.
  public static func < (first: RunSetting, second: RunSetting) -> Bool {
    first.position < second.position
  }

  private var position: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.endIndex }

  /// The setting's value in `configuration`, in the spelling that `set(_:in:)` reads.
  public func text(in configuration: RunConfiguration) -> String {
    switch self {
    case .hidden: SettingText.list(configuration.hiddenWidths.map(String.init))
    case .dropout: SettingText.list(configuration.dropout.map(SettingText.number))
    case .inputDropout: SettingText.number(configuration.inputDropout)
    case .activation: configuration.activation.rawValue
    case .initialization: configuration.initialization.text
    case .batchNorm: String(configuration.batchNorm)
    case .optimizer: configuration.optimizer.rawValue
    case .learningRate: SettingText.number(configuration.learningRate)
    case .schedule: configuration.schedule.decay.text
    case .warmup: SettingText.number(configuration.schedule.warmupEpochs)
    case .momentum: SettingText.number(configuration.momentum)
    case .nesterov: String(configuration.nesterov)
    case .weightDecay: SettingText.number(configuration.weightDecay)
    case .noBiasDecay: String(!configuration.decaysBiases)
    case .l1: SettingText.number(configuration.l1)
    case .clipNorm: configuration.clipNorm.map(SettingText.number) ?? SettingText.none
    case .clipValue: configuration.clipValue.map(SettingText.number) ?? SettingText.none
    case .labelSmoothing: SettingText.number(configuration.labelSmoothing)
    case .augment: configuration.augmentation.text
    case .batchSize: String(configuration.batchSize)
    case .epochs: String(configuration.epochs)
    case .seed: String(configuration.seed)
    case .trainSize: configuration.trainSize.map { String($0) } ?? SettingText.all
    case .validation: configuration.validationSize.map { String($0) } ?? SettingText.none
    case .earlyStopping: configuration.earlyStopping.map { String($0) } ?? SettingText.none
    case .evaluationInterval: String(configuration.evaluationInterval)
    }
  }

  /// Reads `text` and puts it into `configuration`; whether the value is allowed is for `validate()` to say.
  ///
  /// - Throws: `ConfigurationError` if `text` cannot be read.
  public func set(_ text: String, in configuration: inout RunConfiguration) throws(ConfigurationError) {
    switch self {
    case .hidden: configuration.hiddenWidths = try text == SettingText.none ? [] : integers(text)
    case .dropout:
      configuration.dropout =
        try text == SettingText.none ? configuration.hiddenWidths.map { _ in 0 } : numbers(text)
    case .inputDropout: configuration.inputDropout = try number(text)
    case .activation: configuration.activation = try choice(text)
    case .initialization: configuration.initialization = try initialization(text)
    case .batchNorm: configuration.batchNorm = try flag(text)
    case .optimizer: configuration.optimizer = try choice(text)
    case .learningRate: configuration.learningRate = try number(text)
    case .schedule: configuration.schedule.decay = try decay(text)
    case .warmup: configuration.schedule.warmupEpochs = try number(text)
    case .momentum: configuration.momentum = try number(text)
    case .nesterov: configuration.nesterov = try flag(text)
    case .weightDecay: configuration.weightDecay = try number(text)
    case .noBiasDecay: configuration.decaysBiases = try !flag(text)
    case .l1: configuration.l1 = try number(text)
    case .clipNorm: configuration.clipNorm = try text == SettingText.none ? nil : number(text)
    case .clipValue: configuration.clipValue = try text == SettingText.none ? nil : number(text)
    case .labelSmoothing: configuration.labelSmoothing = try number(text)
    case .augment: configuration.augmentation = try augmentation(text)
    case .batchSize: configuration.batchSize = try integer(text)
    case .epochs: configuration.epochs = try integer(text)
    case .seed: configuration.seed = try seed(text)
    case .trainSize: configuration.trainSize = try text == SettingText.all ? nil : integer(text)
    case .validation: configuration.validationSize = try text == SettingText.none ? nil : integer(text)
    case .earlyStopping: configuration.earlyStopping = try text == SettingText.none ? nil : integer(text)
    case .evaluationInterval: configuration.evaluationInterval = try integer(text)
    }
  }

  private func number(_ text: String) throws(ConfigurationError) -> Double {
    guard let number = Double(text) else {
      throw unreadable(text, "a number", example: "0.5 or 1e-4")
    }
    return number
  }

  private func integer(_ text: String) throws(ConfigurationError) -> Int {
    guard let integer = Int(text) else { throw unreadable(text, "a whole number", example: "256") }
    return integer
  }

  private func seed(_ text: String) throws(ConfigurationError) -> UInt64 {
    guard let seed = UInt64(text) else {
      throw unreadable(text, "a whole number in 0...\(UInt64.max)", example: "1")
    }
    return seed
  }

  private func integers(_ text: String) throws(ConfigurationError) -> [Int] {
    let integers = SettingText.items(text).map { Int($0) }
    guard !integers.contains(nil) else {
      throw unreadable(text, "whole numbers separated by commas, or \(SettingText.none)", example: "256,256")
    }
    return integers.compactMap(\.self)
  }

  private func numbers(_ text: String) throws(ConfigurationError) -> [Double] {
    let numbers = SettingText.items(text).map { Double($0) }
    guard !numbers.contains(nil) else {
      throw unreadable(text, "numbers separated by commas, or \(SettingText.none)", example: "0.2,0.5")
    }
    return numbers.compactMap(\.self)
  }

  private func flag(_ text: String) throws(ConfigurationError) -> Bool {
    switch text {
    case "true", "on", "yes": true
    case "false", "off", "no": false
    default: throw unreadable(text, "true or false", example: "true")
    }
  }

  private func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String
  ) throws(ConfigurationError) -> Choice {
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue)
      throw unreadable(
        text, "one of " + choices.joined(separator: ", "), example: choices.first ?? "")
    }
    return choice
  }

  private func initialization(_ text: String) throws(ConfigurationError) -> Initialization {
    guard let kind = Initialization(text: text) else {
      throw unreadable(
        text, "one of " + Initialization.spellings.joined(separator: ", "), example: "normal=0.01")
    }
    return kind
  }

  private func decay(_ text: String) throws(ConfigurationError) -> LearningRateSchedule.Decay {
    guard let decay = LearningRateSchedule.Decay(text: text) else {
      throw unreadable(
        text, "one of " + LearningRateSchedule.Decay.spellings.joined(separator: ", "), example: "step=10:0.1"
      )
    }
    return decay
  }

  private func augmentation(_ text: String) throws(ConfigurationError) -> Augmentation {
    guard let augmentation = Augmentation(text: text) else {
      let parts = Augmentation.spellings.joined(separator: ", ")
      throw unreadable(text, "\(SettingText.none) or, separated by commas, \(parts)", example: "flip,shift=2")
    }
    return augmentation
  }

  private func unreadable(_ text: String, _ expected: String, example: String) -> ConfigurationError {
    ConfigurationError(
      self, text.isEmpty ? "''" : text, "expected \(expected)", remedy: "Give for example \(example)")
  }
}
