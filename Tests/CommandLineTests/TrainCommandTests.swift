import ArgumentParser
import Experiment
import NeuralNetwork
import Reports
import Sessions
import Testing
import Training

@testable import Platform
@testable import fmnist_tui

struct TrainCommandTests {
  private func runs(_ arguments: String) throws -> [RunPlan] {
    try parse(arguments).plans().runs
  }

  private func parse(_ arguments: String) throws -> TrainCommand {
    try parse(arguments.split(separator: " ").map(String.init))
  }

  private func parse(_ arguments: [String]) throws -> TrainCommand {
    let command = try Program.parseAsRoot(arguments)
    return try #require(command as? TrainCommand)
  }

  @Test func theDefaultIsTheComparisonWithoutDropout() throws {
    let runs = try runs("")
    #expect(runs.map(\.name) == ["with dropout", "without dropout"])
    #expect(runs[0].configuration == RunConfiguration())
    #expect(runs[1].configuration == RunConfiguration().withoutDropout())
  }

  @Test func everyOptionReachesTheRun() throws {
    let runs = try runs(
      """
      train --hidden 64,32 --dropout 0.1,0.3 --input-dropout 0.05 --activation tanh --init xavier --batch-norm \
      --optimizer sgd --lr 0.1 --momentum 0.9 --nesterov --weight-decay 1e-4 --no-bias-decay --l1 1e-5 \
      --clip-norm 1 --clip-value 0.5 --label-smoothing 0.1 --batch-size 64 --epochs 3 --seed 7 --train-size 1000 \
      --no-compare --schedule step=2:0.5 --warmup 0.5 --augment flip,shift=1 --validation 500 --early-stopping 2 \
      --evaluate-every 3
      """)
    var expected = RunConfiguration()
    expected.hiddenWidths = [64, 32]
    expected.dropout = [0.1, 0.3]
    expected.inputDropout = 0.05
    expected.activation = .tanh
    expected.initialization = .xavier
    expected.batchNorm = true
    expected.learningRate = 0.1
    expected.momentum = 0.9
    expected.nesterov = true
    expected.weightDecay = 1e-4
    expected.decaysBiases = false
    expected.l1 = 1e-5
    expected.clipNorm = 1
    expected.clipValue = 0.5
    expected.labelSmoothing = 0.1
    expected.batchSize = 64
    expected.epochs = 3
    expected.seed = 7
    expected.trainSize = 1000
    expected.schedule.decay = .step(epochs: 2, factor: 0.5)
    expected.schedule.warmupEpochs = 0.5
    expected.augmentation.flip = true
    expected.augmentation.shift = 1
    expected.validationSize = 500
    expected.earlyStopping = 2
    expected.evaluationInterval = 3
    #expect(runs.map(\.configuration) == [expected])
  }

  @Test func aPresetIsChangedByOptions() throws {
    let runs = try runs("--preset d2l-mlp --epochs 3")
    #expect(runs.map(\.configuration.hiddenWidths) == [[256]])
    #expect(runs.map(\.configuration.epochs) == [3])
    #expect(try self.runs("--preset d2l-dropout").count == 2)
    #expect(try self.runs("--preset best --no-batch-norm").map(\.configuration.batchNorm) == [false])
  }

  @Test func aPresetForAccuracyTrainsAloneUnlessItIsCompared() throws {
    let plans = try parse("--preset fast-90").plans()
    #expect(plans.runs.count == 1)
    #expect(plans.note?.contains("the preset fast-90 trains alone") == true)
    let compared = try parse("--preset fast-90 --versus dropout=0.2,0.5").plans()
    #expect(compared.runs.map(\.configuration.usesDropout) == [false, true])
    #expect(compared.note == nil)
  }

  @Test func theConvolutionalPresetIsANetworkWithAName() throws {
    let plans = try parse("--preset conv-fast").plans()
    let configuration = try #require(plans.runs.first?.configuration)
    #expect(plans.runs.count == 1 && configuration.networkTitle == "pooled" && !configuration.decaysBiases)
    // A perceptron in its place keeps the other settings.
    let perceptron = try runs("--preset conv-fast --hidden 64")
    #expect(perceptron.map(\.configuration.hiddenWidths) == [[64]])
    #expect(perceptron.map(\.configuration.momentum) == [0.9])
  }

