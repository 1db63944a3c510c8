public import Datasets
public import Messages

extension Quantity {
  /// The mean over samples of how wrong the answers are, without any penalty.
  public static let loss = Quantity("loss", Wording("loss", "损失"))
  /// Correct answers divided by samples, in 0...1.
  public static let accuracy = Quantity("accuracy", Wording("accuracy", "精度"))
  /// The difference between two splits.
  public static let gap = Quantity(
    "gap", Wording("generalisation gap (train minus test accuracy)", "泛化差距（训练精度减测试精度）"))
  /// The difference between the losses of two splits, where there is no accuracy.
  public static let lossGap = Quantity(
    "loss_gap", Wording("generalisation gap (test minus train loss)", "泛化差距（测试损失减训练损失）"))
  /// How much of the unchanged part of the training set is answered with its labels.
  public static let unchangedAccuracy = Quantity(
    "unchanged_accuracy", Wording("accuracy on training images with unchanged labels", "标签未改的训练图像上的精度"))
  /// How much of the changed part is answered with the labels that it was given.
  public static let memorizedShare = Quantity(
    "memorized_share", Wording("share of changed labels that are memorised", "改动标签中被记住的比例"))
  /// How much of the changed part is answered with the labels that it had before.
  public static let recoveredShare = Quantity(
    "recovered_share", Wording("share of changed labels answered with the true class", "改动标签中答出真实类别的比例"))
}

extension Figure {
  /// Mean loss of the epoch's own steps.
  public static let runningTrainLoss = loss(.runningTrain)
  /// Accuracy over the epoch's own steps.
  public static let runningTrainAccuracy = accuracy(.runningTrain, isMain: false)
  /// Loss of the epoch's final weights on the training set, dropout off.
  public static let trainLoss = loss(.train)
  /// Accuracy of the epoch's final weights on the training set, dropout off.
  public static let trainAccuracy = accuracy(.train)
  /// Loss on the test set.
  public static let testLoss = loss(.test)
  /// Accuracy on the test set.
  public static let testAccuracy = accuracy(.test)
  /// Train minus test accuracy, both with dropout off.
  public static let generalizationGap = Figure(
    "generalization_gap", Wording("generalisation gap", "泛化差距"),
    heading: Wording("gap", "差距"), .gap, task: .classification, .lower, .points
  ) { measured in
    guard let train = measured[.trainAccuracy], let test = measured[.testAccuracy] else { return nil }
    return train - test
  }
  /// Test minus train loss, both with dropout off, where there is no accuracy.
  public static let lossGap = Figure(
    "loss_gap", Wording("generalisation gap", "泛化差距"),
    heading: Wording("gap", "差距"), .lossGap, task: .regression, .lower, .decimals(4)
  ) { measured in
    guard measured.task == .regression, let train = measured[.trainLoss], let test = measured[.testLoss]
    else { return nil }
    return test - train
  }
  /// Loss on the images held out.
  public static let validationLoss = loss(.validation)
  /// Accuracy on the images held out.
  public static let validationAccuracy = accuracy(.validation)
  /// Share of the training images with unchanged labels that are answered with them, dropout off.
  public static let unchangedAccuracy = ofLabelNoise(
    .unchangedAccuracy, Wording("accuracy on unchanged labels", "未改标签的精度"),
    heading: Wording("unchanged", "未改"), .higher)
  /// Share of the training images with changed labels that are answered with the changed ones, dropout off.
  public static let memorizedShare = ofLabelNoise(
    .memorizedShare, Wording("changed labels memorised", "记住的改动标签"),
    heading: Wording("memorised", "记住"), .neither)
  /// Share of the training images with changed labels that are answered with the true ones, dropout off.
  public static let recoveredShare = ofLabelNoise(
    .recoveredShare, Wording("changed labels recovered", "还原的改动标签"),
    heading: Wording("recovered", "还原"), .higher)
  /// Euclidean norm of all weights, without biases and the parameters of batch norm.
  public static let weightNorm = ofNetwork(
    "weight_norm", Wording("norm of all weights", "所有权重的范数"),
    heading: Wording("|weights|", "|权重|"))
  /// Euclidean norm of the gradient of all parameters in the epoch's last step, before penalties and clipping.
  public static let gradientNorm = ofNetwork(
    "gradient_norm", Wording("norm of the gradient", "梯度的范数"), condition: lastStep,
    heading: Wording("|gradient|", "|梯度|"))
  /// Share of the weights that are below 0.001 in size, without biases and the parameters of batch norm.
  public static let smallWeightShare = ofNetwork(
    "small_weight_share", Wording("share of weights below 0.001", "低于 0.001 的权重占比"),
    heading: Wording("small w.", "小权重"), .percent)

