import Experiment
import TerminalUI
import Testing

@testable import Dashboard
@testable import Reports

/// The page of comparison with more runs than can stand side by side.
@Suite struct OverviewPageTests {
  private func lines(_ dashboard: DashboardScreen, _ width: Int = 100, _ height: Int = 30) -> [String] {
    dashboard.render(width: width, height: height).lines
  }

  private func text(_ dashboard: DashboardScreen, _ width: Int = 100, _ height: Int = 30) -> String {
    lines(dashboard, width, height).joined(separator: "\n")
  }

  /// The letters of the listed runs, from the top.
  private func order(_ dashboard: DashboardScreen) -> String {
    let list = lines(dashboard, 100, 50).compactMap { line in
      line.firstMatch(of: #/^│.{3,4}[●○▲△■□◆◇I-Z] ([A-Z]) /#).map { String($0.output.1) }
    }
    return list.joined()
  }

  static let frames: [(name: String, events: [TrainingEvent], keys: String)] = [
    ("eight", ScriptedEvents.eightRuns, "2\t\t"), ("many", ScriptedEvents.manyRuns, "2oo"),
    ("each-seed", ReplicatedEvents.events(steps: 200), "2b\t\t"),
    ("sides", ReplicatedEvents.withThirdSide, "2oo"),
  ]

  @Test(arguments: frames.map(\.name)) func framesAreAsRecorded(name: String) throws {
    let frame = try #require(Self.frames.first { $0.name == name })
    for glyphs in [GlyphSet.braille, .ascii] {
      let dashboard = ScriptedEvents.dashboard(frame.events, glyphs: glyphs).pressing(frame.keys)
      for (width, height) in [(80, 24), (100, 30)] {
        try GoldenFrameTests.compare(
          dashboard.renderPage(width: width, height: height),
          "overview-\(name)-\(glyphs.rawValue)-\(width)x\(height)")
      }
    }
  }

  /// The sign of the last column's order stood on the frame, and figures far from the names.
  @Test(arguments: [100, 160]) func figuresStandBesideTheNamesAndOffTheFrame(width: Int) {
    for keys in ["2", "2oooooo"] {
      let lines = lines(ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing(keys), width, 30)
      let rows = lines.filter {
        $0.contains(#/ [●○▲△■□◆◇] [A-H] /#) && $0.hasPrefix("│") && $0.hasSuffix("│")
      }
      #expect(rows.count >= 8)
      #expect(rows.allSatisfy { $0.hasSuffix(" │") })
    }
    let gaps = lines(ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("2"), width, 30)
      .compactMap { $0.firstMatch(of: #/^│.{4}[●○▲△■□◆◇] [A-H] \S.*?( {3,})[0-9]/#)?.output.1.count }
    #expect(gaps.min() ?? 0 < 20, "\(gaps)")
  }

  @Test func theSameEpochStandsSideBySide() {
    #expect(ComparisonPage.rows([[1, 2, 3, 4], [1, 2]], count: 3) == [[1, 2, 3], [1, nil, nil]])
    #expect(
      ComparisonPage.rows([[10, 20], [5, 10, 15, 20]], count: 9) == [[nil, 0, nil, 1], [0, 1, 2, 3]])
    // Nothing of the run that is far behind were to be seen.
    #expect(ComparisonPage.rows([Array(1...1500), [1, 2]], count: 3) == [[1497, 1498, 1499], [0, 1]])
    #expect(ComparisonPage.rows([[1], []], count: 3) == [[0], [nil]])
    #expect(ComparisonPage.rows([[], []], count: 0) == [[], []])
  }

  @Test func allRunsAreListedWithWhatTheyAreComparedWith() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("2")
    #expect(order(dashboard) == "ABCDEFGH")
    let lines = lines(dashboard)
    for pair in ["A − B", "A − C", "B − D", "C − H"] {
      #expect(lines.contains { $0.contains(pair) }, "a fork is compared with its parent: \(pair)")
    }
    #expect(!lines.contains { $0.contains("A − D") })
    #expect(text(ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("2")).contains("every epoch"))
  }

  @Test func aKeySortsByTheNextColumnAndAnotherTurnsAround() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("2")
    #expect(text(dashboard).contains("first run first"))
    dashboard = dashboard.pressing("oo")
    #expect(text(dashboard).contains("highest test accuracy first") && text(dashboard).contains("test acc.▼"))
    let forth = order(dashboard)
    dashboard = dashboard.pressing("O")
    #expect(text(dashboard).contains("lowest test accuracy first") && text(dashboard).contains("test acc.▲"))
    #expect(order(dashboard) != forth && Set(order(dashboard)) == Set(forth))
    #expect(text(dashboard.pressing("oooo")).contains("first run first"))
  }

  @Test func anyTwoRunsCanBeCompared() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("2")
    for _ in 0..<5 { _ = dashboard.press(.down) }
    #expect(dashboard.state.selectedRun == 5)
    dashboard = dashboard.pressing("V")
    #expect(dashboard.state.message.contains("compared with F"))
    for run in [0, 1, 2, 3, 4, 6, 7] {
      dashboard.state.select(run: run)
      #expect(dashboard.state.comparedRuns.map(\.id.index) == [run, 5].sorted())
      let letters = [run, 5].sorted().map { RunID($0).letter }.joined(separator: " − ")
      #expect(text(dashboard).contains(letters), "the difference says what it is of")
    }
    // On every page: the charts' pane shows the same two.
    let pane = dashboard.pressing("1").state.comparisonContent(width: 98)
    #expect(pane.headings.map(\.text.first) == ["□", "◇"] && pane.differenceHeading == "□ − ◇")
    dashboard.state.select(run: 5)
    dashboard = dashboard.pressing("V")
    #expect(dashboard.state.reference == nil)
    dashboard.state.select(run: 7)
    #expect(dashboard.state.comparedRuns.map(\.id.index) == [2, 7])
  }

