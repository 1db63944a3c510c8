import TerminalUI
import Testing
import TrainingEvents

@testable import Dashboard

/// The dashboard with several seeds of each side.
struct ReplicatesTests {
  private func text(_ state: DashboardState, _ width: Int = 100, _ height: Int = 30) -> String {
    state.render(width: width, height: height).lines.joined(separator: "\n")
  }

  @Test func eachSideHasOneLineOfProgress() {
    let state = ReplicatedEvents.state(steps: 100)
    let (header, _, _) = state.areas(of: Rect(width: 80, height: 24))
    #expect(header.height == 3)
    #expect(text(state, 160, 50).contains("seeds[1] 2  3"))
  }

  @Test func thePaneHasMeansDeviationsAndIntervals() {
    // Test losses of side A after epoch 5: 0.3633, 0.4233, 0.3273; numpy: 0.3713 ± 0.0485.
    let text = text(ReplicatedEvents.state(steps: 100), 80, 24)
    #expect(text.contains("after epoch 5, 3 of 3 seeds: mean ± standard deviation"))
    #expect(text.contains("diff. ± 95 %"))
    #expect(text.contains("0.3713 ±0.0485"))
  }

  @Test func aChangedSettingConcernsAllSeedsOfTheSide() {
    var state = ReplicatedEvents.state(steps: 100)
    _ = state.press(.tab)
    let effects = state.press(.right)
    #expect(
      effects == [1, 3, 5].map { .send(.set(.dropout(layer: 0), to: 0.05), to: RunID($0)) })
  }

  @Test func pagesShowThePairOfTheSelectedSeed() {
    var state = ReplicatedEvents.state(steps: 100)
    for _ in 0..<3 { _ = state.press(.tab) }
    #expect(state.comparedRuns.map(\.id) == [RunID(2), RunID(3)])
    for page in ["2", "3", "4"] {
      _ = state.press(.character(Character(page)))
      #expect(text(state).contains("seed 2"), "page \(page)")
    }
  }

  @Test func aKeyExchangesBandsAndSingleRuns() {
    var state = ReplicatedEvents.state(steps: 200)
    #expect(text(state).contains("loss, 3 seeds, dots: test range"))
    _ = state.press(.character("b"))
    #expect(text(state).contains("loss, each run, seed 1"))
    #expect(!state.settings.showsBands)
  }

  @Test func aKeyAsksForOneMoreSeedOnlyWhereOneCanBeTrained() {
    var state = ReplicatedEvents.state(steps: 200)
    var pair = ScriptedEvents.state(ScriptedEvents.middle)
    var empty = ScriptedEvents.state([])
    let effects = [
      state.press(.character("p")), pair.press(.character("p")), empty.press(.character("p")),
    ]
    #expect(effects == [[.addReplicates], [.addReplicates], []])
  }

  @Test func aClickOnASideSelectsItsRunOfTheSameSeed() {
    var state = ReplicatedEvents.state(steps: 100)
    for _ in 0..<2 { _ = state.press(.tab) }
    _ = state.pointAt(.click(x: 5, y: 2), width: 80, height: 24)
    #expect(state.selectedRun == 3)
  }

  @Test func bandsReachFromTheLowestToTheHighestSeed() throws {
    let state = ReplicatedEvents.state(steps: 200)
    let bands = ChartCurves(state: state, metric: .loss).bands(of: state.replicates)
    #expect(bands.count == 2)
    // Test losses of side A after epoch 2: 0.6967 and, of the other seeds, 0.12 more and 0.076 less.
    let span = try #require(bands[0].spans.dropFirst().first)
    #expect(abs(span.values.lowerBound - 0.620667) < 1e-5 && abs(span.values.upperBound - 0.816667) < 1e-5)
  }
}

/// Why the running loss lies where it does.
struct RunningLossNoteTests {
  @Test func theFiguresAreToldWhereTheRunningLossIsTheHighest() throws {
    let note = try #require(
      RunningLossNote([("B", false, 0.5, 0.4, 0.45), ("A", true, 0.3435, 0.3012, 0.312)]))
    #expect(note.line == "running loss 0.3435 > test 0.3120: dropout on, mean over moving weights")
    #expect(note.index == 1)
    #expect(note.sentences.joined().contains("train loss 0.3012"))
    let plain = try #require(RunningLossNote([("B", false, 0.5, 0.4, 0.45)]))
    #expect(!plain.line.contains("dropout"))
  }

  @Test func nothingIsExplainedThatIsNotSo() {
    #expect(RunningLossNote([("A", true, 0.3, 0.25, 0.35), ("B", false, nil, nil, nil)]) == nil)
    #expect(RunningLossNote([("A", true, .nan, 0.25, 0.35)]) == nil)
  }
}
