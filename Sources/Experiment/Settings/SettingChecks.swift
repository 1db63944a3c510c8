internal import Datasets
internal import Messages
internal import NeuralNetwork

extension RunConfiguration {
  /// The most hidden layers that a network may have.
  static let largestDepth = 1000
  /// The most numbers that one batch may need in all layers together: 1 GB.
  public static let largestActivationCount = 250_000_000
  /// The most epochs that a run may make.
  public static let largestEpochCount = 100_000

  /// Checks everything that can be checked without the data: each setting by itself, then those that belong together.
  ///
  /// - Throws: `ConfigurationError` for the first setting that no run can have.
  public func validate() throws(ConfigurationError) {
    for setting in Setting.allCases { try setting.check(self) }
    try checkData()
    try checkNetwork()
    try checkOptimizer()
    try checkAugmentation()
    try checkLength()
    try checkBatches(images: trainSize)
  }

  /// Checks the settings against the number of training images there are.
  ///
  /// - Throws: `ConfigurationError` if more images are asked for, or if batch norm would get a batch of one.
  public func validate(trainingImages found: Int) throws(ConfigurationError) {
    let available = available(found)
    try require(
      .trainSize, trainSize.map { $0 <= available } ?? true,
      says("the training set holds \(available) images", "训练集有 \(available) 张图像"),
      remedy: says(
        "Give a number in 1...\(available), or leave \(Setting.trainSize.option) out to use all",
        "给出 1...\(available) 内的数，使用全部就去掉 \(Setting.trainSize.option)"))
    let needed = trainSize ?? 1
    try require(
      .validation, validationSize.map { $0 <= available - needed } ?? true,
      says(
        "the training set holds \(available) images, of which at least \(needed) must be left to train on",
        "训练集有 \(available) 张图像，至少要留下 \(needed) 张来训练"),
      remedy: says(
        "Give a smaller number, for example \(max(1, available / 12))", "用小一些的数，例如 \(max(1, available / 12))")
    )
    try checkBatches(images: trainCount(available: found))
  }

  /// Checks data that are made, and that nothing is asked of a regression which only classes have.
  private func checkData() throws(ConfigurationError) {
    if let synthesis = dataset.synthesis {
      try require(
        .features, features <= synthesis.largestFeatureCount,
        says(
          "a sample of \(dataset.name) has 1...\(synthesis.largestFeatureCount) features",
          "\(dataset.name) 的样本有 1...\(synthesis.largestFeatureCount) 个特征"),
        remedy: says("Give for example \(synthesis.usual.features)", "例如用 \(synthesis.usual.features)"))
      for (setting, count) in [(Setting.samples, samples), (.testSamples, testSamples)] {
        try require(
          setting, count * features <= Synthesis.largestCount,
          says(
            "samples of \(features) features would be more than \(Synthesis.largestCount) numbers",
            "\(features) 个特征的样本会超过 \(Synthesis.largestCount) 个数"),
          remedy: says("Give fewer samples or features", "减少样本或特征"))
      }
    }
    guard dataset.task.kind == .regression else {
      return try require(
        .labelNoise, labelNoise == 0 || dataset.task.outputCount > 1,
        says("\(dataset.name) has no other class to change labels to", "\(dataset.name) 没有别的类别可供改标签"),
        remedy: says("Leave it out", "去掉它"))
    }
    if let size = dataset.imageSize {
      throw ConfigurationError(
        setting: nil, given: "--image-size \(size)",
        problem: says("samples of \(dataset.name) are no images", "\(dataset.name) 的样本不是图像"),
        remedy: says("Leave it out", "去掉它"))
    }
    try require(
      .labelSmoothing, labelSmoothing == 0,
      says("\(dataset.name) is a regression and has no labels to smooth", "\(dataset.name) 是回归，没有标签可平滑"),
      remedy: says("Leave it out", "去掉它"))
    try require(
      .normalize, normalization == .none,
      says("samples of \(dataset.name) have no pixels", "\(dataset.name) 的样本没有像素"),
      remedy: says("Leave it out", "去掉它"))
    try require(
      .augment, !augmentation.isActive,
      says("samples of \(dataset.name) are no images", "\(dataset.name) 的样本不是图像"),
      remedy: says("Leave it out", "去掉它"))
  }

