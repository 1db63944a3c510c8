import Testing

@testable import NeuralNetwork

/// Perceptrons of eight hidden layers, as PyTorch trains them in double precision for three steps.
@Suite struct DeepNetworkTests {
  struct Case: Decodable {
    struct Optimizer: Decodable {
      let learningRate: Double
      let momentum: Double
      let weightDecay: Double
    }
    struct Parameters: Decodable {
      let parameters: [String: NestedNumbers]
    }
    struct Step: Decodable {
      let input: NestedNumbers
      let labels: [UInt8]
      let logits: NestedNumbers
      let loss: Double
      let gradients: [String: NestedNumbers]
      let gradientNorms: [String: Double]
      let evaluationLogitsAfter: NestedNumbers
      let after: Parameters
    }
    let optimizer: Optimizer
    let initial: Parameters
    let steps: [Step]
  }

  static let cases: [(name: String, activation: Activation, isResidual: Bool)] = [
    ("deep-mlp-sigmoid", .sigmoid, false), ("deep-mlp-relu-he", .relu, false),
    ("deep-mlp-residual", .relu, true),
  ]

  /// PyTorch's names of the parameters, in the order of ours.
  private static let names = (0...8).flatMap { ["layers.\($0).weight", "layers.\($0).bias"] }

  @Test(arguments: cases) func everyStepAgreesWithPyTorch(
    name: String, activation: Activation, isResidual: Bool
  ) throws {
    let reference = try NestedNumbers.fixture(name, as: Case.self)
    let team = ThreadTeam(threads: 1)
    let widths = Array(repeating: 8, count: 8)
    var network = try Network(
      NetworkSpecification(
        hiddenWidths: widths, dropout: widths.map { _ in 0 }, activation: activation,
        residual: isResidual,
        outputs: 4),
      input: .units(6), initialization: .pytorch, seed: 1)
    let own = network.stateDictionary
    try network.load(
      zip(own, Self.names).map { tensor, name in
        NamedTensor(
          name: tensor.name, shape: tensor.shape,
          values: try #require(reference.initial.parameters[name]).elements)
      })
    var optimizer = SGD(
      learningRate: reference.optimizer.learningRate, momentum: reference.optimizer.momentum,
      weightDecay: reference.optimizer.weightDecay)
    var pass = Pass(for: network)
    #expect(reference.steps.count == 3)
    for (number, step) in reference.steps.enumerated() {
      let what = "\(name), step \(number): "
      pass.input = step.input.samples
      pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: number), team: team)
      expectAlike(pass.output.elements, step.logits.elements, 1e-5, what + "logits")
      var scores = SampleScores()
      SoftmaxCrossEntropy().score(
        logits: pass.output, labels: step.labels, into: &scores, team: team)
      #expect(abs(scores.lossSum / Double(step.labels.count) - step.loss) <= 1e-5 * step.loss)
      SoftmaxCrossEntropy().gradient(
        logits: pass.output, labels: step.labels, into: &pass.outputGradient, team: team)
      pass.backward(&network, team: team)
      for (tensor, name) in zip(network.gradients, Self.names) {
        expectAlike(
          tensor.values, try #require(step.gradients[name]).elements, 1e-5,
          what + "gradient of \(name)")
        let norm = tensor.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        let expected = try #require(step.gradientNorms[name])
        #expect(abs(norm - expected) <= 1e-5 * expected, "\(what)norm of the gradient of \(name)")
      }
      optimizer.update(&network, team: team)
      for (tensor, name) in zip(network.stateDictionary, Self.names) {
        expectAlike(
          tensor.values, try #require(step.after.parameters[name]).elements, 1e-5, what + name)
      }
      pass.input = step.input.samples
      pass.forward(network, team: team)
      expectAlike(
        pass.output.elements, step.evaluationLogitsAfter.elements, 1e-5, what + "evaluation")
    }
  }

