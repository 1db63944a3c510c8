import Experiment
import Reports
import Sessions
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct SessionsPageTests {
  /// A session that is kept as exp2, with three others beside it.
  private static func dashboard(_ keys: String = "") throws -> DashboardScreen {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    dashboard.state.sessionsDirectory = "runs"
    dashboard.state.folder = "runs/exp2"
    dashboard.state.sessions = try RunsScreenTests.sessions().rows
    return dashboard.pressing("H" + keys)
  }

  @Test func otherSessionsStandBesideThisOne() throws {
    for (width, height) in [(80, 24), (100, 30)] {
      let lines = try Self.dashboard().render(width: width, height: height).lines
      let rows = lines.filter { $0.contains("exp") || $0.contains("damaged") }
      #expect(rows.count >= 5)
      // The star marks the one that is trained here.
      #expect(rows.filter { $0.contains("★exp") }.map { $0.contains("★exp2") } == [true])
      #expect(lines.contains { $0.contains("#baseline #book") })
    }
  }

  @Test func theSelectedSessionIsTakenApart() throws {
    var dashboard = try Self.dashboard()
    let names = dashboard.state.sessions.rows.map(\.session.folder.name)
    #expect(names.count == 4)
    for name in names {
      let lines = dashboard.render(width: 100, height: 30).lines
      #expect(lines.contains { $0.contains(">") && $0.contains(name) })
      // The frame below has its name.
      #expect(lines.contains { $0.hasPrefix("╭ \(name) ─") })
      _ = dashboard.press(.down)
    }
    // There is nothing below the last one.
    #expect(dashboard.render(width: 100, height: 30).lines.contains { $0.hasPrefix("╭ \(names[3]) ─") })
    _ = dashboard.press(.home)
    #expect(dashboard.render(width: 100, height: 30).lines.contains { $0.hasPrefix("╭ \(names[0]) ─") })
  }

  @Test func theyAreOrderedByTheNextColumn() throws {
    let titles = try ["", "o", "oo", "oooO"].map { keys in
      let lines = try Self.dashboard(keys).render(width: 100, height: 30).lines
      return lines.first { $0.contains("ordered by") } ?? ""
    }
    for (title, expected) in zip(titles, ["session", "state", "when", "best, from its end"]) {
      #expect(title.contains("ordered by \(expected)"))
    }
  }

  @Test func aRecordingHasNoSessionsBesideIt() {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("H")
    #expect(dashboard.page.title != "Sessions")
    #expect(
      dashboard.render(width: 100, height: 30).lines.contains {
        $0.contains("A recording lies in no folder with other sessions.")
      })
  }

  @Test func anEmptyFolderSaysSo() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    dashboard.state.sessionsDirectory = "elsewhere"
    dashboard = dashboard.pressing("H")
    #expect(dashboard.render(width: 80, height: 24).lines.contains { $0.contains("Reading.") })
    dashboard.state.sessions.take([])
    #expect(
      dashboard.render(width: 80, height: 24).lines.contains {
        $0.contains("No sessions are kept in elsewhere yet.")
      })
  }
}
