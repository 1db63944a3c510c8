/// A part of a network: it turns a batch into another, and the gradient of what it gives into that of what it gets.
///
/// A layer computes through a `Flow`, which holds the numbers; the layer itself holds its parameters only, so that a network
/// is a value. A new layer is a type of this kind and a `LayerSpecification` that is listed in `LayerSpecifications`.
package protocol Layer: Sendable {
  /// What it is, without its weights.
  var specification: any LayerSpecification { get }

  /// Whether it changes the numbers where they are, `flow.output` being what it reads and what it writes.
  var worksInPlace: Bool { get }
  /// Whether backward changes the gradient where it is, `flow.outputGradient` being what it reads and what it writes.
  var derivesInPlace: Bool { get }
  /// Whether backward goes by what forward has given: nothing may change it in between.
  var keepsOutput: Bool { get }
  /// Whether the layer multiplies its output with the factors of a dropout that follows, in one go.
  var fusesDropout: Bool { get }
  /// Whether the layer applies an activation function that follows, in one go: `flow.activation`.
  func fuses(_ activation: Activation) -> Bool
  /// Whether its backward then goes by what forward has given.
  var keepsActivated: Bool { get }
  /// Itself, if it is dropout.
  var dropout: Dropout? { get set }
  /// The networks that it is made of, under their names; most layers are made of none.
  var parts: [(name: String, network: Network)] { get }

  /// Room for what backward needs, and for what is kept from batch to batch, for samples of a shape.
  func makeWorkspace(input: Shape) -> Workspace

  /// Sets `flow.output` from `flow.input`, as evaluation does.
  func forward(_ flow: inout Flow, team: ThreadTeam)
  /// Sets `flow.output` from `flow.input`, as a step of training does.
  mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam)
  /// Sets `flow.output` from `flow.input`, as a pass of Monte-Carlo dropout does.
  func forwardMonteCarlo(_ flow: inout Flow, team: ThreadTeam)
  /// Sets the gradients of the parameters from `flow.outputGradient`, and `flow.inputGradient` where it is needed.
  mutating func backward(_ flow: inout Flow, team: ThreadTeam)

  /// Calls `body` with every parameter, in a fixed order.
  mutating func updateParameters(_ body: (inout Parameter) -> Void)
  /// Calls `body` with every parameter, in the same order.
  func forEachParameter(_ body: (Parameter) -> Void)
  /// Calls `body` with the name and the numbers of whatever else files keep, in a fixed order.
  mutating func updateBuffers(_ body: (_ name: String, _ values: inout [Float]) -> Void)

  /// Calls `change` with the networks that it is made of, in the order of `parts`.
  mutating func updateParts(_ change: (_ name: String, _ part: inout Network) -> Void)

  /// Adds the operators of inference to a graph; `input` is what they read. Returns what they give.
  func addOperators(to graph: inout OperatorGraph, input: GraphValue) -> GraphValue
}

extension Layer {
  /// Not unless a layer says so.
  package var worksInPlace: Bool { false }
  /// As in forward unless a layer says otherwise.
  package var derivesInPlace: Bool { worksInPlace }
  /// Not unless a layer says so.
  package var keepsOutput: Bool { false }
  /// Not unless a layer says so.
  package var fusesDropout: Bool { false }
  /// Not unless a layer says so.
  package func fuses(_ activation: Activation) -> Bool { false }
  /// Not unless a layer says so.
  package var keepsActivated: Bool { false }
  /// Most layers are none.
  package var dropout: Dropout? {
    get { nil }
    set {}
  }
  /// Most layers need no room.
  package func makeWorkspace(input: Shape) -> Workspace { Workspace() }
  /// Most layers do the same in training.
  package mutating func forwardTraining(_ flow: inout Flow, team: ThreadTeam) {
    forward(&flow, team: team)
  }
  /// Only dropout is as in training.
  package func forwardMonteCarlo(_ flow: inout Flow, team: ThreadTeam) {
    forward(&flow, team: team)
  }
  /// Most layers are made of none.
  package var parts: [(name: String, network: Network)] { [] }
  /// Most layers are made of none.
  package mutating func updateParts(_ change: (_ name: String, _ part: inout Network) -> Void) {}
  /// Parameters are those of the parts unless a layer says so.
  package mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    updateParts { _, part in part.updateParameters { parameter, _ in body(&parameter) } }
  }
  /// Parameters are those of the parts unless a layer says so.
  package func forEachParameter(_ body: (Parameter) -> Void) {
    for part in parts { part.network.forEachParameter(body) }
  }
  /// Most layers keep nothing but parameters.
  package mutating func updateBuffers(_ body: (_ name: String, _ values: inout [Float]) -> Void) {}
}

extension Layer {
  /// Calls `body` with each dropout in it, in order.
  mutating func updateDropout(_ body: (inout Dropout) -> Void) {
    if var dropout {
      body(&dropout)
      self.dropout = dropout
    }
    updateParts { _, part in
      for index in part.layers.indices { part.layers[index].updateDropout(body) }
    }
  }
}

/// What a layer keeps of a batch from forward to backward.
package struct Workspace: Sendable {
  /// A number for each that the layer reads: its arguments, normalised numbers, or dropout's factors.
  package var kept: Tensor
  /// As many again, for whatever backward computes.
  package var scratch: Tensor
  /// A number for each unit, or channel.
  package var statistics: [Float]
  /// A small whole number for each that the layer gives.
  package internal(set) var places: [UInt8] = []
  /// Passes of the layer's parts.
  package var parts: [Pass] = []

  /// Room for samples of the shapes, and for so many numbers beside.
  package init(kept: Shape = .units(0), scratch: Shape = .units(0), statistics: Int = 0) {
    self.kept = Tensor(rows: 0, shape: kept)
    self.scratch = Tensor(rows: 0, shape: scratch)
    self.statistics = [Float](repeating: 0, count: statistics)
  }

  /// Makes room for so many places; memory once reserved is kept.
  mutating func resizePlaces(_ count: Int) {
    if places.count < count { places = [UInt8](repeating: 0, count: count) }
  }

}
