import Experiment
import TerminalUI
import Testing

@testable import Dashboard
@testable import Reports

/// The dashboard with several seeds of each side.
struct ReplicatesTests {
  private func text(_ dashboard: DashboardScreen, _ width: Int = 100, _ height: Int = 30) -> String {
    dashboard.render(width: width, height: height).lines.joined(separator: "\n")
  }

  @Test func eachSideHasOneLineOfProgress() {
    let dashboard = ReplicatedEvents.dashboard(steps: 100)
    let header = dashboard.areas(of: Rect(width: 80, height: 24)).header
    #expect(header.height == 3)
    #expect(text(dashboard, 160, 50).contains("seeds[1] 2  3"))
  }

  @Test func thePaneHasMeansDeviationsAndIntervals() {
    // Test losses of side A after epoch 5: 0.3633, 0.4233, 0.3273; numpy: 0.3713 ± 0.0485.
    let text = text(ReplicatedEvents.dashboard(steps: 100), 80, 24)
    #expect(text.contains("after epoch 5, 3 of 3 seeds: mean ± standard deviation"))
    #expect(text.contains("diff. ± 95 %"))
    #expect(text.contains("0.3713 ±0.0485"))
  }

  @Test func aChangedSettingConcernsAllSeedsOfTheSide() {
    var dashboard = ReplicatedEvents.dashboard(steps: 100)
    _ = dashboard.press(.tab)
    let effects = dashboard.press(.right)
    #expect(
      effects
        == [1, 3, 5].map { .send(.set(SettingChange(.dropout, layer: 0, to: .number(0.05))), to: RunID($0)) })
  }

  @Test func pagesShowThePairOfTheSelectedSeed() {
    var dashboard = ReplicatedEvents.dashboard(steps: 100)
    for _ in 0..<3 { _ = dashboard.press(.tab) }
    #expect(dashboard.state.comparedRuns.map(\.id) == [RunID(2), RunID(3)])
    for page in ["2", "3", "4"] {
      _ = dashboard.press(.character(Character(page)))
      #expect(text(dashboard).contains("seed 2"), "page \(page)")
    }
  }

  @Test func aKeyExchangesBandsAndSingleRuns() {
    var dashboard = ReplicatedEvents.dashboard(steps: 200)
    #expect(text(dashboard).contains("loss, 3 seeds, dots: test range"))
    _ = dashboard.press(.character("b"))
    #expect(text(dashboard).contains("loss, each run, seed 1"))
    #expect(!dashboard.state.settings.showsBands)
  }

  @Test func aKeyAsksForOneMoreSeedOnlyWhereOneCanBeTrained() {
    var dashboard = ReplicatedEvents.dashboard(steps: 200)
    var pair = ScriptedEvents.dashboard(ScriptedEvents.middle)
    var empty = ScriptedEvents.dashboard([])
    let effects = [
      dashboard.press(.character("p")), pair.press(.character("p")), empty.press(.character("p")),
    ]
    #expect(effects == [[.addReplicates(isPaused: false)], [.addReplicates(isPaused: false)], []])
  }

  @Test func runsThatWereStoppedGetNoMoreSeeds() {
    var dashboard = ReplicatedEvents.dashboard(steps: 200)
    for run in 0..<ReplicatedEvents.runs {
      dashboard.record(
        TrainingEvent(
          .runEnded(RunEnded(.stopped)), at: RunPosition(run: RunID(run), step: 200, epoch: 10, batch: 20)),
        at: 9)
    }
    #expect(dashboard.press(.character("p")).isEmpty)
  }

  @Test func aNewNameARemovalAndHidingAreOfAllRunsOfASide() {
    var dashboard = ReplicatedEvents.dashboard(steps: 100)
    _ = dashboard.press(.character("w"))
    for _ in 0..<40 { _ = dashboard.press(.backspace) }
    for character in "mine" { _ = dashboard.press(.character(character)) }
    let renamed = dashboard.press(.enter)
    #expect(renamed == [0, 2, 4].map { .rename(RunID($0), to: "mine") })
    _ = dashboard.press(.character("D"))
    let removed = dashboard.press(.character("y"))
    #expect(removed == [0, 2, 4].map { .remove(RunID($0)) })
    _ = dashboard.press(.character("h"))
    #expect(dashboard.state.runs.filter(\.isHidden).map(\.id.index) == [0, 2, 4])
    #expect(dashboard.state.shownSides.map(\.lead.index) == [1])
    let curves = ChartCurves(state: dashboard.state, quantity: .loss)
    #expect(curves.bands().count == 1)
    #expect(curves.means().count == 3)
    let frame = dashboard.render(width: 100, height: 30)
    #expect(frame.lines.contains { $0.contains("with dropout (hidden)") })
  }

  @Test func theSpeedOfASideIsThatOfOneOfItsRuns() throws {
    let dashboard = ReplicatedEvents.dashboard(steps: 100)
    let speeds = [0, 2, 4].compactMap { dashboard.state.runs[$0].imagesPerSecond }
    let mean = NumberText.grouped((speeds.reduce(0, +) / 3).rounded(.down))
    #expect(dashboard.render(width: 160, height: 30).lines.contains { $0.contains("\(mean) images/s") })
  }

  @Test(arguments: [58, 70, 76, 78, 93, 98], [GlyphSet.braille, .ascii])
  func figuresStandApartAtEveryWidth(width: Int, glyphs: GlyphSet) throws {
    let dashboard = ScriptedEvents.dashboard(ReplicatedEvents.events(steps: 100), glyphs: glyphs)
    let lines = dashboard.render(width: width + 2, height: 30).lines
    let content = dashboard.state.comparisonContent(width: width)
    for row in content.rows {
      let line = try #require(lines.first { $0.contains(row.label + " ") })
      let figures = (row.cells + [row.difference]).map(dashboard.state.plain)
      #expect(
        line.split(separator: " ").joined(separator: " ").contains(
          figures.joined(separator: " ").split(separator: " ").joined(separator: " ")),
        "\(line)")
    }
    #expect(content.title.contains("standard deviation") || width < 78)
  }

  @Test func aThirdSideThatWasNotSelectedLeavesTheComparisonOnTheFirstTwo() throws {
    var events = ReplicatedEvents.events(steps: 100)
    var start = try #require(ReplicatedEvents.started(0).start)
    (start.name, start.configuration.learningRate) = ("slower", 0.1)
    events.append(TrainingEvent(.runStarted(start), at: .beginning(of: RunID(6))))
    let dashboard = ScriptedEvents.dashboard(events)
    #expect(dashboard.state.replicates.sides.count == 3)
    let content = dashboard.state.comparisonContent(width: 98)
    #expect(content.headings.count == 2)
    #expect(content.findings.joined().contains("n = 3 pairs of runs"))
    #expect(content.rows.allSatisfy { !$0.difference.isEmpty })
  }

  @Test func aClickOnASideSelectsItsRunOfTheSameSeed() {
    var dashboard = ReplicatedEvents.dashboard(steps: 100)
    for _ in 0..<2 { _ = dashboard.press(.tab) }
    _ = dashboard.pointAt(.click(x: 5, y: 3), width: 80, height: 24)
    #expect(dashboard.state.selectedRun == 3)
  }

  /// The first seed is in its last epoch, the others have made nine: their mean used to be read as that of where the first one is.
  @Test func theCursorReadsNoMeanBeyondTheSeedThatIsFurthestBehind() throws {
    let events = ReplicatedEvents.events(steps: 180)
    let further = (181...195).flatMap { step in [0, 1].map { ReplicatedEvents.step($0, step) } }
    var dashboard = ScriptedEvents.dashboard(events + further).pressing(",")
    func line() -> [Substring] {
      let line = dashboard.render(width: 100, height: 30).lines.first { $0.contains("│ test loss") } ?? ""
      return line.split(separator: " ").suffix(3).dropLast()
    }
    #expect(try #require(dashboard.charts.window.cursor) > 9)
    #expect(line() == ["–", "–"])
    for _ in 0..<3 { _ = dashboard.press(.character(",")) }
    #expect(try #require(dashboard.charts.window.cursor) < 9)
    #expect(!line().contains("–"))
  }

  @Test func bandsReachFromTheLowestToTheHighestSeed() throws {
    let dashboard = ReplicatedEvents.dashboard(steps: 200)
    let bands = ChartCurves(state: dashboard.state, quantity: .loss).bands()
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
      RunningLossNote([("B", [], 0.5, 0.4, 0.45), ("A", .dropout, 0.3435, 0.3012, 0.312)]))
    #expect(note.line == "running loss 0.3435 > test 0.3120: dropout on, mean over moving weights")
    #expect(note.index == 1)
    #expect(note.sentences.joined().contains("train loss 0.3012"))
    let plain = try #require(RunningLossNote([("B", [], 0.5, 0.4, 0.45)]))
    #expect(!plain.line.contains("dropout"))
    let moved = try #require(RunningLossNote([("A", [.dropout, .augmentation], 0.5, 0.4, 0.45)]))
    #expect(moved.line.hasSuffix("dropout on, images changed, mean over moving weights"))
    #expect(
      moved.sentences[0].contains("while units are dropped and on images changed at random, and it is a mean")
    )
    #expect(moved.sentences[1].contains("train loss 0.4000 on images as they are: "))
  }

  @Test func nothingIsExplainedThatIsNotSo() {
    #expect(RunningLossNote([("A", .dropout, 0.3, 0.25, 0.35), ("B", [], nil, nil, nil)]) == nil)
    #expect(RunningLossNote([("A", .dropout, .nan, 0.25, 0.35)]) == nil)
  }
}
