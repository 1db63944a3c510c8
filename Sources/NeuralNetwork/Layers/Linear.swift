internal import Messages

/// A fully connected layer: output = input · weights + biases, if it has any.
package struct Linear: Layer {
  /// Weights, `[inputs, outputs]`: the transpose of PyTorch's `Linear.weight`.
  package var weights: Parameter
  /// Biases, `[1, outputs]`, if it has any.
  package var biases: Parameter?

  /// A layer with the given weights `[inputs, outputs]` and biases `[outputs]`, if it is to have any.
  package init(weights: Tensor, biases: [Float]?) {
    precondition(
      biases.map { $0.count == weights.columns } ?? true, "a linear layer needs one bias per output")
    self.weights = Parameter("weight", .weight, values: weights, inFiles: .transposed)
    self.biases = biases.map {
      Parameter("bias", .bias, values: Tensor(rows: 1, columns: $0.count, elements: $0))
    }
  }

  /// Units it reads.
  package var inputs: Int { weights.values.rows }
  /// Units it writes.
  package var outputs: Int { weights.values.columns }

  package var specification: any LayerSpecification { Specification(units: outputs, hasBias: biases != nil) }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    team.multiply(.plain(flow.input), .plain(weights.values), bias: biases?.values, into: &flow.output)
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    team.multiply(.transposed(flow.input), .plain(flow.outputGradient), into: &weights.gradient)
    if var taken = biases.take() {
      team.sumColumns(of: flow.outputGradient, into: &taken.gradient)
      biases = taken
    }
    guard flow.needsInputGradient else { return }
    team.multiply(.plain(flow.outputGradient), .transposed(weights.values), into: &flow.inputGradient)
  }

  package mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    body(&weights)
    guard var taken = biases.take() else { return }
    body(&taken)
    biases = taken
  }

  package func forEachParameter(_ body: (Parameter) -> Void) {
    body(weights)
    if let biases { body(biases) }
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    graph.add(
      "Gemm", [input, graph.constant(weights)] + (biases.map { [graph.constant($0)] } ?? []),
      attributes: ["transB": .integer(1)])
  }
}

extension Linear {
  /// What `linear UNITS [no-bias]` says.
  package struct Specification: LayerSpecification {
    package static let syntax = "linear UNITS [no-bias]"
    /// Units it writes.
    package var units: Int
    /// Whether a number is added to each.
    package var hasBias = true

    /// A layer of so many units.
    package init(units: Int, hasBias: Bool = true) { (self.units, self.hasBias) = (units, hasBias) }

    package init(_ words: inout SpecificationWords) throws(SpecificationError) {
      units = try words.takeInteger(
        says("the units", "单元数"), in: 1...NetworkSpecification.largestParameterCount)
      hasBias = !words.takes("no-bias")
    }

    package var hasWeights: Bool { true }
    package var text: String { "linear \(units)" + (hasBias ? "" : " no-bias") }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      guard !input.isImage else {
        throw SpecificationError(
          says(
            "'\(text)' reads units in a row, and gets \(input.title)", "'\(text)' 要读一行单元，得到的却是 \(input.title)"
          ),
          remedy: says(
            "Put 'flatten' before it, or 'gap' for the mean of each channel",
            "请在它之前放 'flatten'，或放取每个通道均值的 'gap'"))
      }
      return .units(units)
    }

    package func estimate(for input: Shape) -> LayerEstimate {
      // Neither is larger than 10⁸, or the network is refused: nothing overflows.
      LayerEstimate(
        parameters: (input.count + (hasBias ? 1 : 0)) * units, operations: 2 * input.count * units)
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      draws.linear(inputs: input.count, outputs: units, hasBias: hasBias)
    }
  }
}
