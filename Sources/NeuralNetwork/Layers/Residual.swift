internal import CKernels
internal import Messages

/// Adds what its layers make of the input to the input itself, or to what a shortcut makes of it (He et al., 2016).
package struct Residual: Layer {
  /// The layers.
  package private(set) var body: Network
  /// What brings the input into the shape of the sum; nothing where it has that shape.
  package private(set) var shortcut: Network?

  init(body: Network, shortcut: Network?) {
    self.body = body
    self.shortcut = shortcut
  }

  package var specification: any LayerSpecification {
    Specification(
      body: NetworkSpecification(body.layers.map(\.specification)),
      shortcut: shortcut.map { NetworkSpecification($0.layers.map(\.specification)) })
  }

  package var parts: [(name: String, network: Network)] {
    [("body", body)] + (shortcut.map { [("shortcut", $0)] } ?? [])
  }

  package func fuses(_ activation: Activation) -> Bool { activation.isDerivedFromValue }
  package var keepsActivated: Bool { true }

  /// A pass of the layers, and one of the shortcut.
  package func makeWorkspace(input: Shape) -> Workspace {
    var workspace = Workspace()
    workspace.parts = parts.map { Pass(for: $0.network) }
    return workspace
  }

  package func forward(_ flow: inout Flow, team: ThreadTeam) {
    Self.compute(&flow, team: team) { pass, isShortcut in
      if let network = isShortcut ? shortcut : body { pass.forward(network, team: team) }
    }
    Self.returnInput(&flow)
  }

  package mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam) {
    let masks = flow.masks
    Self.compute(&flow, team: team) { pass, isShortcut in
      if isShortcut {
        guard var network = shortcut.take() else { return }
        pass.forwardTraining(&network, drawing: masks, team: team)
        shortcut = network
      } else {
        pass.forwardTraining(&body, drawing: masks, team: team)
      }
    }
  }

  package func forwardMonteCarlo(_ flow: inout Flow, team: ThreadTeam) {
    let masks = flow.masks
    Self.compute(&flow, team: team) { pass, isShortcut in
      if let network = isShortcut ? shortcut : body {
        pass.forwardMonteCarlo(network, drawing: masks, times: 1, team: team)
      }
    }
    Self.returnInput(&flow)
  }

  /// Lets `run` make the passes, and adds what they give.
  ///
  /// The parts read the memory of the input, until `returnInput`. Where a part changes its input, or each row is repeated, it has
  /// a copy.
  private static func compute(
    _ flow: inout Flow, team: ThreadTeam, _ run: (inout Pass, _ isShortcut: Bool) -> Void
  ) {
    let (input, following) = (flow.input, kernels_following_activation(flow.activation))
    flow.withOutputAndWorkspace { output, workspace in
      let times = input.rows == 0 ? 1 : output.rows / input.rows
      for part in workspace.parts.indices {
        if times == 1 && !workspace.parts[part].changesInput {
          workspace.parts[part].input = input
        } else {
          team.copy(input, to: &workspace.parts[part].input, times: times)
        }
        run(&workspace.parts[part], part == 1)
      }
      let sum = workspace.parts[0].output
      if workspace.parts.count > 1 {
        team.add(sum, workspace.parts[1].output, following, into: &output)
      } else if times == 1 {
        team.add(sum, input, following, into: &output)
      } else {
        // What the body has read may have changed.
        workspace.parts[0].input.repeatRows(of: input, times: times)
        team.add(sum, workspace.parts[0].input, following, into: &output)
      }
    }
  }

  /// Lets the memory of the input be its owner's again: it would be copied when that changes it.
  private static func returnInput(_ flow: inout Flow) {
    let shape = flow.input.shape
    for part in flow.workspace.parts.indices where !flow.workspace.parts[part].changesInput {
      flow.workspace.parts[part].input = Tensor(rows: 0, shape: shape)
    }
  }

  package mutating func backward(_ flow: inout Flow, team: ThreadTeam) {
    Self.spreadGradient(&flow, team: team)
    let needsInputGradient = flow.needsInputGradient
    flow.workspace.parts[0].backward(&body, needsInputGradient: needsInputGradient, team: team)
    if var network = shortcut.take() {
      Self.exchangeGradients(&flow)
      flow.workspace.parts[1].backward(&network, needsInputGradient: needsInputGradient, team: team)
      shortcut = network
    }
    if needsInputGradient {
      let ofBody = flow.workspace.parts[0].inputGradient
      let other = shortcut == nil ? flow.outputGradient : flow.workspace.parts[1].inputGradient
      team.add(ofBody, other, kernels_following_activation(nil), into: &flow.inputGradient)
    }
    if shortcut != nil { Self.exchangeGradients(&flow) }
    Self.returnInput(&flow)
  }

  /// Lends the shortcut the gradient of the output, which it may change, or takes it back.
  private static func exchangeGradients(_ flow: inout Flow) {
    flow.withOutputGradientAndWorkspace { swap(&$0, &$1.parts[1].outputGradient) }
  }

  /// Sets the gradient of the output to that of the sum, and gives the body a copy.
  private static func spreadGradient(_ flow: inout Flow, team: ThreadTeam) {
    let (output, following) = (flow.output, kernels_following_activation(flow.activation))
    flow.withOutputGradientAndWorkspace { gradient, workspace in
      workspace.parts[0].outputGradient.resize(rows: output.rows)
      kernels_spread_gradient(
        team.kernels, team.threads, output.elements.count, following, output.elements, &gradient.elements,
        &workspace.parts[0].outputGradient.elements)
    }
  }

  package mutating func updateParts(_ change: (_ name: String, _ part: inout Network) -> Void) {
    change("body", &body)
    guard var network = shortcut.take() else { return }
    change("shortcut", &network)
    shortcut = network
  }

  package func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue {
    let sum = graph.add(body, named: "body", input: input)
    return graph.add("Add", [sum, shortcut.map { graph.add($0, named: "shortcut", input: input) } ?? input])
  }
}

