extension String {
  /// The words of two Latin letters or more that are none of some: what a Chinese text has that nobody translated.
  package func latinWords(but known: Set<String> = []) -> [String] {
    matches(of: #/[A-Za-z][A-Za-z'-]*[A-Za-z]/#).map { String($0.output) }.filter { !known.contains($0) }
  }

  /// Whether there are Chinese characters in it.
  package var hasChinese: Bool { unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }

  /// Whether its punctuation is that of Chinese: no blank beside full-width marks or between Chinese characters.
  package var hasChinesePunctuation: Bool {
    !contains(#/[，。：；（）？] | [，。：；（）？]|\p{Han} \p{Han}|。。|\p{Han}[.;?!](?: |$)/#)
  }
}
