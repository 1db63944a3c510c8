import ArgumentParser
import Messages
import Platform
import Sessions
import TerminalUI

/// `fmnist-tui runs rename`: another name for a session.
struct RunsRenameCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rename", abstract: says("Give a session's folder another name.", "给会话的文件夹另取名称。"))
  }

  @Argument(
    help: ArgumentHelp("The session: a name, a path with a slash, or 'latest'.", "会话：名称、带斜杠的路径，或 'latest'。"))
  var name: String

  @Argument(help: ArgumentHelp("The new name.", "新的名称。"))
  var newName: String

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: [name]) }

  mutating func run() throws { _ = try directory.folder(name).renamed(to: newName) }
}

/// `fmnist-tui runs delete`: into the trash.
struct RunsDeleteCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: says(
        "Move sessions into the trash, from which 'runs restore' takes them.",
        "把会话移到回收站，可用 'runs restore' 取回。"),
      discussion:
        says(
          "The trash is the folder .trash within --runs-dir; 'runs trash' lists what lies there, 'runs trash --empty' removes it.",
          "回收站是 --runs-dir 之内的文件夹 .trash；'runs trash' 列出其中有什么，'runs trash --empty' 清空它。")
    )
  }

  @Argument(
    help: ArgumentHelp("The sessions: names, paths with a slash, or 'latest'.", "会话：名称、带斜杠的路径，或 'latest'。"))
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    for folder in try directory.folders(names) {
      let place = try SessionTrash.delete(folder)
      try StandardStream.output.write(lines: [
        says("\(folder.path) lies in \(place.path).", "\(folder.path) 已移到 \(place.path)。")
      ])
    }
  }
}

/// `fmnist-tui runs restore`: out of the trash.
struct RunsRestoreCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "restore", abstract: says("Put a deleted session back.", "取回删除的会话。"))
  }

  @Argument(help: ArgumentHelp("The session, as 'runs trash' names it.", "会话，用 'runs trash' 列出的名称。"))
  var name: String

  @Argument(help: ArgumentHelp("The name that it gets. (default: the same)", "取回后的名称。（默认：不变）"))
  var newName: String?

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let folder = try SessionTrash(of: directory.runsDir).restore(name, as: newName)
    try StandardStream.output.write(lines: [says("\(folder.path) is back.", "\(folder.path) 已取回。")])
  }
}

/// `fmnist-tui runs trash`: what was deleted.
struct RunsTrashCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "trash",
      abstract: says("List the deleted sessions, or remove them for good.", "列出删除的会话，或彻底删除它们。"))
  }

  @Flag(help: ArgumentHelp("Remove them for good.", "彻底删除它们。"))
  var empty = false

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let trash = SessionTrash(of: directory.runsDir)
    if empty {
      let count = try trash.empty()
      return try StandardStream.output.write(
        lines: [
          says(
            count == 1 ? "1 session is gone for good." : "\(count) sessions are gone for good.",
            "已彻底删除 \(count) 个会话。")
        ])
    }
    let folders = try trash.folders()
    guard !folders.isEmpty else {
      return try StandardStream.error.write(lines: [
        says("\(trash.path): nothing lies there.", "\(trash.path)：里面什么也没有。")
      ])
    }
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    try StandardStream.output.write(
      lines: folders.map { encoding.encode("\($0.name)  \(NumberText.bytes(Double($0.bytes)))") })
  }
}
