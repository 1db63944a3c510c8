/// A fully connected layer: output = input · weights + biases.
package struct Linear: Layer {
  /// Weights, `[inputs, outputs]`: the transpose of PyTorch's `Linear.weight`.
  package var weights: Parameter
  /// Biases, `[1, outputs]`.
  package var biases: Parameter

  /// A layer with the given weights `[inputs, outputs]` and biases `[outputs]`.
  package init(weights: Tensor, biases: [Float]) {
    precondition(weights.columns == biases.count, "a linear layer needs one bias per output")
    self.weights = Parameter("weight", .weight, values: weights, inFiles: .transposed)
    self.biases = Parameter("bias", .bias, values: Tensor(rows: 1, columns: biases.count, elements: biases))
  }

  /// Units it reads.
  package var inputs: Int { weights.values.rows }
  /// Units it writes.
  package var outputs: Int { weights.values.columns }

  package var specification: any LayerSpecification { Specification(units: outputs) }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    team.multiply(.plain(flow.input), .plain(weights.values), bias: biases.values, into: &flow.output)
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    team.multiply(.transposed(flow.input), .plain(flow.outputGradient), into: &weights.gradient)
    team.sumColumns(of: flow.outputGradient, into: &biases.gradient)
    guard flow.needsInputGradient else { return }
    team.multiply(.plain(flow.outputGradient), .transposed(weights.values), into: &flow.inputGradient)
  }

  package mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    body(&weights)
    body(&biases)
  }

  package func forEachParameter(_ body: (Parameter) -> Void) {
    body(weights)
    body(biases)
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    graph.add(
      "Gemm", [input, graph.constant(weights), graph.constant(biases)], attributes: ["transB": .integer(1)])
  }
}

extension Linear {
  /// What `linear UNITS` says.
  package struct Specification: LayerSpecification {
    package static let syntax = "linear UNITS"
    /// Units it writes.
    package var units: Int

    /// A layer of so many units.
    package init(units: Int) { self.units = units }

    package init(_ words: inout SpecificationWords) throws(SpecificationError) {
      units = try words.takeInteger("the units", in: 1...NetworkSpecification.largestParameterCount)
    }

    package var hasWeights: Bool { true }
    package var text: String { "linear \(units)" }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      guard !input.isImage else {
        throw SpecificationError(
          "'\(text)' reads units in a row, and gets \(input.title)",
          remedy: "Put 'flatten' before it, or 'gap' for the mean of each channel")
      }
      return .units(units)
    }

    package func estimate(for input: Shape) -> LayerEstimate {
      // Neither is larger than 10⁸, or the network is refused: nothing overflows.
      LayerEstimate(parameters: (input.count + 1) * units, operations: 2 * input.count * units)
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      draws.linear(inputs: input.count, outputs: units)
    }
  }
}
