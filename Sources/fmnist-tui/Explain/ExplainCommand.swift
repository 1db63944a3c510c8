import ArgumentParser
import Experiment
import Platform
import Reports
import TerminalUI

/// `fmnist-tui explain`: what the words of the field and of the program mean.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a word, an option or a figure; without one, all words.",
    discussion: """
      The words are those of the dashboard's glossary, key g there.

      EXAMPLES:
        fmnist-tui explain weight decay
        fmnist-tui explain --clip-norm
        fmnist-tui explain generalization_gap
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The word, also of several parts, or the name of an option.", valueName: "word"))
  var words: [String] = []

  private static let widths = 40...80

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
        "explain \(word): the glossary does not have this word. "
          + (near.isEmpty ? "" : "Did you mean \(near.joined(separator: ", "))? ")
          + "'fmnist-tui explain' lists all.")
    }
    try output.write(lines: text.lines([term], width: width))
  }
}
