/// Puts the numbers of an image in a row: channel by channel, each row by row, as PyTorch's `Flatten` does.
package struct Flatten: Layer {
  private let input: Shape

  package var specification: any LayerSpecification { Specification() }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    flow.input.exchange(rows: input.height * input.width, columns: input.channels, into: &flow.output)
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    guard flow.needsInputGradient else { return }
    let gradient = flow.outputGradient
    gradient.exchange(rows: input.channels, columns: input.height * input.width, into: &flow.inputGradient)
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    graph.add("Flatten", [input], attributes: ["axis": .integer(1)])
  }

  /// What `flatten` says.
  package struct Specification: LayerSpecification {
    package static let syntax = "flatten"

    package var readsImages: Bool { true }
    package var text: String { Self.syntax }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      .units(try input.image(of: self).count)
    }

    package func estimate(for input: Shape) -> LayerEstimate { LayerEstimate() }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      Flatten(input: input)
    }
  }
}
