/// An array of numbers with a name and a shape, row-major.
public struct NamedTensor: Hashable, Sendable {
  /// What it is.
  public let name: String
  /// Its size in each dimension.
  public let shape: [Int]
  /// The numbers.
  public let values: [Float]

  /// Numbers that fill the shape.
  public init(name: String, shape: [Int], values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// Why tensors are not the weights of a network.
public struct StateDictionaryError: Error, Hashable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  /// Something that is wrong.
  public init(description: String) {
    self.description = description
  }
}

extension Network {
  /// Weights and running statistics, as the `state_dict` of the same network in PyTorch has them.
  ///
  /// That network is `nn.Sequential(nn.Flatten(), …)` with `nn.Linear`, `nn.BatchNorm1d` if wanted, the activation and
  /// `nn.Dropout` for each hidden layer, and an `nn.Linear` in the end. Weights have the shape `[outputs, inputs]`.
  public var stateDictionary: [NamedTensor] {
    var tensors: [NamedTensor] = []
    for (place, layer) in zip(places, hiddenLayers) {
      tensors += layer.linear.tensors(place)
      if let batchNorm = layer.batchNorm { tensors += batchNorm.tensors(place + 1) }
    }
    return tensors + outputLayer.tensors(places[hiddenLayers.count])
  }

  /// Takes weights and running statistics from a `state_dict`.
  ///
  /// - Throws: `StateDictionaryError` if a tensor is missing, is not known here or has another shape; nothing changes
  ///   then.
  public mutating func load(_ tensors: [NamedTensor]) throws(StateDictionaryError) {
    var given: [String: NamedTensor] = [:]
    for tensor in tensors where !tensor.name.hasSuffix(".num_batches_tracked") { given[tensor.name] = tensor }
    for expected in stateDictionary {
      guard let tensor = given.removeValue(forKey: expected.name) else {
        throw StateDictionaryError(
          description: "there is no tensor \(expected.name), of shape \(expected.shape)")
      }
      guard tensor.shape == expected.shape else {
        throw StateDictionaryError(
          description:
            "the tensor \(tensor.name) has the shape \(tensor.shape), but the network needs \(expected.shape)"
        )
      }
    }
    if let unknown = given.keys.min() {
      throw StateDictionaryError(description: "the network has no place for the tensor \(unknown)")
    }
    let values = Dictionary(tensors.map { ($0.name, $0.values) }) { $1 }
    for (index, place) in places.dropLast().enumerated() {
      hiddenLayers[index].linear.load(values, place)
      hiddenLayers[index].batchNorm?.load(values, place + 1)
    }
    outputLayer.load(values, places[hiddenLayers.count])
  }

  /// Where the linear layers stand in the sequence, which `nn.Flatten` begins.
  private var places: [Int] {
    hiddenLayers.reduce(into: [1]) { places, layer in
      places.append((places.last ?? 1) + (layer.batchNorm == nil ? 3 : 4))
    }
  }
}

extension Linear {
  fileprivate func tensors(_ place: Int) -> [NamedTensor] {
    [
      NamedTensor(
        name: "\(place).weight", shape: [outputs, inputs], values: weights.values.transposed.elements),
      NamedTensor(name: "\(place).bias", shape: [outputs], values: biases.values.elements),
    ]
  }

  fileprivate mutating func load(_ values: [String: [Float]], _ place: Int) {
    if let elements = values["\(place).weight"] {
      weights.values = Matrix(rows: outputs, columns: inputs, elements: elements).transposed
    }
    if let elements = values["\(place).bias"] { biases.values.elements = elements }
  }
}

extension BatchNorm {
  fileprivate func tensors(_ place: Int) -> [NamedTensor] {
    [
      ("weight", scale.values.elements), ("bias", shift.values.elements), ("running_mean", runningMean),
      ("running_var", runningVariance),
    ].map { NamedTensor(name: "\(place).\($0)", shape: [$1.count], values: $1) }
  }

  fileprivate mutating func load(_ values: [String: [Float]], _ place: Int) {
    if let elements = values["\(place).weight"] { scale.values.elements = elements }
    if let elements = values["\(place).bias"] { shift.values.elements = elements }
    if let elements = values["\(place).running_mean"] { runningMean = elements }
    if let elements = values["\(place).running_var"] { runningVariance = elements }
  }
}
