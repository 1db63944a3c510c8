internal import TerminalUI

/// A question that waits for an answer: while it does, every key is an answer to it.
struct Question<Owner>: Hashable, Sendable {
  /// What is asked, without a question mark.
  let prompt: String
  /// The keys that answer it.
  let keys: String
  /// What has been typed; `nil` if the answer is yes or no.
  var text: String?
  /// The characters that can be typed, or `nil` for all.
  var characters: Set<Character>?
  /// The longest text.
  var limit = 60
  /// Does what a yes, or the text, asks for.
  let accept: @Sendable (inout Owner, String) -> Void

  /// The question and its keys.
  var line: String { text.map { "\(prompt): \($0)_   \(keys)" } ?? "\(prompt)?   \(keys)" }

  static func == (first: Question, second: Question) -> Bool { first.line == second.line }

  func hash(into hasher: inout Hasher) { hasher.combine(line) }

  /// The text after a key: a further character, one less, or none at all.
  fileprivate func edited(_ text: String, with key: Key) -> String {
    switch key {
    case .backspace: String(text.dropLast())
    case .control("u"): ""
    case .character(let character) where text.count < limit && characters?.contains(character) != false:
      text + String(character)
    default: text
    }
  }
}

/// What asks questions.
protocol Asking {
  /// What is being asked.
  var question: Question<Self>? { get set }
}

extension Asking {
  /// Answers what is being asked with a key.
  mutating func answer(_ question: Question<Self>, with key: Key) {
    switch (key, question.text) {
    case (.escape, _), (.character("n"), nil): self.question = nil
    case (.character("y"), nil):
      self.question = nil
      question.accept(&self, "")
    case (.enter, let text?):
      self.question = nil
      question.accept(&self, text)
    case (_, let text?): self.question?.text = question.edited(text, with: key)
    case (_, nil): break
    }
  }
}