  /// The learning rate of the epoch's last step, as the schedule makes it.
  public static let learningRate = ofNetwork(
    "learning_rate", Wording("learning rate", "学习率"), condition: lastStep,
    heading: Wording("rate", "学习率"), .significant(3))

  /// Every figure, in the order in which files have them.
  public static let all: [Figure] = [
    runningTrainLoss, runningTrainAccuracy, trainLoss, trainAccuracy, testLoss, testAccuracy,
    generalizationGap, lossGap, validationLoss, validationAccuracy, unchangedAccuracy, memorizedShare,
    recoveredShare, weightNorm, gradientNorm, smallWeightShare, learningRate,
  ]

  /// Every figure, quantity by quantity, in the order in which tables have them.
  public static let byQuantity: [Figure] = Quantity.all.flatMap(\.figures)

  /// Every figure of final weights, the most telling ones first: what is shown where there is no room for all.
  public static let byImportance: [Figure] = {
    let first = [testAccuracy, validationAccuracy, generalizationGap, trainAccuracy, testLoss, lossGap]
    return first + byQuantity.filter { $0.split != .runningTrain && !first.contains($0) }
  }()

  /// What the best epoch is chosen by, and what is meant by a run's result.
  public static func selection(isValidated: Bool, for task: Task.Kind = .classification) -> Figure {
    switch task {
    case .classification: isValidated ? validationAccuracy : testAccuracy
    case .regression: isValidated ? validationLoss : testLoss
    }
  }

  /// What the difference between runs is judged by, the most important one first.
  public static func judged(for task: Task.Kind) -> [Figure] {
    switch task {
    case .classification: [testAccuracy, generalizationGap]
    case .regression: [testLoss, lossGap]
    }
  }

  private static let lastStep = Wording("last step", "最后一步")

  /// A figure of the network itself, in a chart of its own.
  private static func ofNetwork(
    _ key: String, _ title: Wording, condition: Wording? = nil, heading: Wording,
    _ format: Format = .significant(4)
  ) -> Figure {
    Figure(
      key, title, condition: condition, heading: heading, Quantity(key, title), .neither, format,
      isMain: false)
  }

  /// A figure of a training set of which some labels were changed.
  private static func ofLabelNoise(
    _ quantity: Quantity, _ title: Wording, heading: Wording, _ direction: Direction
  ) -> Figure {
    Figure(
      quantity.key, title, heading: heading, quantity, task: .classification, direction, .percent,
      of: { $0.labelNoise > 0 })
  }

  private static func loss(_ split: Split) -> Figure {
    Figure(
      "\(split.key)_loss", Wording("\(split.titles.english) loss", "\(split.titles.chinese)损失"),
      condition: split.conditions,
      heading: Wording("\(split.headings.english) loss", "\(split.headings.chinese)损失"),
      .loss, split: split, .lower, .decimals(4), of: split.isExpected(of:))
  }

  private static func accuracy(_ split: Split, isMain: Bool = true) -> Figure {
    Figure(
      "\(split.key)_accuracy", Wording("\(split.titles.english) accuracy", "\(split.titles.chinese)精度"),
      condition: split.conditions,
      heading: Wording("\(split.headings.english) acc.", "\(split.headings.chinese)精度"), .accuracy,
      split: split, task: .classification, .higher, .percent,
      isMain: isMain, of: split.isExpected(of:))
  }
}

extension Figure.Split {
  /// The splits in the order in which tables have them.
  public static let all: [Figure.Split] = [.runningTrain, .train, .validation, .test]

  /// The beginning of its figures' keys.
  fileprivate var key: String {
    switch self {
    case .runningTrain: "running_train"
    case .train, .validation, .test: titles.english
    }
  }

  /// Whether runs with such settings have samples of it.
  fileprivate func isExpected(of configuration: RunConfiguration) -> Bool {
    self != .validation || configuration.validationSize != nil
  }

  /// The name in words.
  public var titles: Wording {
    switch self {
    case .runningTrain, .train: Wording("train", "训练")
    case .validation: Wording("validation", "验证")
    case .test: Wording("test", "测试")
    }
  }

  /// The name in words.
  public var title: String { titles.text }

  fileprivate var headings: Wording { self == .validation ? Wording("valid.", "验证") : titles }

  /// The name in a narrow column.
  public var heading: String { headings.text }

  /// What tells the figures of the two training splits apart.
  fileprivate var conditions: Wording? {
    switch self {
    case .runningTrain: Wording("dropout on", "启用暂退")
    case .train: Wording("dropout off", "关闭暂退")
    case .validation, .test: nil
    }
  }
}
