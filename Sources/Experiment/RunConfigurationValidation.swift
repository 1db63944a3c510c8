internal import Datasets
internal import NeuralNetwork

extension RunConfiguration {
  /// The most trainable numbers a network may have: 400 MB of weights, with gradients, Adam and
  /// what products keep of them five times that.
  public static let largestParameterCount = 100_000_000

  /// The most numbers that one batch may need in all layers together: 1 GB.
  public static let largestActivationCount = 250_000_000
  /// The most epochs that a run may make.
  public static let largestEpochCount = 100_000

  /// Units of each layer: the input, the hidden layers, the classes.
  public var layerWidths: [Int] { [dataset.shape.count] + hiddenWidths + [dataset.task.outputCount] }

  /// Weights and biases, without those of batch norm, of a network whose widths are in range.
  private var parameterCount: Int {
    zip(layerWidths, layerWidths.dropFirst()).reduce(0) { sum, widths in
      sum > Self.largestParameterCount ? sum : sum + (widths.0 + 1) * widths.1
    }
  }

  /// Checks everything that can be checked without the data.
  ///
  /// - Throws: `ConfigurationError` for the first setting that no run can have.
  public func validate() throws(ConfigurationError) {
    try validateNetwork()
    try validateDropout()
    try validateOptimizer()
    try validateRegularization()
    try validateAugmentation()
    try validateDataUse()
  }

  /// Checks the settings against the number of training images there are.
  ///
  /// - Throws: `ConfigurationError` if more images are asked for, or if batch norm would get a batch of one.
  public func validate(trainingImages available: Int) throws(ConfigurationError) {
    if let trainSize, trainSize > available {
      throw ConfigurationError(
        .trainSize, "\(trainSize)", "the training set holds \(available) images",
        remedy: "Give a number in 1...\(available), or leave \(RunSetting.trainSize.option) out to use all")
    }
    if let validationSize, validationSize > available - (trainSize ?? 1) {
      throw ConfigurationError(
        .validation, "\(validationSize)",
        "the training set holds \(available) images, of which at least \(trainSize ?? 1) must be left to train on",
        remedy: "Give a smaller number, for example \(max(1, available / 12))")
    }
    try validateBatches(images: trainCount(available: available))
  }

  private func validateNetwork() throws(ConfigurationError) {
    let text = RunSetting.hidden.text(in: self)
    guard hiddenWidths.allSatisfy({ $0 >= 1 }) else {
      throw ConfigurationError(
        .hidden, text, "a hidden layer has at least 1 unit",
        remedy: "Give widths such as 256,256, or \(SettingText.none) for softmax regression")
    }
    guard hiddenWidths.allSatisfy({ $0 <= Self.largestParameterCount }),
      parameterCount <= Self.largestParameterCount
    else {
      throw ConfigurationError(
        .hidden, text, "the network would have more than \(Self.largestParameterCount) parameters",
        remedy: "Give fewer or narrower layers")
    }
    if case .normal(let deviation) = initialization {
      guard (0...1000).contains(deviation) else {
        throw ConfigurationError(
          .initialization, initialization.text, "the standard deviation lies in 0...1000",
          remedy: "Give for example normal=0.01")
      }
    }
  }

  private func validateDropout() throws(ConfigurationError) {
    guard dropout.count == hiddenWidths.count else {
      let usual = SettingText.list(Self.defaultDropout(depth: hiddenWidths.count).map(SettingText.number))
      throw ConfigurationError(
        .dropout, RunSetting.dropout.text(in: self),
        "there must be one probability for each hidden layer; given \(dropout.count), hidden layers "
          + "\(hiddenWidths.count) (\(RunSetting.hidden.option) \(RunSetting.hidden.text(in: self)))",
        remedy: "Give for example \(usual), or leave \(RunSetting.dropout.option) out for that")
    }
    for probability in dropout {
      try require(
        .dropout, (0...1).contains(probability), "each probability lies in 0...1",
        remedy: "Give the share of units to drop, for example 0.2,0.5")
    }
    try require(
      .inputDropout, (0...1).contains(inputDropout), "a probability lies in 0...1",
      remedy: "Give the share of pixels to drop, for example 0.2")
  }

  private func validateOptimizer() throws(ConfigurationError) {
    try require(
      .learningRate, learningRate > 0 && learningRate <= 1000, "the learning rate lies above 0, up to 1000",
      remedy: "Give for example \(SettingText.number(Self.defaultLearningRate(for: optimizer)))")
    if case .step(let every, let factor) = schedule.decay {
      try require(
        .schedule, every >= 1 && factor > 0 && factor <= 1,
        "the epochs between two steps are at least 1, and the factor lies above 0, up to 1",
        remedy: "Give for example step=10:0.1")
    }
    try require(
      .momentum, (0..<1).contains(momentum), "momentum lies in 0..<1", remedy: "Give for example 0.9")
    try require(
      .momentum, momentum == 0 || optimizer.takesMomentum,
      "only \(Self.optimizers(\.takesMomentum)) momentum",
      remedy: "Leave it out or use \(RunSetting.optimizer.option) \(OptimizerKind.sgd.rawValue)")
    try require(
      .nesterov, !nesterov || optimizer.takesNesterov,
      "only \(Self.optimizers(\.takesNesterov)) Nesterov momentum",
      remedy: "Leave it out or use \(RunSetting.optimizer.option) \(OptimizerKind.sgd.rawValue)")
    try require(
      .nesterov, !nesterov || momentum > 0, "Nesterov momentum needs a momentum above 0",
      remedy: "Add for example \(RunSetting.momentum.option) 0.9")
    try require(
      .weightDecay, (0...1000).contains(weightDecay), "weight decay lies in 0...1000",
      remedy: "Give for example 1e-4")
  }

