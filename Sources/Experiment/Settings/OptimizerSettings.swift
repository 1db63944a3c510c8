internal import Datasets
internal import Messages
internal import NeuralNetwork

extension Setting {
  /// The settings that describe how weights are updated.
  static let ofOptimizer = [
    optimizer, learningRate, schedule, warmup, momentum, nesterov, weightDecay, noBiasDecay, l1,
    clipNorm, clipValue, labelSmoothing, augment,
  ]

  /// Update rule.
  public static let optimizer = Setting(
    "optimizer", "optimizer", "优化器", at: \.optimizer, as: .choice, in: .optimizer, value: "rule",
    help: listing(OptimizerKind.allCases.map(\.rawValue)),
    obstacleToFork: says("what the optimizer remembers is of another rule", "优化器所记的属于另一种规则"))

  /// Learning rate.
  public static let learningRate = Setting(
    "lr", "learning rate", "学习率", at: \.learningRate, as: .number, in: .optimizer, value: "rate",
    help: says("Learning rate.", "学习率。"),
    default: {
      $0.dataset.task.kind == .regression && $0.optimizer == .sgd
        ? RunConfiguration.regressionLearningRate : RunConfiguration.defaultLearningRate(for: $0.optimizer)
    },
    defaultWords: usualRates,
    allows: { $0 > 0 && $0 <= 1000 },
    range: says("the learning rate lies above 0, up to 1000", "学习率大于 0，至多 1000"),
    remedy: says("Give for example 0.5, or 0.001 for adam", "例如用 0.5，adam 用 0.001"),
    live: LiveSetting(
      symbol: "lr", keys: ["[", "]"], step: .scale(1.25, 1e-6...1000, reachesZero: false), isProminent: true),
    words: { configuration, _ in
      says("lr", "学习率") + " \(SettingText.number(configuration.learningRate))"
    })

  /// How the learning rate falls.
  public static let schedule = Setting(
    "schedule", "schedule", "调度", at: \.schedule.decay,
    as: .spelling(
      expected: { oneOf(LearningRateSchedule.Decay.spellings) },
      example: "step=10:0.1",
      choices: LearningRateSchedule.Decay.spellings, text: { $0.text },
      read: { LearningRateSchedule.Decay(text: $0) }),
    in: .optimizer, value: "rule",
    help:
      says(
        "How the rate falls: \(LearningRateSchedule.Decay.spellings.joined(separator: ", ")). A cosine falls to 0 "
          + "over all epochs, and anew when epochs are added.",
        "学习率如何下降：\(LearningRateSchedule.Decay.spellings.joined(separator: ", "))。"
          + "cosine 在全部轮数内降到 0，增加轮数时重新计算。"),
    allows: {
      if case .step(let every, let factor) = $0 { every >= 1 && factor > 0 && factor <= 1 } else { true }
    },
    range: says(
      "the epochs between two steps are at least 1, and the factor lies above 0, up to 1",
      "两次下降之间至少 1 轮，系数大于 0，至多 1"),
    remedy: says("Give for example step=10:0.1", "例如用 step=10:0.1"),
    words: { configuration, grouped in
      switch configuration.schedule.decay {
      case .constant: nil
      case .step(let epochs, let factor):
        says(
          "times \(SettingText.number(factor)) every \(SettingText.count(epochs, "epoch", grouped))",
          "每 \(grouped(epochs)) 轮乘以 \(SettingText.number(factor))")
      case .cosine: says("cosine to 0", "余弦降到 0")
      }
    })

  /// Epochs in which the learning rate grows.
  public static let warmup = Setting(
    "warmup", "warm-up", "预热", at: \.schedule.warmupEpochs, as: .number, in: .optimizer, value: "epochs",
    help: says("Epochs in which the rate grows from 0 before that.", "在那之前学习率从 0 升起的轮数。"),
    allows: { $0 >= 0 && $0.isFinite },
    range: says("the warm-up lies in 0 epochs to as many as there are", "预热从 0 轮到全部轮数"),
    remedy: says("Give for example 1", "例如用 1"),
    words: { configuration, _ in
      let epochs = configuration.schedule.warmupEpochs
      guard epochs > 0 else { return nil }
      return says(
        "warm-up over \(SettingText.number(epochs)) epoch\(epochs == 1 ? "" : "s")",
        "预热 \(SettingText.number(epochs)) 轮")
    })

