public import ArgumentParser
public import Experiment
import NeuralNetwork
import TerminalUI

/// The option that names a known experiment.
struct PresetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A known experiment, whose settings the options below change: "
        + Preset.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ") + ". (default: "
        + "\(Preset.d2lDropout.rawValue))",
      valueName: "name"))
  var preset: Preset?
}

extension Preset: ExpressibleByArgument {}

/// The options that describe the network.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .setting(.hidden, "Units of each hidden layer; 'none' for softmax regression.", "widths"))
  var hidden: String?

  @Option(
    parsing: .unconditional,
    help: .setting(
      .dropout, "Probability to drop a unit, one per hidden layer; 'none' for 0.",
      "probabilities", default: "0.2 for the first layer, 0.5 for the others"))
  var dropout: String?

  @Option(
    parsing: .unconditional,
    help: .setting(.inputDropout, "Probability to drop a pixel of the input.", "probability"))
  var inputDropout: String?

  @Option(
    parsing: .unconditional,
    help: .setting(.activation, "\(names(Activation.self)).", "function"),
    completion: .list(Activation.allCases.map(\.rawValue)))
  var activation: String?

  @Option(
    name: .customLong("init"), parsing: .unconditional,
    help: .setting(
      .initialization, "Initial weights: \(Initialization.spellings.joined(separator: ", ")).", "rule"),
    completion: .list(Initialization.spellings))
  var initialization: String?

  @Flag(inversion: .prefixedNo, help: "Normalise each hidden layer over the batch.")
  var batchNorm: Bool?

  var given: [RunSetting: String?] {
    [
      .hidden: hidden, .dropout: dropout, .inputDropout: inputDropout, .activation: activation,
      .initialization: initialization, .batchNorm: batchNorm.map { String($0) },
    ]
  }
}

/// The options that describe how weights are updated.
struct OptimizerOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: .setting(.optimizer, "\(names(OptimizerKind.self)).", "rule"),
    completion: .list(OptimizerKind.allCases.map(\.rawValue)))
  var optimizer: String?

  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: .setting(
      .learningRate, "Learning rate.", "rate",
      default: OptimizerKind.allCases
        .map { "\(SettingText.number(RunConfiguration.defaultLearningRate(for: $0))) for \($0.rawValue)" }
        .joined(separator: ", ")))
  var learningRate: String?

  @Option(
    parsing: .unconditional,
    help: .setting(
      .schedule,
      "How the rate falls: \(LearningRateSchedule.Decay.spellings.joined(separator: ", ")). A cosine falls to 0 over "
        + "all epochs, and anew when epochs are added.", "rule"),
    completion: .list(LearningRateSchedule.Decay.spellings))
  var schedule: String?

  @Option(
    parsing: .unconditional,
    help: .setting(.warmup, "Epochs in which the rate grows from 0 before that.", "epochs"))
  var warmup: String?

  @Option(parsing: .unconditional, help: .setting(.momentum, "Momentum of SGD.", "factor"))
  var momentum: String?

  @Flag(inversion: .prefixedNo, help: "Use Nesterov's form of momentum.")
  var nesterov: Bool?

  @Option(
    parsing: .unconditional,
    help: .setting(.weightDecay, "Weight decay: adds lambda times w to the gradient.", "lambda"))
  var weightDecay: String?

  @Flag(help: "Decay the weights only.")
  var noBiasDecay = false

  @Option(
    parsing: .unconditional, help: .setting(.l1, "Strength of the L1 penalty on the weights.", "lambda"))
  var l1: String?

  @Option(
    parsing: .unconditional, help: .setting(.clipNorm, "Largest norm of all gradients together.", "norm"))
  var clipNorm: String?

  @Option(
    parsing: .unconditional, help: .setting(.clipValue, "Largest absolute value of each gradient.", "value"))
  var clipValue: String?

  @Option(
    parsing: .unconditional,
    help: .setting(.labelSmoothing, "Share of the target spread over all classes.", "epsilon"))
  var labelSmoothing: String?

  @Option(
    parsing: .unconditional,
    help: .setting(
      .augment,
      "Mirror half of the training images, move them by up to so many pixels: "
        + "\(Augmentation.spellings.joined(separator: ", ")), or both with a comma.", "changes"))
  var augment: String?

  var given: [RunSetting: String?] {
    [
      .optimizer: optimizer, .learningRate: learningRate, .schedule: schedule, .warmup: warmup,
      .momentum: momentum,
      .nesterov: nesterov.map { String($0) }, .weightDecay: weightDecay,
      .noBiasDecay: noBiasDecay ? "true" : nil, .l1: l1, .clipNorm: clipNorm, .clipValue: clipValue,
      .labelSmoothing: labelSmoothing, .augment: augment,
    ]
  }
}

/// The options that describe what is trained on, how long, and with which random numbers.
struct ScheduleOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: .setting(.batchSize, "Images per step.", "images"))
  var batchSize: String?

  @Option(parsing: .unconditional, help: .setting(.epochs, "Passes over the training set.", "count"))
  var epochs: String?

  @Option(
    parsing: .unconditional, help: .setting(.seed, "Key of weights, batches and dropout masks.", "number"))
  var seed: String?

  @Option(
    parsing: .unconditional,
    help: .setting(.trainSize, "Train on so many images, drawn by the seed.", "images"))
  var trainSize: String?

  @Option(
    parsing: .unconditional,
    help: .setting(
      .validation, "Hold out so many training images, drawn by the seed, and measure on them.", "images"))
  var validation: String?

  @Option(
    parsing: .unconditional,
    help: .setting(
      .earlyStopping,
      "End after so many epochs without a higher validation accuracy, with the weights of the best epoch.",
      "epochs"))
  var earlyStopping: String?

  @Option(
    parsing: .unconditional,
    help: .setting(
      .evaluationInterval,
      "Measure the weights after every so many epochs, and after the last: the others then take less time.",
      "epochs"))
  var evaluateEvery: String?

  var given: [RunSetting: String?] {
    [
      .batchSize: batchSize, .epochs: epochs, .seed: seed, .trainSize: trainSize, .validation: validation,
      .earlyStopping: earlyStopping, .evaluationInterval: evaluateEvery,
    ]
  }
}

extension ArgumentHelp {
  /// The help of a setting, with its default from the default configuration.
  fileprivate static func setting(
    _ setting: RunSetting, _ text: String, _ valueName: String, default value: String? = nil
  ) -> ArgumentHelp {
    let value = value ?? setting.text(in: RunConfiguration())
    return ArgumentHelp("\(text) (default: \(value))", valueName: valueName)
  }
}

private func names<Kind: CaseIterable & RawRepresentable<String>>(_ kind: Kind.Type) -> String {
  kind.allCases.map(\.rawValue).joined(separator: ", ")
}
