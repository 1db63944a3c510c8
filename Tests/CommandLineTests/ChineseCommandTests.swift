import ArgumentParser
import Messages
import TerminalUI
import TestSupport
import Testing

@testable import fmnist_tui

/// The command line in Chinese: its help, and what it says of faults.
@Suite struct ChineseCommandTests {
  /// Every command with the words that name it.
  private static func commands(
    _ type: any ParsableCommand.Type = Program.self, _ path: [String] = []
  ) -> [(type: any ParsableCommand.Type, path: [String])] {
    [(type, path)]
      + type.configuration.subcommands.flatMap { commands($0, path + [$0.configuration.commandName ?? ""]) }
  }

  private static let paths = commands().map { $0.path.joined(separator: " ") }

  /// The help of every command, in one language and the other: checked for faults of the command line, it takes long in a debug build.
  private static let englishHelp = Result { try helps(in: .english) }
  private static let chineseHelp = Result { try helps(in: .chinese) }

  private static func helps(in language: Language) throws -> [String: String] {
    try Dictionary(uniqueKeysWithValues: paths.map { ($0, try help($0, language)) })
  }

  private static func help(_ path: String, _ language: Language, width: Int = 80) throws -> String {
    let arguments = path.split(separator: " ").map(String.init) + ["--help"]
    return try Language.$scoped.withValue(language) {
      do {
        // Help is a command of its own, whose run ends with its text.
        var command = try Program.parseAsRoot(arguments)
        try command.run()
      } catch {
        return ParserText.full(of: error, width: width)
      }
      throw CleanExit.message("no help")
    }
  }

