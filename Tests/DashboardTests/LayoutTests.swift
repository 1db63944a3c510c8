import Experiment
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// What gives way where there is little room.
@Suite struct LayoutTests {
  private static let scenes: [[TrainingEvent]] = [
    ScriptedEvents.changed, ScriptedEvents.threeRuns, ScriptedEvents.eightRuns, ScriptedEvents.finished,
    ReplicatedEvents.events(steps: 120),
  ]

  @Test(
    arguments: scenes.indices,
    [
      "", "dropout of layer 1 .20 → .25 from step 1,204",
      "a session has at most 26 runs, those removed included: D removes what is not needed, then r begins anew without "
        + "removed runs and forks, and keeps this session as it is",
    ])
  func theVerdictAndFourRowsOfCurvesStay(scene: Int, message: String) throws {
    var dashboard = ScriptedEvents.dashboard(Self.scenes[scene])
    dashboard.state.message = message
    for (width, height) in [(80, 24), (100, 30), (80, 22)] {
      let verdict = ComparisonView(state: dashboard.state).verdictLines(width: width)
      let screen = dashboard.render(width: width, height: height).lines
      let first = try #require(verdict.first?.split(separator: " ").first)
      #expect(
        verdict.isEmpty || screen.contains { $0.contains("\(first) ") },
        "\(width)x\(height) \(screen.joined(separator: "\n"))")
      let layout = dashboard.areas(of: Rect(width: width, height: height)).page
      #expect(layout.height >= 10)
      let axis = try #require(screen.firstIndex { $0.contains("└") })
      let top = try #require(screen[..<axis].lastIndex { $0.contains("╭") })
      #expect(axis - top - 1 >= 4, "\(width)x\(height)\n\(screen.joined(separator: "\n"))")
    }
  }

  @Test func theFooterTellsOfEachKeyOnce() {
    for keys in ["1", "2", "3", "4"] {
      let footer =
        ScriptedEvents.dashboard(ScriptedEvents.eightRuns + ScriptedEvents.observed.suffix(4))
        .pressing(keys).render(width: 300, height: 40).lines.last ?? ""
      #expect(footer.ranges(of: "↑↓").count <= 1, "\(footer)")
    }
  }

  @Test func aNumberKeepsItsUnitAtEveryWidth() {
    for events in [ScriptedEvents.middle, ScriptedEvents.finished, ReplicatedEvents.events(steps: 200)] {
      let sentence = SentenceView(state: ScriptedEvents.dashboard(events).state).sentence
      #expect(sentence.contains(" %"))
      for width in 8...60 {
        let lines = TextWrap.lines(sentence, width: width)
        #expect(!lines.contains { $0.hasPrefix("%") }, "\(lines)")
      }
    }
  }
}