extension ThreadTeam {
  /// Sets `sum` to the sums of the numbers of `values` and `others`, and applies the activation function that follows.
  fileprivate func add(
    _ values: Tensor, _ others: Tensor, _ following: kernels_following_activation, into sum: inout Tensor
  ) {
    let count = sum.elements.count
    precondition(
      values.elements.count == count && others.elements.count == count, "the shapes of a sum must match")
    kernels_add(kernels, threads, count, following, values.elements, others.elements, &sum.elements)
  }
}

extension Residual {
  /// What `residual(LAYERS)` and `residual(LAYERS | SHORTCUT)` say.
  package struct Specification: LayerSpecification {
    package static let syntax = "residual(LAYERS [| SHORTCUT])"
    /// The layers.
    package var body: NetworkSpecification
    /// The layers of the shortcut, if it has any.
    package var shortcut: NetworkSpecification?

    init(body: NetworkSpecification, shortcut: NetworkSpecification?) {
      self.body = body
      self.shortcut = shortcut
    }

    package init(_ words: inout SpecificationWords) throws(SpecificationError) {
      (body, shortcut) = try words.takeBranches()
    }

    package var readsImages: Bool { parts.contains { $0.readsImages } }
    package var parts: [NetworkSpecification] {
      get { [body] + (shortcut.map { [$0] } ?? []) }
      set {
        body = newValue[0]
        shortcut = newValue.count > 1 ? newValue[1] : nil
      }
    }

    package var text: String {
      "residual(" + body.text + (shortcut.map { " | " + $0.text } ?? "") + ")"
    }

    package func output(for input: Shape) throws(SpecificationError) -> Shape {
      let output = try body.outputShape(for: input)
      let other = try shortcut?.outputShape(for: input) ?? input
      guard output == other else {
        throw SpecificationError(
          shortcut == nil
            ? says(
              "the layers of 'residual' give \(output.title), and its input is \(other.title)",
              "'residual' 的各层给出 \(output.title)，而它的输入是 \(other.title)")
            : says(
              "the layers of 'residual' give \(output.title), and its shortcut gives \(other.title)",
              "'residual' 的各层给出 \(output.title)，而它的捷径给出 \(other.title)"),
          remedy: shortcut == nil
            ? says(
              "Add a shortcut that gives the same, such as '| \(Self.usualShortcut(from: input, to: output))'",
              "请加上形状相同的捷径，例如 '| \(Self.usualShortcut(from: input, to: output))'")
            : says("Let both give the same", "请让两者给出相同的形状"))
      }
      return output
    }

    private static func usualShortcut(from input: Shape, to output: Shape) -> String {
      guard input.channels > 0, output.channels > 0, input.isImage, output.isImage else {
        return "linear \(output.count)"
      }
      let stride = max(1, input.height / max(1, output.height))
      return "conv \(output.channels)x1" + (stride == 1 ? "" : " stride \(stride)")
    }

    package func estimate(for input: Shape) -> LayerEstimate {
      var sum = LayerEstimate(operations: (try? output(for: input).count) ?? 0)
      for part in parts {
        guard let estimate = try? part.estimate(for: input) else {
          // A part of too many parameters makes the network one of too many.
          sum.parameters = NetworkSpecification.largestParameterCount + 1
          continue
        }
        sum.parameters += estimate.parameters
        sum.operations += estimate.operationsPerSample
        sum.inner += estimate.numbersPerSample
      }
      return sum
    }

    /// A part reads a copy of the input, and gives a gradient for it.
    package func room(for input: Shape) -> LayerRoom {
      LayerRoom(kept: parts.reduce(0) { $0 + input.count + $1.trainingNumbers(for: input) })
    }

    package func scratch(for input: Shape, rows: Int, threads: Int) -> Int {
      parts.map { $0.scratch(for: input, rows: rows, threads: threads) }.max() ?? 0
    }

    package func makeLayer(for input: Shape, drawing draws: inout LayerDraws) -> any Layer {
      Residual(
        body: Network(body, input: input, drawing: &draws),
        shortcut: shortcut.map { Network($0, input: input, drawing: &draws) })
    }
  }
}
