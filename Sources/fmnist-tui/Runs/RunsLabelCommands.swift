import ArgumentParser
import Platform
import Sessions
import TerminalUI

/// `fmnist-tui runs tag`: words by which sessions are found.
struct RunsTagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Add a tag to sessions, or take it away.",
    discussion: "'runs list --filter tag=baseline' lists those that have it.")

  @Argument(help: "The tag: a word.")
  var tag: String

  @Argument(help: "The sessions: names, paths with a slash, or 'latest'.")
  var names: [String]

  @Flag(help: "Take the tag away.")
  var remove = false

  @OptionGroup var directory: RunsDirectoryOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    // All are read before anything is written.
    let labelled = try directory.folders(names).map { folder in (folder: folder, labels: try folder.labels())
    }
    for (folder, labels) in labelled {
      var changed = labels
      if remove {
        guard changed.remove(tag: tag) else {
          throw ValidationError("\(folder.name): it has no tag '\(tag)'. It has \(Self.words(labels.tags)).")
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
    tags.isEmpty ? "none" : tags.joined(separator: ", ")
  }
}

/// `fmnist-tui runs note`: what a person writes on a session.
struct RunsNoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a note on a session, or show it.",
    discussion: "An empty text takes the note away.")

  @Argument(help: "The session: a name, a path with a slash, or 'latest'.")
  var name: String

  @Argument(help: "The note. (default: the one that is there is shown)")
  var text: String?

  @OptionGroup var directory: RunsDirectoryOption

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