  @Test func onlyLayersAsWideAsTheOneBeforeAreResidual() {
    let network = NetworkSpecification(
      hiddenWidths: [8, 8, 4, 4], dropout: [0.1, 0.2, 0.3, 0.4], batchNorm: true, residual: true,
      outputs: 2)
    #expect(
      network.text
        == "linear 8 batch-norm relu dropout 0.1 residual(linear 8 batch-norm relu dropout 0.2) "
        + "linear 4 batch-norm relu dropout 0.3 residual(linear 4 batch-norm relu dropout 0.4) linear 2"
    )
    #expect(network.dropout == [0.1, 0.2, 0.3, 0.4])
  }
}

/// What the book tells of numerical stability, as PyTorch computes it.
@Suite struct NumericalStabilityTests {
  struct Case: Decodable {
    struct Function: Decodable {
      let x: [Float]?
      let value: [Float]
      let derivative: [Float]
    }
    struct Symmetry: Decodable {
      struct Outcome: Decodable {
        let mask: [[Float]]?
        let steps: [Step]
      }
      struct Step: Decodable {
        let loss: Double
        let hiddenWeights: NestedNumbers
        let outputWeights: NestedNumbers
      }
      let inputs: NestedNumbers
      let labels: [UInt8]
      let cases: [Outcome]
    }
    let sigmoid: Function
    let tanh: Function
    let symmetry: Symmetry
  }

  private func reference() throws -> Case {
    try NestedNumbers.fixture("numerical-stability", as: Case.self)
  }

  @Test func functionsAndDerivativesAgreeWithPyTorch() throws {
    let reference = try reference()
    let arguments = try #require(reference.sigmoid.x)
    for (activation, function) in [
      (Activation.sigmoid, reference.sigmoid), (.tanh, reference.tanh),
    ] {
      let (values, derivatives) = activation.valuesAndDerivatives(at: arguments)
      expectAlike(values, function.value, 1e-5, "\(activation.title)")
      expectAlike(derivatives, function.derivative, 1e-5, "derivative of \(activation.title)")
    }
  }

  @Test func onlyADropoutMaskSeparatesUnitsThatBeginAlike() throws {
    let symmetry = try reference().symmetry
    let team = ThreadTeam(threads: 1)
    for outcome in symmetry.cases {
      var network = Network.perceptron(
        inputs: 3, hiddenWidths: [4], outputs: 2, activation: .sigmoid,
        initialization: .constant(0.1),
        dropout: [outcome.mask == nil ? 0 : 0.5])
      network.linears[1].weights.values.elements = Array(repeating: 0.2, count: 8)
      var optimizer = SGD(learningRate: 1)
      var pass = Pass(for: network)
      for step in outcome.steps {
        pass.input = symmetry.inputs.samples
        pass.forwardTraining(
          &network, masks: GivenMasks(kept: outcome.mask.map { [Tensor($0)] } ?? []), team: team)
        SoftmaxCrossEntropy().gradient(
          logits: pass.output, labels: symmetry.labels, into: &pass.outputGradient, team: team)
        pass.backward(&network, team: team)
        // The case has no biases: they stay 0.
        network.updateParameters { parameter, _ in
          if parameter.kind == .bias {
            parameter.gradient.elements = parameter.gradient.elements.map { _ in 0 }
          }
        }
        optimizer.update(&network, team: team)
        expectAlike(
          network.linears[0].weights.values.transposed.elements, step.hiddenWeights.elements, 1e-5,
          "hidden")
        expectAlike(
          network.linears[1].weights.values.transposed.elements, step.outputWeights.elements, 1e-5,
          "output")
      }
      let weights = network.linears[0].weights.values.transposed
      let columns = outcome.mask.map { mask in (0..<4).map { unit in mask.map { $0[unit] } } }
      for (first, second) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
        let areAlike = Array(weights.row(first)) == Array(weights.row(second))
        #expect(areAlike == (columns.map { $0[first] == $0[second] } ?? true))
      }
    }
  }
}