  private func checkNetwork() throws(ConfigurationError) {
    let layers = writtenNetwork == nil ? Setting.hidden : .network
    let estimate: NetworkEstimate
    do throws(SpecificationError) {
      estimate = try network.check(input: inputShape, outputs: dataset.task.outputCount)
    } catch {
      throw layers.error(in: self, error.problem, remedy: error.remedy)
    }
    let usual = SettingText.list(Self.defaultDropout(depth: dropoutCount).map(SettingText.number))
    try require(
      .dropout, dropout.count == dropoutCount,
      writtenNetwork == nil
        ? says(
          "there must be one probability for each hidden layer; given \(dropout.count), hidden layers "
            + "\(dropoutCount) (\(Setting.hidden.option) \(Setting.hidden.text(in: self)))",
          "每个隐藏层须有一个概率；给出 \(dropout.count) 个，隐藏层有 \(dropoutCount) 个"
            + "（\(Setting.hidden.option) \(Setting.hidden.text(in: self))）")
        : says(
          "there must be one probability for each dropout layer; given \(dropout.count), dropout layers "
            + "\(dropoutCount)",
          "每个暂退层须有一个概率；给出 \(dropout.count) 个，暂退层有 \(dropoutCount) 个"),
      remedy: says(
        "Give for example \(usual), or leave \(Setting.dropout.option) out for that",
        "例如用 \(usual)，去掉 \(Setting.dropout.option) 即是如此"))
    try require(
      .batchSize, batchSize * estimate.numbersPerSample <= Self.largestActivationCount,
      says(
        "one batch would need more than \(Self.largestActivationCount) activations",
        "一个批量会需要超过 \(Self.largestActivationCount) 个激活值"),
      remedy: says("Give a smaller batch size or narrower layers", "减小批量大小，或用较窄的层"))
  }

  private func checkOptimizer() throws(ConfigurationError) {
    let useSGD = says(
      "Leave it out or use \(Setting.optimizer.option) \(OptimizerKind.sgd.rawValue)",
      "去掉它，或用 \(Setting.optimizer.option) \(OptimizerKind.sgd.rawValue)")
    try require(
      .momentum, momentum == 0 || optimizer.takesMomentum,
      says("only \(Self.optimizers(\.takesMomentum)) momentum", "只有 \(Self.optimizers(\.takesMomentum))动量"),
      remedy: useSGD)
    try require(
      .nesterov, !nesterov || optimizer.takesNesterov,
      says(
        "only \(Self.optimizers(\.takesNesterov)) Nesterov momentum",
        "只有 \(Self.optimizers(\.takesNesterov)) Nesterov 动量"), remedy: useSGD)
    try require(
      .nesterov, !nesterov || momentum > 0,
      says("Nesterov momentum needs a momentum above 0", "Nesterov 动量需要大于 0 的动量"),
      remedy: says("Add for example \(Setting.momentum.option) 0.9", "例如加上 \(Setting.momentum.option) 0.9"))
  }

  /// The optimisers that have something, with the verb: `SGD has`.
  private static func optimizers(_ have: KeyPath<OptimizerKind, Bool>) -> String {
    let titles = OptimizerKind.allCases.filter { $0[keyPath: have] }.map(\.title)
    return says(
      titles.joined(separator: " and ") + (titles.count == 1 ? " has" : " have"),
      titles.joined(separator: " 和 ") + " 有")
  }

