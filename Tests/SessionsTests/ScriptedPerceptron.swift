import Foundation
import NeuralNetwork
import Sessions

/// A network whose weights are made up, and its plain computation.
struct ScriptedPerceptron {
  static let images: [[Float]] = (0..<3).map { image in
    (0..<784).map { pixel in Float((pixel * 37 + image * 101) % 256) / 255 }
  }

  var hidden: [Int]
  var activation = Activation.relu
  var hasBatchNorm = false

  var name: String {
    "\(activation.rawValue)-\(hidden.map { "\($0)" }.joined(separator: "-"))-\(hasBatchNorm)"
  }

  /// The operators of inference, first to last.
  var operators: [String] {
    hidden.flatMap { _ in
      ["Gemm"] + (hasBatchNorm ? ["BatchNormalization"] : []) + (Self.functions[activation]?.operators ?? [])
    } + ["Gemm"]
  }

  /// The `state_dict` of the PyTorch model.
  var tensors: [StoredTensor] {
    var tensors: [StoredTensor] = []
    var (place, width) = (1, 784)
    for (index, outputs) in (hidden + [10]).enumerated() {
      let bound = 2 / Float(width).squareRoot()
      tensors.append(Self.tensor("\(place).weight", [outputs, width], -bound...bound))
      tensors.append(Self.tensor("\(place).bias", [outputs], -0.5...0.5))
      if hasBatchNorm, index < hidden.count {
        tensors.append(Self.tensor("\(place + 1).weight", [outputs], 0.5...1.5))
        tensors.append(Self.tensor("\(place + 1).bias", [outputs], -0.5...0.5))
        tensors.append(Self.tensor("\(place + 1).running_mean", [outputs], -0.25...0.25))
        tensors.append(Self.tensor("\(place + 1).running_var", [outputs], 0...2))
        tensors.append(StoredTensor("\(place + 1).num_batches_tracked", shape: [], .int64([7])))
      }
      place += hasBatchNorm ? 4 : 3
      width = outputs
    }
    return tensors
  }

  /// The logits for one image, in double precision.
  func logits(_ image: [Float]) -> [Double] {
    let file = SafetensorsFile(tensors)
    let value = { (name: String) in (file[name]?.float32 ?? []).map(Double.init) }
    var (place, x) = (1, image.map(Double.init))
    for _ in hidden {
      x = Self.linear(x, value("\(place).weight"), value("\(place).bias"))
      if hasBatchNorm {
        let name = "\(place + 1)"
        let (scale, shift) = (value(name + ".weight"), value(name + ".bias"))
        let (mean, variance) = (value(name + ".running_mean"), value(name + ".running_var"))
        x = x.indices.map { (x[$0] - mean[$0]) / (variance[$0] + 1e-5).squareRoot() * scale[$0] + shift[$0] }
      }
      x = x.map(activate)
      place += hasBatchNorm ? 4 : 3
    }
    return Self.linear(x, value("\(place).weight"), value("\(place).bias"))
  }

  /// The functions in double precision, and their operators.
  private static let functions: [Activation: (operators: [String], value: @Sendable (Double) -> Double)] = [
    .relu: (["Relu"], { max(0, $0) }), .leakyReLU: (["LeakyRelu"], { $0 > 0 ? $0 : 0.01 * $0 }),
    .elu: (["Elu"], { $0 > 0 ? $0 : exp($0) - 1 }), .sigmoid: (["Sigmoid"], { 1 / (1 + exp(-$0)) }),
    .tanh: (["Tanh"], { Foundation.tanh($0) }),
    .gelu: (["Div", "Erf", "Add", "Mul", "Mul"], { $0 * erfc(-$0 / 2.0.squareRoot()) / 2 }),
    .silu: (["Sigmoid", "Mul"], { $0 / (1 + exp(-$0)) }),
    .prelu: (["PRelu"], { $0 > 0 ? $0 : 0.25 * $0 }),
  ]

  private func activate(_ x: Double) -> Double { Self.functions[activation]?.value(x) ?? .nan }

  /// The network with these weights.
  func network() throws -> Network {
    var network = try Network(
      NetworkSpecification(
        hiddenWidths: hidden, dropout: hidden.map { _ in 0.5 }, activation: activation,
        batchNorm: hasBatchNorm, outputs: 10),
      input: .units(784), initialization: .he, seed: 1)
    try network.load(
      tensors.compactMap { tensor in
        tensor.float32.map { NamedTensor(name: tensor.name, shape: tensor.shape, values: $0) }
      }
        + (activation == .prelu
          ? network.stateDictionary.filter { $0.shape == [1] && $0.values == [0.25] } : []))
    return network
  }

  private static func linear(_ x: [Double], _ weight: [Double], _ bias: [Double]) -> [Double] {
    bias.indices.map { row in
      x.indices.reduce(bias[row]) { $0 + x[$1] * weight[row * x.count + $1] }
    }
  }

  /// Numbers that jump about within `range`.
  private static func tensor(_ name: String, _ shape: [Int], _ range: ClosedRange<Float>) -> StoredTensor {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { index in
      let fraction = Float((index * 7919 + name.count * 31) % 1009) / 1008
      return range.lowerBound + (range.upperBound - range.lowerBound) * fraction
    }
    return StoredTensor(name, shape: shape, .float32(values))
  }
}
