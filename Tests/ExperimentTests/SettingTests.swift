import NeuralNetwork
import Testing

@testable import Experiment

struct SettingTests {
  @Test(arguments: [
    (Setting.hidden, "512,64"), (.hidden, "none"), (.dropout, "0.1,0.3"), (.inputDropout, "0.1"),
    (.activation, "leaky-relu"), (.initialization, "pytorch"), (.initialization, "normal=0.05"),
    (.initialization, "xavier"), (.initialization, "he"), (.batchNorm, "true"), (.optimizer, "adamw"),
    (.learningRate, "1e-5"), (.momentum, "0.9"), (.nesterov, "true"), (.weightDecay, "0.0001"),
    (.noBiasDecay, "true"), (.l1, "0.001"), (.clipNorm, "1"), (.clipNorm, "none"), (.clipValue, "0.5"),
    (.labelSmoothing, "0.1"), (.batchSize, "64"), (.epochs, "3"), (.seed, "18446744073709551615"),
    (.trainSize, "1000"), (.trainSize, "all"), (.schedule, "constant"), (.schedule, "step=10:0.1"),
    (.schedule, "cosine"), (.warmup, "0.5"), (.augment, "none"), (.augment, "flip"), (.augment, "shift=2"),
    (.augment, "flip,shift=2"), (.validation, "5000"), (.validation, "none"), (.labelNoise, "0.2"),
    (.earlyStopping, "5"), (.earlyStopping, "none"), (.evaluationInterval, "5"),
  ])
  func whatIsSetIsReadBack(setting: Setting, text: String) throws {
    var configuration = RunConfiguration()
    try setting.set(text, in: &configuration)
    #expect(setting.text(in: configuration) == text)
  }

  @Test(arguments: Setting.allCases.filter { $0.applies(to: RunConfiguration()) })
  func everyDefaultReadsBackAsItself(setting: Setting) throws {
    var configuration = RunConfiguration()
    try setting.set(setting.text(in: configuration), in: &configuration)
    #expect(configuration == RunConfiguration())
  }

  @Test(arguments: [
    (Setting.hidden, "256,,256"), (.hidden, "256;256"), (.hidden, ""), (.dropout, "a"), (.dropout, "0.2,"),
    (.activation, "swish"), (.initialization, "normal="), (.initialization, "uniform"), (.batchNorm, "2"),
    (.optimizer, "SGD"), (.learningRate, "fast"), (.learningRate, ""), (.epochs, "1.5"), (.epochs, "1e3"),
    (.seed, "-1"), (.seed, "18446744073709551616"), (.trainSize, "some"),
    (.batchSize, "99999999999999999999"), (.schedule, "linear"), (.schedule, "step=10"),
    (.schedule, "step=a:1"),
    (.schedule, "step=1:2:3"), (.schedule, ""), (.warmup, "one"), (.augment, "rotate"),
    (.augment, "flip,flip"),
    (.augment, "shift"), (.augment, "shift=1.5"), (.augment, "flip,"), (.augment, ""), (.validation, "0.1"),
  ])
  func unreadableTextIsRefused(setting: Setting, text: String) {
    var configuration = RunConfiguration()
    let error = #expect(throws: ConfigurationError.self) { try setting.set(text, in: &configuration) }
    #expect(error?.description.hasPrefix("\(setting.option) ") == true)
  }

  @Test func spacesAroundItemsDoNotMatter() throws {
    var configuration = RunConfiguration()
    try Setting.hidden.set("128, 64 ", in: &configuration)
    #expect(configuration.hiddenWidths == [128, 64])
  }

