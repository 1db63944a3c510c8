import ArgumentParser
import Dashboard
import Messages
import Platform
public import Reports
import TerminalUI

/// `fmnist-tui demo`: short explanations that the network's own layers compute.
struct DemoCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "demo",
      abstract: says("Explain a building block of the network with its own numbers.", "用网络自己的数讲解它的一个组成部分。"),
      discussion: says(
        """
        Without a name it lists the demonstrations. They are lessons too: 'fmnist-tui lesson' adds a question, page 6 of the dashboard keys that change them. \
        (The option --demo is something else: it replays a recorded training session.)

        EXAMPLES:
          fmnist-tui demo dropout-layer
          fmnist-tui demo activations
          fmnist-tui demo least-squares
        """,
        """
        不带名称时列出所有演示。它们也是课程：'fmnist-tui lesson' 加上一个问题，仪表板第 6 页加上改变它们的按键。（选项 --demo 是另一回事：它回放一次录制的训练会话。）

        示例：
          fmnist-tui demo dropout-layer
          fmnist-tui demo activations
          fmnist-tui demo least-squares
        """))
  }

  @Argument(
    help: ArgumentHelp(
      "\(Demonstrations.Name.allCases.map(\.rawValue).joined(separator: ", ")).",
      "\(Demonstrations.Name.allCases.map(\.rawValue).joined(separator: "、"))。"))
  var name: Demonstrations.Name?

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    var traits = TerminalTraits(environment: Environment.variables)
    if ascii { traits.encoding = .ascii }
    let output = StandardStream.output
    guard let name else {
      let rows = Demonstrations.Name.allCases.map {
        ["fmnist-tui demo \($0.rawValue)", Lesson($0)?.title ?? ""]
      }
      return try output.write(
        lines: TextTable(rows: rows, flushLeft: 2).lines.map(traits.encoding.encode))
    }
    try Self.show(name, traits: traits)
  }

  /// Draws a demonstration into the scroll-back.
  static func show(_ name: Demonstrations.Name, traits: TerminalTraits) throws(WriteError) {
    let output = StandardStream.output
    let text = DemonstrationText(.computed, width: output.columns, glyphs: traits.glyphs)
    let colors = output.isTerminal ? traits.colors : .none
    for (index, surface) in text.surfaces(name).enumerated() {
      try output.write(lines: (index > 0 ? [""] : []) + surface.lines(colors: colors))
    }
  }
}

extension Lesson.Demonstration: ExpressibleByArgument {}