  /// The optimisers that have something, with the verb: `SGD has`.
  private static func optimizers(_ have: KeyPath<OptimizerKind, Bool>) -> String {
    let titles = OptimizerKind.allCases.filter { $0[keyPath: have] }.map(\.title)
    return titles.joined(separator: " and ") + (titles.count == 1 ? " has" : " have")
  }

  private func validateRegularization() throws(ConfigurationError) {
    try require(
      .l1, (0...1000).contains(l1), "the strength of the L1 penalty lies in 0...1000",
      remedy: "Give for example 1e-5")
    try require(
      .clipNorm, clipNorm.map { $0 > 0 && $0 <= 1e6 } ?? true, "the largest norm lies above 0, up to 1e6",
      remedy: "Give for example 1, or leave it out for no clipping")
    try require(
      .clipValue, clipValue.map { $0 > 0 && $0 <= 1e6 } ?? true, "the largest value lies above 0, up to 1e6",
      remedy: "Give for example 0.5, or leave it out for no clipping")
    try require(
      .labelSmoothing, (0..<1).contains(labelSmoothing), "label smoothing lies in 0..<1",
      remedy: "Give for example 0.1")
    try require(
      .augment, (0...Augmentation.largestShift).contains(augmentation.shift),
      "images are shifted by 0...\(Augmentation.largestShift) pixels", remedy: "Give for example flip,shift=2"
    )
  }

  /// Checks that what augmentation makes of a sample is a sample of the same class.
  private func validateAugmentation() throws(ConfigurationError) {
    try require(
      .augment, !augmentation.flip || dataset.augmentations.contains(.flip),
      "images of \(dataset.name) are of no class when they are mirrored", remedy: "Leave flip out")
    try require(
      .augment, augmentation.shift == 0 || dataset.augmentations.contains(.shift),
      "images of \(dataset.name) are of no class when they are moved", remedy: "Leave shift out")
  }

  private func validateDataUse() throws(ConfigurationError) {
    try require(
      .batchSize, (1...65_536).contains(batchSize), "the batch size lies in 1...65536",
      remedy: "Give for example 256")
    try require(
      .batchSize, batchSize * layerWidths.reduce(0, +) <= Self.largestActivationCount,
      "one batch would need more than \(Self.largestActivationCount) activations",
      remedy: "Give a smaller batch size or narrower layers")
    try require(
      .epochs, (1...Self.largestEpochCount).contains(epochs),
      "the number of epochs lies in 1...\(Self.largestEpochCount)",
      remedy: "Give for example 10")
    try require(
      .trainSize, trainSize.map { $0 >= 1 } ?? true, "at least 1 image is needed",
      remedy: "Give for example 6000, or leave it out to use all")
    try require(
      .warmup, (0...Double(epochs)).contains(schedule.warmupEpochs),
      "the warm-up lies in 0...\(epochs) epochs, as many as there are", remedy: "Give for example 1")
    try require(
      .validation, validationSize.map { $0 >= 1 } ?? true, "at least 1 image must be held out",
      remedy: "Give for example 5000, or leave it out to hold out none")
    try require(
      .earlyStopping, earlyStopping.map { $0 >= 1 } ?? true, "a run waits for at least 1 epoch",
      remedy: "Give for example 5, or leave it out for all epochs")
    try require(
      .earlyStopping, earlyStopping == nil || validationSize != nil,
      "early stopping goes by images held out of the training set",
      remedy: "Add for example \(RunSetting.validation.option) 5000")
    try require(
      .evaluationInterval, evaluationInterval >= 1, "the weights are measured after every epoch, or seldomer",
      remedy: "Give for example 5, for every fifth and the last")
    try validateBatches(images: trainSize)
  }

  /// Batch norm has no variance to learn from in a batch of one image, so PyTorch refuses it as well.
  private func validateBatches(images: Int?) throws(ConfigurationError) {
    guard batchNorm, !hiddenWidths.isEmpty else { return }
    try require(
      .batchSize, batchSize > 1, "\(RunSetting.batchNorm.option) needs at least 2 images in a batch",
      remedy: "Give a larger batch size")
    guard let images else { return }
    try require(
      .batchSize, images % batchSize != 1,
      "the last batch of \(images) images would hold 1, and \(RunSetting.batchNorm.option) needs at least 2",
      remedy: "Give another batch size or \(RunSetting.trainSize.option)")
  }

  private func require(
    _ setting: RunSetting, _ holds: Bool, _ problem: String, remedy: String
  ) throws(ConfigurationError) {
    guard holds else {
      let value = setting.isFlag ? "" : setting.text(in: self)
      throw ConfigurationError(setting, value, problem, remedy: remedy)
    }
  }
}
