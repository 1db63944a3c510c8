#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A language that the program speaks.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case chinese = "zh"

  /// The one of the messages that are made now.
  public static var current: Language { scoped ?? ofProcess }

  /// The one of a part of the process, for instance of a test.
  @TaskLocal public static var scoped: Language?

  /// The one that the process was started with: of `--lang`, or else of the locale for messages; English where characters
  /// are not UTF-8.
  private static let ofProcess: Language = {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let asked = try? takeOption(from: &arguments)
    guard LocaleCharacters.areUTF8 else { return .english }
    return asked ?? Language(locale: { name in getenv(name).map { String(cString: $0) } })
  }()

  /// The language of the first variable that says something of messages; English where it is one that the program
  /// does not speak, or whose characters are not UTF-8, and on Linux's console, whose fonts have no Chinese characters.
  ///
  /// Source: POSIX.1-2017, 8.2 Internationalization Variables.
  public init(locale variable: (String) -> String?) {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap(variable)
    let name = names.first { !$0.isEmpty } ?? ""
    let parts = name.lowercased().split(separator: ".", maxSplits: 1)
    // A byte-oriented encoding of Chinese would have to be told apart by every text; UTF-8 is what people use.
    let isUTF8 = parts.count == 2 && parts[1].hasPrefix("utf") && parts[1].contains("8")
    self = isUTF8 && parts[0].hasPrefix("zh") && variable("TERM") != "linux" ? .chinese : .english
  }

  /// What is wrong with `--lang`.
  public struct OptionError: Error, Equatable {
    /// What stands behind the option, if anything does.
    public let value: String?

    /// What is wrong and what to do, in every language that can be shown: which one is wanted is not known.
    public var message: String {
      let languages = LocaleCharacters.areUTF8 ? Language.allCases : [.english]
      return languages.map { Language.$scoped.withValue($0) { sentence } }.joined(separator: " ")
    }

    private var sentence: String {
      let choices = Language.allCases.map(\.rawValue)
      let (english, chinese) = (choices.joined(separator: ", "), choices.joined(separator: "、"))
      guard let value else { return says("--lang: give one of \(english).", "--lang：请给出 \(chinese) 之一。") }
      return says("--lang \(value): the languages are \(english).", "--lang \(value)：可用的语言是 \(chinese)。")
    }
  }

  /// Takes every `--lang LANGUAGE` out of the arguments before `--` and returns the language of the last one.
  ///
  /// A locale's name such as `zh_CN.UTF-8` is understood too.
  public static func takeOption(from arguments: inout [String]) throws(OptionError) -> Language? {
    var (kept, language) = ([String](), Language?.none)
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        kept += [argument] + rest
        break
      }
      guard argument == "--lang" || argument.hasPrefix("--lang=") else {
        kept.append(argument)
        continue
      }
      let value = argument == "--lang" ? rest.popFirst() : String(argument.dropFirst("--lang=".count))
      let name = value?.lowercased().prefix { $0.isLetter }
      guard let known = name.flatMap({ Language(rawValue: String($0)) }) else {
        throw OptionError(value: value)
      }
      language = known
    }
    arguments = kept
    return language
  }
}
