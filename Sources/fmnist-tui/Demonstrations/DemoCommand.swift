import ArgumentParser
import Dashboard
import Platform
public import Reports
import TerminalUI

/// `fmnist-tui demo`: short explanations that the network's own layers compute.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Explain a building block of the network with its own numbers.",
    discussion: """
      Without a name it lists the demonstrations. They are lessons too: 'fmnist-tui lesson' adds a question, page 6 of the dashboard keys that change them. \
      (The option --demo is something else: it replays a recorded training session.)

      EXAMPLES:
        fmnist-tui demo dropout-layer
        fmnist-tui demo activations
        fmnist-tui demo least-squares
      """)

  @Argument(help: "\(Demonstrations.Name.allCases.map(\.rawValue).joined(separator: ", ")).")
  var name: Demonstrations.Name?

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

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
