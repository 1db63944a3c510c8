internal import Experiment
internal import Messages
import Platform
import Reports
package import Sessions
package import TerminalUI

/// Shows logs on a screen while they grow, until the person leaves.
package struct LogsWatch {
  private let paths: [String]
  private let runs: LogPattern
  private let figures: LogPattern
  private let traits: TerminalTraits

  /// For the logs at some paths.
  package init(_ paths: [String], runs: LogPattern, figures: LogPattern, traits: TerminalTraits) {
    (self.paths, self.runs, self.figures, self.traits) = (paths, runs, figures, traits)
  }

  /// Shows them; returns what was found by the end, or `nil` if there is no screen to show them on.
  ///
  /// - Throws: `RunLogError` if there is nothing at one of the paths that can be read.
  package func run() throws(RunLogError) -> FoundLogs? {
    guard StandardStream.output.isTerminal, traits.movesCursor else { return nil }
    // What is piped in is read elsewhere, and the keys come from the terminal.
    let piped = paths.contains("-") ? StandardStream.giveInputToTerminal() : nil
    if paths.contains("-"), piped == nil { return nil }
    guard let screen = NcursesScreen.open(traits) else {
      if let piped { StandardStream.takeInputBack(piped) }
      return nil
    }
    defer { screen.close() }
    let follower = try LogFollower(paths, standardInput: piped ?? STDIN_FILENO)
    defer { follower.stop() }
    let settings = SettingsFile(environment: Environment.variables)
    let state = LogsState(
      caption: paths.map { $0 == "-" ? says("standard input", "标准输入") : $0 }.joined(separator: " · "),
      runs: runs,
      figures: figures,
      settings: settings.settings, terminalGlyphs: traits.glyphs, terminalColors: traits.colors)
    return Self.show(state, on: screen, follower)
  }

  private static func show(_ initial: LogsState, on screen: NcursesScreen, _ follower: LogFollower)
    -> FoundLogs
  {
    var (state, shown) = (initial, ShownScreen<NcursesScreen, LogsState>(screen))
    while Interruption.signal == nil {
      state.update(follower.found)
      let isNew = shown.show(&state)
      if let key = shown.readKey(isIdle: !isNew), state.press(key) { break }
    }
    return state.found
  }
}
