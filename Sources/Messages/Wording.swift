/// A text in every language of the program: neither can be forgotten, and both have the same values in them.
public struct Wording: Hashable, Sendable {
  /// In English, in British spelling.
  public let english: String
  /// In Simplified Chinese, with the terms of the Chinese edition of Dive into Deep Learning.
  public let chinese: String

  /// Keeps both, for what is made once and told in either.
  public init(_ english: String, _ chinese: String) {
    (self.english, self.chinese) = (english, chinese)
  }

  /// In the language that the program speaks now.
  public var text: String { says(english, chinese) }
}

/// A text for people in the language that the program speaks now.
///
/// Whatever is kept for longer than a picture or a command is a `Wording`, or a closure. What programs read, names of
/// settings, figures and states in files among it, is the same in all languages.
public func says(_ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String) -> String {
  switch Language.current {
  case .english: english()
  case .chinese: chinese()
  }
}
