import TestSupport
import Testing

@testable import Experiment

@Suite struct OverviewTests {
  private static let (a, b, c, d) = (RunID(0), RunID(1), RunID(2), RunID(3))

  @Test func aForkIsComparedWithItsParentAndOthersWithTheFirst() {
    let pairing = Pairing([Self.a, Self.b, Self.c, Self.d], parents: [Self.d: Self.b])
    #expect([Self.a, Self.b, Self.c, Self.d].map(pairing.reference) == [nil, Self.a, Self.a, Self.b])
    #expect(pairing.pair(of: Self.a) == [Self.a, Self.b])
    #expect(pairing.pair(of: Self.d) == [Self.b, Self.d], "the earlier one comes first")
  }

  @Test func theChosenOneIsWhatAllOthersAreComparedWith() {
    let pairing = Pairing([Self.a, Self.b, Self.c], parents: [Self.c: Self.b], chosen: Self.c)
    #expect([Self.a, Self.b, Self.c].map(pairing.reference) == [Self.c, Self.c, nil])
    #expect(pairing.pair(of: Self.a) == [Self.a, Self.c])
    #expect(pairing.pair(of: Self.c) == [Self.b, Self.c])
    #expect(Pairing([Self.a, Self.b], chosen: Self.d).chosen == nil, "it is no candidate any more")
  }

  @Test func aParentThatIsGoneLeavesTheFirst() {
    let pairing = Pairing([Self.b, Self.c], parents: [Self.c: Self.a])
    #expect(pairing.reference(of: Self.c) == Self.b)
    #expect(Pairing([Self.b]).pair(of: Self.b) == [Self.b])
    #expect(Pairing([]).reference(of: Self.a) == nil)
  }

  @Test func differencesAreOfTheLastEpochThatBothHave() throws {
    let histories = [
      RunHistory.scripted(0, [0.5, 0.6, 0.75]), RunHistory.scripted(1, [0.5, 0.5]),
      RunHistory.scripted(2, []),
    ]
    let rows = Overview(histories, pairing: Pairing(histories)).rows
    #expect(rows.map(\.epoch) == [3, 2, nil])
    #expect(rows.map { $0.result?.mean } == [0.75, 0.5, nil])
    #expect(rows.map { $0.best?.mean } == [0.75, 0.5, nil])
    let difference = try #require(rows[1].difference)
    #expect(abs(difference.mean - 0.1) < 1e-12 && rows[1].pair == [Self.a, Self.b])
    #expect(rows[1].differenceEpoch == 2, "A is further, so that it is told")
    #expect(rows[0].difference == nil && rows[2].difference == nil)
  }

  @Test(arguments: Overview.Column.allCases)
  func anyColumnSortsBothWaysAndWhatIsUnknownComesLast(column: Overview.Column) {
    let histories = [[0.5, 0.6], [], [0.7], [0.5, 0.8, 0.4]].enumerated().map { RunHistory.scripted($0, $1) }
    let overview = Overview(histories, pairing: Pairing(histories))
    let (forth, back) = (overview.sorted(by: column), overview.sorted(by: column, isReversed: true))
    #expect(Set(forth.map(\.run)).count == 4 && Set(back.map(\.run)).count == 4)
    if column != .run { #expect(forth.last?.run == Self.b || column == .difference) }
    let known = forth.filter { $0.result != nil }.map(\.run.index)
    switch column {
    case .result: #expect(known == [2, 0, 3])
    case .best: #expect(known == [3, 2, 0])
    case .epoch: #expect(known == [3, 0, 2])
    case .run: #expect(known == [0, 2, 3] && back.first?.run == Self.d)
    case .gap, .difference: break
    }
  }

  @Test func sidesHaveMeansAndAnInterval() throws {
    func run(_ index: Int, _ rate: Double, seed: UInt64) -> (RunID, String, RunConfiguration) {
      var configuration = RunConfiguration()
      (configuration.learningRate, configuration.seed) = (rate, seed)
      return (RunID(index), "lr \(rate)", configuration)
    }
    let replicates = Replicates([
      run(0, 0.1, seed: 1), run(1, 0.2, seed: 1), run(2, 0.3, seed: 1), run(3, 0.1, seed: 2),
      run(4, 0.2, seed: 2),
      run(5, 0.3, seed: 2),
    ])
    let histories = [0.5, 0.6, 0.8, 0.6, 0.7, 0.8].enumerated().map { RunHistory.scripted($0, [$1]) }
    let leads = replicates.sides.map(\.lead)
    let rows = Overview(replicates, histories: histories, pairing: Pairing(leads)).rows
    #expect(rows.map(\.count) == [2, 2, 2])
    #expect(abs(try #require(rows[2].result?.mean) - 0.8) < 1e-12)
    let difference = try #require(rows[2].difference)
    #expect(abs(difference.mean + 0.25) < 1e-12 && difference.interval != nil, "A - C, paired by seed")
    #expect(replicates.selecting([Self.a, Self.c]).sides.map(\.lead) == [Self.a, Self.c])
  }
}
