import Experiment
import NeuralNetwork
import Testing

struct SweepSpecificationTests {
  private func specification(
    _ texts: [Setting: String], over: [String] = [], seeds: Int = 1, steps: Int? = nil
  ) throws -> SweepSpecification {
    var options = GivenSettings()
    for (setting, text) in texts { options[setting] = text }
    return try SweepSpecification(options: options, over: over, seeds: seeds, steps: steps)
  }

  private func plan(
    _ texts: [Setting: String], over: [String] = [], seeds: Int = 1, steps: Int? = nil,
    images: Int = 60_000
  ) throws -> SweepPlan {
    try specification(texts, over: over, seeds: seeds, steps: steps).plan(trainingImages: images)
  }

  private func message(_ work: () throws -> Void) -> String {
    do {
      try work()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("0,0.1,...,0.7", ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]),
    ("0,0.1,…,0.7", ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]),
    ("0.5, 0.4, ..., 0.2, 0.05", ["0.5", "0.4", "0.3", "0.2", "0.05"]),
    ("0,0.50,1", ["0", "0.5", "1"]),
    ("0.1,0.2,...,0.3,0.35,...,0.45", ["0.1", "0.2", "0.3", "0.35", "0.4", "0.45"]),
  ])
  func rangesContinueWithTheStepBeforeThem(text: String, values: [String]) throws {
    let axis = try #require(try specification([.dropout: text]).axes.first)
    #expect(axis == SweepAxis(.dropout, values: values))
  }

  @Test(arguments: ["9007199254740993.0", "9.007199254740993e15"])
  func aSeedIsNeverRoundedOnItsWayThroughAList(text: String) {
    #expect(message { _ = try plan([.seed: text, .dropout: "0,0.5"]) }.contains("--seed \(text)"))
  }

  @Test func smallNumbersKeepTheirSpelling() throws {
    let axes = try specification([.weightDecay: "1e-5,2e-5,...,5e-5,1e-4"]).axes
    #expect(axes == [SweepAxis(.weightDecay, values: ["1e-5", "2e-5", "3e-5", "4e-5", "5e-5", "0.0001"])])
    let sizes = try specification([.trainSize: "1e3,10000,all"]).axes
    #expect(sizes == [SweepAxis(.trainSize, values: ["1000", "10000", "all"])])
  }

  @Test(arguments: [
    ("0,0.2,...,0.75", "does not come to 0.75"),
    ("0.1,...,0.5", "stands between two numbers and a last one"),
    ("0,0.1,...", "stands between two numbers and a last one"),
    ("0,0,...,1", "does not come to 1"),
    ("0,0.0001,...,1", "does not come to 1"),
    ("0.5,0.4,...,0.9", "does not come to 0.9"),
    ("0,,1", "a value is missing"),
    ("0,0.5,0.50", "the value 0.5 is given twice"),
  ])
  func listsThatLeadNowhereAreRefused(text: String, problem: String) {
    let message = message { _ = try specification([.dropout: text]) }
    #expect(message.contains("--dropout \(text)"))
    #expect(message.contains(problem), "\(message)")
  }

  @Test func cellsAreAllCombinationsAndTheLastAxisVariesFastest() throws {
    let plan = try plan([.dropout: "0,0.5", .trainSize: "1000,2000,3000", .learningRate: "0.1"], seeds: 2)
    #expect(plan.axes.map(\.setting) == [.dropout, .trainSize])
    #expect(
      plan.cells.map(\.values) == [
        ["0", "1000"], ["0", "2000"], ["0", "3000"], ["0.5", "1000"], ["0.5", "2000"], ["0.5", "3000"],
      ])
    #expect(plan.cells.allSatisfy { $0.configuration.learningRate == 0.1 })
    #expect(plan.place(of: 4) == [1, 1])
    #expect(plan.phrase(of: 4) == "dropout 0.5, train-size 2000")
  }

  @Test func oneProbabilityIsThatOfEveryLayer() throws {
    let plan = try plan([.hidden: "64,256x128x32", .dropout: "0,0.5"])
    #expect(plan.cells.map(\.configuration.hiddenWidths) == [[64], [64], [256, 128, 32], [256, 128, 32]])
    #expect(plan.cells.map(\.configuration.dropout) == [[0], [0.5], [0, 0, 0], [0.5, 0.5, 0.5]])
  }

  @Test func layersMayHaveProbabilitiesOfTheirOwn() throws {
    let plan = try plan([.dropout: "0.2/0.5,0"])
    #expect(plan.cells.map(\.configuration.dropout) == [[0.2, 0.5], [0, 0]])
    let message = message { _ = try self.plan([.dropout: "0.2/0.5,0", .hidden: "64"]) }
    #expect(message.contains("--dropout 0.2/0.5"))
    #expect(message.contains("this network has 1"))
  }

  @Test func withoutAWordEachNetworkHasItsUsualDropout() throws {
    let plan = try plan([.hidden: "none,64,64x64"])
    #expect(plan.cells.map(\.configuration.dropout) == [[], [0.2], [0.2, 0.5]])
  }

  @Test func everySettingCanBeSweptOver() throws {
    let plan = try plan(
      [.optimizer: "sgd,adam"], over: ["batch-norm=false,true", "activation=relu,tanh"])
    #expect(plan.axes.map(\.setting) == [.batchNorm, .activation, .optimizer])
    #expect(plan.cells.count == 8)
    #expect(plan.cells.map(\.configuration.learningRate) == [0.5, 0.001, 0.5, 0.001, 0.5, 0.001, 0.5, 0.001])
    #expect(plan.cells[6].configuration.batchNorm)
    #expect(plan.cells[6].configuration.activation == .tanh)
  }

  @Test func equalStepsMeanMoreEpochsOfASmallerSet() throws {
    let plan = try plan([.trainSize: "1000,10000,all"], steps: 2350)
    // 4, 40 and 235 batches of 256 in an epoch.
    #expect(plan.cells.map(\.configuration.epochs) == [588, 59, 10])
  }

  @Test func imagesHeldOutMakeNoSteps() throws {
    let plan = try plan([.trainSize: "10000,all", .validation: "5000"], steps: 2350)
    // 40 batches of 256, and 215 of the other 55,000.
    #expect(plan.cells.map(\.configuration.epochs) == [59, 11])
  }

  @Test func runsHaveTheSeedsFromTheFirstOn() throws {
    let plan = try plan([.dropout: "0,0.5", .seed: "7"], seeds: 3)
    let runs = plan.runs(trainingImages: 60_000)
    #expect(runs.map(\.key.seed) == [7, 7, 8, 8, 9, 9])
    #expect(Set(runs.map(\.key)).count == 6)
  }

  @Test func withinASeedTheLongestRunsComeFirst() throws {
    let plan = try plan([.hidden: "16,256,64"], seeds: 2)
    #expect(plan.runs(trainingImages: 60_000).map(\.key.cell) == [1, 2, 0, 1, 2, 0])
  }

  @Test(
    arguments: [
      ([.dropout: "0,1.5"], "--dropout 1.5: each probability lies in 0...1"),
      ([.trainSize: "1000,70000"], "--train-size 70000: the training set holds 60000 images"),
      ([.hidden: "64,12y"], "--hidden 12y: expected the widths of one network's hidden layers, joined by x"),
      ([.learningRate: "0.1,fast"], "--lr fast: expected a number"),
    ] as [([Setting: String], String)])
  func aValueThatNoRunCanHaveIsNamed(texts: [Setting: String], start: String) {
    let message = message { _ = try plan(texts) }
    #expect(message.hasPrefix(start), "\(message)")
  }

  @Test func whatOnlyACombinationRefusesIsToldWithIt() {
    let message = message { _ = try plan([.momentum: "0,0.9", .optimizer: "sgd,adam"]) }
    #expect(message.contains("--momentum 0.9 (in the cell --optimizer adam --momentum 0.9)"), "\(message)")
  }

  @Test func contradictionsAreRefused() {
    #expect(message { _ = try specification([:]) }.contains("nothing to sweep over"))
    #expect(message { _ = try specification([.seed: "1,2,3"]) }.contains("--seeds 3"))
    #expect(message { _ = try specification([.epochs: "3"], seeds: 2, steps: 9) }.contains("--steps 9"))
    #expect(message { _ = try specification([.dropout: "0,1"], seeds: 0) }.contains("1...1000"))
    let last = "18446744073709551615"
    #expect(
      message { _ = try specification([.dropout: "0,1", .seed: last], seeds: 2) }
        .contains("--seed \(last) --seeds 2: the last seed would be above \(last)"))
    #expect(throws: Never.self) { try specification([.dropout: "0,1", .seed: last], seeds: 1) }
    #expect(message { _ = try specification([.dropout: "0,1"], steps: 0) }.contains("1...100000000"))
    #expect(message { _ = try specification([.dropout: "0,1"], over: ["dropout=0,1"]) }.contains("twice"))
    #expect(message { _ = try specification([:], over: ["colour=red,blue"]) }.contains("weight-decay"))
    #expect(
      message {
        _ = try specification([.dropout: "0,0.01,...,1", .inputDropout: "0,0.01,...,0.99"], seeds: 1000)
      }
      .contains("at most 1000000 runs"))
  }

  @Test(arguments: [
    ("9007199254740993", ["9007199254740993"]),
    ("18446744073709551615,1234567890123456789", ["18446744073709551615", "1234567890123456789"]),
    (
      "9007199254740993,9007199254740995,...,9007199254740999",
      ["9007199254740993", "9007199254740995", "9007199254740997", "9007199254740999"]
    ),
    ("5,3,...,-1", ["5", "3", "1", "-1"]), ("1e3,0.50", ["1000", "0.5"]),
    ("1,1.5,...,3", ["1", "1.5", "2", "2.5", "3"]),
  ])
  func wholeNumbersKeepTheirDigits(list: String, values: [String]) throws {
    #expect(try SweepAxis(.seed, list: list).values == values)
  }
}
