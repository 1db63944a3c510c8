internal import Messages
internal import TerminalUI

/// A question that waits for an answer: while it does, every key is an answer to it.
struct Question<Owner>: Hashable, Sendable {
  /// What is asked, without a question mark.
  let prompt: String
  /// The keys that answer it.
  let keys: String
  /// What is typed; `nil` if the answer is yes or no.
  private var editor: LineEditor?
  /// The characters that can be typed, or `nil` for all.
  private let characters: Set<Character>?
  /// The longest text.
  private let limit: Int
  /// What the word before the cursor can become.
  private let completions: @Sendable (String) -> [String]
  /// What it can become, if that is more than one thing and was asked for.
  private var choices: [String] = []
  /// Earlier answers, the latest at the end.
  fileprivate var history: [String] = []
  /// The earlier answer that is shown, and what was typed before.
  private var recalled: (place: Int, typed: String)?
  /// Does what a yes, or the text, asks for.
  let accept: @Sendable (inout Owner, String) -> Void

  /// A question that `y` says yes to; every other key leaves all as it is.
  init(prompt: String, keys: String, accept: @escaping @Sendable (inout Owner) -> Void) {
    (self.prompt, self.keys) = (prompt, keys)
    (characters, limit, completions) = (nil, 0, { _ in [] })
    self.accept = { owner, _ in accept(&owner) }
  }

  /// A question for a text, which begins as `text`.
  init(
    prompt: String, keys: String, text: String, characters: Set<Character>? = nil, limit: Int = 200,
    completions: @escaping @Sendable (String) -> [String] = { _ in [] },
    accept: @escaping @Sendable (inout Owner, String) -> Void
  ) {
    (self.prompt, self.keys, self.characters, self.limit) = (prompt, keys, characters, limit)
    (self.completions, self.accept) = (completions, accept)
    editor = LineEditor(text)
  }

  /// What has been typed; `nil` if the answer is yes or no.
  var text: String? { editor?.text }

  /// The question as it is shown.
  var line: QuestionLine {
    guard let editor else { return QuestionLine(prompt: prompt + says("?", "？"), keys: keys) }
    return QuestionLine(
      prompt: prompt + says(": ", "："), editor: editor,
      keys: choices.isEmpty ? keys : choices.joined(separator: " "))
  }

  static func == (first: Question, second: Question) -> Bool { first.line == second.line }

  func hash(into hasher: inout Hasher) { hasher.combine(line) }

  /// Changes the text by a key.
  fileprivate mutating func edit(with key: Key) {
    choices = []
    switch key {
    case .up: recall(-1)
    case .down: recall(1)
    case .tab: complete()
    default:
      let (allowed, limit) = (characters, limit)
      editor?.edit(key, limit: limit) { allowed?.contains($0) != false }
    }
  }

  private mutating func recall(_ direction: Int) {
    let typed = recalled?.typed ?? text ?? ""
    let place = (recalled?.place ?? history.count) + direction
    guard (0...history.count).contains(place), !history.isEmpty else { return }
    recalled = place == history.count ? nil : (place, typed)
    editor = LineEditor(place == history.count ? typed : history[place])
  }

  private mutating func complete() {
    guard let word = editor?.word else { return }
    let limit = limit
    let found = completions(word)
    guard let first = found.first else { return }
    let common = found.dropFirst().reduce(first) { common, next in
      String(zip(common, next).prefix { $0 == $1 }.map(\.0))
    }
    editor?.replaceWord(with: common, limit: limit)
    if found.count > 1 { choices = found }
  }
}

/// A question as it is drawn: what is asked, what has been typed, and the keys.
struct QuestionLine: Hashable, Sendable {
  var prompt: String
  var editor: LineEditor?
  var keys: String

  /// All of it as one text, with a mark at the cursor.
  var text: String {
    guard let editor else { return "\(prompt)   \(keys)" }
    var typed = editor.characters
    typed.insert("_", at: editor.cursor)
    return prompt + String(typed) + "   " + keys
  }

  /// Draws it on a line; of a text that is too long that part which the cursor is in.
  func draw(on surface: inout Surface, in area: Rect, glyphs: GlyphSet) {
    let style = Style(foreground: .accent, isBold: true)
    var x = surface.write(glyphs.plain(prompt), x: area.x + 1, y: area.y, style: style, limit: area.maxX)
    if let editor {
      let characters = editor.characters + [" "]
      // The part that ends with the cursor, as long as there is room.
      var (first, room) = (editor.cursor, area.maxX - x - 1 - characters[editor.cursor].cellWidth)
      while first > 0, characters[first - 1].cellWidth <= room {
        first -= 1
        room -= characters[first].cellWidth
      }
      for (place, character) in characters.enumerated().dropFirst(first) {
        guard x + character.cellWidth < area.maxX else { break }
        let isCursor = place == editor.cursor
        let shown = isCursor && place == editor.characters.count ? "_" : glyphs.plain(String(character))
        var style = style
        style.isReversed = isCursor && shown != "_"
        x = surface.write(shown, x: x, y: area.y, style: style, limit: area.maxX)
      }
      x -= editor.cursor == editor.characters.count ? 0 : 1
    }
    surface.write("   " + glyphs.plain(keys), x: x, y: area.y, style: style, limit: area.maxX)
  }
}

/// What asks questions.
protocol Asking {
  /// What is being asked.
  var question: Question<Self>? { get set }
  /// What was answered before, by what was asked.
  var answers: [String: [String]] { get set }
}

extension Asking {
  /// Asks, with the earlier answers at hand.
  mutating func ask(_ question: Question<Self>) {
    var question = question
    question.history = answers[question.prompt] ?? []
    self.question = question
  }

  /// Answers what is being asked with a key.
  ///
  /// A question for yes or no is over with the first key: only `y` does something.
  mutating func answer(_ question: Question<Self>, with key: Key) {
    switch (key, question.text) {
    case (.reply, _), (.resize, _), (.click, _), (.wheelUp, _), (.wheelDown, _), (.paste, nil): break
    case (.escape, _): self.question = nil
    case (_, nil):
      self.question = nil
      if key == "y" { question.accept(&self, "") }
    case (.enter, let text?):
      self.question = nil
      if !text.isEmpty, answers[question.prompt]?.last != text {
        answers[question.prompt, default: []].append(text)
      }
      question.accept(&self, text)
    case (_, .some):
      var edited = question
      edited.edit(with: key)
      self.question = edited
    }
  }
}
