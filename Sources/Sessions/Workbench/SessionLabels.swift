import Experiment
import Messages
internal import Platform

/// What a person wrote on a session: the contents of `labels.json`, which nothing but the lists of sessions reads.
package struct SessionLabels: Hashable, Sendable {
  /// The format that this version of the program writes and reads.
  package static let format = 1
  /// The longest note, in characters.
  package static let longestNote = 1000
  /// The most tags, and the longest one, in characters.
  package static let mostTags = 32
  package static let longestTag = 40

  /// A sentence or more; empty for none.
  package private(set) var note = ""
  /// Words by which sessions are found, each once.
  package private(set) var tags: [String] = []

  /// Nothing written.
  package init() {}

  /// Takes `note` in place of the one before; what is no text becomes a space.
  ///
  /// - Throws: `LabelError` if it is too long.
  package mutating func write(note: String) throws(LabelError) {
    let note = String(note.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    guard note.count <= Self.longestNote else {
      throw LabelError(
        given: says("a note of \(note.count) characters", "\(note.count) 个字符的备注"),
        problem: says("a note has at most \(Self.longestNote)", "备注至多 \(Self.longestNote) 个字符"),
        remedy: says("Write less, or keep the text in a file of your own", "请写短些，或把文字存进自己的文件"))
    }
    self.note = note
  }

  /// Adds a tag, unless it is there.
  ///
  /// - Throws: `LabelError` if it cannot be one, or there are too many.
  package mutating func add(tag: String) throws(LabelError) {
    guard Self.isTag(tag) else {
      throw LabelError(
        given: says("the tag '\(tag)'", "标记 '\(tag)'"),
        problem: says(
          "a tag is a word of up to \(Self.longestTag) characters without commas",
          "标记是至多 \(Self.longestTag) 个字符、不含逗号的一个词"),
        remedy: says("Give for example baseline", "例如 baseline"))
    }
    guard !tags.contains(tag) else { return }
    guard tags.count < Self.mostTags else {
      throw LabelError(
        given: says("the tag '\(tag)'", "标记 '\(tag)'"),
        problem: says("a session has at most \(Self.mostTags) tags", "一个会话至多有 \(Self.mostTags) 个标记"),
        remedy: says("Take one away first", "请先去掉一个"))
    }
    tags.append(tag)
  }

  /// Takes a tag away; whether it was there.
  @discardableResult
  package mutating func remove(tag: String) -> Bool {
    let count = tags.count
    tags.removeAll { $0 == tag }
    return tags.count < count
  }

  private static func isTag(_ text: String) -> Bool {
    (1...longestTag).contains(text.count) && !text.contains { $0.isWhitespace || $0 == "," }
      && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}

/// Words that cannot be written on a session.
package struct LabelError: Error, Hashable, CustomStringConvertible {
  let given: String
  let problem: String
  let remedy: String

  /// What is wrong, and what to do.
  package var description: String {
    says("\(given): \(problem). \(remedy).", "\(given)：\(problem)。\(remedy)。")
  }
}

extension SessionLabels: FormattedRecord {
  var json: JSONObject {
    var object = Self.formatted
    object.add("note", note)
    object.add("tags", tags)
    return object
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    do {
      try write(note: fields.decode(String.self, forKey: "note"))
    } catch let error as LabelError {
      throw fields.fault("note", error.problem)
    }
    do {
      for tag in try fields.decode([String].self, forKey: "tags") { try add(tag: tag) }
    } catch let error as LabelError {
      throw fields.fault("tags", error.problem)
    }
  }
}

extension RunFolder {
  /// The file of what a person wrote on the session.
  package var labelsFile: String { path + "/labels.json" }

  /// What a person wrote on the session; nothing if there is no such file.
  ///
  /// - Throws: `RunLogError` if the file is damaged or cannot be read.
  package func labels() throws(RunLogError) -> SessionLabels {
    do {
      return try JSONText.read(SessionLabels.self, path: labelsFile)
    } catch {
      guard error.kind == .missing else { throw error }
      return SessionLabels()
    }
  }

  /// Keeps what a person wrote on the session.
  ///
  /// - Throws: `RunLogError` if the file cannot be written.
  package func keep(_ labels: SessionLabels) throws(RunLogError) { try labels.write(to: labelsFile) }
}
