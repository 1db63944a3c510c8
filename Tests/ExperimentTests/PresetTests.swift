import Datasets
import Experiment
import NeuralNetwork
import Testing

struct PresetTests {
  private func given(_ texts: [Setting: String]) -> GivenSettings {
    var given = GivenSettings()
    for (setting, text) in texts { given[setting] = text }
    return given
  }

  @Test(arguments: Preset.allCases)
  func everyPresetIsPossible(preset: Preset) throws {
    let configuration = try preset.settings.configuration()
    try configuration.validate(trainingImages: 60_000)
    // Where nothing waits for images that are held out, the last epoch's weights are the result.
    #expect((configuration.validationSize == nil) == (preset != .earlyStopping))
    for run in preset.runs {
      try preset.settings.changed(by: run.changes).configuration().validate(trainingImages: 60_000)
    }
  }

  @Test(arguments: Preset.allCases)
  func whatIsToldOfARunMakesItAgain(preset: Preset) throws {
    let own = try preset.settings.configuration()
    let runs = try preset.runs.map { try preset.settings.changed(by: $0.changes).configuration() }
    for configuration in [own] + runs {
      #expect(try GivenSettings(configuration).configuration() == configuration)
    }
    // Whether they are told by what they change or as a whole makes no difference.
    guard !runs.isEmpty else { return }
    let whole = PreparedRuns(source: "all", runs: runs.map { (nil, GivenSettings($0)) })
    #expect(try whole.runs.map { try whole.settings.changed(by: $0.changes).configuration() } == runs)
  }

  @Test func runsOfOtherLayersShareNone() throws {
    let texts: [[Setting: String]] = [[.hidden: "8"], [.network: "linear 8 relu dropout 0.5 linear 10"]]
    let runs = try texts.map { try given($0).configuration() }
    let prepared = PreparedRuns(source: "--config a.json", runs: runs.map { (nil, GivenSettings($0)) })
    #expect(prepared.settings[.learningRate] == "0.5" && prepared.settings[.dropout] == nil)
    #expect(try prepared.runs.map { try prepared.settings.changed(by: $0.changes).configuration() } == runs)
    #expect(throws: ConfigurationError.self) { try prepared.merged(with: given([.hidden: "16"])) }
    #expect(try prepared.merged(with: given([.learningRate: "0.1"]))[.learningRate] == "0.1")
  }

  @Test func theDefaultPresetIsTheDefaultExperiment() throws {
    #expect(try Preset.d2lDropout.settings.configuration() == RunConfiguration())
  }

  @Test func theBooksOtherExperimentsAreAsItHasThem() throws {
    var expected = RunConfiguration()
    expected.hiddenWidths = [256]
    expected.dropout = [0]
    expected.learningRate = 0.1
    #expect(try Preset.d2lMLP.settings.configuration() == expected)
    expected.hiddenWidths = []
    expected.dropout = []
    #expect(try Preset.d2lSoftmax.settings.configuration() == expected)
  }

  @Test func theBooksRegressionsAreAsItHasThem() throws {
    let polynomial = try Preset.polynomial.runs.map {
      try Preset.polynomial.settings.changed(by: $0.changes).configuration()
    }
    #expect(polynomial.map(\.features) == [4, 2, 20] && polynomial.map(\.epochs) == [400, 400, 1500])
    #expect(polynomial.allSatisfy { $0.network.text == "linear 1 no-bias" && $0.batchSize == 10 })
    #expect(polynomial.allSatisfy { $0.samples == 100 && $0.testSamples == 100 && $0.learningRate == 0.01 })
    for preset in [Preset.weightDecay, .weightDecayFromScratch] {
      let runs = try preset.runs.map { try preset.settings.changed(by: $0.changes).configuration() }
      #expect(runs.map(\.weightDecay) == [0, 3] && runs.allSatisfy { !$0.decaysBiases })
      #expect(runs.allSatisfy { $0.features == 200 && $0.samples == 20 && $0.batchSize == 5 })
      #expect(runs.allSatisfy { ($0.loss == .meanSquaredError) == (preset == .weightDecay) })
    }
    #expect(
      try Preset.weightDecay.prepared.merged(with: given([.samples: "40"])).configuration().dataset.key
        == "linear")
  }

  @Test func presetsOfSizeAndLongTrainingLearnWrongLabels() throws {
    func runs(_ preset: Preset) throws -> [RunConfiguration] {
      try preset.runs.map { try preset.settings.changed(by: $0.changes).configuration() }
    }
    let sizes = try runs(.modelSize)
    #expect(sizes.map(\.hiddenWidths) == [[4], [16], [64], [512]])
    #expect(sizes.allSatisfy { $0.labelNoise == 0.2 && $0.trainSize == 1000 && !$0.usesDropout })
    #expect(try runs(.epochDoubleDescent).map(\.labelNoise) == [0.2, 0])
    #expect(throws: ConfigurationError.self) {
      try Preset.modelSize.prepared.merged(with: given([.hidden: "8"]))
    }
  }

  @Test func presetsOfOneIdeaDifferInNothingElse() throws {
    for (preset, setting) in [
      (Preset.earlyStopping, Setting.earlyStopping), (.augmentation, .augment),
      (.labelSmoothing, .labelSmoothing), (.learningRateTooHigh, .learningRate),
    ] {
      #expect(preset.isComparison && preset.runs.count >= 2)
      #expect(preset.runs.allSatisfy { $0.changes.texts.keys.map(\.self) == [setting] })
    }
  }

  @Test func whatIsGivenCountsMore() throws {
    let configuration = try Preset.best.prepared.merged(
      with: given([.learningRate: "0.05", .batchNorm: "false"])
    )
    .configuration()
    #expect(configuration.learningRate == 0.05)
    #expect(!configuration.batchNorm)
    #expect(configuration.momentum == 0.9)
  }

  @Test func otherLayersHaveTheirUsualDropout() throws {
    let own = try Preset.best.settings.configuration()
    let same = given([.hidden: own.hiddenWidths.map { String($0 / 2) }.joined(separator: ",")])
    #expect(try Preset.best.prepared.merged(with: same).configuration().dropout == own.dropout)
    let other = given([.hidden: "64"])
    #expect(try Preset.best.prepared.merged(with: other).configuration().dropout == [0.2])
    #expect(
      try Preset.d2lMLP.prepared.merged(with: given([.hidden: "64,64"])).configuration().dropout == [0, 0])
  }

  @Test func errorsOfAPresetsSettingsNameThePreset() throws {
    let adam = given([.optimizer: "adam"])
    let error = try #require(throws: ConfigurationError.self) {
      try Preset.best.prepared.merged(with: adam).configuration()
    }
    #expect(
      Preset.best.prepared.reworded(error, given: adam).description.hasPrefix(
        "--preset best with --momentum 0.9: only SGD and RMSprop have momentum."))
    let rate = given([.learningRate: "0"])
    let typed = try #require(throws: ConfigurationError.self) {
      try Preset.best.prepared.merged(with: rate).configuration()
    }
    #expect(Preset.best.prepared.reworded(typed, given: rate) == typed)
  }
}
