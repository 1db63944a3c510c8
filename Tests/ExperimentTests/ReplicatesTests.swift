import TestSupport
import Testing

@testable import Experiment

struct ReplicatesTests {
  private static func run(_ index: Int, _ name: String, seed: UInt64, dropout: [Double] = [0.2, 0.5]) -> (
    run: RunID, name: String, configuration: RunConfiguration
  ) {
    var configuration = RunConfiguration()
    configuration.dropout = dropout
    configuration.seed = seed
    return (RunID(index), name, configuration)
  }

  private static let pairs = Replicates([
    run(0, "with", seed: 1), run(1, "without", seed: 1, dropout: [0, 0]), run(2, "with", seed: 2),
    run(3, "without", seed: 2, dropout: [0, 0]), run(4, "with", seed: 3),
    run(5, "without", seed: 3, dropout: [0, 0]),
  ])

  @Test func runsThatDifferInTheirSeedsAloneAreOneSide() {
    #expect(Self.pairs.sides.map(\.name) == ["with", "without"])
    #expect(Self.pairs.sides.map(\.runs) == [[0, 2, 4].map { RunID($0) }, [1, 3, 5].map { RunID($0) }])
    #expect(Self.pairs.areSeveral && Self.pairs.seeds == [1, 2, 3])
    #expect(Self.pairs.twins(of: RunID(3)) == [RunID(2), RunID(3)])
  }

  @Test func otherNamesSettingsOrEqualSeedsAreOtherSides() {
    let runs = Replicates([
      Self.run(0, "seed 1", seed: 1), Self.run(1, "seed 2", seed: 2), Self.run(2, "seed 2", seed: 2),
      Self.run(3, "seed 2", seed: 3, dropout: [0.1, 0.1]),
    ])
    #expect(runs.sides.count == 4)
    #expect(!runs.areSeveral)
  }

  @Test func runsUnderWayAreComparedAfterTheLastCommonEpoch() {
    let histories = [[0.5, 0.6, 0.7], [0.4, 0.5], [0.5, 0.7], [0.4, 0.6], [0.6, 0.8], [0.3, 0.4]]
    let comparison = ReplicateComparison(
      Self.pairs, histories: histories.enumerated().map { RunHistory.scripted($0, $1) })
    #expect(comparison.epoch == 2)
    #expect(comparison.seeds == [1, 2, 3])
    #expect(comparison.values(of: .testAccuracy, seed: 3) == [0.8, 0.4])
    #expect(abs((comparison.difference(of: .testAccuracy)?.mean ?? 0) - 0.2) < 1e-12)
  }

  @Test func aSeedThatWasAddedLaterWaitsUntilItHasCaughtUp() {
    let old = (0..<4).map { RunHistory.scripted($0, [0.5, 0.6, 0.7], .completed) }
    func seeds(_ epochs: Int) -> [UInt64] {
      let new = (4..<6).map { RunHistory.scripted($0, Array([0.5, 0.6, 0.7].prefix(epochs))) }
      return ReplicateComparison(Self.pairs, histories: old + new).seeds
    }
    #expect(seeds(0) == [1, 2])
    #expect(seeds(1) == [1, 2])
    #expect(seeds(2) == [1, 2, 3])
  }

  @Test func aPairWithAFailedRunIsLeftOut() {
    var histories = (0..<6).map { RunHistory.scripted($0, [0.5, 0.6], .completed) }
    histories[3] = RunHistory.scripted(3, [0.5], .diverged(message: "NaN"))
    let comparison = ReplicateComparison(Self.pairs, histories: histories)
    #expect(comparison.seeds == [1, 3] && comparison.failedSeeds == [2] && comparison.seedCount == 3)
    #expect(comparison.statistics(of: .testAccuracy).map { $0?.count } == [2, 2])
  }

  /// Seeds were added to a run and a fork of it that had diverged: neither side had figures any more.
  @Test func aSideWhoseRunsAllFailedTakesNoFiguresFromTheOther() {
    var histories = (0..<6).map { RunHistory.scripted($0, [0.5, 0.6]) }
    for run in [1, 3, 5] { histories[run] = RunHistory.scripted(run, [0.3], .diverged(message: "NaN")) }
    let comparison = ReplicateComparison(Self.pairs, histories: histories)
    #expect(comparison.seeds == [1, 2, 3] && comparison.failedSeeds.isEmpty && comparison.failedSides == [1])
    #expect(comparison.statistics(of: .testAccuracy).map { $0?.mean } == [0.6, nil])
    #expect(comparison.difference(of: .testAccuracy) == nil && comparison.epoch == 2)
    for run in [0, 2, 4] { histories[run] = RunHistory.scripted(run, [0.5], .failed(message: "gone")) }
    let none = ReplicateComparison(Self.pairs, histories: histories)
    #expect(none.seeds.isEmpty && none.failedSides.isEmpty && none.failedSeeds == [1, 2, 3])
  }

  @Test func completeRunsCountByTheirLastEpochs() {
    let lengths = [2, 3, 2, 3, 2, 3]
    let histories = lengths.enumerated().map {
      RunHistory.scripted($0, Array([0.5, 0.6, 0.9].prefix($1)), .completed)
    }
    let comparison = ReplicateComparison(Self.pairs, histories: histories)
    #expect(comparison.epoch == nil)
    #expect(comparison.statistics(of: .testAccuracy).map { $0?.mean } == [0.6, 0.9])
  }

  @Test func nothingIsComparedBeforeTheFirstEpoch() {
    let comparison = ReplicateComparison(Self.pairs, histories: (0..<6).map { RunHistory.scripted($0, []) })
    #expect(comparison.seeds.isEmpty && comparison.epoch == nil)
    #expect(comparison.difference(of: .testAccuracy) == nil)
    #expect(comparison.statistics(of: .testLoss).allSatisfy { $0 == nil })
  }
}
