internal import Datasets
internal import NeuralNetwork

extension Setting {
  /// The settings that describe how weights are updated.
  static let ofOptimizer = [
    optimizer, learningRate, schedule, warmup, momentum, nesterov, weightDecay, noBiasDecay, l1,
    clipNorm, clipValue, labelSmoothing, augment,
  ]

  /// Update rule.
  public static let optimizer = Setting(
    "optimizer", "optimizer", at: \.optimizer, as: .choice, in: .optimizer, value: "rule",
    help: "\(OptimizerKind.allCases.map(\.rawValue).joined(separator: ", ")).",
    obstacleToFork: "what the optimizer remembers is of another rule")

  /// Learning rate.
  public static let learningRate = Setting(
    "lr", "learning rate", at: \.learningRate, as: .number, in: .optimizer, value: "rate",
    help: "Learning rate.",
    default: {
      $0.dataset.task.kind == .regression && $0.optimizer == .sgd
        ? RunConfiguration.regressionLearningRate : RunConfiguration.defaultLearningRate(for: $0.optimizer)
    },
    defaultWords: OptimizerKind.allCases.map {
      "\(SettingText.number(RunConfiguration.defaultLearningRate(for: $0))) for \($0.rawValue)"
    }.joined(separator: ", ")
      + ", \(SettingText.number(RunConfiguration.regressionLearningRate)) for a regression with sgd",
    allows: { $0 > 0 && $0 <= 1000 }, range: "the learning rate lies above 0, up to 1000",
    remedy: "Give for example 0.5, or 0.001 for adam",
    live: LiveSetting(
      symbol: "lr", keys: ["[", "]"], step: .scale(1.25, 1e-6...1000, reachesZero: false), isProminent: true),
    words: { configuration, _ in "lr \(SettingText.number(configuration.learningRate))" })

  /// How the learning rate falls.
  public static let schedule = Setting(
    "schedule", "schedule", at: \.schedule.decay,
    as: .spelling(
      expected: "one of " + LearningRateSchedule.Decay.spellings.joined(separator: ", "),
      example: "step=10:0.1",
      choices: LearningRateSchedule.Decay.spellings, text: { $0.text },
      read: { LearningRateSchedule.Decay(text: $0) }),
    in: .optimizer, value: "rule",
    help:
      "How the rate falls: \(LearningRateSchedule.Decay.spellings.joined(separator: ", ")). A cosine falls to 0 "
      + "over all epochs, and anew when epochs are added.",
    allows: {
      if case .step(let every, let factor) = $0 { every >= 1 && factor > 0 && factor <= 1 } else { true }
    },
    range: "the epochs between two steps are at least 1, and the factor lies above 0, up to 1",
    remedy: "Give for example step=10:0.1",
    words: { configuration, grouped in
      switch configuration.schedule.decay {
      case .constant: nil
      case .step(let epochs, let factor):
        "times \(SettingText.number(factor)) every \(SettingText.count(epochs, "epoch", grouped))"
      case .cosine: "cosine to 0"
      }
    })

  /// Epochs in which the learning rate grows.
  public static let warmup = Setting(
    "warmup", "warm-up", at: \.schedule.warmupEpochs, as: .number, in: .optimizer, value: "epochs",
    help: "Epochs in which the rate grows from 0 before that.", allows: { $0 >= 0 && $0.isFinite },
    range: "the warm-up lies in 0 epochs to as many as there are", remedy: "Give for example 1",
    words: { configuration, _ in
      let epochs = configuration.schedule.warmupEpochs
      return epochs > 0 ? "warm-up over \(SettingText.number(epochs)) epoch\(epochs == 1 ? "" : "s")" : nil
    })

  /// Momentum of SGD.
  public static let momentum = Setting(
    "momentum", "momentum", at: \.momentum, as: .number, in: .optimizer, value: "factor",
    help: "Momentum of SGD.",
    allows: { (0..<1).contains($0) }, range: "momentum lies in 0..<1", remedy: "Give for example 0.9",
    live: LiveSetting(symbol: "momentum", keys: ["j", "k"], step: .add(0.05, 0...0.95)),
    words: { configuration, _ in
      guard configuration.momentum > 0 else { return nil }
      return
        "\(configuration.nesterov ? "Nesterov " : "")momentum \(SettingText.number(configuration.momentum))"
    })

  /// Nesterov's form of momentum.
  public static let nesterov = Setting(
    "nesterov", "Nesterov's momentum", at: \.nesterov, as: .flag, in: .optimizer,
    help: "Use Nesterov's form of momentum.")