  @Test(arguments: [
    ("--preset nonsense", "d2l-mlp"), ("--preset best --optimizer adam", "--preset best with --momentum 0.9"),
    ("--preset best --resume latest", "--resume"), ("--preset best --demo", "--demo"),
  ])
  func wrongUseOfPresetsIsToldInTheWordsGiven(arguments: String, words: String) {
    let error = #expect(throws: (any Error).self) { try parse(arguments) }
    #expect(error.map { Program.message(for: $0) }?.contains(words) == true)
  }

  @Test func optionsHaveTheNamesThatVersusUses() throws {
    for setting in Setting.allCases where setting.applies(to: RunConfiguration()) {
      let text = setting.isFlag ? "" : " " + setting.text(in: RunConfiguration())
      let settings = try parse("--momentum 0.5 \(setting.option)\(text)").settings
      #expect(settings[setting] != nil)
    }
  }

  @Test func adamHasItsOwnDefaultRate() throws {
    #expect(try runs("--optimizer adamw").allSatisfy { $0.configuration.learningRate == 0.001 })
    #expect(try runs("--optimizer adam --lr 0.5").allSatisfy { $0.configuration.learningRate == 0.5 })
  }

  @Test func versusMakesRunB() throws {
    let runs = try parse(["--versus", "dropout=0.1,0.3 seed=2"]).plans().runs
    #expect(runs.map(\.name) == ["dropout 0.2,0.5, seed 1", "dropout 0.1,0.3, seed 2"])
    #expect(runs[1].configuration.dropout == [0.1, 0.3])
  }

  @Test func eachFurtherVersusMakesAFurtherRun() throws {
    let runs = try parse(["--versus", "lr=0.1", "--versus", "slow start: warmup=0.5 lr=0.2"]).plans().runs
    #expect(runs.map(\.name) == ["lr 0.5, warmup 0", "lr 0.1", "slow start"])
    #expect(runs.map(\.configuration.learningRate) == [0.5, 0.1, 0.2])
    #expect(runs.filter { $0.configuration.usesDropout }.count == 3)
    let sides = try parse(["--versus", "lr=0.1", "--versus", "lr=0.2", "--replicates", "2"]).replicatedPlans()
    #expect(sides.runs.map(\.name) == ["lr 0.5", "lr 0.1", "lr 0.2", "lr 0.5", "lr 0.1", "lr 0.2"])
    #expect(sides.runs.map(\.configuration.seed) == [1, 1, 1, 2, 2, 2])
  }

  @Test(arguments: [
    (["--versus", "lr=0.1", "--versus", "lr=0.10"], "run C would equal run B"),
    (["--versus", "lr=0.1", "--versus", "lr=0.5"], "run C would equal run A"),
    (["--versus", "copy: lr=0.5"], "--versus 'copy: lr=0.5': run B would equal run A"),
    (["--versus", "name:"], "--versus name:: it changes nothing"), (["--versus", ""], "it changes nothing"),
    ((2...27).flatMap { ["--versus", "seed=\($0)"] }, "--versus seed=27: a session has at most 26 runs"),
  ])
  func runsThatCannotBeAreRefused(arguments: [String], words: String) {
    let error = #expect(throws: (any Error).self) { try parse(arguments) }
    #expect(error.map { Program.message(for: $0) }?.contains(words) == true)
  }

  @Test func runsThatAPresetNamesDifferFromItsSettings() throws {
    var settings = GivenSettings()
    settings[.hidden] = "64"
    let named = [
      VersusSpecification(name: "one", [.activation: "tanh"]),
      VersusSpecification(name: "two", [.initialization: "he"]),
    ]
    func plans(_ versus: [String] = [], comparing: Bool = true) throws -> [RunPlan] {
      try RunPlans(
        settings: settings, named: named, versus: versus.map { try VersusSpecification(run: $0) },
        comparing: comparing
      ).runs
    }
    #expect(try plans().map(\.name) == ["one", "two"])
    #expect(try plans().map(\.configuration.activation) == [.tanh, .relu])
    #expect(try plans(comparing: false).map(\.name) == ["one"])
    let further = try plans(["lr=0.1"])
    #expect(further.map(\.name) == ["one", "two", "lr 0.1"])
    #expect(further[2].configuration.activation == .tanh)
    #expect(throws: ConfigurationError.self) { try plans(["activation=relu init=he"]) }
  }

