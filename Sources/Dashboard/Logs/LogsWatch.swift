internal import Experiment
import Platform
import Reports
package import Sessions
package import TerminalUI

/// Shows logs on a screen while they grow, until the person leaves.
package struct LogsWatch {
  private static let frameSeconds = 1.0 / 20
  /// How long it waits for a key while nothing moves.
  private static let idleSeconds = 0.25

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
      caption: paths.map { $0 == "-" ? "standard input" : $0 }.joined(separator: " · "), runs: runs,
      figures: figures,
      settings: settings.settings, terminalGlyphs: traits.glyphs, terminalColors: traits.colors)
    return Self.show(state, on: screen, follower)
  }

  private static func show(_ initial: LogsState, on screen: NcursesScreen, _ follower: LogFollower)
    -> FoundLogs
  {
    var (state, screen) = (initial, screen)
    var drawn: (state: LogsState, width: Int, height: Int)?
    while Interruption.signal == nil {
      state.update(follower.found)
      let size = screen.size
      state.closeHelp(behindLastPageOf: size.width, size.height)
      let isStale =
        drawn.map { $0.state != state || $0.width != size.width || $0.height != size.height } ?? true
      if isStale {
        screen.present(state.render(width: size.width, height: size.height))
        drawn = (state, size.width, size.height)
      }
      guard let key = screen.readKey(timeout: isStale ? frameSeconds : idleSeconds) else { continue }
      if state.press(key) { break }
    }
    return state.found
  }
}
