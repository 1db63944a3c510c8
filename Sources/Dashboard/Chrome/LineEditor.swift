internal import TerminalUI

/// A line of text that is typed: its characters and the place where the next one goes.
struct LineEditor: Hashable, Sendable {
  private(set) var characters: [Character]
  /// Characters before the cursor.
  private(set) var cursor: Int

  init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  var text: String { String(characters) }

  /// The word that the cursor is in or behind, as far as the cursor.
  var word: String { String(characters[wordStart..<cursor]) }

  private var wordStart: Int { characters[..<cursor].lastIndex(of: " ").map { $0 + 1 } ?? 0 }

  /// Answers a key: moves, deletes or types what `isAllowed`, as long as there are at most `limit` characters.
  mutating func edit(_ key: Key, limit: Int, isAllowed: (Character) -> Bool) {
    switch key {
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace: remove(from: max(0, cursor - 1))
    case .delete: if cursor < characters.count { characters.remove(at: cursor) }
    case .control("u"): remove(from: 0)
    case .control("k"): characters.removeSubrange(cursor...)
    case .control("w"):
      let end = characters[..<cursor].lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
      remove(from: characters[..<end].lastIndex(of: " ").map { $0 + 1 } ?? 0)
    case .character(let character): insert([character].filter(isAllowed), limit: limit)
    case .paste(let text): insert(text.filter(isAllowed), limit: limit)
    default: break
    }
  }

  /// Puts `text` in the place of the word up to the cursor.
  mutating func replaceWord(with text: String, limit: Int) {
    remove(from: wordStart)
    insert(Array(text), limit: limit)
  }

  private mutating func insert(_ new: some Collection<Character>, limit: Int) {
    let new = new.prefix(max(0, limit - characters.count))
    characters.insert(contentsOf: new, at: cursor)
    cursor += new.count
  }

  private mutating func remove(from start: Int) {
    characters.removeSubrange(start..<cursor)
    cursor = start
  }
}
