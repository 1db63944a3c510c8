import Datasets
import Experiment
import NeuralNetwork
import Testing

struct SettingChecksTests {
  @Test func aPerceptronIsCalledByItsWidths() {
    #expect(RunConfiguration().networkTitle == "784-256-256-10")
    var configuration = RunConfiguration()
    configuration.dataset = DatasetDescription.cifar10.resized(to: 64)
    #expect(configuration.networkTitle == "12288-256-256-10")
  }

  typealias Change = @Sendable (inout RunConfiguration) -> Void

  @Test func theDefaultExperimentIsPossible() throws {
    try RunConfiguration().validate()
    try RunConfiguration().validate(trainingImages: 60_000)
  }

  private static let impossible: [(Setting, Change)] = [
    (.hidden, { $0.hiddenWidths = [256, 0] }),
    (.hidden, { $0.hiddenWidths = [-1, 256] }),
    (.hidden, { $0.hiddenWidths = [200_000, 256] }),
    (.hidden, { $0.hiddenWidths = [Int.max, Int.max] }),
    (.hidden, { $0.hiddenWidths = [90_000, 90_000] }),
    (.dropout, { $0.dropout = [0.2] }),
    (.dropout, { $0.dropout = [0.2, 0.5, 0.5] }),
    (.dropout, { $0.hiddenWidths = [] }),
    (.dropout, { $0.dropout = [0.2, 1.01] }),
    (.dropout, { $0.dropout = [-0.1, 0.5] }),
    (.dropout, { $0.dropout = [0.2, .nan] }),
    (.inputDropout, { $0.inputDropout = 1.5 }),
    (.inputDropout, { $0.inputDropout = .nan }),
    (.initialization, { $0.initialization = .normal(standardDeviation: -0.01) }),
    (.initialization, { $0.initialization = .normal(standardDeviation: .nan) }),
    (.initialization, { $0.initialization = .normal(standardDeviation: .infinity) }),
    (.learningRate, { $0.learningRate = 0 }),
    (.learningRate, { $0.learningRate = -0.5 }),
    (.learningRate, { $0.learningRate = .nan }),
    (.learningRate, { $0.learningRate = .infinity }),
    (.momentum, { $0.momentum = 1 }),
    (.momentum, { $0.momentum = -0.1 }),
    (.momentum, { $0.momentum = .nan }),
    (
      .momentum,
      {
        $0.optimizer = .adam
        $0.momentum = 0.9
      }
    ),
    (.nesterov, { $0.nesterov = true }),
    (
      .nesterov,
      {
        $0.optimizer = .adamW
        $0.nesterov = true
      }
    ),
    (.weightDecay, { $0.weightDecay = -1e-4 }),
    (.weightDecay, { $0.weightDecay = .infinity }),
    (.schedule, { $0.schedule.decay = .step(epochs: 0, factor: 0.1) }),
    (.schedule, { $0.schedule.decay = .step(epochs: 3, factor: 0) }),
    (.schedule, { $0.schedule.decay = .step(epochs: 3, factor: 1.5) }),
    (.schedule, { $0.schedule.decay = .step(epochs: 3, factor: .nan) }),
    (.warmup, { $0.schedule.warmupEpochs = -1 }),
    (.warmup, { $0.schedule.warmupEpochs = 10.5 }),
    (.warmup, { $0.schedule.warmupEpochs = .nan }),
    (.augment, { $0.augmentation.shift = -1 }),
    (.augment, { $0.augmentation.shift = 15 }),
    (.validation, { $0.validationSize = 0 }),
    (.earlyStopping, { $0.earlyStopping = 5 }),
    (
      .earlyStopping,
      {
        $0.validationSize = 5000
        $0.earlyStopping = 0
      }
    ),
    (.evaluationInterval, { $0.evaluationInterval = 0 }),
    (.evaluationInterval, { $0.evaluationInterval = .max }),
    (
      .earlyStopping,
      {
        $0.validationSize = 5
        $0.earlyStopping = .max
      }
    ),
    (.l1, { $0.l1 = -1 }),
    (.l1, { $0.l1 = .nan }),
    (.clipNorm, { $0.clipNorm = 0 }),
    (.clipNorm, { $0.clipNorm = .infinity }),
    (.clipValue, { $0.clipValue = -1 }),
    (.clipValue, { $0.clipValue = .nan }),
    (.labelNoise, { $0.labelNoise = 1 }),
    (.labelNoise, { $0.labelNoise = -0.1 }),
    (.labelNoise, { $0.labelNoise = .nan }),
    (.labelSmoothing, { $0.labelSmoothing = 1 }),
    (.labelSmoothing, { $0.labelSmoothing = -0.1 }),
    (.labelSmoothing, { $0.labelSmoothing = .nan }),
    (.batchSize, { $0.batchSize = 0 }),
    (.batchSize, { $0.batchSize = -256 }),
    (.batchSize, { $0.batchSize = Int.max }),
    (
      .batchSize,
      {
        $0.hiddenWidths = [10_000, 5_000]
        $0.batchSize = 60_000
      }
    ),
    (.epochs, { $0.epochs = 0 }),
    (.epochs, { $0.epochs = Int.max }),
    (.trainSize, { $0.trainSize = 0 }),
    (.trainSize, { $0.trainSize = -5 }),
    (
      .batchSize,
      {
        $0.batchNorm = true
        $0.batchSize = 1
      }
    ),
    (
      .batchSize,
      {
        $0.batchNorm = true
        $0.trainSize = 257
      }
    ),
  ]

