package import Platform
import Reports
package import Sessions
package import TerminalUI

/// Shows the table of a directory's sessions on a screen, and does what is asked for there, until the person leaves.
package struct RunsWatch {
  private let directory: String
  private let traits: TerminalTraits
  private let follower: SessionsFollower
  private var state: RunsState
  /// What was deleted and can be put back, the latest at the end.
  private var deleted: [(name: String, folder: RunFolder)] = []

  /// For the sessions in `directory`.
  package init(_ directory: String, traits: TerminalTraits) {
    (self.directory, self.traits) = (directory, traits)
    follower = SessionsFollower(directory)
    state = RunsState(
      directory: directory, settings: SettingsFile(environment: Environment.variables).settings,
      terminalGlyphs: traits.glyphs, terminalColors: traits.colors)
  }

  /// Ends the reading of the directory.
  package func stop() { follower.stop() }

  /// Says something until the next key.
  package mutating func say(_ message: String) { state.message = message }

  /// Shows the table as it was left; returns the sessions that are to be opened, or none when the person leaves.
  ///
  /// - Throws: `Failure` if there is no terminal to show it on.
  package mutating func run() throws(Failure) -> [RunFolder] {
    guard StandardStream.output.isTerminal, traits.movesCursor, let screen = NcursesScreen.open(traits) else {
      throw Failure(
        status: .usage,
        message: "'runs open' needs a terminal that can be used as a screen. Elsewhere use 'runs list'.")
    }
    defer { screen.close() }
    var shown = ShownScreen<NcursesScreen, RunsState>(screen)
    while Interruption.signal == nil {
      state.update(follower.found)
      let isNew = shown.show(&state)
      guard let key = shown.readKey(isIdle: !isNew) else { continue }
      if state.press(key) { break }
      for request in state.takeRequests() {
        if case .open(let folders) = request { return folders }
        state.message = perform(request)
        follower.look()
      }
    }
    return []
  }

  /// Does what was asked for; returns what became of it.
  private mutating func perform(_ request: RunsState.Request) -> String {
    do throws(RunLogError) {
      switch request {
      case .open: return ""
      case .keep(let labels, let folder):
        try folder.keep(labels)
        return "kept with \(folder.name)"
      case .rename(let folder, let name):
        return "\(folder.name) is \(try folder.renamed(to: name).name) now"
      case .delete(let folders):
        for folder in folders { deleted.append((folder.name, try SessionTrash.delete(folder))) }
        let names = folders.count == 1 ? folders[0].name : "\(folders.count) sessions"
        return "\(names) lies in \(SessionTrash(of: directory).path); u puts it back"
      case .restore:
        guard let last = deleted.popLast() else {
          return "nothing was deleted here; 'fmnist-tui runs trash' lists more"
        }
        return "\(try SessionTrash(of: directory).restore(last.folder.name, as: last.name).name) is back"
      case .emptyTrash:
        deleted = []
        let count = try SessionTrash(of: directory).empty()
        return count == 1 ? "1 session is gone for good" : "\(count) sessions are gone for good"
      case .export(let folders, let path):
        guard !Files.exists(path) else { return "\(path): there is a file already; give another name" }
        let sessions = try RecordedSession.read(folders)
        try DurableFile.write(Array(RunsCSV(runs: sessions.flatMap(\.runs)).text.utf8), to: path)
        return "written: \(path)"
      }
    } catch {
      return error.description
    }
  }
}
