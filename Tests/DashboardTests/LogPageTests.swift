import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct LogPageTests {
  private func text(_ dashboard: DashboardScreen) -> String {
    dashboard.renderPage(width: 80, height: 24).lines.joined(separator: "\n")
  }

  /// A start of each run, a change, a pause, a fork, a new name, a removal and the ends.
  private static let events: [TrainingEvent] =
    ScriptedEvents.changed + [
      TrainingEvent(.paused(Paused()), at: ScriptedEvents.position(1, step: 130)),
      TrainingEvent(.resumed(Resumed()), at: ScriptedEvents.position(1, step: 130)),
      ScriptedEvents.forked(2, from: 0, after: 130),
      TrainingEvent(.runRenamed(RunRenamed(name: "slower")), at: .beginning(of: RunID(2))),
      TrainingEvent(.runRemoved(RunRemoved()), at: .beginning(of: RunID(2))),
      ScriptedEvents.ended(0, step: 200),
      ScriptedEvents.ended(1, step: 140, .diverged(message: "loss became NaN")),
    ]

  @Test(arguments: GoldenFrameTests.glyphSets)
  func thePageIsAsRecorded(glyphs: GlyphSet) throws {
    let dashboard = ScriptedEvents.dashboard(Self.events, glyphs: glyphs).pressing("L")
    for (width, height) in GoldenFrameTests.sizes {
      try GoldenFrameTests.compare(
        dashboard.renderPage(width: width, height: height), "log-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  /// They were shown at the second in which the dashboard had read them.
  @Test func whenRunsOfAFolderDidSomethingIsNotMadeUp() {
    var dashboard = DashboardScreen(
      DashboardState(caption: "", terminalGlyphs: .braille, origin: .folders))
    for event in Self.events { dashboard.record(event, at: 2) }
    let shown = text(dashboard.pressing("L"))
    #expect(shown.contains("begins: with dropout") && !shown.contains("0:00:02"), "\(shown)")
    #expect(text(ScriptedEvents.dashboard(Self.events).pressing("L")).contains("0:00:0"))
  }

  @Test func figuresAreNotInTheLog() {
    #expect(text(ScriptedEvents.dashboard(Self.events).pressing("L")).contains("log, 1 to 10 of 10"))
    #expect(!text(ScriptedEvents.dashboard([]).pressing("L")).contains(" to "))
  }

  @Test func whatIsToldIsKept() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.manyRuns).pressing("fz1L")
    #expect(text(dashboard).ranges(of: "a session has at most 26 runs").count == 1)
  }

  @Test func whoLooksAtOlderLinesGoesOnSeeingThem() {
    let changes = (1...60).map { step in
      TrainingEvent(
        .settingChanged(SettingChanged(.learningRate, from: .number(0.5), to: .number(0.4))),
        at: ScriptedEvents.position(0, step: step))
    }
    var dashboard = ScriptedEvents.dashboard([ScriptedEvents.started(0)] + changes).pressing("L")
    #expect(text(dashboard).contains("to 61 of 61"))
    _ = dashboard.press(.pageUp)
    #expect(text(dashboard).contains("to 51 of 61"))
    dashboard.record(changes[0], at: 5)
    #expect(text(dashboard).contains("to 51 of 62"))
    _ = dashboard.press(.home)
    #expect(text(dashboard).contains("log, 1 to 1 of 62"))
    _ = dashboard.press(.end)
    #expect(text(dashboard).contains("to 62 of 62"))
  }

  /// Its end used to be cut off without a mark.
  @Test func aLongLineGoesOnInTheNextOne() {
    let reason =
      "the loss became NaN in step 140; a lower learning rate, or clipping of gradients, may prevent it"
    let events = [ScriptedEvents.started(0), ScriptedEvents.ended(0, step: 140, .diverged(message: reason))]
    let dashboard = ScriptedEvents.dashboard(events).pressing("L")
    let words = text(dashboard).split { " │\n".contains($0) }.joined(separator: " ")
    #expect(words.contains(reason), "\(words)")
  }

  @Test(arguments: [(60, 16), (61, 17), (200, 60)])
  func everySizeCanBeDrawn(width: Int, height: Int) {
    let dashboard = ScriptedEvents.dashboard(Self.events).pressing("L")
    #expect(dashboard.render(width: width, height: height).height == height)
  }
}
