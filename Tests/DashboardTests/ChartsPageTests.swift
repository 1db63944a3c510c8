import Datasets
import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct ChartsPageTests {
  private func text(_ dashboard: DashboardScreen, _ width: Int = 100, _ height: Int = 30) -> String {
    dashboard.render(width: width, height: height).lines.joined(separator: "\n")
  }

  private func lines(_ dashboard: DashboardScreen, _ width: Int, _ height: Int) -> [String] {
    dashboard.render(width: width, height: height).lines
  }

  /// Runs that have measured what the table of figures has, all of it.
  private static var everything: [TrainingEvent] {
    ScriptedEvents.middle.map { event in
      guard case .epochEvaluated(var epoch) = event.kind else { return event }
      for figure in Figure.all where epoch.metrics[figure] == nil {
        epoch.metrics[figure] = 0.5 + Double(event.position.epoch) / 100
      }
      return TrainingEvent(.epochEvaluated(epoch), at: event.position)
    }
  }

  @Test(arguments: Quantity.all.filter { $0.figures.contains { $0.isMeasured(of: RunConfiguration()) } })
  func anyFigureCanBeCharted(quantity: Quantity) {
    var settings = DashboardSettings()
    settings.charts = [quantity.key]
    let dashboard = ScriptedEvents.dashboard(Self.everything, settings: settings)
    #expect(dashboard.charts.charted(in: dashboard.state) == [quantity])
    #expect(text(dashboard).contains("╭ \(quantity.title) ──"))
  }

  @Test func whatIsChartedIsChosenFromAList() {
    var dashboard = ScriptedEvents.dashboard(Self.everything).pressing("C")
    #expect(text(dashboard).contains("[1] loss"))
    #expect(dashboard.press(.character("s")).isEmpty && dashboard.press(.character("q")).isEmpty)
    #expect(dashboard.press(.character(" ")).isEmpty, "the list hears it, and nothing pauses")
    #expect(dashboard.charts.charted(in: dashboard.state).map(\.key) == ["accuracy"])
    _ = dashboard.press(.character(" "))
    for _ in 0..<3 {
      _ = dashboard.press(.down)
      if dashboard.charts.chooser != 1 { _ = dashboard.press(.character(" ")) }
    }
    #expect(dashboard.state.settings.charts?.count == 4)
    _ = dashboard.press(.down)
    _ = dashboard.press(.character(" "))
    #expect(dashboard.state.settings.charts?.count == 4)
    #expect(dashboard.state.message.contains("most"))
    _ = dashboard.press(.enter)
    #expect(!dashboard.charts.isModal)
    let lines = dashboard.renderPage(width: 160, height: 50).lines
    let shown = lines.filter { $0.contains("╭ ") }
    #expect(shown.count >= 2 && lines.joined().contains("accuracy"))
  }

  @Test func aTaskHasChartsOfItsOwnFiguresOnly() {
    let state = DashboardState(caption: "", terminalGlyphs: .braille, task: .regression)
    let candidates = ChartsPage.candidates(in: state).map(\.key)
    #expect(candidates.contains("loss") && candidates.contains("weight_norm"))
    #expect(!candidates.contains("accuracy") && !candidates.contains("gap"))
    #expect(!CalibrationPage().isAvailable(for: .regression))
  }

  @Test func sharesOfChangedLabelsAreThereWhereARunHasSome() {
    func candidates(_ noise: Double) -> [String] {
      let events = Self.everything.map { event in
        guard case .runStarted(let start) = event.kind else { return event }
        var configuration = start.configuration
        configuration.labelNoise = noise
        return TrainingEvent(
          .runStarted(
            RunStarted(
              name: start.name, configuration: configuration, parameterCount: start.parameterCount,
              trainCount: start.trainCount, testCount: start.testCount, stepsPerEpoch: start.stepsPerEpoch,
              threads: start.threads)), at: event.position)
      }
      return ChartsPage.candidates(in: ScriptedEvents.dashboard(events).state).map(\.key)
    }
    let shares = ["unchanged_accuracy", "memorized_share", "recovered_share"]
    #expect(shares.allSatisfy(candidates(0.2).contains) && !shares.contains(where: candidates(0).contains))
  }

  @Test func oneChartHasTheWholePageThenTheNext() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for (titles, isWhole) in [(["loss"], true), (["accuracy"], true), (["loss", "accuracy"], false)] {
      dashboard = dashboard.pressing("z")
      let lines = dashboard.renderPage(width: 100, height: 30).lines
      for title in ["loss", "accuracy"] {
        #expect(lines.contains { $0.contains("╭ \(title) ─") } == titles.contains(title))
      }
      #expect(lines.contains { $0.contains("comparison") } == !isWhole)
    }
    dashboard = dashboard.pressing("z")
    _ = dashboard.press(.escape)
    #expect(dashboard.charts.enlarged == nil)
  }

  @Test func theFirstEpochGetsRoomOnlyWhereItIsWanted() {
    func showsTwo(_ dashboard: DashboardScreen) -> Bool { text(dashboard).contains(/2(\.0+)?┤/) }
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(!showsTwo(dashboard))
    #expect(showsTwo(dashboard.pressing("y")))
    #expect(showsTwo(ScriptedEvents.dashboard(ScriptedEvents.steps30)))
  }

  /// The plan is for ten epochs, of which the data fill but a few.
  @Test(arguments: [7, 30, 105, 200]) func dataFillMostOfTheChart(steps: Int) {
    let dashboard = ScriptedEvents.dashboard(
      [ScriptedEvents.started(0), ScriptedEvents.started(1)] + ScriptedEvents.steps(1...steps))
    let shown = dashboard.charts.window.shown(of: dashboard.state.reached)
    let filled = Double(steps) / 20 / shown.upperBound
    #expect((0.65...0.85).contains(filled), "\(shown)")
  }

  @Test func zoomHoldsWhatHasComeLast() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    let whole = dashboard.charts.window.shown(of: dashboard.state.reached)
    for _ in 0..<20 {
      _ = dashboard.press(.character("+"))
      let zoom = try #require(dashboard.charts.window.zoom)
      #expect(zoom.contains(5.25), "the latest data are in sight")
      #expect(zoom.upperBound - zoom.lowerBound >= 0.02)
    }
    for key in "<<<<<<<<<<>>>>>>>>>>>>>>>>>>>>>>>" {
      _ = dashboard.press(.character(key))
      let shown = dashboard.charts.window.shown(of: dashboard.state.reached)
      #expect(shown.lowerBound >= 0 && shown.upperBound <= whole.upperBound)
    }
    for _ in 0..<20 { _ = dashboard.press(.character("-")) }
    #expect(dashboard.charts.window.zoom == nil)
  }

  @Test func zoomHoldsTheCursor() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for _ in 0..<20 { _ = dashboard.press(.character(",")) }
    let cursor = try #require(dashboard.charts.window.cursor)
    for _ in 0..<5 {
      _ = dashboard.press(.character("+"))
      #expect(try #require(dashboard.charts.window.zoom).contains(cursor))
    }
  }

  @Test func theCursorStaysInTheDataAndEscapeHidesIt() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for _ in 0..<200 { _ = dashboard.press(.character(".")) }
    #expect(dashboard.charts.window.cursor == 5.25)
    for _ in 0..<200 { _ = dashboard.press(.character(",")) }
    #expect(dashboard.charts.window.cursor == 0)
    _ = dashboard.press(.escape)
    #expect(dashboard.charts.window.cursor == nil)
  }

  /// B has made 45 steps, A 70: the cursor used to read in B what B had not reached.
  @Test func theCursorReadsADashWhereARunHasNoFigure() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.diverged).pressing(",")
    let cursor = try #require(dashboard.charts.window.cursor)
    #expect(cursor > 3)
    func line(_ start: String) -> [Substring] {
      let line = dashboard.render(width: 100, height: 30).lines.first { $0.contains("│ " + start) } ?? ""
      return line.split(separator: " ").suffix(3)
    }
    #expect(line("test loss").dropLast() == ["0.5300", "–"], "\(line("test loss"))")
    for _ in 0..<14 { _ = dashboard.press(.character(",")) }
    #expect(line("test loss").dropLast().last != "–")
    for _ in 0..<200 { _ = dashboard.press(.character(",")) }
    #expect(line("test loss").dropLast() == ["–", "–"], "no epoch is complete")
  }

  @Test(arguments: GlyphSet.allCases) func oneLineTellsWhatTheCurvesAre(glyphs: GlyphSet) {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: glyphs)
    for (width, height) in GoldenFrameTests.sizes {
      let lines = dashboard.renderPage(width: width, height: height).lines
      for word in ["running", "train", "test", "best"] { #expect(lines[0].contains(word), "\(lines[0])") }
      #expect(!lines.dropFirst().joined().contains("running ⠤"))
    }
  }

  @Test func changesAreNumberedAndToldInWholeWords() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.changed)
    for (width, height) in [(80, 24), (100, 30), (160, 50)] {
      let text = text(dashboard, width, height)
      #expect(text.contains("① ● p2 0.50→0.60 step 106"))
      #expect(text.count { $0 == "①" } == 3, "in both charts and in the list")
    }
  }

  /// A list of marks and a message used to leave three rows for the curves and no verdict.
  @Test func theVerdictNeverGivesWay() {
    for (events, keys) in [
      (ScriptedEvents.changed, ""), (ScriptedEvents.middle, ""), (ScriptedEvents.eightRuns, ""),
      (ReplicatedEvents.events(steps: 200), ""),
    ] {
      var dashboard = ScriptedEvents.dashboard(events).pressing(keys)
      for message in ["", "short", String(repeating: "a long message ", count: 30)] {
        dashboard.state.message = message
        for (width, height) in [(80, 24), (100, 30), (160, 50), (60, 16)] {
          let shown = text(dashboard, width, height)
          let words = shown.split { " │|\n".contains($0) }.joined(separator: " ")
          let verdict = dashboard.state.comparisonContent(width: width).findings[0]
          #expect(words.contains(verdict), "\(width)x\(height) \(message.prefix(5))\n\(shown)")
        }
      }
    }
  }

  @Test func aGridOfChartsKeepsTheVerdict() {
    var settings = DashboardSettings()
    settings.charts = ["loss", "accuracy", "gap", "weight_norm"]
    let dashboard = ScriptedEvents.dashboard(Self.everything, settings: settings)
    #expect(lines(dashboard, 80, 24).contains { $0.hasPrefix(" So far: test accuracy") })
  }

  @Test func curvesHaveFourRowsBesideMarksAndAMessage() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.changed)
    for message in ["", "short", String(repeating: "a long message ", count: 8)] {
      dashboard.state.message = message
      let lines = lines(dashboard, 80, 24)
      let top = lines.firstIndex { $0.contains("╭ loss") } ?? 0
      let axis = lines.firstIndex { $0.contains("└┬") } ?? 0
      #expect(axis - top - 1 >= 4, "\(lines.joined(separator: "\n"))")
      #expect(lines.contains { $0.contains("① ● p2 0.50→0.60 step 106") })
    }
  }

  @Test func ofManyChangesTheLatestAreTold() {
    var events = ScriptedEvents.middle
    for number in 0..<30 {
      let change = SettingChanged(
        .dropout, layer: 0, from: .number(Double(number) / 100), to: .number(Double(number + 1) / 100))
      events.append(TrainingEvent(.settingChanged(change), at: ScriptedEvents.position(0, step: 40 + number)))
    }
    for width in 60...160 {
      let line = ScriptedEvents.dashboard(events).render(width: width, height: 24).lines.first {
        $0.contains("earlier: log")
      }
      #expect(line?.contains("⑳ ● p1 0.29→0.30 step 70") == true, "\(width)")
    }
  }

  /// The page was blank below the list.
  @Test func theListOfFiguresLiesOverThePage() {
    let page = ScriptedEvents.dashboard(ScriptedEvents.middle)
    let lines = page.pressing("C").renderPage(width: 100, height: 30).lines
    let behind = page.renderPage(width: 100, height: 30).lines
    #expect(lines.contains { $0.contains("charts, up to 4") } && lines != behind)
    for (line, other) in zip(lines, behind) {
      #expect(line.prefix(10) == other.prefix(10) && line.suffix(10) == other.suffix(10))
    }
  }
}
