public import Messages

/// A word of the field or of the program, and what it means.
public struct Term: Hashable, Sendable {
  /// The word.
  public let words: Wording
  /// Other words that lead to it, in English: those with the same meaning, and the keys and titles of settings and figures.
  public let englishAlso: [String]
  /// Others in Chinese.
  public let chineseAlso: [String]
  private let meanings: Wording

  init(
    _ word: String, also: [String] = [], _ meaning: String, _ chinese: String,
    alsoChinese chineseAlso: [String] = [],
    _ chineseMeaning: String
  ) {
    (words, meanings) = (Wording(word, chinese), Wording(meaning, chineseMeaning))
    (englishAlso, self.chineseAlso) = (also, chineseAlso)
  }

  /// The word; in Chinese with the English one behind it, by which books and options know it.
  public var word: String {
    says(words.english, words.chinese == words.english ? words.chinese : wordInBoth)
  }
  fileprivate var wordInBoth: String { "\(words.chinese) (\(words.english))" }
  /// Other words that lead to it in the language of the program.
  public var also: [String] { Language.current == .english ? englishAlso : chineseAlso }
  /// What it means, with its formula or unit, and where it is met here: two lines of 75 columns at most.
  public var meaning: String { meanings.text }
}

/// The words that are explained.
public enum Glossary {
  /// All of them, by the alphabet of the English words.
  public static let terms: [Term] =
    (Term.ofNetworks + Term.ofTraining + Term.ofGeneralisation + Term.ofResults)
    .sorted { spelling($0.words.english) < spelling($1.words.english) }

  /// The term that a word or an option leads to, however it is joined: `weight decay`, `--weight-decay`, `weight_decay`.
  public static func term(_ word: String) -> Term? { byWord[spelling(word)] }

  /// The terms in which a text occurs, those that have it in one of their words first; an empty one is in all.
  public static func terms(containing text: String) -> [Term] {
    let text = spelling(text)
    guard !text.isEmpty else { return terms }
    let (named, others) = (
      terms.filter { term in words(of: term).contains { $0.contains(text) } },
      terms.filter { spelling($0.meaning).contains(text) || $0.meaning.lowercased().contains(text) }
    )
    return named + others.filter { !named.contains($0) }
  }

  /// The words that are spelt most like one that leads nowhere, the most similar one first.
  public static func nearest(to word: String, count: Int = 3) -> [String] {
    let spelt = spelling(word)
    let parts = terms(containing: word).prefix(count).map(\.word)
    let distances = terms.map { term in
      (term.word, words(of: term).map { distance(Array($0), Array(spelt)) }.min() ?? .max)
    }
    let similar = distances.filter { $0.1 <= max(1, spelt.count / 3) }.sorted { $0.1 < $1.1 }.map(\.0)
    return (similar + parts).reduce(into: []) { if !$0.contains($1), $0.count < count { $0.append($1) } }
  }

  private static let byWord = Dictionary(
    terms.flatMap { term in words(of: term).map { ($0, term) } }, uniquingKeysWith: { first, _ in first })

  static func words(of term: Term) -> [String] {
    ([term.words.english] + term.englishAlso + [term.words.chinese] + term.chineseAlso + [term.wordInBoth])
      .map(spelling)
  }

  /// A word without capitals, and with blanks between its parts; in Chinese, where people put blanks or none, with none.
  static func spelling(_ word: String) -> String {
    let isChinese = word.unicodeScalars.contains(where: \.properties.isIdeographic)
    return word.lowercased().split { " -_".contains($0) }.joined(separator: isChinese ? "" : " ")
  }

  /// Letters to insert, remove or replace until one word is the other.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