  /// Momentum of SGD.
  public static let momentum = Setting(
    "momentum", "momentum", "动量", at: \.momentum, as: .number, in: .optimizer, value: "factor",
    help: says("Momentum of SGD.", "SGD 的动量。"),
    allows: { (0..<1).contains($0) }, range: says("momentum lies in 0..<1", "动量在 0..<1 内"),
    remedy: says("Give for example 0.9", "例如用 0.9"),
    live: LiveSetting(symbol: "momentum", keys: ["j", "k"], step: .add(0.05, 0...0.95)),
    words: { configuration, _ in
      guard configuration.momentum > 0 else { return nil }
      return
        (configuration.nesterov ? "Nesterov " : "") + says("momentum", "动量")
        + " \(SettingText.number(configuration.momentum))"
    })

  /// Nesterov's form of momentum.
  public static let nesterov = Setting(
    "nesterov", "Nesterov's momentum", "Nesterov 动量", at: \.nesterov, as: .flag, in: .optimizer,
    help: says("Use Nesterov's form of momentum.", "使用 Nesterov 形式的动量。"))

  /// Weight decay λ.
  public static let weightDecay = Setting(
    "weight-decay", "weight decay", "权重衰减", at: \.weightDecay, as: .number, in: .optimizer, value: "lambda",
    help: says("Weight decay: adds lambda times w to the gradient.", "权重衰减：给梯度加上 lambda 乘以 w。"),
    allows: { (0...1000).contains($0) },
    range: says("weight decay lies in 0...1000", "权重衰减在 0...1000 内"),
    remedy: says("Give for example 1e-4", "例如用 1e-4"),
    live: LiveSetting(symbol: "wd", keys: ["{", "}"], step: .scale(2, 1e-5...1000, reachesZero: true)),
    words: { configuration, _ in
      guard configuration.weightDecay > 0 else { return nil }
      let weights = configuration.decaysBiases ? "" : says(" on weights only", "（仅权重）")
      return says("weight decay", "权重衰减") + " \(SettingText.number(configuration.weightDecay))\(weights)"
    })

  /// Weight decay on weights only.
  public static let noBiasDecay = Setting(
    "no-bias-decay", "no decay of biases", "偏置不衰减", at: \.decaysBiases, as: .negatedFlag, in: .optimizer,
    help: says("Decay the weights only.", "只衰减权重。"))

  /// Strength of the L1 penalty.
  public static let l1 = Setting(
    "l1", "L1 penalty", "L1 惩罚", at: \.l1, as: .number, in: .optimizer, value: "lambda",
    help: says("Strength of the L1 penalty on the weights.", "对权重的 L1 惩罚的强度。"),
    allows: { (0...1000).contains($0) },
    range: says("the strength of the L1 penalty lies in 0...1000", "L1 惩罚的强度在 0...1000 内"),
    remedy: says("Give for example 1e-5", "例如用 1e-5"),
    live: LiveSetting(symbol: "L1", keys: [";", "'"], step: .scale(2, 1e-7...1000, reachesZero: true)),
    words: { configuration, _ in configuration.l1 > 0 ? "L1 \(SettingText.number(configuration.l1))" : nil })

  /// Largest global norm of the gradients.
  public static let clipNorm = Setting(
    "clip-norm", "largest gradient norm", "最大梯度范数", at: \.clipNorm, as: .optional(.number), in: .optimizer,
    value: "norm",
    help: says("Largest norm of all gradients together.", "所有梯度合起来的最大范数。"),
    allows: { $0.map { $0 > 0 && $0 <= 1e6 } ?? true },
    range: says("the largest norm lies above 0, up to 1e6", "最大范数大于 0，至多 1e6"),
    remedy: says("Give for example 1, or leave it out for no clipping", "例如用 1，不裁剪就去掉它"),
    words: { configuration, _ in
      configuration.clipNorm.map {
        says("gradient norm up to \(SettingText.number($0))", "梯度范数至多 \(SettingText.number($0))")
      }
    })

