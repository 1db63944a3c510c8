import ArgumentParser
import Datasets
import Messages
import Platform
import Sessions

/// The program: its subcommands, and the one place where errors become messages and exit statuses.
@main
struct Program: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "fmnist-tui",
      abstract: says(
        "Train networks on \(DatasetDescription.names), with and without dropout side by side.",
        "在 \(DatasetDescription.names)上训练网络，用与不用暂退法并排比较。"),
      discussion: says(
        """
        Without a subcommand it trains: 'fmnist-tui --epochs 2' is short for 'fmnist-tui train --epochs 2'. \
        'fmnist-tui train --help' lists every option.

        EXAMPLES:
          fmnist-tui                             the default experiment
          fmnist-tui --epochs 2                  the same, shorter
          fmnist-tui --versus weight-decay=1e-4  dropout with and without weight decay
          fmnist-tui sweep --dropout 0,0.2,0.5   a map over settings
          fmnist-tui runs                        what was trained before
          fmnist-tui open logs/                  charts of what other programs log
          fmnist-tui lesson polynomial           a prepared session with a question
          fmnist-tui demo dropout-layer          dropout explained with numbers
          fmnist-tui explain weight decay        what a word means
          fmnist-tui predict --image 0           what it says of a test image, and how surely
          fmnist-tui --network resnet8           a convolutional network
          fmnist-tui network resnet8             its layers, and what they cost
          fmnist-tui data info                   which data is used
          fmnist-tui doctor                      what the program finds on this machine

        EXIT STATUS:
        \(ProgramStatus.helpText)
        """,
        """
        不带子命令时训练：'fmnist-tui --epochs 2' 是 'fmnist-tui train --epochs 2' 的简写。'fmnist-tui train --help' 列出所有选项。

        示例：
          fmnist-tui                             默认的实验
          fmnist-tui --epochs 2                  同样的，更短
          fmnist-tui --versus weight-decay=1e-4  暂退法，有和没有权重衰减
          fmnist-tui sweep --dropout 0,0.2,0.5   设置的地图
          fmnist-tui runs                        以前训练过什么
          fmnist-tui open logs/                  其他程序所记录的曲线
          fmnist-tui lesson polynomial           准备好的会话和一个问题
          fmnist-tui demo dropout-layer          用数讲解暂退法
          fmnist-tui explain weight decay        一个词是什么意思
          fmnist-tui predict --image 0           网络认为测试图像是什么，有多确信
          fmnist-tui --network resnet8           卷积网络
          fmnist-tui network resnet8             它的各层，以及代价
          fmnist-tui data info                   用的是哪些数据
          fmnist-tui doctor                      程序在这台机器上找到了什么

        退出状态：
        \(ProgramStatus.helpText)
        """),
      version: ProgramVersion.withCommit,
      subcommands: [
        TrainCommand.self, SweepCommand.self, RunsCommand.self, OpenCommand.self, PredictCommand.self,
        LessonCommand.self, DemoCommand.self, ExplainCommand.self, ReplayCommand.self, ExportCommand.self,
        NetworkCommand.self, DataCommand.self, DoctorCommand.self,
      ],
      defaultSubcommand: TrainCommand.self)
  }

  @OptionGroup var language: LanguageOption

  static func main() {
    StandardStream.prepare()
    StackRoom.run { Program.exit(withError: ExitCode(Program.run(Environment.arguments))) }
  }

  /// Carries out a command line and returns the exit status.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      let arguments = try withoutLanguage(arguments)
      try refuseEmpty(arguments)
      var command = try parseAsRoot(arguments)
      do {
        try ProcessRoom.demand()
        try command.run()
      } catch let error as ValidationError {
        // The options were understood; how they are written is not what is wrong.
        throw Failure(status: .usage, message: error.message)
      }
      return ProgramStatus.success.rawValue
    } catch {
      return report(error, arguments)
    }
  }

  /// Refuses an empty text where something is named: as a path it would be another one, `runs/` for a session within `runs`.
  private static func refuseEmpty(_ arguments: [String]) throws(Failure) {
    guard let place = arguments.firstIndex(of: ""), !mayBeEmpty(place, in: arguments) else { return }
    let before = arguments[..<place].last ?? ""
    throw Failure(
      status: .usage,
      message: says(
        "\(before) '': an empty text names nothing, perhaps a variable of a script that was not set. Give a value, or leave "
          + "it out.",
        "\(before) ''：空的文字什么也没有指明，也许是脚本中没有设置的变量。请给出值，或去掉它。"))
  }

  /// A note that is taken away, and a filter that everything passes.
  private static func mayBeEmpty(_ place: Int, in arguments: [String]) -> Bool {
    arguments.starts(with: ["runs", "note"]) && place > 2 || arguments[..<place].last == "--filter"
  }

  /// The arguments without `--lang`, which is obeyed from the first message on.
  private static func withoutLanguage(_ arguments: [String]) throws(Failure) -> [String] {
    var kept = arguments
    let language: Language?
    do {
      language = try Language.takeOption(from: &kept)
    } catch {
      throw Failure(status: .usage, message: error.message)
    }
    guard language != .chinese || TextLocale.isUTF8 else {
      throw Failure(
        status: .usage,
        message: "--lang zh: the locale's characters are not UTF-8. Set LC_ALL to one whose are, as C.UTF-8.")
    }
    return kept
  }

  /// Help and versions, which the parser throws too, go to standard output; all else to standard error.
  private static func report(_ error: any Error, _ arguments: [String]) -> Int32 {
    if let failure = Failure(known: error) {
      if let message = failure.message {
        try? StandardStream.error.write(lines: [says("Error: \(message)", "错误：\(message)")])
      }
      return failure.status.rawValue
    }
    let code = exitCode(for: error)
    let message = ParserText.full(of: error)
    guard code.isSuccess else {
      // The parser's messages have several lines, and in them the arguments.
      let hostile = arguments.flatMap { [$0] + $0.split(separator: "=", maxSplits: 1).map(String.init) }
        .filter { $0 != $0.printable }
      let message = hostile.reduce(message) { $0.replacing($1, with: $1.printable) }
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(\.shortened)
      if !message.isEmpty { try? StandardStream.error.write(lines: lines) }
      return code.rawValue
    }
    do {
      try StandardStream.output.write(verbatim: message + "\n")
      return code.rawValue
    } catch {
      return report(Failure(error), arguments)
    }
  }
}
