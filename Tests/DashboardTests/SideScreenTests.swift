import TerminalUI
import Testing

@testable import Dashboard

/// What holds for every screen beside the dashboard.
@Suite struct SideScreenTests {
  /// The texts of the help that are cut at a size.
  private func cut(_ screen: some SideScreen, width: Int, height: Int) -> [String] {
    let entries = screen.bindings.group("", for: screen).entries
    var (state, lines) = (screen, [String]())
    repeat {
      _ = state.press("?")
      state.closeHelp(behindLastPageOf: width, height)
      if state.helpPage != nil { lines += state.render(width: width, height: height).lines }
    } while state.helpPage != nil
    return entries.map(\.help).filter { help in !help.isEmpty && !lines.contains { $0.contains(help) } }
  }

  @Test(arguments: [80, 100, 160]) func theHelpHasWholeTexts(width: Int) throws {
    #expect(try cut(RunsScreenTests.state(), width: width, height: 24) == [])
    #expect(try cut(LogsScreenTests.state(), width: width, height: 24) == [])
    #expect(
      try cut(
        SweepScreenTests.state(SweepScreenTests.progress(SweepScreenTests.grid)), width: width, height: 24)
        == [])
  }
}
