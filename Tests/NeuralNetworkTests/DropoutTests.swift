import Testing

@testable import NeuralNetwork

@Suite struct DropoutTests {
  func factors(_ probability: Double, rows: Int = 400, columns: Int = 250, step: Int = 0, layer: Int = 1)
    -> Tensor
  {
    var factors = Tensor(rows: rows, columns: columns)
    RandomDropoutMasks(seed: 1, step: step)
      .fill(
        &factors, dropout: Dropout(probability: probability, number: layer), team: ThreadTeam(threads: 1))
    return factors
  }

  @Test(arguments: [0.05, 0.2, 0.5, 0.9])
  func droppingKeepsTheMean(probability: Double) {
    let elements = factors(probability).elements
    let mean = elements.reduce(0) { $0 + Double($1) } / Double(elements.count)
    let deviation = (probability / (1 - probability) / Double(elements.count)).squareRoot()
    #expect(abs(mean - 1) < 4 * deviation)
    #expect(Set(elements) == [0, Float(1 / (1 - probability))])
  }

  @Test(arguments: [0.999, 0.9999, 0.99999, 0.999_999, 1 - 0x1p-40])
  func theScaleIsThatOfTheProbabilityReallyUsed(probability: Double) {
    let dropout = Dropout(probability: probability)
    let kept = 1 - Double(dropout.threshold) / 65_536
    #expect(kept > 0, "only 1 drops everything")
    #expect(abs(Double(dropout.scale) * kept - 1) < 1e-4)
  }

  @Test func everyStepLayerRowAndSeedHasItsOwnMask() {
    let mask = factors(0.5)
    #expect(mask == factors(0.5))
    #expect(mask != factors(0.5, step: 1))
    #expect(mask != factors(0.5, layer: 2))
    #expect(mask.row(0) != mask.row(1))
    var other = mask
    RandomDropoutMasks(seed: 2, step: 0).fill(
      &other, dropout: Dropout(probability: 0.5, number: 1), team: ThreadTeam(threads: 1))
    #expect(mask != other)
  }

  @Test func aUnitKeptAtAHighProbabilityIsKeptAtALowerOne() {
    for (low, high) in zip(factors(0.2).elements, factors(0.6).elements) where high > 0 {
      #expect(low > 0)
    }
  }

  /// A network of one hidden layer, after forward and backward over a batch.
  func pass(probability: Double, inputDropout: Double = 0) -> (
    network: Network, logits: Tensor, evaluated: Tensor
  ) {
    let team = ThreadTeam(threads: 1)
    var network = Network.perceptron(
      inputs: 6, hiddenWidths: [9], outputs: 3, seed: 4, inputDropout: inputDropout, dropout: [probability])
    var pass = Pass(for: network)
    var stream = RandomStream(seed: 8, purpose: .subset)
    pass.resize(rows: 5)
    pass.input.elements = (0..<30).map { _ in Float(stream.nextUniform()) }
    var evaluation = Pass(for: network)
    evaluation.resize(rows: 5)
    evaluation.input = pass.input
    evaluation.forward(network, team: team)
    pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: 0), team: team)
    SoftmaxCrossEntropy().gradient(
      logits: pass.output, labels: [0, 1, 2, 0, 1], into: &pass.outputGradient, team: team)
    pass.backward(&network, team: team)
    return (network, pass.output, evaluation.output)
  }

  @Test func probabilityZeroIsTheIdentity() {
    let result = pass(probability: 0)
    #expect(result.logits == result.evaluated)
  }

  @Test func probabilityOneGivesZerosAndNoNaN() {
    let result = pass(probability: 1)
    let biases = result.network.linears[1].biases?.values.elements ?? []
    for row in 0..<5 { #expect(Array(result.logits.row(row)) == biases) }
    let gradients = result.network.linears[0].weights.gradient.elements
    #expect(gradients.allSatisfy { $0 == 0 })
    let allFinite = result.network.parameters.allSatisfy { $0.gradient.elements.allSatisfy(\.isFinite) }
    #expect(allFinite)
  }

  @Test func droppedUnitsHaveGradientZero() {
    /// Drops the same units for every sample.
    struct EveryOther: DropoutMasks {
      func fill(_ factors: inout Tensor, dropout: Dropout, team: ThreadTeam) {
        for row in 0..<factors.rows {
          for unit in 0..<factors.columns { factors[row, unit] = unit % 2 == 0 ? dropout.scale : 0 }
        }
      }
    }
    let team = ThreadTeam(threads: 1)
    var network = Network.perceptron(
      inputs: 4, hiddenWidths: [8], outputs: 3, activation: .sigmoid, seed: 4, dropout: [0.5])
    var pass = Pass(for: network)
    pass.resize(rows: 2)
    pass.input.elements = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    pass.forwardTraining(&network, masks: EveryOther(), team: team)
    SoftmaxCrossEntropy().gradient(
      logits: pass.output, labels: [0, 1], into: &pass.outputGradient, team: team)
    pass.backward(&network, team: team)
    let linear = network.linears[0]
    for unit in 0..<8 {
      let gradients =
        (0..<4).map { linear.weights.gradient[$0, unit] } + [linear.biases?.gradient[0, unit] ?? 0]
      #expect(gradients.allSatisfy { ($0 == 0) == (unit % 2 == 1) })
    }
  }

  @Test func inputDropoutDropsPixels() {
    let result = pass(probability: 0, inputDropout: 1)
    #expect(result.logits.row(0) == result.logits.row(1).map { $0 }[...])
    #expect(result.network.linears[0].weights.gradient.elements.allSatisfy { $0 == 0 })
  }
}
