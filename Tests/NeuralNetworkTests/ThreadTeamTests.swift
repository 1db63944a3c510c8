import CKernels
import Testing

@testable import NeuralNetwork

/// Whole training steps with every instruction set and number of threads.
@Suite struct ThreadTeamTests {
  struct Case: CustomTestStringConvertible {
    var activation = Activation.relu
    var batchNorm = false
    var batch = 131
    var optimizer: any Optimizer = SGD(learningRate: 0.1)
    var adjustments: [GradientAdjustment] = []

    var testDescription: String { "\(activation) norm \(batchNorm) batch \(batch) \(type(of: optimizer))" }
  }

  static let cases = [
    Case(), Case(batch: 1, optimizer: SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 1e-3)),
    Case(activation: .sigmoid, batchNorm: true, batch: 300),
    // Without a large ε, Adam makes updates of full size from gradients that are mere rounding.
    Case(activation: .tanh, batch: 300, optimizer: Adam(epsilon: 1e-3)),
    Case(
      activation: .elu, batch: 517, optimizer: SGD(learningRate: 0.1, momentum: 0.9, nesterov: true)
    ),
    Case(batch: 40, optimizer: RMSprop(momentum: 0.5, epsilon: 1e-3)),
    Case(batch: 40, optimizer: AdaGrad(epsilon: 1e-3)),
    Case(batch: 32, adjustments: [.l1(strength: 1e-4), .clipNorm(0.1), .clipValue(0.01)]),
  ]

  /// Three steps and an evaluation; returns all numbers that come of them.
  func train(_ test: Case, threads: Int, set: String) throws -> [Tensor] {
    let team = ThreadTeam(threads: threads, kernels: try #require(kernels_named(set)))
    var network = Network.perceptron(
      inputs: 301, hiddenWidths: [203, 97], outputs: 10, activation: test.activation,
      batchNorm: test.batchNorm, seed: 3, inputDropout: 0.1, dropout: [0.2, 0.5])
    var optimizer = test.optimizer
    var pass = Pass(for: network)
    var evaluation = Pass(for: network)
    var scores = SampleScores()
    var stream = RandomStream(seed: 5, purpose: .subset)
    let images = (0..<150 * 301).map { _ in UInt8(max(0, Int(stream.next() % 512) - 256)) }
    pass.resize(rows: test.batch)
    evaluation.resize(rows: test.batch)
    let labels = (0..<test.batch).map { UInt8($0 % 10) }
    for step in 0..<3 {
      let samples = (0..<Int32(test.batch)).map { ($0 + Int32(step) * 7) % 150 }
      pass.input.gather(samples, of: images, team: team)
      pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: step), team: team)
      SoftmaxCrossEntropy().gradient(
        logits: pass.output, labels: labels, into: &pass.outputGradient, team: team)
      pass.backward(&network, team: team)
      for adjustment in test.adjustments { adjustment.apply(to: &network, team: team) }
      optimizer.update(&network, team: team)
    }
    evaluation.input = pass.input
    evaluation.forward(network, team: team)
    SoftmaxCrossEntropy().score(logits: evaluation.output, labels: labels, into: &scores, team: team)
    return network.parameters.map(\.values)
      + [evaluation.output, Tensor(rows: 1, columns: test.batch, elements: scores.losses)]
  }

  @Test(arguments: KernelTests.sets, cases)
  func bitsDoNotDependOnThreads(set: String, test: Case) throws {
    let alone = try train(test, threads: 1, set: set)
    #expect(alone.allSatisfy { $0.elements.allSatisfy(\.isFinite) })
    for threads in 2...4 {
      #expect(try train(test, threads: threads, set: set) == alone, "\(threads) threads")
    }
  }

  @Test(arguments: KernelTests.sets, cases)
  func instructionSetsAgree(set: String, test: Case) throws {
    let portable = try train(test, threads: 1, set: "portable")
    for (actual, expected) in zip(try train(test, threads: 1, set: set), portable) {
      let scale = expected.elements.map(abs).max()!
      let worst = zip(actual.elements, expected.elements).map { abs($0 - $1) }.max()!
      #expect(worst <= 1e-5 * scale)
    }
  }

  @Test func aTeamThatSleptGoesOn() {
    let team = ThreadTeam(threads: 3)
    var sums = Tensor(rows: 1, columns: 400)
    let matrix = Tensor(rows: 100, columns: 400, elements: .init(repeating: 1, count: 40_000))
    for _ in 0..<3 {
      sums.elements = .init(repeating: 0, count: 400)
      // Far longer than threads wait awake.
      let clock = ContinuousClock()
      let end = clock.now + .milliseconds(20)
      while clock.now < end {}
      team.sumColumns(of: matrix, into: &sums)
      #expect(sums.elements.allSatisfy { $0 == 100 })
    }
  }

  /// A thread that is still looking for work when the team ends must not wait for more.
  @Test func aTeamCanEndRightAfterItsWork() {
    let matrix = Tensor(rows: 100, columns: 400, elements: .init(repeating: 1, count: 40_000))
    var sums = Tensor(rows: 1, columns: 400)
    for _ in 0..<300 { ThreadTeam(threads: 4).sumColumns(of: matrix, into: &sums) }
    #expect(sums.elements.allSatisfy { $0 == 100 })
  }
}
