internal import CKernels

/// Applies an activation function to every number.
package struct ActivationLayer: Layer {
  /// The function.
  package let activation: Activation
  /// Its parameter, `[1]`, if that is learnt.
  package var slope: Parameter?

  private static let slopeGradient = kernels_activation_function("prelu_slope")

  /// A layer of a function.
  package init(_ activation: Activation) {
    self.activation = activation
    guard activation.isLearnt else { return }
    slope = Parameter("weight", .other, values: Tensor(rows: 1, columns: 1, elements: [activation.parameter]))
  }

  package var specification: any LayerSpecification { Specification(activation) }

  package var worksInPlace: Bool { true }
  package var keepsOutput: Bool { activation.isDerivedFromValue }
  package var fusesDropout: Bool { slope == nil }

  private var learnt: Float? { slope?.values.elements[0] }

  /// The arguments, where the derivative needs them, and what each adds to the gradient of the slope.
  package func makeWorkspace(input: Shape) -> Workspace {
    if slope != nil { return Workspace(kept: input, scratch: input, statistics: input.count) }
    return activation.isDerivedFromValue ? Workspace() : Workspace(kept: input)
  }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    activation.apply(to: &flow.output, learnt: learnt, team: team)
  }

  package mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam) {
    if !activation.isDerivedFromValue { team.copy(flow.output, to: &flow.workspace.kept) }
    guard flow.isFused else {
      forward(&flow, team: team)
      return
    }
    flow.withDroppedOutput { output, factors, dropped in
      activation.apply(to: &output, factors: factors, output: &dropped, team: team)
    }
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    deriveSlope(&flow, team: team)
    activation.derive(
      at: activation.isDerivedFromValue ? flow.output : flow.workspace.kept,
      factors: flow.isFused ? flow.factors : nil, learnt: learnt, gradient: &flow.outputGradient, team: team)
  }

  /// Sets the gradient of the slope: Σ of x times the gradient over all x below 0, row by row.
  private mutating func deriveSlope(_ flow: inout Flow, team: ThreadTeam) {
    guard slope != nil else { return }
    flow.workspace.scratch.copy(flow.outputGradient)
    let arguments = flow.workspace.kept
    let (rows, columns) = (arguments.rows, arguments.columns)
    kernels_derive(
      team.kernels, team.threads, Self.slopeGradient, 0, rows * columns, arguments.elements, nil,
      &flow.workspace.scratch.elements)
    let terms = flow.workspace.scratch
    kernels_sum_columns(
      team.kernels, team.threads, rows, columns, terms.elements, &flow.workspace.statistics)
    slope?.gradient.elements[0] = Float(flow.workspace.statistics.reduce(0) { $0 + Double($1) })
  }

  package mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    guard var learnt = slope.take() else { return }
    body(&learnt)
    slope = learnt
  }

  package func forEachParameter(_ body: (Parameter) -> Void) {
    if let slope { body(slope) }
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    guard let slope else { return activation.addOperators(&graph, input) }
    return graph.add("PRelu", [input, graph.constant(slope)])
  }
}

extension ActivationLayer {
  /// The name of an activation function, such as `relu`.
  package struct Specification: LayerSpecification {
    /// The function.
    package var activation: Activation

    /// A layer of a function.
    package init(_ activation: Activation) { self.activation = activation }

    package var text: String { activation.rawValue }

    package func estimate(for input: Shape) -> LayerEstimate {
      LayerEstimate(
        parameters: activation.isLearnt ? 1 : 0, operations: input.count, worksInPlace: true)
    }

    package func room(for input: Shape) -> LayerRoom {
      LayerRoom(
        worksInPlace: true, keepsOutput: activation.isDerivedFromValue,
        kept: activation.isLearnt ? 3 * input.count : activation.isDerivedFromValue ? 0 : input.count)
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      ActivationLayer(activation)
    }
  }
}