  @Test(arguments: impossible.indices)
  func impossibleSettingsAreNamed(index: Int) throws {
    let (setting, change) = Self.impossible[index]
    var configuration = RunConfiguration()
    change(&configuration)
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.setting == setting)
    #expect(error?.description.hasPrefix(setting.option) == true)
  }

  private static let possible: [Change] = [
    {
      $0.hiddenWidths = []
      $0.dropout = []
    },
    { $0.dropout = [0, 1] },
    { $0.inputDropout = 1 },
    { $0.initialization = .normal(standardDeviation: 0) },
    {
      $0.momentum = 0.9
      $0.nesterov = true
    },
    { $0.batchSize = 1 },
    { $0.trainSize = 1 },
    { $0.seed = .max },
    {
      $0.batchNorm = true
      $0.trainSize = 258
    },
    {
      $0.hiddenWidths = []
      $0.dropout = []
      $0.batchNorm = true
      $0.batchSize = 1
    },
  ]

  @Test(arguments: possible.indices)
  func whatPyTorchAllowsIsAllowed(index: Int) throws {
    var configuration = RunConfiguration()
    Self.possible[index](&configuration)
    try configuration.validate()
  }

  @Test func moreImagesThanThereAreIsImpossible() throws {
    var configuration = RunConfiguration()
    configuration.trainSize = 6_000
    try configuration.validate(trainingImages: 6_000)
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate(trainingImages: 5_999) }
    #expect(error?.description.contains("the training set holds 5999 images") == true)
  }

  @Test func batchNormNeedsTwoImagesInTheLastBatch() throws {
    var configuration = RunConfiguration()
    configuration.batchNorm = true
    try configuration.validate(trainingImages: 60_000)
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate(trainingImages: 513) }
    #expect(error?.setting == .batchSize)
  }

  @Test func messagesSayWhatWasGivenAndWhatToDo() {
    var configuration = RunConfiguration()
    configuration.hiddenWidths = [64]
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(
      error?.description == """
        --dropout 0.2,0.5: there must be one probability for each hidden layer; given 2, hidden layers 1 \
        (--hidden 64). Give for example 0.2, or leave --dropout out for that.
        """)
  }

  @Test(arguments: [(nil, 60_000), (nil, .max), (1000, 59_001)] as [(Int?, Int)])
  func someImagesMustBeLeftToTrainOn(trainSize: Int?, validationSize: Int) throws {
    var configuration = RunConfiguration()
    configuration.trainSize = trainSize
    configuration.validationSize = validationSize
    let error = #expect(throws: ConfigurationError.self) {
      try configuration.validate(trainingImages: 60_000)
    }
    #expect(error?.setting == .validation)
    configuration.validationSize = 59_000
    try configuration.validate(trainingImages: 60_000)
  }

  @Test func anAbsurdNetworkIsRefusedBeforeAnythingIsMadeOfIt() throws {
    for widths in [[1_000_000_000_000], Array(repeating: 1, count: 1_000_000)] {
      var configuration = RunConfiguration()
      configuration.hiddenWidths = widths
      configuration.dropout = widths.map { _ in 0 }
      let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
      #expect(error?.setting == .hidden)
      #expect((error?.given.count ?? 0) < 100)
    }
  }

  @Test func whatHasNoEffectIsTold() {
    var configuration = RunConfiguration()
    #expect(configuration.withoutEffect.isEmpty)
    configuration.decaysBiases = false
    configuration.evaluationInterval = 11
    configuration.schedule.decay = .step(epochs: 10, factor: 0.1)
    #expect(
      configuration.withoutEffect == [
        "--no-bias-decay has no effect as long as there is no --weight-decay",
        "--evaluate-every has no effect beyond the last epoch", "--schedule has no effect in 10 epochs",
      ])
    configuration.weightDecay = 1e-4
    configuration.epochs = 11
    #expect(configuration.withoutEffect.isEmpty)
    (configuration.epochs, configuration.evaluationInterval) = (1, 1)
    #expect(configuration.withoutEffect == ["--schedule has no effect in 1 epoch"])
    configuration.schedule.warmupEpochs = 1
    #expect(Setting.warmup.words(in: configuration) { "\($0)" } == "warm-up over 1 epoch")
  }

  @Test func earlyStoppingSaysWhatItNeeds() throws {
    var configuration = RunConfiguration()
    configuration.earlyStopping = 5
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(
      error?.description
        == "--early-stopping 5: early stopping goes by images held out of the training set. "
        + "Add for example --validation 5000.")
  }
}
