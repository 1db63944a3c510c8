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
    Case(sizes: [6, 5, 4, 3], activation: .elu(alpha: 1), dropout: 0.4),
    Case(sizes: [6, 9, 4], activation: .leakyReLU(slope: 0.01), dropout: 0.2, batch: 7),
    Case(sizes: [6, 9, 9, 4], activation: .relu, dropout: 0.5, batch: 9, labelSmoothing: 0.1),
    Case(sizes: [4, 6, 3], activation: .sigmoid, batchNorm: true, batch: 5),
    Case(sizes: [4, 6, 5, 3], activation: .tanh, batchNorm: true, dropout: 0.3, batch: 8),
  ]

  @Test(arguments: cases)
  func gradientsAgreeWithFiniteDifferences(test: Case) {
    let team = ThreadTeam(threads: 1)
    let hidden = Array(test.sizes.dropFirst().dropLast())
    var network = Network(
      Architecture(
        inputs: test.sizes[0], hiddenWidths: hidden, outputs: test.sizes.last!, activation: test.activation,
        batchNorm: test.batchNorm),
      initialization: .pytorch, seed: 11, dropout: hidden.map { _ in test.dropout })
    var stream = RandomStream(seed: 12, purpose: .subset)
    let input = Matrix(
      rows: test.batch, columns: test.sizes[0],
      elements: (0..<test.batch * test.sizes[0]).map { _ in Float(stream.nextNormal()) })
    let labels = (0..<test.batch).map { UInt8($0 % test.sizes.last!) }
    let loss = SoftmaxCrossEntropy(labelSmoothing: test.labelSmoothing)

    func forward(_ network: inout Network) -> (TrainingPass, Double) {
      var pass = TrainingPass(for: network)
      pass.resize(rows: test.batch)
      pass.input = input
      pass.forward(&network, masks: RandomDropoutMasks(seed: 1, step: 0), team: team)
      var scores = SampleScores()
      loss.score(logits: pass.logits, labels: labels, into: &scores, team: team)
      return (pass, scores.lossSum / Double(test.batch))
    }

    var (pass, _) = forward(&network)
    loss.gradient(logits: pass.logits, labels: labels, into: &pass.logitsGradient, team: team)
    pass.backward(&network, team: team)

    // The step is large enough for float32's rounding and small enough for the curvature.
    let step: Float = 1e-2
    let parameters = network.parameters
    let largest = parameters.flatMap(\.gradient.elements).map(abs).max()!
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
