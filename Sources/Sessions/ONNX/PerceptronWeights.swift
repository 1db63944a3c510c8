import NeuralNetwork

/// The weights of a multilayer perceptron, taken from the `state_dict` of the same PyTorch model.
///
/// The model is `nn.Sequential(nn.Flatten(), nn.Linear, [nn.BatchNorm1d], activation, nn.Dropout, ..., nn.Linear)`, so a
/// hidden layer has three or four places, and the first name is `1.weight`.
struct PerceptronWeights {
  /// A linear layer, y = x · weightᵀ + bias.
  struct Linear {
    /// The place in the model.
    var place: Int
    /// Shape `[outputs, inputs]`.
    var weight: Tensor
    /// Shape `[outputs]`.
    var bias: Tensor
  }

  /// A linear layer and the scale, shift, running mean and running variance that normalise its outputs.
  struct Hidden {
    var linear: Linear
    /// Empty without batch norm.
    var batchNorm: [Tensor]
  }

  private(set) var hidden: [Hidden] = []
  let output: Linear

  /// Takes `tensors` as the model from `inputs` to `outputs` numbers.
  ///
  /// - Throws: `PerceptronFault` if their names or shapes do not fit together.
  init(_ tensors: [Tensor], inputs: Int, outputs: Int) throws(PerceptronFault) {
    var rest = try RemainingTensors(tensors)
    // Batch norm stands at place 2, where an activation function, which has no weights, is otherwise.
    let hasBatchNorm = rest.contains(place: 2)
    var width = inputs
    var place = 1
    while rest.contains(placeFrom: place + 2) {
      let linear = try rest.takeLinear(place, inputs: width)
      width = linear.weight.shape[0]
      let batchNorm = hasBatchNorm ? try rest.takeBatchNorm(place + 1, width: width) : []
      hidden.append(Hidden(linear: linear, batchNorm: batchNorm))
      place += hasBatchNorm ? 4 : 3
    }
    output = try rest.takeLinear(place, inputs: width)
    guard output.weight.shape[0] == outputs else {
      throw PerceptronFault(
        "'\(output.weight.name)' has the shape \(output.weight.shape), but the last layer has \(outputs)"
          + " outputs")
    }
    try rest.expectNone()
  }
}

/// What is wrong with the tensors of a multilayer perceptron.
struct PerceptronFault: Error {
  let problem: String

  init(_ problem: String) { self.problem = problem }
}

/// Tensors that have not found their place in the model yet.
private struct RemainingTensors {
  private var tensors: [String: Tensor] = [:]

  init(_ all: [Tensor]) throws(PerceptronFault) {
    for tensor in all {
      guard tensors.updateValue(tensor, forKey: tensor.name) == nil else {
        throw PerceptronFault("'\(tensor.name)' is there twice")
      }
    }
  }

  func contains(place: Int) -> Bool { tensors.keys.contains { Self.place(of: $0) == place } }

  func contains(placeFrom first: Int) -> Bool {
    tensors.keys.contains { Self.place(of: $0).map { $0 >= first } ?? false }
  }

  mutating func takeLinear(_ place: Int, inputs: Int) throws(PerceptronFault) -> PerceptronWeights.Linear {
    let weight = try take("\(place).weight")
    guard weight.shape.count == 2, weight.shape[0] > 0, weight.shape[1] == inputs else {
      throw PerceptronFault(
        "'\(weight.name)' has the shape \(weight.shape), but its layer has \(inputs) inputs, so [outputs, \(inputs)]"
          + " is expected")
    }
    let bias = try take("\(place).bias", width: weight.shape[0])
    return PerceptronWeights.Linear(place: place, weight: weight, bias: bias)
  }

  mutating func takeBatchNorm(_ place: Int, width: Int) throws(PerceptronFault) -> [Tensor] {
    // A count of batches, which only training uses.
    tensors["\(place).num_batches_tracked"] = nil
    var batchNorm: [Tensor] = []
    for part in ["weight", "bias", "running_mean", "running_var"] {
      try batchNorm.append(take("\(place).\(part)", width: width))
    }
    return batchNorm
  }

  func expectNone() throws(PerceptronFault) {
    guard let name = tensors.keys.min() else { return }
    throw PerceptronFault("'\(name)' has no place in the model")
  }

  private mutating func take(_ name: String, width: Int) throws(PerceptronFault) -> Tensor {
    let tensor = try take(name)
    guard tensor.shape == [width] else {
      throw PerceptronFault("'\(name)' has the shape \(tensor.shape), but its layer has \(width) outputs")
    }
    return tensor
  }

  private mutating func take(_ name: String) throws(PerceptronFault) -> Tensor {
    guard let tensor = tensors.removeValue(forKey: name) else {
      throw PerceptronFault("'\(name)' is missing")
    }
    guard tensor.type == .float32 else {
      throw PerceptronFault("'\(name)' has numbers of type \(tensor.type.rawValue), but F32 is expected")
    }
    return tensor
  }

  private static func place(of name: String) -> Int? {
    name.firstIndex(of: ".").flatMap { Int(name[..<$0]) }
  }
}
