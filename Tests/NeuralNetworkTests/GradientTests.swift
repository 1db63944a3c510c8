import Testing

@testable import NeuralNetwork

/// Backward against finite differences of forward, on small random networks.
@Suite struct GradientTests {
  struct Case: CustomTestStringConvertible {
    var sizes: [Int]
    var activation: Activation
    var batchNorm = false
    var dropout = 0.0
    var batch = 4
    var labelSmoothing: Float = 0

    var testDescription: String { "\(sizes) \(activation) norm \(batchNorm) p \(dropout) batch \(batch)" }
  }

  static let cases = [
    Case(sizes: [5, 3], activation: .relu),
    Case(sizes: [5, 7, 3], activation: .tanh),
    Case(sizes: [5, 7, 3], activation: .sigmoid, batch: 1),
    Case(sizes: [3, 1, 1, 2], activation: .tanh),
    Case(sizes: [6, 5, 4, 3], activation: .elu, dropout: 0.4),
    Case(sizes: [6, 9, 4], activation: .leakyReLU, dropout: 0.2, batch: 7),
    Case(sizes: [6, 9, 9, 4], activation: .relu, dropout: 0.5, batch: 9, labelSmoothing: 0.1),
    Case(sizes: [4, 6, 3], activation: .sigmoid, batchNorm: true, batch: 5),
    Case(sizes: [4, 6, 5, 3], activation: .tanh, batchNorm: true, dropout: 0.3, batch: 8),
  ]

  @Test(arguments: cases)
  func gradientsAgreeWithFiniteDifferences(test: Case) {
    let hidden = Array(test.sizes.dropFirst().dropLast())
    let network = Network.perceptron(
      inputs: test.sizes[0], hiddenWidths: hidden, outputs: test.sizes.last!, activation: test.activation,
      batchNorm: test.batchNorm, seed: 11, dropout: hidden.map { _ in test.dropout })
    expectGradients(of: network, batch: test.batch, labelSmoothing: test.labelSmoothing)
  }

  /// Layers in orders that no perceptron has: what works in place must not destroy what backward needs.
  @Test(arguments: [
    "linear 7 tanh sigmoid linear 3", "linear 5 sigmoid tanh dropout 0.3 elu dropout 0.4 linear 3",
    "dropout 0.2 linear 5 dropout 0.3 batch-norm dropout 0.4 linear 3", "tanh linear 4 linear 3",
    "batch-norm tanh linear 6 batch-norm batch-norm linear 3",
    "linear 4 sigmoid dropout 0 dropout 0.5 linear 3",
    "linear 6 gelu linear 5 silu dropout 0.3 linear 3",
    "linear 6 tanh linear 3 tanh", "linear 6 elu linear 3 dropout 0.2",
  ])
  func anyOrderOfLayersHasItsGradients(text: String) throws {
    let network = try Network(
      NetworkSpecification(text: text), input: .units(5), initialization: .pytorch, seed: 11,
      inputDropout: 0.1)
    expectGradients(of: network, batch: 6)
  }

  func expectGradients(of network: Network, batch: Int, labelSmoothing: Float = 0) {
    let team = ThreadTeam(threads: 1)
    var network = network
    var stream = RandomStream(seed: 12, purpose: .subset)
    let inputs = network.inputShape.count
    let input = Tensor(
      rows: batch, columns: inputs, elements: (0..<batch * inputs).map { _ in Float(stream.nextNormal()) })
    let labels = (0..<batch).map { UInt8($0 % network.outputs) }
    let loss = SoftmaxCrossEntropy(labelSmoothing: labelSmoothing)

    func forward(_ network: inout Network) -> (Pass, Double) {
      var pass = Pass(for: network)
      pass.resize(rows: batch)
      pass.input = input
      pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: 0), team: team)
      var scores = SampleScores()
      loss.score(logits: pass.output, labels: labels, into: &scores, team: team)
      return (pass, scores.lossSum / Double(batch))
    }

    var (pass, _) = forward(&network)
    loss.gradient(logits: pass.output, labels: labels, into: &pass.outputGradient, team: team)
    pass.backward(&network, team: team)

    // The step is large enough for float32's rounding and small enough for the curvature.
    let step: Float = 1e-2
    let parameters = network.parameters
    let largest = parameters.flatMap(\.gradient.elements).map(abs).max() ?? 0
    #expect(largest > 1e-3)
    for (which, parameter) in parameters.enumerated() {
      for element in parameter.values.elements.indices {
        func loss(at offset: Float) -> Double {
          var moved = network
          moved.updateParameters { if $1 == which { $0.values.elements[element] += offset } }
          return forward(&moved).1
        }
        let difference = (loss(at: step) - loss(at: -step)) / Double(2 * step)
        let gradient = Double(parameter.gradient.elements[element])
        #expect(
          abs(difference - gradient) < 0.02 * Double(largest), "parameter \(which), element \(element)")
      }
    }
  }
}
