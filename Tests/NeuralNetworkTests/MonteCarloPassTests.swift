import Testing

@testable import NeuralNetwork

/// Logits computed by numpy in double precision, with Philox 4×32-10 written anew in Python for the masks.
@Suite struct MonteCarloPassTests {
  private func network(input: Double, dropout: [Double], batchNorm: Bool) -> Network {
    var network = Network.perceptron(
      inputs: 6, hiddenWidths: [8, 5], outputs: 3, batchNorm: batchNorm, inputDropout: input,
      dropout: dropout)
    func value(_ row: Int, _ column: Int, _ layer: Int) -> Float {
      Float((row * 7 + column * 13 + layer * 5) % 19 - 9) / 8
    }
    func fill(_ linear: inout Linear, _ layer: Int) {
      for column in 0..<linear.outputs {
        for row in 0..<linear.inputs { linear.weights.values[row, column] = value(row, column, layer) }
        linear.biases?.values[0, column] = value(1, column, layer + 3)
      }
    }
    for layer in 0..<3 { fill(&network.linears[layer], layer) }
    for layer in network.batchNorms.indices {
      network.batchNorms[layer].fill(
        scale: [1.5, 0.5][layer], shift: [0.25, -0.125][layer], mean: [0.5, -0.25][layer],
        variance: [2, 0.5][layer])
    }
    return network
  }

  private func logits(
    _ network: Network, seed: UInt64, samples: [Int32], passes: Int, threads: Int = 1
  ) -> Tensor {
    var pass = Pass(for: network)
    pass.resize(rows: samples.count)
    for row in samples.indices {
      for column in 0..<6 { pass.input[row, column] = Float(column * 3 % 7) / 7 }
    }
    pass.forwardMonteCarlo(
      network, passes: passes, seed: seed, samples: samples, team: ThreadTeam(threads: threads))
    return pass.output
  }

  private func expect(_ logits: Tensor, _ expected: [Float]) {
    #expect(logits.elements.count == expected.count)
    for (value, wanted) in zip(logits.elements, expected) { #expect(abs(value - wanted) < 1e-5) }
  }

  @Test func everyLayerDropsAsNumpySays() {
    expect(
      logits(network(input: 0.25, dropout: [0.5, 0.25], batchNorm: false), seed: 5, samples: [3], passes: 3),
      [-0.8856648, 1.6304564, -0.6269841, 0.4166667, -0.0401786, -0.9776785, -0.7534723, 0.7083334, -1.0625])
  }

  @Test func batchNormUsesItsRunningStatistics() {
    expect(
      logits(network(input: 0, dropout: [0, 0.5], batchNorm: true), seed: 5, samples: [3], passes: 3),
      [0.5901094, -0.0247218, -1.8380259, 0.8424195, -0.5924195, -2.0272585, 0.3088471, 0.011912, -0.3215103])
  }

  @Test func theLastLayerNeedNotDrop() {
    expect(
      logits(network(input: 0, dropout: [0.5, 0], batchNorm: false), seed: 9, samples: [4], passes: 2),
      [-0.1852679, 0.7087054, -1.0055804, 1.2684152, -1.5803571, -1.5982143])
  }

  @Test func aSampleIsAnsweredAlikeAloneAmongOthersAndByMoreThreads() {
    let network = network(input: 0.25, dropout: [0.5, 0.25], batchNorm: true)
    let together = logits(network, seed: 5, samples: [7, 3, 2], passes: 200, threads: 2)
    let alone = logits(network, seed: 5, samples: [3], passes: 200)
    #expect(Array(together.elements[600..<1200]) == alone.elements)
    let fewer = logits(network, seed: 5, samples: [3], passes: 20)
    #expect(Array(alone.elements.prefix(60)) == fewer.elements)
    #expect(together.row(0) != together.row(200), "each sample has masks of its own")
  }

  @Test func withoutDropoutAllPassesAreTheEvaluation() {
    let network = network(input: 0, dropout: [0, 0], batchNorm: true)
    let logits = logits(network, seed: 5, samples: [3], passes: 4)
    var evaluation = Pass(for: network)
    evaluation.resize(rows: 1)
    for column in 0..<6 { evaluation.input[0, column] = Float(column * 3 % 7) / 7 }
    evaluation.forward(network, team: ThreadTeam(threads: 1))
    for pass in 0..<4 { #expect(Array(logits.row(pass)) == evaluation.output.elements) }
  }

  @Test func droppingEverythingLeavesTheBiases() {
    let network = network(input: 0, dropout: [0.5, 1], batchNorm: false)
    let logits = logits(network, seed: 5, samples: [3], passes: 2)
    for pass in 0..<2 { #expect(Array(logits.row(pass)) == network.linears[2].biases?.values.elements) }
  }
}

extension BatchNorm {
  fileprivate mutating func fill(scale: Float, shift: Float, mean: Float, variance: Float) {
    for unit in runningMean.indices {
      (self.scale.values[0, unit], self.shift.values[0, unit]) = (scale, shift)
      (runningMean[unit], runningVariance[unit]) = (mean, variance)
    }
  }
}
