internal import Messages

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
  /// That network is `nn.Sequential(nn.Flatten(), …)` with the same layers, named after their places in it: `1.weight`.
  /// Weights of `nn.Linear` have the shape `[outputs, inputs]`; the parts of a residual are called `body` and `shortcut`.
  public var stateDictionary: [NamedTensor] {
    var tensors: [NamedTensor] = []
    visitTensors { name, shape, values in
      tensors.append(NamedTensor(name: name, shape: shape, values: values()))
    }
    return tensors
  }

  /// Calls `visit` with the name, shape and numbers of each tensor, in a fixed order.
  private func visitTensors(
    under prefix: String = "", _ visit: (_ name: String, _ shape: [Int], _ values: () -> [Float]) -> Void
  ) {
    for (place, layer) in layers.enumerated() {
      let prefix = "\(prefix)\(place)."
      for part in layer.parts { part.network.visitTensors(under: "\(prefix)\(part.name).", visit) }
      guard layer.parts.isEmpty else { continue }
      layer.forEachParameter { parameter in
        visit(prefix + parameter.name, parameter.shapeInFiles) { parameter.valuesInFiles }
      }
      // To read them is to change a copy by nothing.
      var copy = layer
      copy.updateBuffers { name, values in
        let numbers = values
        visit(prefix + name, [numbers.count]) { numbers }
      }
    }
  }

  /// Takes weights and running statistics from a `state_dict`, named after the places of layers or as the network was
  /// published.
  ///
  /// - Throws: `StateDictionaryError` if a tensor is missing, is not known here, has another shape or a number that is NaN or
  ///   infinite, to which no network has an answer; nothing changes then.
  public mutating func load(_ tensors: [NamedTensor]) throws(StateDictionaryError) {
    var given: [String: NamedTensor] = [:]
    for tensor in tensors where !tensor.name.hasSuffix(".num_batches_tracked") { given[tensor.name] = tensor }
    let published = PublishedNames(of: specification).flatMap { $0.areUsed(by: tensors) ? $0 : nil }
    var values: [String: [Float]] = [:]
    for expected in tensorShapes {
      let name = published?.name(of: expected.name) ?? expected.name
      guard let tensor = given.removeValue(forKey: name) else {
        throw StateDictionaryError(
          description: says(
            "there is no tensor \(name), of shape \(expected.shape)", "缺少形状为 \(expected.shape) 的张量 \(name)"))
      }
      guard tensor.shape == expected.shape else {
        throw StateDictionaryError(
          description:
            says(
              "the tensor \(tensor.name) has the shape \(tensor.shape), but the network needs \(expected.shape)",
              "张量 \(tensor.name) 的形状是 \(tensor.shape)，而网络需要 \(expected.shape)")
        )
      }
      if let place = tensor.values.firstIndex(where: { !$0.isFinite }) {
        let (kind, chinese) = tensor.values[place].isNaN ? ("NaN", "NaN") : ("infinite", "无穷")
        throw StateDictionaryError(
          description: says(
            "the tensor \(tensor.name) has a number that is \(kind), at place \(place)",
            "张量 \(tensor.name) 的第 \(place) 个数是 \(chinese)"))
      }
      values[expected.name] = tensor.values
    }
    if let unknown = given.keys.min() {
      throw StateDictionaryError(
        description: says("the network has no place for the tensor \(unknown)", "网络中没有张量 \(unknown) 的位置"))
    }
    take(values, under: "")
  }

  private mutating func take(_ values: [String: [Float]], under prefix: String) {
    for place in layers.indices {
      let prefix = "\(prefix)\(place)."
      guard layers[place].parts.isEmpty else {
        layers[place].updateParts { name, part in part.take(values, under: "\(prefix)\(name).") }
        continue
      }
      layers[place].updateParameters { parameter in
        if let values = values[prefix + parameter.name] { parameter.valuesInFiles = values }
      }
      layers[place].updateBuffers { name, buffer in
        if let values = values[prefix + name] { buffer = values }
      }
    }
  }

  /// The names and shapes of all tensors.
  private var tensorShapes: [(name: String, shape: [Int])] {
    var shapes: [(name: String, shape: [Int])] = []
    visitTensors { name, shape, _ in shapes.append((name, shape)) }
    return shapes
  }
}
