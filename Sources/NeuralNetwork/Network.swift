/// A network: a sequence of layers with their parameters and gradients.
///
/// A value: a copy is a snapshot.
public struct Network: Sendable {
  /// The shape of a sample.
  public let inputShape: Shape
  /// The layers, input side first; the first one is the dropout of the input.
  ///
  /// Thus a layer's index is its place in the same `nn.Sequential` of PyTorch, which begins with `nn.Flatten`.
  package internal(set) var layers: [any Layer]
  /// The shape of what each layer gives.
  let outputShapes: [Shape]

  /// A network whose initial weights depend on specification, initialisation and seed only, not on dropout.
  ///
  /// - Throws: `SpecificationError` if a layer cannot read what comes before it.
  public init(
    _ specification: NetworkSpecification, input: Shape, initialization: Initialization, seed: UInt64,
    inputDropout: Double = 0
  ) throws(SpecificationError) {
    let shapes = [input] + (try specification.outputShapes(for: input))
    var draws = LayerDraws(initialization, seed: seed)
    let layers = zip(specification.layers, shapes).map { $0.makeLayer(for: $1, drawing: &draws) }
    self.layers = [Dropout(probability: inputDropout)] + layers
    inputShape = input
    outputShapes = shapes
  }

  /// A part of a network, whose layers read samples of a shape; `specification` is known to be able to.
  init(_ specification: NetworkSpecification, input: Shape, drawing draws: inout LayerDraws) {
    inputShape = input
    outputShapes = (try? specification.outputShapes(for: input)) ?? []
    layers = zip(specification.layers, [input] + outputShapes).map {
      $0.makeLayer(for: $1, drawing: &draws)
    }
  }

  /// A network without layers, which gives what it gets.
  public init(input: Shape) {
    inputShape = input
    layers = []
    outputShapes = []
  }

  /// The layers without their weights, and without the dropout of the input.
  public var specification: NetworkSpecification {
    NetworkSpecification(layers.dropFirst().map(\.specification))
  }

  /// What it costs.
  public var estimate: NetworkEstimate {
    (try? specification.estimate(for: inputShape)) ?? NetworkEstimate()
  }

  /// Numbers that it gives for a sample.
  public var outputs: Int { outputShapes.last?.count ?? inputShape.count }

  /// Changes the probability of a dropout layer, counted from 0 at the input side without that of the input.
  ///
  /// Where there is no such layer, nothing changes.
  public mutating func setDropout(_ number: Int, to probability: Double) {
    var place = 0
    for index in layers.indices.dropFirst() {
      layers[index].updateDropout {
        if place == number { $0.probability = probability }
        place += 1
      }
    }
  }

  /// Whether any unit of it is dropped in training.
  var drops: Bool {
    layers.contains { $0.dropout?.isActive ?? $0.parts.contains { $0.network.drops } }
  }

  /// Calls `body` with every parameter, in a fixed order: layer by layer from the input side.
  public mutating func updateParameters(_ body: (_ parameter: inout Parameter, _ index: Int) -> Void) {
    var index = 0
    for layer in layers.indices {
      layers[layer].updateParameters { parameter in
        body(&parameter, index)
        index += 1
      }
    }
  }

  /// Calls `body` with every parameter, in the order of `updateParameters`.
  public func forEachParameter(_ body: (Parameter) -> Void) {
    for layer in layers { layer.forEachParameter(body) }
  }

  /// Every parameter, in the order of `updateParameters`.
  public var parameters: [Parameter] {
    var parameters: [Parameter] = []
    forEachParameter { parameters.append($0) }
    return parameters
  }

  /// How many numbers are trained.
  public var parameterCount: Int {
    var count = 0
    forEachParameter { count += $0.values.elements.count }
    return count
  }
}
