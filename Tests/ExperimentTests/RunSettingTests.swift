import Experiment
import NeuralNetwork
import Testing

struct RunSettingTests {
  @Test(arguments: [
    (RunSetting.hidden, "512,64"), (.hidden, "none"), (.dropout, "0.1,0.3"), (.inputDropout, "0.1"),
    (.activation, "leaky-relu"), (.initialization, "pytorch"), (.initialization, "normal=0.05"),
    (.initialization, "xavier"), (.initialization, "he"), (.batchNorm, "true"), (.optimizer, "adamw"),
    (.learningRate, "1e-5"), (.momentum, "0.9"), (.nesterov, "true"), (.weightDecay, "0.0001"),
    (.noBiasDecay, "true"), (.l1, "0.001"), (.clipNorm, "1"), (.clipNorm, "none"), (.clipValue, "0.5"),
    (.labelSmoothing, "0.1"), (.batchSize, "64"), (.epochs, "3"), (.seed, "18446744073709551615"),
    (.trainSize, "1000"), (.trainSize, "all"), (.schedule, "constant"), (.schedule, "step=10:0.1"),
    (.schedule, "cosine"), (.warmup, "0.5"), (.augment, "none"), (.augment, "flip"), (.augment, "shift=2"),
    (.augment, "flip,shift=2"), (.validation, "5000"), (.validation, "none"),
    (.earlyStopping, "5"), (.earlyStopping, "none"), (.evaluationInterval, "5"),
  ])
  func whatIsSetIsReadBack(setting: RunSetting, text: String) throws {
    var configuration = RunConfiguration()
    try setting.set(text, in: &configuration)
    #expect(setting.text(in: configuration) == text)
  }

  @Test(arguments: RunSetting.allCases)
  func everyDefaultReadsBackAsItself(setting: RunSetting) throws {
    var configuration = RunConfiguration()
    try setting.set(setting.text(in: configuration), in: &configuration)
    #expect(configuration == RunConfiguration())
  }

  @Test(arguments: [
    (RunSetting.hidden, "256,,256"), (.hidden, "256;256"), (.hidden, ""), (.dropout, "a"), (.dropout, "0.2,"),
    (.activation, "swish"), (.initialization, "normal="), (.initialization, "uniform"), (.batchNorm, "2"),
    (.optimizer, "SGD"), (.learningRate, "fast"), (.learningRate, ""), (.epochs, "1.5"), (.epochs, "1e3"),
    (.seed, "-1"), (.seed, "18446744073709551616"), (.trainSize, "some"),
    (.batchSize, "99999999999999999999"), (.schedule, "linear"), (.schedule, "step=10"),
    (.schedule, "step=a:1"),
    (.schedule, "step=1:2:3"), (.schedule, ""), (.warmup, "one"), (.augment, "rotate"),
    (.augment, "flip,flip"),
    (.augment, "shift"), (.augment, "shift=1.5"), (.augment, "flip,"), (.augment, ""), (.validation, "0.1"),
  ])
  func unreadableTextIsRefused(setting: RunSetting, text: String) {
    var configuration = RunConfiguration()
    let error = #expect(throws: ConfigurationError.self) { try setting.set(text, in: &configuration) }
    #expect(error?.description.hasPrefix("\(setting.option) ") == true)
  }

  @Test func spacesAroundItemsDoNotMatter() throws {
    var configuration = RunConfiguration()
    try RunSetting.hidden.set("128, 64 ", in: &configuration)
    #expect(configuration.hiddenWidths == [128, 64])
  }

  @Test func choicesAreListed() {
    var configuration = RunConfiguration()
    let error = #expect(throws: ConfigurationError.self) {
      try RunSetting.activation.set("swish", in: &configuration)
    }
    #expect(
      error?.description == """
        --activation swish: expected one of relu, leaky-relu, elu, sigmoid, tanh, gelu, silu, prelu. Give for example relu.
        """)
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
  private func configuration(_ texts: [RunSetting: String]) throws -> RunConfiguration {
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

  @Test(arguments: [("sgd", 0.5), ("adam", 0.001), ("adamw", 0.001), ("rmsprop", 0.01), ("adagrad", 0.01)])
  func theLearningRateFollowsTheOptimizer(optimizer: String, rate: Double) throws {
    #expect(try configuration([.optimizer: optimizer]).learningRate == rate)
    #expect(try configuration([.optimizer: optimizer, .learningRate: "0.1"]).learningRate == 0.1)
  }

  @Test func theResultIsValidated() {
    #expect(throws: ConfigurationError.self) { try configuration([.epochs: "0"]) }
  }
}