  /// Largest absolute value of a gradient.
  public static let clipValue = Setting(
    "clip-value", "largest gradient", "最大梯度", at: \.clipValue, as: .optional(.number), in: .optimizer,
    value: "value",
    help: says("Largest absolute value of each gradient.", "每个梯度的最大绝对值。"),
    allows: { $0.map { $0 > 0 && $0 <= 1e6 } ?? true },
    range: says("the largest value lies above 0, up to 1e6", "最大值大于 0，至多 1e6"),
    remedy: says("Give for example 0.5, or leave it out for no clipping", "例如用 0.5，不裁剪就去掉它"),
    words: { configuration, _ in
      configuration.clipValue.map {
        says("gradients up to ±\(SettingText.number($0))", "梯度至多 ±\(SettingText.number($0))")
      }
    })

  /// ε of label smoothing.
  public static let labelSmoothing = Setting(
    "label-smoothing", "label smoothing", "标签平滑", at: \.labelSmoothing, as: .number, in: .optimizer,
    value: "epsilon",
    help: says("Share of the target spread over all classes.", "分摊到所有类别上的目标比例。"),
    allows: { (0..<1).contains($0) },
    range: says("label smoothing lies in 0..<1", "标签平滑在 0..<1 内"),
    remedy: says("Give for example 0.1", "例如用 0.1"),
    live: LiveSetting(symbol: "ls", keys: ["(", ")"], step: .add(0.05, 0...0.95)),
    words: { configuration, _ in
      let share = configuration.labelSmoothing
      return share > 0 ? says("label smoothing", "标签平滑") + " \(SettingText.number(share))" : nil
    })

  /// Random changes of the training images.
  public static let augment = Setting(
    "augment", "augmentation", "数据增强", at: \.augmentation,
    as: .spelling(
      expected: {
        says(
          "\(SettingText.none) or, separated by commas, \(Augmentation.spellings.joined(separator: ", "))",
          "以下之一：\(SettingText.none)，或以逗号分隔的 \(Augmentation.spellings.joined(separator: ", "))")
      },
      example: "flip,shift=2", text: { $0.text }, read: { Augmentation(text: $0) }),
    in: .optimizer, value: "changes",
    help:
      says(
        "Mirror half of the training images, move them by up to so many pixels (black coming in, or what the edges "
          + "mirror), blacken a square: \(Augmentation.spellings.joined(separator: ", ")), or several with commas.",
        "镜像一半训练图像，至多移动若干像素（空出处填黑，或填边缘的镜像），涂黑一个方块："
          + "\(Augmentation.spellings.joined(separator: ", "))，多个以逗号分隔。"),
    allows: {
      (0...Augmentation.largestShift).contains($0.shift) && (0...Augmentation.largestShift).contains($0.crop)
        && ($0.shift == 0 || $0.crop == 0) && (0...Augmentation.largestCutout).contains($0.cutout)
    },
    range:
      says(
        "images are shifted or cropped, not both, by 0...\(Augmentation.largestShift) pixels, and a square of "
          + "0...\(Augmentation.largestCutout) is cut out",
        "图像移动或裁剪（不可兼用）0...\(Augmentation.largestShift) 像素，遮去的方块边长为 0...\(Augmentation.largestCutout)"),
    remedy: says("Give for example flip,shift=2", "例如用 flip,shift=2"),
    live: LiveSetting(
      symbol: "augment", keys: ["a"],
      step: .cycle([SettingText.none, "flip", "flip,shift=\(Augmentation.usualShift)"])),
    words: { configuration, grouped in
      let changes = configuration.augmentation.phrases(grouped: grouped)
      return changes.isEmpty ? nil : changes.joined(separator: says(", ", "，"))
    })

  private static var usualRates: String {
    let regression = SettingText.number(RunConfiguration.regressionLearningRate)
    return OptimizerKind.allCases.map { kind in
      let rate = SettingText.number(RunConfiguration.defaultLearningRate(for: kind))
      return says("\(rate) for \(kind.rawValue)", "\(kind.rawValue) 为 \(rate)")
    }.joined(separator: says(", ", "，"))
      + says(", \(regression) for a regression with sgd", "，用 sgd 的回归为 \(regression)")
  }

  /// A sentence of nothing but names to choose from.
  static func listing(_ names: [String]) -> String {
    let list = names.joined(separator: ", ")
    return says("\(list).", "\(list)。")
  }
}
