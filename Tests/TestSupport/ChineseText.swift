package import Testing

/// What a text in Chinese must be, whoever reads it.
package enum ChineseText {
  /// The words of a sentence that was left in English: three or more Latin words in a row, which are neither a
  /// command, a path nor anything else that a person types or a program reads.
  package static func englishWords(in text: String) -> String? {
    // What stands between marks, and what has a sign that no word of a sentence has, is typed or read as it is.
    let kept = text.replacing(#/'[^'\n]*'/#, with: "¦").replacing(#/"[^"\n]*"/#, with: "¦")
      .replacing(#/\S*[\/\\_=@<>\[\]0-9]\S*/#, with: "¦").replacing(#/--?[a-z][a-z-]*/#, with: "¦")
    return kept.firstMatch(of: #/[A-Za-z]+(?:,? [a-z]{2,}){2,}/#).map { String($0.output) }
  }

  /// Expects that a text is Chinese, and names these.
  package static func expect(
    _ text: String, names values: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      text.hasChinese, "\(text)",
      sourceLocation: sourceLocation)
    #expect(englishWords(in: text) == nil, "\(text)", sourceLocation: sourceLocation)
    for value in values { #expect(text.contains(value), "\(text)", sourceLocation: sourceLocation) }
    // Punctuation of both languages side by side is a text that was put together of both.
    for mark in ["。.", ".。", "，,", "：:", "。。", "：。"] {
      #expect(!text.contains(mark), "\(text)", sourceLocation: sourceLocation)
    }
  }
}
