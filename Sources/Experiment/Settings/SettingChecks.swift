internal import Datasets
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
      .trainSize, trainSize.map { $0 <= available } ?? true, "the training set holds \(available) images",
      remedy: "Give a number in 1...\(available), or leave \(Setting.trainSize.option) out to use all")
    let needed = trainSize ?? 1
    try require(
      .validation, validationSize.map { $0 <= available - needed } ?? true,
      "the training set holds \(available) images, of which at least \(needed) must be left to train on",
      remedy: "Give a smaller number, for example \(max(1, available / 12))")
    try checkBatches(images: trainCount(available: found))
  }

  /// Checks data that are made, and that nothing is asked of a regression which only classes have.
  private func checkData() throws(ConfigurationError) {
    if let synthesis = dataset.synthesis {
      try require(
        .features, features <= synthesis.largestFeatureCount,
        "a sample of \(dataset.name) has 1...\(synthesis.largestFeatureCount) features",
        remedy: "Give for example \(synthesis.usual.features)")
      for (setting, count) in [(Setting.samples, samples), (.testSamples, testSamples)] {
        try require(
          setting, count * features <= Synthesis.largestCount,
          "samples of \(features) features would be more than \(Synthesis.largestCount) numbers",
          remedy: "Give fewer samples or features")
      }
    }
    guard dataset.task.kind == .regression else {
      return try require(
        .labelNoise, labelNoise == 0 || dataset.task.outputCount > 1,
        "\(dataset.name) has no other class to change labels to", remedy: "Leave it out")
    }
    try require(
      .labelSmoothing, labelSmoothing == 0, "\(dataset.name) is a regression and has no labels to smooth",
      remedy: "Leave it out")
    try require(
      .normalize, normalization == .none, "samples of \(dataset.name) have no pixels",
      remedy: "Leave it out")
    try require(
      .augment, !augmentation.isActive, "samples of \(dataset.name) are no images", remedy: "Leave it out")
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
        ? "there must be one probability for each hidden layer; given \(dropout.count), hidden layers "
          + "\(dropoutCount) (\(Setting.hidden.option) \(Setting.hidden.text(in: self)))"
        : "there must be one probability for each dropout layer; given \(dropout.count), dropout layers "
          + "\(dropoutCount)",
      remedy: "Give for example \(usual), or leave \(Setting.dropout.option) out for that")
    try require(
      .batchSize, batchSize * estimate.numbersPerSample <= Self.largestActivationCount,
      "one batch would need more than \(Self.largestActivationCount) activations",
      remedy: "Give a smaller batch size or narrower layers")
  }

  private func checkOptimizer() throws(ConfigurationError) {
    let useSGD = "Leave it out or use \(Setting.optimizer.option) \(OptimizerKind.sgd.rawValue)"
    try require(
      .momentum, momentum == 0 || optimizer.takesMomentum,
      "only \(Self.optimizers(\.takesMomentum)) momentum", remedy: useSGD)
    try require(
      .nesterov, !nesterov || optimizer.takesNesterov,
      "only \(Self.optimizers(\.takesNesterov)) Nesterov momentum", remedy: useSGD)
    try require(
      .nesterov, !nesterov || momentum > 0, "Nesterov momentum needs a momentum above 0",
      remedy: "Add for example \(Setting.momentum.option) 0.9")
  }

  /// The optimisers that have something, with the verb: `SGD has`.
  private static func optimizers(_ have: KeyPath<OptimizerKind, Bool>) -> String {
    let titles = OptimizerKind.allCases.filter { $0[keyPath: have] }.map(\.title)
    return titles.joined(separator: " and ") + (titles.count == 1 ? " has" : " have")
  }

  /// Checks that what augmentation makes of a sample is a sample of the same class.
  private func checkAugmentation() throws(ConfigurationError) {
    try require(
      .augment, !augmentation.flip || dataset.augmentations.contains(.flip),
      "images of \(dataset.name) are of no class when they are mirrored", remedy: "Leave flip out")
    try require(
      .augment, augmentation.shift == 0 && augmentation.crop == 0 || dataset.augmentations.contains(.shift),
      "images of \(dataset.name) are of no class when they are moved", remedy: "Leave shift and crop out")
    try require(
      .augment, augmentation.cutout == 0 || dataset.shape.isImage,
      "a square is cut out of images, and \(dataset.name) has none", remedy: "Leave cutout out")
    let channels = dataset.shape.channels
    try require(
      .normalize, normalization.channels.map { dataset.shape.isImage && $0 == channels } ?? true,
      "images of \(dataset.name) have \(channels) channel\(channels == 1 ? "" : "s")",
      remedy: "Give a mean and a deviation for each, or \(Normalization.ofTrainingSet)")
  }

  private func checkLength() throws(ConfigurationError) {
    try require(
      .warmup, schedule.warmupEpochs <= Double(epochs),
      "the warm-up lies in 0...\(epochs) epochs, as many as there are", remedy: "Give for example 1")
    try require(
      .earlyStopping, earlyStopping == nil || validationSize != nil,
      "early stopping goes by images held out of the training set",
      remedy: "Add for example \(Setting.validation.option) 5000")
  }

  /// Batch norm has no variance to learn from in a batch of one image, so PyTorch refuses it as well.
  ///
  /// - Throws: `ConfigurationError` if it would get one.
  public func checkBatches(images: Int?) throws(ConfigurationError) {
    guard network.needsBatch else { return }
    try require(
      .batchSize, batchSize > 1, "batch norm needs at least 2 images in a batch",
      remedy: "Give a larger batch size")
    guard let images else { return }
    try require(
      .batchSize, images % batchSize != 1,
      "the last batch of \(images) images would hold 1, and batch norm needs at least 2",
      remedy: "Give another batch size or \(Setting.trainSize.option)")
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
        phrases.append("\(setting.option) has no effect \(reason)")
      }
    }
    note(.noBiasDecay, "as long as there is no \(Setting.weightDecay.option)", when: weightDecay == 0)
    note(.batchNorm, "without a hidden layer", when: hiddenWidths.isEmpty)
    note(.activation, "without a hidden layer", when: hiddenWidths.isEmpty)
    note(
      .residual, "where no hidden layer is as wide as the one before it",
      when: !zip(hiddenWidths, hiddenWidths.dropFirst()).contains(where: ==))
    note(.evaluationInterval, "beyond the last epoch", when: evaluationInterval > epochs)
    if case .step(let every, _) = schedule.decay {
      note(.schedule, "in \(SettingText.count(epochs, "epoch", { String($0) }))", when: every >= epochs)
    }
    return phrases
  }
}
