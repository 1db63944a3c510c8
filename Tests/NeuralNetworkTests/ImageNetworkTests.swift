import Testing

@testable import NeuralNetwork

/// Three steps of residual blocks and whole networks, as PyTorch makes them in double precision.
@Suite struct ImageNetworkTests {
  struct Case: Decodable {
    struct Step: Decodable {
      let images: NestedNumbers
      let labels: [UInt8]?
      let targets: NestedNumbers?
      let output: NestedNumbers
      let gradients: [String: NestedNumbers]
      let after: [String: NestedNumbers]
      let evaluation: NestedNumbers
    }
    let text: String
    let optimizer: String
    let learningRate: Double
    let momentum: Double
    let nesterov: Bool
    let weightDecay: Double
    let decaysWeightsOnly: Bool
    let initial: [String: NestedNumbers]
    let steps: [Step]

    func makeOptimizer() -> any Optimizer {
      let scope = decaysWeightsOnly ? WeightDecayScope.weightsOnly : .allParameters
      guard optimizer == "adamW" else {
        return SGD(
          learningRate: learningRate, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay,
          weightDecayScope: scope)
      }
      return Adam(
        learningRate: learningRate, weightDecay: weightDecay, decouplesWeightDecay: true,
        weightDecayScope: scope)
    }
  }

  static let names = [
    "residual-identity", "residual-projection", "residual-biases", "residual-relu", "small-lenet-sigmoid",
    "small-lenet-relu", "small-resnet", "small-resnet-colour", "small-resnet18-cifar",
  ]

  /// Sets the gradient of the mean loss.
  private func setGradient(_ pass: inout Pass, of step: Case.Step, team: ThreadTeam) throws {
    if let labels = step.labels {
      SoftmaxCrossEntropy().gradient(
        logits: pass.output, labels: labels, into: &pass.outputGradient, team: team)
      return
    }
    let targets = try #require(step.targets).samples
    let scale = 2 / Float(targets.elements.count)
    for (place, value) in pass.output.elements.enumerated() {
      pass.outputGradient.elements[place] = scale * (value - targets.elements[place])
    }
  }

  @Test(arguments: names) func everyStepAgreesWithPyTorch(name: String) throws {
    let reference = try NestedNumbers.fixture(name, as: Case.self)
    let team = ThreadTeam(threads: 2)
    let shape = reference.steps[0].images.samples.shape
    var network = try Network(reference.text, weights: reference.initial, for: shape)
    var optimizer = reference.makeOptimizer()
    var pass = Pass(for: network)
    #expect(reference.steps.count == 3)
    for (number, step) in reference.steps.enumerated() {
      let what = "\(name), step \(number): "
      pass.input = step.images.samples
      pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: number), team: team)
      expectAlike(pass.output.elements, step.output.samples.elements, 1e-5, what + "output")
      try setGradient(&pass, of: step, team: team)
      pass.backward(&network, team: team)
      // The bias of a convolution before batch norm has no effect: its gradient is rounding beside the others.
      let largest = step.gradients.values.flatMap(\.elements).reduce(Float(0)) { max($0, abs($1)) }
      for tensor in network.gradients {
        expectAlike(
          tensor.values, try #require(step.gradients[tensor.name]).elements, 3e-5, rounding: 1e-6 * largest,
          what + "gradient of \(tensor.name)")
      }
      optimizer.update(&network, team: team)
      for tensor in network.stateDictionary {
        // A bias without effect moves by rounding; beside the weights, which are about 1, that is nothing.
        expectAlike(
          tensor.values, try #require(step.after[tensor.name]).elements, 3e-5, rounding: 1e-6,
          what + tensor.name)
      }
      pass.input = step.images.samples
      pass.forward(network, team: team)
      expectAlike(pass.output.elements, step.evaluation.samples.elements, 2e-5, what + "evaluation")
    }
  }
}