  @Test func choicesAreListed() {
    var configuration = RunConfiguration()
    let error = #expect(throws: ConfigurationError.self) {
      try Setting.activation.set("swish", in: &configuration)
    }
    #expect(
      error?.description == """
        --activation swish: expected one of relu, leaky-relu, elu, sigmoid, tanh, gelu, silu, prelu. Give for example relu.
        """)
  }

  @Test func everySettingIsKnownByItsKey() {
    #expect(Set(Setting.allCases.map(\.key)).count == Setting.allCases.count)
    for setting in Setting.allCases { #expect(Setting(key: setting.key) == setting) }
    #expect(Setting(key: "batch_size") == nil)
    #expect(Setting.allCases.sorted() == Setting.allCases)
  }

  @Test func noTwoSettingsHaveTheSameKey() {
    let keys = Setting.allCases.flatMap { $0.live?.keys ?? [] }
    #expect(Set(keys).count == keys.count)
  }

  @Test func oneProbabilityIsThatOfEveryHiddenLayer() throws {
    var configuration = RunConfiguration()
    try Setting.dropout.set("0.25", in: &configuration)
    #expect(configuration.dropout == [0.25, 0.25])
    try Setting.dropout.set("none", in: &configuration)
    #expect(configuration.dropout == [0, 0])
  }

  @Test func aValueOfAnotherKindIsRefused() {
    var configuration = RunConfiguration()
    for value in [SettingValue.none, .flag(true), .text("0.1"), .list([.number(0.1)]), .seed(1)] {
      #expect(!Setting.learningRate.set(value, in: &configuration))
    }
    #expect(!Setting.dropout.set(.list([.number(0.1), .text("0.1")]), in: &configuration))
    #expect(configuration == RunConfiguration())
  }

  @Test(arguments: [
    (0.5, "0.5"), (0, "0"), (1, "1"), (1e-5, "1e-5"), (1e-4, "0.0001"), (1e20, "1e20"), (-2, "-2"),
  ])
  func numbersAreShort(number: Double, text: String) {
    #expect(SettingText.number(number) == text)
    #expect(Double(text) == number)
  }
}

struct GivenSettingsTests {
  private func configuration(_ texts: [Setting: String]) throws -> RunConfiguration {
    var settings = GivenSettings()
    for (setting, text) in texts { settings[setting] = text }
    return try settings.configuration()
  }

  @Test func nothingSaidIsTheDefaultExperiment() throws {
    #expect(try configuration([:]) == RunConfiguration())
  }

  @Test(arguments: [("none", []), ("64", [0.2]), ("64,64,64", [0.2, 0.5, 0.5])])
  func dropoutFollowsTheDepth(hidden: String, dropout: [Double]) throws {
    #expect(try configuration([.hidden: hidden]).dropout == dropout)
  }

  @Test func dropoutNoneIsZeroForEveryLayer() throws {
    #expect(try configuration([.hidden: "64,64,64", .dropout: "none"]).dropout == [0, 0, 0])
  }

  @Test func dropoutWithoutAHiddenLayerIsRefused() {
    let error = #expect(throws: ConfigurationError.self) {
      try configuration([.hidden: "none", .dropout: "0.5"])
    }
    #expect(error?.setting == .dropout)
  }

  @Test(arguments: [("sgd", 0.5), ("adam", 0.001), ("adamw", 0.001), ("rmsprop", 0.01), ("adagrad", 0.01)])
  func theLearningRateFollowsTheOptimizer(optimizer: String, rate: Double) throws {
    #expect(try configuration([.optimizer: optimizer]).learningRate == rate)
    #expect(try configuration([.optimizer: optimizer, .learningRate: "0.1"]).learningRate == 0.1)
  }

  @Test func theResultIsValidated() {
    #expect(throws: ConfigurationError.self) { try configuration([.epochs: "0"]) }
  }
}

@Suite struct LiveStepTests {
  @Test func stepsStayWithinTheirBounds() {
    let dropout = LiveSetting.Step.add(0.05, 0...1)
    #expect(dropout.next(.number(0.2), up: true) == .number(0.25))
    #expect(dropout.next(.number(0.02), up: false) == .number(0))
    #expect(dropout.next(.number(1), up: true) == .number(1))
    let penalty = LiveSetting.Step.scale(2, 1e-5...1000, reachesZero: true)
    #expect(penalty.next(.number(0), up: true) == .number(1e-5))
    #expect(penalty.next(.number(1e-5), up: false) == .number(0))
    #expect(penalty.next(.number(900), up: true) == .number(1000))
    let rate = LiveSetting.Step.scale(1.25, 1e-6...1000, reachesZero: false)
    #expect(rate.next(.number(1e-6), up: false) == .number(1e-6))
    #expect(
      LiveSetting.Step.scale(2, 1...64, reachesZero: false).next(.integer(33), up: true) == .integer(64))
    let texts = LiveSetting.Step.cycle(["a", "b"])
    #expect(texts.next(.text("b"), up: true) == .text("a"))
    #expect(texts.next(.text("a"), up: false) == .text("b"))
    #expect(texts.next(.text("other"), up: true) == .text("a"))
  }

  @Test func everyValueThatAStepReachesIsOneThatARunCanHave() throws {
    for setting in Setting.allCases {
      guard let live = setting.live, !live.isPerLayer else { continue }
      for up in [true, false] {
        var configuration = RunConfiguration()
        for _ in 0..<200 {
          guard let next = live.step.next(setting.value(in: configuration), up: up) else { break }
          configuration = try configuration.changed(by: SettingChange(setting, to: next))
        }
      }
    }
  }
}
