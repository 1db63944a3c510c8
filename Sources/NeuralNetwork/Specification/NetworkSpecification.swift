internal import Messages

/// The layers of a network, without their weights, as a text: `linear 256 relu dropout 0.5 linear 10`.
///
/// The text is read and printed without loss, and is what files keep.
public struct NetworkSpecification: Sendable {
  /// The most trainable numbers a network may have: 400 MB of weights, with gradients, Adam and what products keep of them
  /// five times that.
  public static let largestParameterCount = 100_000_000
  /// The most layers a network may have: a thousand hidden ones of a perceptron with all that belongs to each.
  public static let largestDepth = 4001
  /// What a text of layers may say: `linear UNITS, batchnorm, …`.
  public static var syntax: String { LayerKind.all.map(\.syntax).joined(separator: ", ") }
  /// The names that stand for whole networks, and what may follow them.
  public static var names: String { NamedNetwork.all.map(\.syntax).joined(separator: ", ") }

  /// The layers, input side first.
  package var layers: [any LayerSpecification]

  /// A network of the given layers.
  package init(_ layers: [any LayerSpecification]) { self.layers = layers }

  /// Reads a network.
  ///
  /// - Throws: `SpecificationError` that names the word, what is wrong with it and what is possible.
  public init(text: String) throws(SpecificationError) {
    var words = SpecificationWords(try Self.expanded(text))
    layers = []
    repeat { layers.append(try words.takeLayer()) } while !words.isEmpty
  }

  /// A multilayer perceptron: linear, batch norm if wanted, activation and dropout for each hidden layer, and a linear layer
  /// in the end.
  ///
  /// With `residual`, each hidden layer that is as wide as the one before it adds what it gives to what it gets.
  ///
  /// Dropout is there even with probability 0, so that it can be changed and layers keep their places.
  public init(
    hiddenWidths: [Int], dropout: [Double], activation: Activation = .relu, batchNorm: Bool = false,
    residual: Bool = false, outputs: Int
  ) {
    layers = []
    var before: Int?
    for (width, probability) in zip(hiddenWidths, dropout) {
      var hidden: [any LayerSpecification] = [Linear.Specification(units: width)]
      if batchNorm { hidden.append(BatchNorm.Specification()) }
      hidden.append(ActivationLayer.Specification(activation))
      hidden.append(Dropout.Specification(probability: probability))
      let isResidual = residual && width == before
      layers +=
        isResidual
        ? [Residual.Specification(body: NetworkSpecification(hidden), shortcut: nil)] : hidden
      before = width
    }
    layers.append(Linear.Specification(units: outputs))
  }

  /// The text that reads back as the same network.
  public var text: String { layers.map(\.text).joined(separator: " ") }

  /// The probabilities to drop, one for each dropout layer, input side first.
  public var dropout: [Double] {
    get { leaves.compactMap(\.dropout) }
    set {
      var values = newValue[...]
      setDropout(&values)
    }
  }

  private mutating func setDropout(_ values: inout ArraySlice<Double>) {
    for index in layers.indices {
      if layers[index].dropout != nil, let value = values.popFirst() { layers[index].dropout = value }
      for part in layers[index].parts.indices { layers[index].parts[part].setDropout(&values) }
    }
  }

  /// The layers that are made of no others, in order.
  package var leaves: [any LayerSpecification] {
    layers.flatMap { $0.parts.isEmpty ? [$0] : $0.parts.flatMap(\.leaves) }
  }

  /// Whether it begins with images, not with their numbers in a row.
  public var readsImages: Bool { leaves.contains { $0.readsImages } }

  /// The shape in which it gets samples of a shape.
  public func inputShape(of sample: Shape) -> Shape { readsImages ? sample : .units(sample.count) }

  /// For each layer with weights, input side first, the number of the first dropout between it and the next one, from 0.
  public var dropoutAfterWeights: [Int?] {
    var numbers: [Int?] = []
    var count = 0
    for layer in leaves {
      if layer.hasWeights { numbers.append(nil) }
      guard layer.dropout != nil else { continue }
      if numbers.last == .some(nil) { numbers[numbers.count - 1] = count }
      count += 1
    }
    return numbers
  }

  /// Whether training needs at least two samples in a batch.
  public var needsBatch: Bool { leaves.contains { $0.needsBatch } }
}

