package import Experiment
internal import Messages
package import TerminalUI

/// Explained words, for the scroll-back and for the dashboard.
package struct GlossaryText {
  private let encoding: TextEncoding

  /// A text in some characters.
  package init(encoding: TextEncoding) { self.encoding = encoding }

  /// The word with those that mean the same, and what it means, each line at most `width` columns wide.
  package func entry(_ term: Term, width: Int) -> (heading: String, meaning: [String]) {
    // Keys of settings and figures are typed where they are looked for; only other words tell something.
    let known = Set(Setting.allCases.map(\.key) + Figure.all.map(\.key))
    let also = term.also.filter { !known.contains($0) && !$0.contains("_") }
    let heading = also.reduce(term.word) { heading, word in
      let longer = heading + (heading == term.word ? says(", also ", "，又称 ") : says(", ", "、")) + word
      return longer.cellWidth <= width ? longer : heading
    }
    return (encoding.encode(heading), TextWrap.lines(encoding.encode(term.meaning), width: width - 2))
  }

  /// All of some terms, for a screen of `width` columns.
  package func lines(_ terms: [Term], width: Int) -> [String] {
    terms.flatMap { term in
      let entry = entry(term, width: width)
      return [entry.heading] + entry.meaning.map { "  " + $0 } + [""]
    }.dropLast()
  }
}