  @Test(arguments: ["--hidden none", "--dropout none", "--dropout 0,0"])
  func withoutDropoutThereIsNothingToCompare(arguments: String) throws {
    let plans = try parse(arguments).plans()
    #expect(plans.runs.map(\.name) == ["without dropout"])
    #expect(plans.note != nil)
    #expect(try parse(arguments + " --no-compare").plans().note == nil)
    #expect(try parse(arguments + " --versus lr=0.1").plans().runs.count == 2)
  }

  @Test func theRestOfTheSessionIsRead() throws {
    let command = try parse("--threads 3 --data /tmp --no-tui --format jsonl --quiet --fail-under 0.82")
    #expect(command.session.threadCount == 3)
    #expect(command.session.source.data == "/tmp")
    #expect(command.output.noTui)
    #expect(command.output.quiet)
    #expect(command.output.format == .jsonLines)
    #expect(command.output.failUnder == 0.82)
    #expect(try (1...256).contains(parse("").session.threadCount))
  }

  @Test(arguments: [
    ("--lr -1", "--lr -1: the learning rate lies above 0"), ("--lr nan", "--lr nan: expected a number"),
    ("--lr", "Missing value for '--lr"),
    ("--epochs 0", "--epochs 0: the number of epochs lies in 1...100000"),
    ("--batch-size 0", "--batch-size 0"),
    ("--dropout 0.2,0.2,0.2", "--dropout 0.2,0.2,0.2: there must be one probability"),
    ("--hidden 64 --dropout 0.2,0.5", "--dropout 0.2,0.5"), ("--dropout 1.5,0", "--dropout 1.5,0: each"),
    ("--momentum 0.9 --optimizer adam", "--momentum 0.9: only SGD and RMSprop have momentum"),
    ("--threads 0", "--threads 0: the number of threads lies in 1...256"), ("--threads 257", "--threads 257"),
    ("--threads -1", "--threads -1"), ("--fail-under 1.1", "--fail-under 1.1: an accuracy lies in 0...1"),
    ("--fail-under nan", "'--fail-under <accuracy>'"), ("--fail-under -0.1", "--fail-under -0.1"),
    ("--no-compare --versus seed=2", "--no-compare and --versus contradict each other"),
    ("--versus sed=2", "--versus sed=2: 'sed' is no setting of a run"), ("--format xml", "'xml' is invalid"),
    ("--seed -1", "--seed -1: expected a whole number in 0...18446744073709551615"), ("--nope", "--nope"),
    ("--versus dropout=0.2,0.5", "run B would equal run A"), ("extra", "extra"),
  ])
  func wrongUseIsStatus64AndNamesTheOption(arguments: String, message: String) {
    let error = #expect(throws: (any Error).self) { try parse(arguments) }
    guard let error else { return }
    #expect(Program.exitCode(for: error).rawValue == ProgramStatus.usage.rawValue)
    #expect(Program.message(for: error).contains(message))
  }

  @Test func helpFitsInto80Columns() {
    for help in [Program.helpMessage(columns: 80), Program.helpMessage(for: TrainCommand.self, columns: 80)] {
      #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
      #expect(help.allSatisfy { $0.isASCII })
    }
  }

  @Test func helpTellsDefaultsAndProgramStatuses() {
    let train = Program.helpMessage(for: TrainCommand.self, columns: 200)
    for setting in Setting.allCases {
      #expect([" ", "/"].contains { train.contains(setting.option + $0) }, "\(setting)")
    }
    #expect(train.contains("(default: 256,256)"))
    #expect(train.contains("(default: 0.5 for sgd, 0.001 for adam, 0.001 for adamw, "))
    let root = Program.helpMessage(columns: 80)
    for status in ProgramStatus.allCases { #expect(root.contains("  \(status.rawValue) ")) }
  }
}
