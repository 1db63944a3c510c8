import ArgumentParser
import Messages

/// `--lang`, which the help of every command, the manual and completions name.
///
/// It holds for all commands and is taken out of the arguments before they are read: what is wrong with them is told in it.
struct LanguageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Speak this language: en or zh. (default: that of LC_ALL, LC_MESSAGES or LANG)",
      "使用这种语言：en 或 zh。（默认：LC_ALL、LC_MESSAGES 或 LANG 的语言）",
      valueName: "language"),
    completion: .list(Language.allCases.map(\.rawValue)))
  var lang: String?
}