extension NetworkSpecification: Hashable, Codable {
  /// Networks are equal if their texts are.
  public static func == (first: NetworkSpecification, second: NetworkSpecification) -> Bool {
    first.text == second.text
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Reads the text.
  ///
  /// - Throws: `DecodingError` if it is none of a network.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do throws(SpecificationError) {
      try self.init(text: try Self.text(container))
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  private static func text(_ container: any SingleValueDecodingContainer) throws(SpecificationError) -> String
  {
    guard let text = try? container.decode(String.self) else {
      throw SpecificationError(
        says("a network is a text", "网络要写成一段文字"),
        remedy: says("Give for example 'linear 256 relu linear 10'", "例如 'linear 256 relu linear 10'"))
    }
    return text
  }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What a network costs.
public struct NetworkEstimate: Hashable, Sendable {
  /// Numbers that are trained.
  public var parameters = 0
  /// Numbers that a sample needs room for in training, the sample itself among them, without gradients.
  public var numbersPerSample = 0
  /// Multiplications and additions for a sample, forward; backward takes about twice as many.
  public var operationsPerSample = 0
  /// Numbers that it gives for a sample.
  public var outputs = 0
}

extension NetworkSpecification {
  /// The shape of what each layer gives, for samples of a shape.
  ///
  /// - Throws: `SpecificationError` if a layer cannot read what comes before it.
  public func outputShapes(for input: Shape) throws(SpecificationError) -> [Shape] {
    var shapes: [Shape] = []
    for layer in layers { shapes.append(try layer.output(for: shapes.last ?? input)) }
    return shapes
  }

  /// The shape of what the network gives, for samples of a shape.
  ///
  /// - Throws: `SpecificationError` if a layer cannot read what comes before it.
  func outputShape(for input: Shape) throws(SpecificationError) -> Shape {
    try outputShapes(for: input).last ?? input
  }

  /// What the network costs, for samples of a shape.
  ///
  /// - Throws: `SpecificationError` if a layer cannot read what comes before it, or there are too many parameters or layers.
  public func estimate(for input: Shape) throws(SpecificationError) -> NetworkEstimate {
    guard leaves.count <= Self.largestDepth else {
      throw SpecificationError(
        says("the network has more than \(Self.largestDepth) layers", "网络超过 \(Self.largestDepth) 层"),
        remedy: says("Give fewer layers", "请减少层数"))
    }
    var estimate = NetworkEstimate(numbersPerSample: input.count)
    var shape = input
    for (index, layer) in layers.enumerated() {
      let output = try layer.output(for: shape)
      let cost = layer.estimate(for: shape)
      estimate.parameters += cost.parameters
      guard estimate.parameters <= Self.largestParameterCount else {
        throw SpecificationError(
          says(
            "with '\(SpecificationWords.beginning(of: layer.text, length: 60))', layer \(index + 1), the network would have more than \(Self.largestParameterCount) parameters",
            "加上第 \(index + 1) 层 '\(SpecificationWords.beginning(of: layer.text, length: 60))'，网络会超过 \(Self.largestParameterCount) 个参数"
          ),
          remedy: says("Give fewer or narrower layers", "请减少层数或让层变窄"))
      }
      estimate.operationsPerSample += cost.operations
      estimate.numbersPerSample += cost.inner
      if !cost.worksInPlace { estimate.numbersPerSample += output.count }
      shape = output
    }
    estimate.outputs = shape.count
    return estimate
  }

  /// Checks that the network is one for samples of a shape and so many outputs, and can be made; returns what it costs.
  ///
  /// - Throws: `SpecificationError` if not.
  @discardableResult
  public func check(input: Shape, outputs: Int) throws(SpecificationError) -> NetworkEstimate {
    let estimate = try estimate(for: input)
    guard estimate.outputs == outputs else {
      throw SpecificationError(
        says(
          "the network gives \(estimate.outputs) numbers, and the data need \(outputs)",
          "网络给出 \(estimate.outputs) 个数，而数据需要 \(outputs) 个"),
        remedy: says(
          "End it with '\(Linear.Specification(units: outputs).text)'",
          "请以 '\(Linear.Specification(units: outputs).text)' 结尾"))
    }
    return estimate
  }
}