  @Test func whatIsHiddenOrRemovedIsNotComparedWith() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("\t\t\t\tVh\t")
    #expect(dashboard.state.selectedRun == 5 && dashboard.state.comparedRuns.map(\.id.index) == [1, 5])
    dashboard.record(TrainingEvent(.runRemoved(RunRemoved()), at: .beginning(of: RunID(4))), at: 3)
    #expect(dashboard.state.comparedRuns.map(\.id.index) == [1, 5])
    #expect(!order(dashboard.pressing("2")).contains("E"))
  }

  @Test(arguments: [(80, 24), (100, 30), (60, 16)])
  func theListScrollsWithTheSelectedRun(width: Int, height: Int) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.manyRuns).pressing("2")
    for run in 0..<RunID.largestCount {
      #expect(dashboard.state.selectedRun == run)
      let lines = lines(dashboard, width, height)
      let name = dashboard.state.runs[run].name.prefix(4)
      #expect(lines.contains { $0.hasPrefix("│") && $0.contains("\(RunID(run).letter) \(name)") }, "\(run)")
      #expect(lines.contains { $0.contains("of 26") })
      _ = dashboard.press(.down)
    }
    _ = dashboard.press(.home)
    #expect(dashboard.state.selectedRun == 0)
  }

  @Test func aClickSelectsARunOfTheList() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.manyRuns).pressing("2")
    let row = lines(dashboard).firstIndex { $0.hasPrefix("│") && $0.contains("D lr") } ?? 0
    _ = dashboard.pointAt(.click(x: 20, y: row), width: 100, height: 30)
    #expect(dashboard.state.selectedRun == 3)
    _ = dashboard.pointAt(.wheelDown(x: 1, y: row), width: 100, height: 30)
    #expect(dashboard.state.selectedRun == 4)
  }

  @Test func theFooterTellsOfOneWayAtATime() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.eightRuns).pressing("2")
    for (keys, told, other) in [("", "x all figures", "x overview"), ("x", "x overview", "x all figures")] {
      let footer = lines(dashboard.pressing(keys), 160, 50).last ?? ""
      #expect(footer.contains(told) && !footer.contains(other))
    }
    #expect(
      lines(dashboard, 160, 50).contains { $0.contains("every epoch") }, "a large page has room for all")
  }

  @Test func theVerdictStandsBelowTheList() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.manyRuns).pressing("2\t\t")
    let shown = lines(dashboard, 80, 24)
    #expect(shown.contains { $0.contains("● A with dropout  with  ▲ C lr 0.1 from A") })
    #expect(shown.contains { $0.contains("test accuracy") })
    #expect(lines(dashboard.pressing("x"), 80, 24).contains { $0.contains("train loss, dropout off") })
  }

  @Test(arguments: [(60, 16), (80, 24), (70, 20)]) func sentencesBelowTheListAreWhole(width: Int, height: Int)
  {
    for events in [ScriptedEvents.manyRuns, ScriptedEvents.eightRuns] {
      let shown = lines(ScriptedEvents.dashboard(events).pressing("2"), width, height)
      let last = shown.last { $0.hasPrefix("│") && $0.contains(/[a-z]/) }
      #expect(last?.contains(/\. *│$/) == true, "\(shown.joined(separator: "\n"))")
    }
  }

  /// Of 26 runs the lines of progress used to leave seven rows for everything else.
  @Test func manyRunsLeaveRoomForThePage() {
    for keys in [
      "", "\t", "\t\t\t\t\t\t\t\t\t\t\t\t\t", "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
    ] {
      let dashboard = ScriptedEvents.dashboard(ScriptedEvents.manyRuns).pressing(keys)
      let parts = dashboard.areas(of: Rect(width: 80, height: 24))
      #expect(parts.header.height == 5)
      let header = lines(dashboard, 80, 24)[1...5].joined()
      #expect(header.contains("and 19 more: 2 Compare lists all"))
      #expect(header.contains("\(RunID(dashboard.state.selectedRun).letter) "), "the selected one is seen")
    }
  }

  @Test func noTwoRunsHaveOneMark() {
    let marks = (0..<RunID.largestCount).map { RunID($0).mark(in: .braille) }
    #expect(Set(marks).count == marks.count)
  }

  @Test func aFullSessionSaysHowToMakeRoom() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.manyRuns)
    #expect(dashboard.press("f").isEmpty && dashboard.state.question == nil)
    for word in ["26 runs", "D removes", "r begins anew"] { #expect(dashboard.state.message.contains(word)) }
    dashboard.state.message = ""
    #expect(dashboard.press("p").isEmpty)
  }

  @Test func ofThreeSidesTheSelectedOneIsCompared() throws {
    var dashboard = ScriptedEvents.dashboard(ReplicatedEvents.withThirdSide)
    #expect(dashboard.state.comparedSides.map(\.lead.index) == [0, 1])
    dashboard.state.select(run: 6)
    let content = dashboard.state.comparisonContent(width: 98)
    #expect(content.headings.map(\.text.first) == ["●", "◆"])
    #expect(content.rows.contains { !$0.difference.isEmpty })
    #expect(content.findings.joined().contains("n = 3 pairs of runs"))
    dashboard.state.select(run: 1)
    dashboard = dashboard.pressing("V\t")
    #expect(dashboard.state.comparedSides.map(\.lead.index) == [0, 1], "C repeats A")
    dashboard.state.select(run: 8)
    #expect(dashboard.state.comparedSides.map(\.lead.index) == [1, 6])
    #expect(dashboard.state.comparedRuns.map(\.id.index) == [5, 8])
  }

  @Test func twoSeedsOfOneSideCanBeCompared() {
    var dashboard = ReplicatedEvents.dashboard(steps: 200).pressing("2")
    #expect(!dashboard.state.hasOverview)
    dashboard = dashboard.pressing("bV\t\t")
    #expect(dashboard.state.comparedRuns.map(\.id.index) == [0, 2])
    #expect(dashboard.state.comparisonContent(width: 98).headings.count == 2)
    #expect(order(dashboard) == "ABCDEF")
  }
}