  /// Checks that what augmentation makes of a sample is a sample of the same class.
  private func checkAugmentation() throws(ConfigurationError) {
    try require(
      .augment, !augmentation.flip || dataset.augmentations.contains(.flip),
      says(
        "images of \(dataset.name) are of no class when they are mirrored", "\(dataset.name) 的图像镜像后不属于任何类别"),
      remedy: says("Leave flip out", "去掉 flip"))
    try require(
      .augment, augmentation.shift == 0 && augmentation.crop == 0 || dataset.augmentations.contains(.shift),
      says("images of \(dataset.name) are of no class when they are moved", "\(dataset.name) 的图像移动后不属于任何类别"),
      remedy: says("Leave shift and crop out", "去掉 shift 和 crop"))
    try require(
      .augment, augmentation.cutout == 0 || dataset.shape.isImage,
      says("a square is cut out of images, and \(dataset.name) has none", "方块从图像中遮去，而 \(dataset.name) 没有图像"),
      remedy: says("Leave cutout out", "去掉 cutout"))
    let channels = dataset.shape.channels
    try require(
      .normalize, normalization.channels.map { dataset.shape.isImage && $0 == channels } ?? true,
      says(
        "images of \(dataset.name) have \(channels) channel\(channels == 1 ? "" : "s")",
        "\(dataset.name) 的图像有 \(channels) 个通道"),
      remedy: says(
        "Give a mean and a deviation for each, or \(Normalization.ofTrainingSet)",
        "给出每个通道的均值和标准差，或用 \(Normalization.ofTrainingSet)"))
  }

  private func checkLength() throws(ConfigurationError) {
    try require(
      .warmup, schedule.warmupEpochs <= Double(epochs),
      says("the warm-up lies in 0...\(epochs) epochs, as many as there are", "预热在 0...\(epochs) 轮内，不超过全部轮数"),
      remedy: says("Give for example 1", "例如用 1"))
    try require(
      .earlyStopping, earlyStopping == nil || validationSize != nil,
      says("early stopping goes by images held out of the training set", "提前停止依据从训练集中留出的图像"),
      remedy: says(
        "Add for example \(Setting.validation.option) 5000", "例如加上 \(Setting.validation.option) 5000"))
  }

  /// Batch norm has no variance to learn from in a batch of one image, so PyTorch refuses it as well.
  ///
  /// - Throws: `ConfigurationError` if it would get one.
  public func checkBatches(images: Int?) throws(ConfigurationError) {
    guard network.needsBatch else { return }
    try require(
      .batchSize, batchSize > 1, says("batch norm needs at least 2 images in a batch", "批量规范化要求批量中至少有 2 张图像"),
      remedy: says("Give a larger batch size", "增大批量大小"))
    guard let images else { return }
    try require(
      .batchSize, images % batchSize != 1,
      says(
        "the last batch of \(images) images would hold 1, and batch norm needs at least 2",
        "\(images) 张图像的最后一个批量只有 1 张，而批量规范化至少需要 2 张"),
      remedy: says(
        "Give another batch size or \(Setting.trainSize.option)", "换一个批量大小或 \(Setting.trainSize.option)"))
  }

  private func require(
    _ setting: Setting, _ holds: Bool, _ problem: @autoclosure () -> String, remedy: @autoclosure () -> String
  ) throws(ConfigurationError) {
    if !holds { throw setting.error(in: self, problem(), remedy: remedy()) }
  }
}

// MARK: - Without effect

extension RunConfiguration {
  /// What was asked for and does nothing as the other settings are, a few words each.
  public var withoutEffect: [String] {
    var phrases: [String] = []
    func note(_ setting: Setting, _ reason: String, when isIdle: Bool) {
      if isIdle, !setting.isDefault(in: self) {
        phrases.append(says("\(setting.option) has no effect \(reason)", "\(setting.option) \(reason)不起作用"))
      }
    }
    note(
      .noBiasDecay,
      says("as long as there is no \(Setting.weightDecay.option)", "在没有 \(Setting.weightDecay.option) 时"),
      when: weightDecay == 0)
    note(.batchNorm, says("without a hidden layer", "在没有隐藏层时"), when: hiddenWidths.isEmpty)
    note(.activation, says("without a hidden layer", "在没有隐藏层时"), when: hiddenWidths.isEmpty)
    note(
      .residual, says("where no hidden layer is as wide as the one before it", "在没有隐藏层与前一层同宽时"),
      when: !zip(hiddenWidths, hiddenWidths.dropFirst()).contains(where: ==))
    note(.evaluationInterval, says("beyond the last epoch", "在最后一轮之后"), when: evaluationInterval > epochs)
    if case .step(let every, _) = schedule.decay {
      note(
        .schedule,
        says("in \(SettingText.count(epochs, "epoch", { String($0) }))", "在 \(epochs) 轮内"),
        when: every >= epochs)
    }
    return phrases
  }
}
