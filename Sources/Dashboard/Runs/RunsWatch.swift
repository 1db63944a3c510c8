internal import Messages
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
        message: says(
          "'runs open' needs a terminal that can be used as a screen. Elsewhere use 'runs list'.",
          "'runs open' 需要可用作屏幕的终端。其他场合请用 'runs list'。"))
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
        return says("kept with \(folder.name)", "已保存到 \(folder.name)")
      case .rename(let folder, let name):
        let renamed = try folder.renamed(to: name).name
        return says("\(folder.name) is \(renamed) now", "\(folder.name) 现名 \(renamed)")
      case .delete(let folders):
        for folder in folders { deleted.append((folder.name, try SessionTrash.delete(folder))) }
        let names =
          folders.count == 1 ? folders[0].name : says("\(folders.count) sessions", "\(folders.count) 个会话")
        let trash = SessionTrash(of: directory).path
        return says("\(names) lies in \(trash); u puts it back", "\(names) 已移到 \(trash)；按 u 放回")
      case .restore:
        guard let last = deleted.popLast() else {
          return says(
            "nothing was deleted here; 'fmnist-tui runs trash' lists more",
            "这里没有删除过；其他的见 'fmnist-tui runs trash'")
        }
        let restored = try SessionTrash(of: directory).restore(last.folder.name, as: last.name).name
        return says("\(restored) is back", "\(restored) 已放回")
      case .emptyTrash:
        deleted = []
        let count = try SessionTrash(of: directory).empty()
        return says(
          count == 1 ? "1 session is gone for good" : "\(count) sessions are gone for good",
          "已彻底清除 \(count) 个会话")
      case .export(let folders, let path):
        guard !Files.exists(path) else {
          return says("\(path): there is a file already; give another name", "\(path)：文件已存在；请换一个名称")
        }
        let sessions = try RecordedSession.read(folders)
        try DurableFile.write(Array(RunsCSV(runs: sessions.flatMap(\.runs)).text.utf8), to: path)
        return says("written: \(path)", "已写入：\(path)")
      }
    } catch {
      return error.description
    }
  }
}