  /// Weight decay λ.
  public static let weightDecay = Setting(
    "weight-decay", "weight decay", at: \.weightDecay, as: .number, in: .optimizer, value: "lambda",
    help: "Weight decay: adds lambda times w to the gradient.", allows: { (0...1000).contains($0) },
    range: "weight decay lies in 0...1000", remedy: "Give for example 1e-4",
    live: LiveSetting(symbol: "wd", keys: ["{", "}"], step: .scale(2, 1e-5...1000, reachesZero: true)),
    words: { configuration, _ in
      guard configuration.weightDecay > 0 else { return nil }
      let weights = configuration.decaysBiases ? "" : " on weights only"
      return "weight decay \(SettingText.number(configuration.weightDecay))\(weights)"
    })

  /// Weight decay on weights only.
  public static let noBiasDecay = Setting(
    "no-bias-decay", "no decay of biases", at: \.decaysBiases, as: .negatedFlag, in: .optimizer,
    help: "Decay the weights only.")

  /// Strength of the L1 penalty.
  public static let l1 = Setting(
    "l1", "L1 penalty", at: \.l1, as: .number, in: .optimizer, value: "lambda",
    help: "Strength of the L1 penalty on the weights.", allows: { (0...1000).contains($0) },
    range: "the strength of the L1 penalty lies in 0...1000", remedy: "Give for example 1e-5",
    live: LiveSetting(symbol: "L1", keys: [";", "'"], step: .scale(2, 1e-7...1000, reachesZero: true)),
    words: { configuration, _ in configuration.l1 > 0 ? "L1 \(SettingText.number(configuration.l1))" : nil })

  /// Largest global norm of the gradients.
  public static let clipNorm = Setting(
    "clip-norm", "largest gradient norm", at: \.clipNorm, as: .optional(.number), in: .optimizer,
    value: "norm",
    help: "Largest norm of all gradients together.", allows: { $0.map { $0 > 0 && $0 <= 1e6 } ?? true },
    range: "the largest norm lies above 0, up to 1e6",
    remedy: "Give for example 1, or leave it out for no clipping",
    words: { configuration, _ in
      configuration.clipNorm.map { "gradient norm up to \(SettingText.number($0))" }
    })

  /// Largest absolute value of a gradient.
  public static let clipValue = Setting(
    "clip-value", "largest gradient", at: \.clipValue, as: .optional(.number), in: .optimizer, value: "value",
    help: "Largest absolute value of each gradient.", allows: { $0.map { $0 > 0 && $0 <= 1e6 } ?? true },
    range: "the largest value lies above 0, up to 1e6",
    remedy: "Give for example 0.5, or leave it out for no clipping",
    words: { configuration, _ in configuration.clipValue.map { "gradients up to ±\(SettingText.number($0))" }
    })

  /// ε of label smoothing.
  public static let labelSmoothing = Setting(
    "label-smoothing", "label smoothing", at: \.labelSmoothing, as: .number, in: .optimizer, value: "epsilon",
    help: "Share of the target spread over all classes.", allows: { (0..<1).contains($0) },
    range: "label smoothing lies in 0..<1", remedy: "Give for example 0.1",
    live: LiveSetting(symbol: "ls", keys: ["(", ")"], step: .add(0.05, 0...0.95)),
    words: { configuration, _ in
      let share = configuration.labelSmoothing
      return share > 0 ? "label smoothing \(SettingText.number(share))" : nil
    })

  /// Random changes of the training images.
  public static let augment = Setting(
    "augment", "augmentation", at: \.augmentation,
    as: .spelling(
      expected:
        "\(SettingText.none) or, separated by commas, \(Augmentation.spellings.joined(separator: ", "))",
      example: "flip,shift=2", text: { $0.text }, read: { Augmentation(text: $0) }),
    in: .optimizer, value: "changes",
    help:
      "Mirror half of the training images, move them by up to so many pixels (black coming in, or what the edges "
      + "mirror), blacken a square: \(Augmentation.spellings.joined(separator: ", ")), or several with commas.",
    allows: {
      (0...Augmentation.largestShift).contains($0.shift) && (0...Augmentation.largestShift).contains($0.crop)
        && ($0.shift == 0 || $0.crop == 0) && (0...Augmentation.largestCutout).contains($0.cutout)
    },
    range:
      "images are shifted or cropped, not both, by 0...\(Augmentation.largestShift) pixels, and a square of "
      + "0...\(Augmentation.largestCutout) is cut out",
    remedy: "Give for example flip,shift=2",
    live: LiveSetting(
      symbol: "augment", keys: ["a"],
      step: .cycle([SettingText.none, "flip", "flip,shift=\(Augmentation.usualShift)"])),
    words: { configuration, grouped in
      let changes = configuration.augmentation.phrases(grouped: grouped)
      return changes.isEmpty ? nil : changes.joined(separator: ", ")
    })
}
