import ArgumentParser
import Experiment
import Messages
import Platform
import Reports
import TerminalUI

/// `fmnist-tui explain`: what the words of the field and of the program mean.
struct ExplainCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explain",
      abstract: says(
        "Explain a word, an option or a figure; without one, all words.", "解释一个词、选项或指标；不带词时解释所有的。"),
      discussion: says(
        """
        The words are those of the dashboard's glossary, key g there.

        EXAMPLES:
          fmnist-tui explain weight decay
          fmnist-tui explain --clip-norm
          fmnist-tui explain generalization_gap
        """,
        """
        这些词就是仪表板的词汇表，在那里按 g 键打开。

        示例：
          fmnist-tui explain weight decay
          fmnist-tui explain --clip-norm
          fmnist-tui explain generalization_gap
        """))
  }

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "The word, also of several parts, or the name of an option.", "要查的词，可由几部分组成，或选项的名称。", valueName: "word")
  )
  var words: [String] = []

  private static let widths = 40...80

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let output = StandardStream.output
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    let width = min(max(output.columns, Self.widths.lowerBound), Self.widths.upperBound)
    let text = GlossaryText(encoding: encoding)
    let word = words.joined(separator: " ")
    guard !words.isEmpty else { return try output.write(lines: text.lines(Glossary.terms, width: width)) }
    guard let term = Glossary.term(word) else {
      let near = Glossary.nearest(to: word)
      throw ValidationError(
        says(
          "explain \(word): the glossary does not have this word. "
            + (near.isEmpty ? "" : "Did you mean \(near.joined(separator: ", "))? ")
            + "'fmnist-tui explain' lists all.",
          "explain \(word)：词汇表里没有这个词。"
            + (near.isEmpty ? "" : "是想查 \(near.joined(separator: "、")) 吗？")
            + "'fmnist-tui explain' 列出所有的词。"))
    }
    try output.write(lines: text.lines([term], width: width))
  }
}
