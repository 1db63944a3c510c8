import Foundation
import Testing

@testable import NeuralNetwork

/// A case computed by PyTorch in double precision: a small network, its inputs and what comes of them.
struct ReferenceCase: Decodable, CustomTestStringConvertible {
  struct Initial: Decodable {
    let weights: [[[Float]]]
    let biases: [[Float]]
    let batchNormScale: [[Float]]
    let batchNormShift: [[Float]]
    let activationSlopes: [[Float]]?
  }

  struct After: Decodable {
    let weights: [[[Float]]]
    let biases: [[Float]]
    let batchNormScale: [[Float]]
    let batchNormShift: [[Float]]
    let activationSlopes: [[Float]]?
    let batchNormRunningMean: [[Float]]
    let batchNormRunningVariance: [[Float]]
  }

  struct Step: Decodable {
    let inputs: [[Float]]
    let labels: [UInt8]?
    let targets: [[Float]]?
    let masks: [[[Float]]]
    let logits: [[Float]]
    let lossPerSample: [Float]
    let gradientNorm: Double
    let weightGradients: [[[Float]]]
    let biasGradients: [[Float]]
    let activationSlopeGradients: [[Float]]?
    let after: After
    let evaluationLogitsAfter: [[Float]]
  }

  let `case`: String
  let sizes: [Int]
  let dropout: [Double]
  let activation: String
  let optimiser: String
  let learningRate: Double
  let momentum: Double
  let nesterov: Bool
  let weightDecay: Double
  let weightDecayAppliesToBias: Bool
  let l1: Double
  let clipNorm: Double?
  let clipValue: Double?
  let batchNorm: Bool
  let labelSmoothing: Float
  let loss: String
  let betas: [Double]
  let epsilon: Double
  let initial: Initial
  let steps: [Step]

  var testDescription: String { `case` }

  static func named(_ name: String) throws -> ReferenceCase {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    return try JSONDecoder().decode(ReferenceCase.self, from: Data(contentsOf: #require(url)))
  }

  static let names = [
    "activation-elu", "activation-gelu", "activation-leakyrelu", "activation-prelu", "activation-sigmoid",
    "activation-silu", "activation-tanh", "adagrad", "adam", "adamw",
    "batch-norm", "label-smoothing", "mean-squared-error-linear", "one-hidden-layer", "rmsprop",
    "rmsprop-momentum", "sgd-clip-norm",
    "sgd-clip-value", "sgd-dropout", "sgd-dropout-all", "sgd-l1", "sgd-momentum", "sgd-nesterov", "sgd-plain",
    "sgd-weight-decay", "sgd-weight-decay-weights-only", "softmax-regression",
  ]
}

extension ReferenceCase {
  var network: Network {
    guard let function = Activation(rawValue: activation == "leakyReLU" ? "leaky-relu" : activation) else {
      fatalError("unknown activation \(activation)")
    }
    var network = Network.perceptron(
      inputs: sizes[0], hiddenWidths: Array(sizes.dropFirst().dropLast()), outputs: sizes[sizes.count - 1],
      activation: function, batchNorm: batchNorm, dropout: dropout)
    network.linears = zip(initial.weights, initial.biases).map { weights, biases in
      Linear(weights: Tensor(weights).transposed, biases: biases)
    }
    network.batchNorms = network.batchNorms.enumerated().map { index, norm in
      var norm = norm
      norm.scale.values = Tensor([initial.batchNormScale[index]])
      norm.shift.values = Tensor([initial.batchNormShift[index]])
      return norm
    }
    return network
  }

  var optimizer: any Optimizer {
    let scope = weightDecayAppliesToBias ? WeightDecayScope.allParameters : .weightsOnly
    return switch optimiser {
    case "sgd":
      SGD(
        learningRate: learningRate, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay,
        weightDecayScope: scope)
    case "rmsprop":
      RMSprop(
        learningRate: learningRate, weightDecay: weightDecay, weightDecayScope: scope, momentum: momentum,
        decay: betas[1], epsilon: epsilon)
    case "adagrad":
      AdaGrad(
        learningRate: learningRate, weightDecay: weightDecay, weightDecayScope: scope, epsilon: epsilon)
    default:
      Adam(
        learningRate: learningRate, weightDecay: weightDecay, decouplesWeightDecay: optimiser == "adamW",
        weightDecayScope: scope, betas: (betas[0], betas[1]), epsilon: epsilon)
    }
  }

  /// The clipping of this case; its L1 penalty is part of the raw gradients.
  var clipping: [GradientAdjustment] {
    [clipNorm.map { .clipNorm($0) }, clipValue.map { .clipValue($0) }].compactMap { $0 }
  }
}

/// The masks that PyTorch was given.
struct GivenMasks: DropoutMasks {
  let kept: [Tensor]

  func fill(_ factors: inout Tensor, dropout: Dropout, team: ThreadTeam) {
    factors.elements = kept[dropout.number - 1].elements.map { $0 * dropout.scale }
  }
}

extension Tensor {
  init(_ rows: [[Float]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }
}
