/// Which names are meant: words with `*`, `?` and `[…]` as in a shell, or a regular expression behind a slash.
///
/// A word without such signs means every name that has it somewhere; several words mean what any of them does. Small and
/// large letters are the same.
package struct LogPattern: Hashable, Sendable {
  /// The pattern as it was typed; nothing means every name.
  package let text: String

  /// Every name.
  package static let all = LogPattern(unchecked: "")

  private init(unchecked text: String) {
    self.text = text
  }

  /// The pattern of a text; `nil` if it is a regular expression that cannot be one.
  package init?(_ text: String) {
    self.text = text
    guard text.hasPrefix("/") else { return }
    guard (try? Regex(expression)) != nil else { return nil }
  }

  private var expression: String {
    let inside = text.dropFirst()
    return String(inside.count > 1 && inside.hasSuffix("/") ? inside.dropLast() : inside)
  }

  /// The places of those of `names` that are meant.
  package func places(in names: [String]) -> [Int] {
    if text.hasPrefix("/") {
      guard let regex = try? Regex(expression).ignoresCase() else { return Array(names.indices) }
      return names.indices.filter { (try? regex.firstMatch(in: names[$0])) != nil }
    }
    let words = text.lowercased().split(separator: " ").map { Array($0) }
    guard !words.isEmpty else { return Array(names.indices) }
    return names.indices.filter { place in
      let name = Array(names[place].lowercased())
      return words.contains { word in
        Self.matches(word.contains { "*?[".contains($0) } ? word : ["*"] + word + ["*"], name)
      }
    }
  }

  /// Whether a pattern fits a whole name: goes back to the last star only, so that it ends soon with any pattern.
  private static func matches(_ pattern: [Character], _ name: [Character]) -> Bool {
    var (place, letter) = (0, 0)
    var star: (place: Int, letter: Int)?
    while letter < name.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, letter)
        place += 1
      } else if let length = Self.length(of: pattern, at: place, matching: name[letter]) {
        (place, letter) = (place + length, letter + 1)
      } else if let last = star {
        star = (last.place, last.letter + 1)
        (place, letter) = (last.place + 1, last.letter + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }

  /// Characters of the pattern that mean one character of the name, if they mean this one.
  private static func length(of pattern: [Character], at place: Int, matching letter: Character) -> Int? {
    guard place < pattern.count else { return nil }
    if pattern[place] == "?" { return 1 }
    guard pattern[place] == "[", let end = pattern[(place + 1)...].firstIndex(of: "]"), end > place + 1 else {
      return pattern[place] == letter ? 1 : nil
    }
    var set = pattern[place + 1..<end]
    let isNegated = set.first == "!" && set.count > 1
    if isNegated { set = set.dropFirst() }
    var isMember = false
    while let first = set.popFirst() {
      if set.count > 1, set.first == "-" {
        let last = set[set.startIndex + 1]
        isMember = isMember || first <= last && (first...last).contains(letter)
        set = set.dropFirst(2)
      } else {
        isMember = isMember || first == letter
      }
    }
    return isMember != isNegated ? end - place + 1 : nil
  }
}
