import TestSupport
import Testing

@testable import Experiment

@Suite struct ForkTests {
  private func changes(_ text: String) throws -> GivenSettings {
    try VersusSpecification(words: text).changes
  }

  @Test func aForkDiffersInWhatWasSaidOnly() throws {
    let parent = RunConfiguration()
    let fork = try parent.forked(with: changes("lr=0.1 dropout=0,0.25"))
    #expect(fork.learningRate == 0.1)
    #expect(fork.dropout == [0, 0.25])
    #expect(RunDifference(parent, fork).settings == [.dropout, .learningRate])
    #expect(try parent.forked(with: changes("")) == parent)
    #expect(
      try fork.nameOfFork(of: RunID(1), changing: changes("lr=0.1 dropout=0,0.25"))
        == "dropout 0,0.25, lr 0.1 from B")
    #expect(parent.nameOfFork(of: RunID(0), changing: GivenSettings()) == "copy of A")
  }

  @Test(arguments: [
    ("hidden=64", "the weights are those of another network"),
    ("batch-norm", "the weights are those of another network"),
    ("activation=tanh", "the weights were learned with another activation"),
    ("init=he", "the weights are drawn already"),
    ("optimizer=adam", "what the optimizer remembers is of another rule"),
    ("seed=2", "the fork would not see the same batches"),
    ("train-size=100", "the fork would not see the same batches"),
    ("batch-size=64", "the fork would not see the same batches"),
    ("dropout=1.5", "each probability lies in 0...1"),
    ("dropout=0.5,0.5,0.5", "there must be one probability for each hidden layer"),
    ("lr=0", "the learning rate lies above 0"), ("lr=fast", "expected a number"),
    ("lr=nan", "expected a number"),
    ("lr=0x10", "expected a number"), ("dropout=1e-400,0", "expected"),
    // Networks compute in single precision.
    ("lr=1e-46", "networks compute in single precision"),
    ("momentum=1e-50", "networks compute in single precision"),
    ("clip-norm=1e-50", "networks compute in single precision"),
    ("dropout=1e-60,0", "networks compute in single precision"),
    ("schedule=step=1:1e-50", "expected"),
    ("nesterov", "Nesterov momentum needs a momentum above 0"),
  ])
  func whatNoForkCanHaveIsRefusedWithTheReason(text: String, reason: String) throws {
    let changes = try changes(text)
    let error = #expect(throws: ConfigurationError.self) { try RunConfiguration().forked(with: changes) }
    #expect(error?.description.hasPrefix("\(text.contains("=") ? text : text + "=true"): \(reason)") == true)
  }

  @Test func settingsThatGoTogetherAreTakenTogether() throws {
    #expect(try RunConfiguration().forked(with: changes("nesterov momentum=0.9")).nesterov)
  }

  @Test func oneProbabilityIsThatOfEveryLayerInForksAndComparisonsToo() throws {
    #expect(try RunConfiguration().forked(with: changes("dropout=0.3")).dropout == [0.3, 0.3])
    #expect(
      try VersusSpecification(run: "dropout=0.3").configuration(against: GivenSettings()).dropout == [
        0.3, 0.3,
      ])
    #expect(
      try RunConfiguration().liveChanges(changes("dropout=0.2 lr=0.1"))
        == [
          SettingChange(.dropout, layer: 1, to: .number(0.2)), SettingChange(.learningRate, to: .number(0.1)),
        ])
  }

  @Test(arguments: [
    ("dropout=1.5", "each probability lies in 0...1"),
    ("lr=1001", "the learning rate lies above 0, up to 1000"),
    ("hidden=64", "it cannot change so while a run is under way"),
    ("epochs=0", "the number of epochs lies in"),
  ])
  func whatNoRunCanChangeToIsRefusedWithTheReason(text: String, reason: String) throws {
    let changes = try changes(text)
    let error = #expect(throws: ConfigurationError.self) { try RunConfiguration().liveChanges(changes) }
    #expect(error?.problem.hasPrefix(reason) == true)
  }

  @Test func aSpecificationNamesRunStepAndChanges() throws {
    let fork = try ForkSpecification("b@470:lr=0.1 epochs=20")
    #expect(fork.point == ForkPoint(run: RunID(1), step: 470))
    #expect(fork.changes.texts == [.learningRate: "0.1", .epochs: "20"])
    #expect(try ForkSpecification("0:").point == ForkPoint(run: RunID(0), step: 0))
  }

  @Test(arguments: ["", "470", "470:lr", "x:lr=1", "-1:lr=1", "AB@3:lr=1", "@3:lr=1", "1@3:lr=1", "3:rate=1"])
  func whatIsNoSpecificationIsRefused(text: String) {
    let error = #expect(throws: ConfigurationError.self) { try ForkSpecification(text) }
    #expect(error?.description.hasPrefix("--fork \(text)") == true)
  }

  @Test func aForkHasTheEpochsOfItsParentUpToItsBeginning() {
    func evaluated(_ run: Int, _ epoch: Int, _ accuracy: Double) -> TrainingEvent {
      TrainingEvent(
        .epochEvaluated(
          EpochEvaluated(
            metrics: .alike(loss: 1.0, accuracy: accuracy), trainedSamples: 100, trainingSeconds: 1,
            evaluationSeconds: 1)),
        at: RunPosition(run: RunID(run), step: 10 * epoch, epoch: epoch, batch: 10))
    }
    func started(_ run: Int, _ fork: ForkPoint? = nil) -> TrainingEvent {
      TrainingEvent(
        .runStarted(
          RunStarted(
            name: "", configuration: RunConfiguration(), parameterCount: 1, trainCount: 100, testCount: 100,
            stepsPerEpoch: 10, threads: 1, forkedFrom: fork)),
        at: RunPosition(run: RunID(run), step: fork?.step ?? 0, epoch: 1, batch: 0))
    }
    var session = SessionState()
    for event in [
      started(0), evaluated(0, 1, 0.9), evaluated(0, 2, 0.5), evaluated(0, 3, 0.6),
      started(1, ForkPoint(run: RunID(0), step: 25)), evaluated(1, 3, 0.7),
    ] { session.apply(event) }
    let histories = session.runs
    #expect(histories[1].epochs.map(\.position.epoch) == [1, 2, 3])
    #expect(histories[1].epochs.map(\.position.run.index) == [0, 0, 1])
    #expect(histories[1].best?.metrics[.testAccuracy] == 0.7)
    #expect(histories[0].best?.metrics[.testAccuracy] == 0.9)
    #expect(Comparison(underWay: histories).measured.map { $0?.metrics[.testAccuracy] } == [0.6, 0.7])
  }
}
