import ArgumentParser
import Dashboard
import Messages
import Platform
import Reports
import TerminalUI

/// `fmnist-tui lesson`: a prepared session with what to watch, a question, and what was measured.
struct LessonCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "lesson",
      abstract: says(
        "Begin a lesson: a prepared session, what to watch, a question and its answer.",
        "开始一课：准备好的会话、要看什么、一个问题和它的答案。"),
      discussion: says(
        """
        Without a name it lists the lessons. They are page 6 of the dashboard, where enter begins the next one. In a \
        pipe or with --no-tui the same texts stand around the report. Options of training change what is prepared.

        EXAMPLES:
          fmnist-tui lesson vanishing-gradients
          fmnist-tui lesson label-smoothing --replicates 5
          fmnist-tui lesson activations
        """,
        """
        不带名称时列出所有课程。它们在仪表板第 6 页，在那里按回车开始下一课。在管道中或用 --no-tui 时，同样的文字写在报告前后。训练的选项可改变准备好的设置。

        示例：
          fmnist-tui lesson vanishing-gradients
          fmnist-tui lesson label-smoothing --replicates 5
          fmnist-tui lesson activations
        """))
  }

  @Argument(
    help: ArgumentHelp(
      "\(Lesson.all.map(\.name).joined(separator: ", ")).",
      "\(Lesson.all.map(\.name).joined(separator: "、"))。"))
  var name: String?

  @OptionGroup var training: TrainCommand

  mutating func validate() throws {
    guard let name else {
      try refuseOptions(says("without a name the lessons are listed", "不写名称时列出各课"))
      return
    }
    guard let lesson = Lesson(name: name) else {
      throw ValidationError(
        says(
          "lesson \(name): no lesson is called that. Give one of \(Lesson.all.map(\.name).joined(separator: ", ")).",
          "lesson \(name)：没有这一课。请用 \(Lesson.all.map(\.name).joined(separator: "、")) 之一。")
      )
    }
    guard !training.presets.areNamed, training.saving.resume == nil, !training.demonstration.isWanted
    else {
      throw ValidationError(
        says(
          "a lesson begins the session that it has prepared: leave out --preset, --config, --resume and --demo.",
          "课程自己准备会话：请去掉 --preset、--config、--resume 和 --demo。")
      )
    }
    guard let preset = lesson.preset else {
      try refuseOptions(says("lesson \(name) trains nothing", "lesson \(name) 不训练"))
      return
    }
    training.presets.preset = preset
    try training.validate()
  }

  /// Refuses what is said of a session where there is none.
  private func refuseOptions(_ reason: String) throws {
    guard !training.isUntouched || training.output.format != .text || training.demonstration.isWanted else {
      return
    }
    throw ValidationError(
      says(
        "\(reason), and options of training have no effect. Leave them out.",
        "\(reason)，训练的选项没有作用。请去掉它们。"))
  }

  mutating func run() throws {
    var traits = TerminalTraits(environment: Environment.variables)
    if training.output.ascii { traits.encoding = .ascii }
    let output = StandardStream.output
    guard let name, let lesson = Lesson(name: name) else {
      let rows = Lesson.all.map { ["fmnist-tui lesson \($0.name)", $0.title] }
      return try output.write(lines: TextTable(rows: rows, flushLeft: 2).lines.map(traits.encoding.encode))
    }
    guard let demonstration = lesson.demonstration else { return try training.run(lesson: lesson) }
    func write(_ paragraphs: [String]) throws(WriteError) {
      try output.write(lines: paragraphs.flatMap { TextWrap.lines(traits.encoding.encode($0), width: 79) })
    }
    try write(lesson.beginning + [""])
    try DemoCommand.show(demonstration, traits: traits)
    try write([""] + lesson.end([]))
  }
}
