import ArgumentParser
import Messages

/// `--lang`, which help, the manual and completions name.
///
/// It holds for all commands and is taken out of the arguments before they are read: what is wrong with them is told in it.
struct LanguageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Speak this language, here or behind any subcommand: en or zh. (default: that of LC_ALL, LC_MESSAGES or LANG)",
      "使用这种语言，可写在这里或任何子命令之后：en 或 zh。（默认：LC_ALL、LC_MESSAGES 或 LANG 的语言）",
      valueName: "language"),
    completion: .list(Language.allCases.map(\.rawValue)))
  var lang: String?
}
