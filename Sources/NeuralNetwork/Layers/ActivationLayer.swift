/// Applies an activation function to every number.
package struct ActivationLayer: Layer {
  /// The function.
  package let activation: Activation

  /// A layer of a function.
  package init(_ activation: Activation) { self.activation = activation }

  package var specification: any LayerSpecification { Specification(activation) }

  package var worksInPlace: Bool { true }
  package var keepsOutput: Bool { activation.isDerivedFromValue }
  package var fusesDropout: Bool { true }

  /// The arguments, where the derivative needs them.
  package func makeWorkspace(input: Shape) -> Workspace {
    activation.isDerivedFromValue ? Workspace() : Workspace(kept: input)
  }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    activation.apply(to: &flow.output, team: team)
  }

  package mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam) {
    if !activation.isDerivedFromValue { flow.workspace.kept.copy(flow.output) }
    guard flow.isFused else {
      forward(&flow, team: team)
      return
    }
    flow.withDroppedOutput { output, factors, dropped in
      activation.apply(to: &output, factors: factors, output: &dropped, team: team)
    }
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    activation.derive(
      at: activation.isDerivedFromValue ? flow.output : flow.workspace.kept,
      factors: flow.isFused ? flow.factors : nil, gradient: &flow.outputGradient, team: team)
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    activation.addOperators(&graph, input)
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
      LayerEstimate(operations: input.count, worksInPlace: true)
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      ActivationLayer(activation)
    }
  }
}
