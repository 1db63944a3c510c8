import ArgumentParser
import Messages
import Platform
import Sessions
import TerminalUI

/// `fmnist-tui runs tag`: words by which sessions are found.
struct RunsTagCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "tag", abstract: says("Add a tag to sessions, or take it away.", "给会话加一个标记，或去掉它。"),
      discussion: says(
        "'runs list --filter tag=baseline' lists those that have it.",
        "'runs list --filter tag=baseline' 列出有这个标记的会话。"))
  }

  @Argument(help: ArgumentHelp("The tag: a word.", "标记：一个词。"))
  var tag: String

  @Argument(
    help: ArgumentHelp("The sessions: names, paths with a slash, or 'latest'.", "会话：名称、带斜杠的路径，或 'latest'。"))
  var names: [String]

  @Flag(help: ArgumentHelp("Take the tag away.", "去掉这个标记。"))
  var remove = false

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    // All are read before anything is written.
    let labelled = try directory.folders(names).map { folder in (folder: folder, labels: try folder.labels())
    }
    for (folder, labels) in labelled {
      var changed = labels
      if remove {
        guard changed.remove(tag: tag) else {
          throw ValidationError(
            says(
              "\(folder.name): it has no tag '\(tag)'. It has \(Self.words(labels.tags)).",
              "\(folder.name)：没有标记 '\(tag)'。它的标记：\(Self.words(labels.tags))。"))
        }
      } else {
        do {
          try changed.add(tag: tag)
        } catch {
          throw ValidationError(error.description)
        }
      }
      if changed != labels { try folder.keep(changed) }
    }
  }

  private static func words(_ tags: [String]) -> String {
    tags.isEmpty ? says("none", "无") : tags.joined(separator: says(", ", "、"))
  }
}

/// `fmnist-tui runs note`: what a person writes on a session.
struct RunsNoteCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "note", abstract: says("Write a note on a session, or show it.", "给会话写备注，或显示备注。"),
      discussion: says("An empty text takes the note away.", "空的文字去掉备注。"))
  }

  @Argument(
    help: ArgumentHelp("The session: a name, a path with a slash, or 'latest'.", "会话：名称、带斜杠的路径，或 'latest'。"))
  var name: String

  @Argument(help: ArgumentHelp("The note. (default: the one that is there is shown)", "备注。（默认：显示已有的备注）"))
  var text: String?

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: [name]) }

  mutating func run() throws {
    let folder = try directory.folder(name)
    var labels = try folder.labels()
    guard let text else {
      let encoding = TerminalTraits(environment: Environment.variables).encoding
      return try StandardStream.output.write(lines: labels.note.isEmpty ? [] : [encoding.encode(labels.note)])
    }
    do {
      try labels.write(note: text)
    } catch {
      throw ValidationError(error.description)
    }
    try folder.keep(labels)
  }
}
