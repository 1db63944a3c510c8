import ArgumentParser
import Platform
import Sessions
import TerminalUI

/// `fmnist-tui runs rename`: another name for a session.
struct RunsRenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Give a session's folder another name.")

  @Argument(help: "The session: a name, a path with a slash, or 'latest'.")
  var name: String

  @Argument(help: "The new name.")
  var newName: String

  @OptionGroup var directory: RunsDirectoryOption

  mutating func validate() throws { try directory.validate(for: [name]) }

  mutating func run() throws { _ = try directory.folder(name).renamed(to: newName) }
}

/// `fmnist-tui runs delete`: into the trash.
struct RunsDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Move sessions into the trash, from which 'runs restore' takes them.",
    discussion:
      "The trash is the folder .trash within --runs-dir; 'runs trash' lists what lies there, 'runs trash --empty' removes it."
  )

  @Argument(help: "The sessions: names, paths with a slash, or 'latest'.")
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    for folder in try directory.folders(names) {
      let place = try SessionTrash.delete(folder)
      try StandardStream.output.write(lines: ["\(folder.path) lies in \(place.path)."])
    }
  }
}

/// `fmnist-tui runs restore`: out of the trash.
struct RunsRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a deleted session back.")

  @Argument(help: "The session, as 'runs trash' names it.")
  var name: String

  @Argument(help: "The name that it gets. (default: the same)")
  var newName: String?

  @OptionGroup var directory: RunsDirectoryOption

  mutating func run() throws {
    let folder = try SessionTrash(of: directory.runsDir).restore(name, as: newName)
    try StandardStream.output.write(lines: ["\(folder.path) is back."])
  }
}

/// `fmnist-tui runs trash`: what was deleted.
struct RunsTrashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trash", abstract: "List the deleted sessions, or remove them for good.")

  @Flag(help: "Remove them for good.")
  var empty = false

  @OptionGroup var directory: RunsDirectoryOption

  mutating func run() throws {
    let trash = SessionTrash(of: directory.runsDir)
    if empty {
      let count = try trash.empty()
      return try StandardStream.output.write(
        lines: [count == 1 ? "1 session is gone for good." : "\(count) sessions are gone for good."])
    }
    let folders = try trash.folders()
    guard !folders.isEmpty else {
      return try StandardStream.error.write(lines: ["\(trash.path): nothing lies there."])
    }
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    try StandardStream.output.write(
      lines: folders.map { encoding.encode("\($0.name)  \(NumberText.bytes(Double($0.bytes)))") })
  }
}
