import Experiment
import NeuralNetwork
import Testing

struct VersusSpecificationTests {
  private func second(_ specification: String, against texts: [Setting: String] = [:]) throws
    -> RunConfiguration
  {
    var settings = GivenSettings()
    for (setting, text) in texts { settings[setting] = text }
    return try VersusSpecification(run: specification).configuration(against: settings)
  }

  @Test func onlyTheGivenSettingsChange() throws {
    var expected = RunConfiguration()
    expected.dropout = [0.1, 0.3]
    expected.weightDecay = 1e-4
    #expect(try second("dropout=0.1,0.3 weight-decay=1e-4") == expected)
  }

  @Test func runBKeepsWhatWasSaidAboutRunA() throws {
    let configuration = try second("dropout=0,0", against: [.learningRate: "0.1", .seed: "7"])
    #expect(configuration.learningRate == 0.1)
    #expect(configuration.seed == 7)
    #expect(configuration.dropout == [0, 0])
  }

  @Test func defaultsThatDependOnChangesFollowThem() throws {
    #expect(try second("optimizer=adam").learningRate == 0.001)
    #expect(try second("hidden=64").dropout == [0.2])
    #expect(try second("optimizer=adam", against: [.learningRate: "0.01"]).learningRate == 0.01)
  }

  @Test func flagsNeedNoValue() throws {
    #expect(try second("batch-norm").batchNorm)
    #expect(try second("no-bias-decay").decaysBiases == false)
    #expect(try second("batch-norm=false", against: [.batchNorm: "true"]).batchNorm == false)
  }

  @Test(arguments: Setting.allCases)
  func anUnknownKeyListsEveryKey(setting: Setting) {
    let error = #expect(throws: ConfigurationError.self) { try VersusSpecification(run: "dropuot=0,0") }
    #expect(error?.description.hasPrefix("--versus dropuot=0,0: 'dropuot' is no setting of a run.") == true)
    #expect(error?.remedy.contains(setting.key) == true)
  }

  @Test(arguments: ["", "=", "=1", "dropout", "lr", "--lr=0.1"])
  func specificationsThatSayNothingAreRefused(specification: String) {
    #expect(throws: ConfigurationError.self) { try VersusSpecification(run: specification) }
  }

  @Test func aKeyGivenTwiceIsRefused() {
    let error = #expect(throws: ConfigurationError.self) { try VersusSpecification(run: "lr=0.1 lr=0.2") }
    #expect(error?.description.contains("lr is given twice") == true)
  }

  @Test func layersThatAreWrittenOutMayStandBesideOtherSettings() throws {
    let network = "conv 8x3 relu pool 2 dropout 0.5 linear 10"
    let specification = try VersusSpecification(run: "small: network=\(network) lr=0.1 dropout=0.1, 0.3")
    #expect(specification.name == "small")
    #expect(specification.changes[.network] == network)
    #expect(specification.changes[.learningRate] == "0.1")
    #expect(specification.changes[.dropout] == "0.1, 0.3")
  }

  @Test(arguments: [
    ("schedule=step=10:0.1", nil as String?), ("x:lr=0.1", "x"), (" two  words : lr=0.1", "two words"),
    (":lr=0.1", nil),
  ])
  func aNameStandsBeforeTheFirstColon(text: String, name: String?) throws {
    #expect(try VersusSpecification(run: text).name == name)
  }

  @Test func errorsSpeakOfTheVersusOption() {
    let own = #expect(throws: ConfigurationError.self) { try second("dropout=1.5,0") }
    #expect(own?.description.hasPrefix("--versus dropout=1.5,0: each probability lies in 0...1") == true)
    let other = #expect(throws: ConfigurationError.self) {
      try second("optimizer=adam", against: [.momentum: "0.9"])
    }
    #expect(
      other?.description.hasPrefix(
        "--versus optimizer=adam with --momentum 0.9: only SGD and RMSprop have momentum")
        == true)
  }

  @Test func errorsOfRunAStayThoseOfRunA() {
    let error = #expect(throws: ConfigurationError.self) { try second("seed=2", against: [.epochs: "0"]) }
    #expect(error?.description.hasPrefix("--epochs 0") == true)
  }
}

struct RunDifferenceTests {
  private func names(_ change: (inout RunConfiguration) -> Void) -> [String] {
    var second = RunConfiguration()
    change(&second)
    return RunDifference(RunConfiguration(), second).names
  }

  @Test func namesSayTheDifference() {
    #expect(names { $0 = $0.withoutDropout() } == ["with dropout", "without dropout"])
    #expect(names { $0.dropout = [0.1, 0.3] } == ["dropout 0.2,0.5", "dropout 0.1,0.3"])
    #expect(names { $0.weightDecay = 1e-5 } == ["weight-decay 0", "weight-decay 1e-5"])
    #expect(names { $0.batchNorm = true } == ["no batch-norm", "batch-norm"])
    #expect(names { $0.clipNorm = 1 } == ["no clip-norm", "clip-norm 1"])
    #expect(names { $0.trainSize = 1000 } == ["train-size all", "train-size 1000"])
    #expect(
      names {
        $0.optimizer = .adam
        $0.learningRate = 0.001
      } == ["sgd, lr 0.5", "adam, lr 0.001"])
  }

  @Test func theFirstOfSeveralRunsIsNamedByWhatAnyOtherChanges() throws {
    func names(_ versus: String...) throws -> [String] {
      let others = try versus.map {
        try VersusSpecification(run: $0).configuration(against: GivenSettings())
      }
      return RunDifference.names(of: [RunConfiguration()] + others)
    }
    #expect(try names("lr=0.1") == ["lr 0.5", "lr 0.1"])
    #expect(
      try names("lr=0.1", "dropout=none") == ["dropout 0.2,0.5, lr 0.5", "lr 0.1", "without dropout"])
    #expect(try names("lr=0.1", "epochs=2", "seed=2") == ["base", "lr 0.1", "epochs 2", "seed 2"])
  }

  @Test(arguments: [
    ("seed=2", false, false), ("hidden=64", false, true), ("init=he", false, true),
    ("batch-size=64", true, false),
    ("train-size=1000", true, false), ("epochs=20", true, true), ("dropout=0,0", true, true),
  ])
  func whatRunsShareIsKnown(specification: String, weights: Bool, batches: Bool) throws {
    let second = try VersusSpecification(run: specification).configuration(against: GivenSettings())
    let difference = RunDifference(RunConfiguration(), second)
    #expect(difference.sharesInitialWeights == weights)
    #expect(difference.sharesBatches == batches)
  }
}