  /// Three words of English in a row that are nothing to type; names in a list have commas between them.
  private static func sentences(in text: String) -> [String] {
    text.split(separator: "\n").flatMap { line in
      var line = String(line)
      // What is in quotes, behind a prompt or a synopsis is typed.
      line.replace(#/'[^']*'/#, with: "")
      line.replace(#/^ *(?:fmnist-tui|python|用法：).*?(?: {2}|$)/#, with: "")
      return line.matches(of: #/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/#).map { String($0.output) }
    }
  }

  /// It was in the help of the whole program only.
  @Test(arguments: paths) func everyHelpTellsHowToChangeTheLanguage(path: String) throws {
    #expect(try Self.englishHelp.get()[path]?.contains("--lang <language>") == true)
    #expect(try Self.chineseHelp.get()[path]?.contains("--lang <language>") == true)
  }

  @Test(arguments: paths) func everyHelpIsChineseAndFits80Cells(path: String) throws {
    let text = try #require(try Self.chineseHelp.get()[path])
    let lines = text.split(separator: "\n").map(String.init)
    #expect(text.hasPrefix("概述：") && lines[0].hasChinese, "\(text)")
    #expect(lines.allSatisfy { $0.cellWidth <= 80 }, "\(lines.filter { $0.cellWidth > 80 })")
    #expect(Self.sentences(in: text).isEmpty, "\(Self.sentences(in: text))\n\(text)")
    for word in [
      "OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "SUBCOMMANDS", "(default", "(values", "Show ", "See '",
    ] {
      #expect(!text.contains(word), "\(word)\n\(text)")
    }
    // The text of an option stands beside it or below it.
    for (index, line) in lines.enumerated() where line.hasPrefix("  -") {
      #expect(line.hasChinese || lines[index + 1].hasChinese, "\(line)")
    }
  }

  @Test(arguments: paths) func everyHelpNamesTheSameOptionsInBothLanguages(path: String) throws {
    func options(_ text: String) -> [String] {
      text.matches(of: #/(?m)^ {2}--?[a-z][-a-z0-9]*(?:, --[-a-z0-9]+)*/#).map { String($0.output) }
    }
    let english = try #require(try Self.englishHelp.get()[path])
    let chinese = try #require(try Self.chineseHelp.get()[path])
    #expect(options(english) == options(chinese))
    #expect(!english.hasChinese)
  }

  @Test func aNarrowTerminalBreaksHelpBetweenCharacters() throws {
    let lines = try Self.help("runs list", .chinese, width: 50).split(separator: "\n")
    let texts = lines.filter { !$0.hasPrefix("用法") }
    #expect(texts.allSatisfy { String($0).cellWidth <= 50 }, "\(lines)")
  }

  /// A fault of each command: what was typed, and what its message has in it.
  private static let faults: [(arguments: String, words: [String])] = [
    ("--epohcs 2", ["没有选项 '--epohcs'", "是想用 '--epochs'"]),
    ("train --zzzzzzzz", ["没有选项 '--zzzzzzzz'"]),
    ("train --epochs", ["'--epochs <", "缺少值"]),
    ("train --epochs x", ["--epochs"]),
    ("train --quiet=yes", ["选项 '--quiet' 不带值", "'yes'"]),
    ("train --format xml", ["'xml' 不是 '--format <format>' 的值", "'text'、'jsonl'"]),
    ("train --threads 0", ["--threads 0：", "1...256"]),
    ("train --replicates 0", ["--replicates 0：", "例如用 5"]),
    ("train --max-drop 200", ["--max-drop 200.0：", "0...100"]),
    ("train --no-compare --versus lr=1", ["--no-compare 和 --versus 互相矛盾"]),
    ("train --fail-under 5", ["--fail-under 5.0："]),
    ("train --exit --no-tui", ["--exit", "--no-tui"]),
    ("train --previous", ["--previous", "--resume"]),
    ("train --demo-speed 2", ["--demo-speed 2.0：", "--demo"]),
    ("train --on slurm", ["--on slurm", "--replicates"]),
    ("sweep --tasks 0 --on slurm", ["--tasks 0："]),
    ("sweep worker", ["缺少参数 '<sweep>'"]),
    ("sweep worker x --shard 9", ["--shard 9："]),
    ("sweep status nosuch", ["nosuch"]),
    ("runs show nosuch", ["runs/nosuch：没有这个运行"]),
    ("runs best --count 0", ["--count 0："]),
    ("runs best --by nosuch", ["'nosuch' 不是 '--by <by>' 的值", "  - test_accuracy"]),
    ("runs export --force x", ["--force："]),
    ("runs rename a", ["缺少参数 '<new-name>'"]),
    ("open", ["缺少参数 '<paths> ...'"]),
    ("open - -", ["-：标准输入"]),
    ("predict --image 0 --mc 0", ["--mc 0："]),
    ("lesson nosuch", ["lesson nosuch：没有这一课", "dropout"]),
    ("demo nosuch", ["'nosuch'", "<name>"]),
    ("explain dropuot", ["explain dropuot：", "是想查 暂退法 (dropout)"]),
    ("replay x --exit", ["--exit"]),
    ("export x", ["--onnx", "--safetensors"]),
    ("network --dataset nosuch mlp", ["--dataset nosuch：没有这个数据集"]),
    ("data show 0 1", ["多余的参数 '1'"]),
    ("data show 0 1 2", ["2 个多余的参数：'1', '2'"]),
    ("data info --image-size 1", ["--image-size 1："]),
    ("doctor --format xml", ["'xml' 不是 '--format <format>' 的值", "'text'、'json'"]),
    ("--generate-completion-script nosuch", ["没有 'nosuch' 的补全脚本"]),
  ]

  @Test(arguments: faults.map(\.arguments)) func faultsAreToldInChinese(arguments: String) throws {
    let words = try #require(Self.faults.first { $0.arguments == arguments }).words
    let arguments = arguments.split(separator: " ").map(String.init)
    let chinese = try Executable.run(["--lang", "zh"] + arguments)
    let english = try Executable.run(["--lang", "en"] + arguments)
    #expect(chinese.status == english.status && chinese.status != 0)
    #expect(chinese.error.hasPrefix("错误：") && english.error.hasPrefix("Error: "), "\(chinese.error)")
    for word in words { #expect(chinese.error.contains(word), "\(word): \(chinese.error)") }
    #expect(!chinese.error.contains("Usage:") && !chinese.error.contains("for more information"))
    #expect(Self.sentences(in: chinese.error).isEmpty, "\(chinese.error)")
    #expect(!english.error.hasChinese, "\(english.error)")
  }

  @Test(arguments: [
    "Show help information.", "(default: 3)", "Unknown option 'x'", "The value 'a' is invalid for 'b'",
  ])
  func whatIsTypedStaysAsItIs(text: String) throws {
    let result = try Executable.run(["--lang", "zh", "train", "--format", text])
    #expect(result.status == 64 && result.error.hasPrefix("错误：'\(text)' 不是 '--format <format>' 的值。"))
    #expect(try Executable.run(["--lang", "zh", "runs", "show", text]).error.contains("runs/\(text)："))
  }

  @Test(arguments: [
    ["--lang", "zh", "runs", "list"], ["runs", "--lang", "zh", "list"], ["runs", "list", "--lang", "zh"],
    ["runs", "list", "--lang=zh_CN.UTF-8"], ["--lang", "en", "runs", "list", "--lang", "zh"],
  ])
  func theLanguageMayStandAnywhere(arguments: [String]) throws {
    let result = try Executable.run(arguments + ["--runs-dir", "none-are-here"])
    #expect(result.status == 0 && result.error.hasPrefix("none-are-here：这里还没有运行"), "\(result.error)")
  }

  @Test(arguments: [
    // A locale that is not there has no characters beyond ASCII, whatever its name says.
    ["LC_ALL": "", "LANG": "zh_XX.UTF-8"], ["LC_ALL": "C", "LANG": "zh_CN.UTF-8"],
    ["LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"], ["LC_ALL": "", "LANG": "zh_CN.GB18030"],
  ])
  func aLocaleThatCannotShowItStaysEnglish(environment: [String: String]) throws {
    let result = try Executable.run(["--help"], environment: environment)
    #expect(result.status == 0 && result.output.hasPrefix("OVERVIEW: ") && !result.output.hasChinese)
  }

  @Test func theLocaleForMessagesIsObeyed() throws {
    let environment = ["LC_ALL": "", "LANG": "C", "LC_CTYPE": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"]
    let result = try Executable.run(["--help"], environment: environment)
    #expect(result.status == 0 && result.output.hasPrefix("概述："))
    #expect(
      try Executable.run(["--lang", "en", "--help"], environment: environment).output.hasPrefix("OVERVIEW: "))
    let refused = try Executable.run(["--lang", "zh", "--help"], environment: ["LC_ALL": "C"])
    #expect(
      refused.status == 64 && refused.error.contains("--lang zh: the locale's characters are not UTF-8"))
  }

  /// Whoever builds a package, and in whatever language.
  @Test(arguments: [
    ["--generate-completion-script", "bash"], ["--generate-completion-script", "zsh"],
    ["--generate-completion-script", "fish"], ["--experimental-dump-help"], ["--version"],
  ])
  func whatOtherProgramsReadIsEnglish(arguments: [String]) throws {
    let chinese = try Executable.run(["--lang", "zh"] + arguments)
    #expect(chinese.status == 0 && !chinese.output.hasChinese)
    #expect(chinese.output == (try Executable.run(arguments)).output)
    #expect(arguments == ["--version"] || chinese.output.contains("lang"))
  }
}
