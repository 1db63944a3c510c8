import Testing

@testable import NeuralNetwork

/// Regressions step by step against PyTorch, in batches whose order is given.
@Suite struct RegressionReferenceTests {
  struct Epoch: Decodable {
    struct Step: Decodable {
      let batch: [Int]
      let loss: Float
    }
    let steps: [Step]
    let trainLoss: Float
    let testLoss: Float
    let weightNorm: Float
    let weights: [Float]?
    let bias: Float?
  }

  struct Polynomial: Decodable {
    struct Case: Decodable {
      let features: Int
      let initialWeights: [Float]
      let epochs: [Epoch]
    }
    let learningRate: Double
    let x: [Double]
    let polynomialFeatures: [[Float]]
    let labels: [Float]
    let trainCount: Int
    let cases: [Case]
  }

  struct WeightDecay: Decodable {
    struct Case: Decodable {
      let kind: String
      let lossFactor: Float
      let lambda: Double
      let initialBias: Float
      let epochs: [Epoch]
    }
    let learningRate: Double
    let inputs: [[Float]]
    let labels: [Float]
    let trainCount: Int
    let initialWeights: [Float]
    let cases: [Case]
  }

  @Test func everyStepOfThePolynomialAgrees() throws {
    let reference = try NestedNumbers.fixture("polynomial-regression", as: Polynomial.self)
    #expect(reference.cases.map(\.features) == [4, 2, 20])
    let inputs = reference.x.map { x in
      (1..<20).reduce(into: [1.0]) { powers, degree in
        powers.append(powers[degree - 1] * x / Double(degree))
      }.map(Float.init)
    }
    for (found, expected) in zip(inputs, reference.polynomialFeatures) {
      expectAlike(found, expected, 1e-6, "features")
    }
    for run in reference.cases {
      try expectAgreement(
        Linear(
          weights: Tensor(rows: run.features, columns: 1, elements: run.initialWeights), biases: nil),
        SGD(learningRate: reference.learningRate), MeanSquaredError(),
        inputs: inputs.map { Array($0.prefix(run.features)) }, targets: reference.labels,
        trainCount: reference.trainCount, run.epochs, "\(run.features) features")
    }
  }

  @Test func everyStepWithAndWithoutWeightDecayAgrees() throws {
    let reference = try NestedNumbers.fixture("weight-decay-regression", as: WeightDecay.self)
    #expect(reference.cases.map(\.lambda).filter { $0 > 0 }.count == 2)
    for run in reference.cases {
      try expectAgreement(
        Linear(
          weights: Tensor(rows: 200, columns: 1, elements: reference.initialWeights),
          biases: [run.initialBias]),
        SGD(
          learningRate: reference.learningRate, weightDecay: run.lambda, weightDecayScope: .weightsOnly),
        MeanSquaredError(isHalved: run.lossFactor == 0.5),
        inputs: reference.inputs, targets: reference.labels, trainCount: reference.trainCount,
        run.epochs, "\(run.kind), λ \(run.lambda)")
    }
  }

  private func expectAgreement(
    _ linear: Linear, _ sgd: SGD, _ loss: MeanSquaredError, inputs: [[Float]], targets: [Float],
    trainCount: Int, _ epochs: [Epoch], _ what: String
  ) throws {
    let team = ThreadTeam(threads: 1)
    var optimizer: any Optimizer = sgd
    var network = try Network(
      NetworkSpecification(text: "linear 1" + (linear.biases == nil ? " no-bias" : "")),
      input: .units(linear.inputs), initialization: .pytorch, seed: 1)
    network.linears = [linear]
    var pass = Pass(for: network)
    var scores = SampleScores()
    func targetsOf(_ batch: [Int]) -> Tensor {
      Tensor(rows: batch.count, columns: 1, elements: batch.map { targets[$0] })
    }
    func meanLoss(_ samples: Range<Int>) -> Float {
      pass.input = Tensor(samples.map { inputs[$0] })
      pass.forward(network, team: team)
      loss.score(predictions: pass.output, targets: targetsOf(Array(samples)), into: &scores)
      return Float(scores.lossSum / Double(samples.count))
    }
    let largest = epochs.compactMap(\.weights).joined().map(abs).max() ?? 0
    let losses = epochs.map { ($0.trainLoss, $0.testLoss) }
    for (number, epoch) in epochs.enumerated() {
      for step in epoch.steps {
        pass.input = Tensor(step.batch.map { inputs[$0] })
        pass.forwardTraining(&network, masks: GivenMasks(kept: []), team: team)
        loss.score(predictions: pass.output, targets: targetsOf(step.batch), into: &scores)
        let found = Float(scores.lossSum / Double(step.batch.count))
        let scale = epochs.flatMap(\.steps).map(\.loss).max() ?? 0
        #expect(abs(found - step.loss) <= 1e-5 * scale, "loss of epoch \(number), \(what)")
        loss.gradient(
          predictions: pass.output, targets: targetsOf(step.batch), into: &pass.outputGradient)
        pass.backward(&network, team: team)
        optimizer.update(&network, team: team)
      }
      let weights = network.linears[0].weights.values.elements
      let differences = zip(weights, epoch.weights ?? weights).map { abs($0 - $1) }
      #expect((differences.max() ?? 0) <= 1e-5 * largest, "weights of epoch \(number), \(what)")
      let bias = network.linears[0].biases?.values.elements.first
      #expect((bias == nil) == (epoch.bias == nil))
      #expect(abs((bias ?? 0) - (epoch.bias ?? 0)) <= 1e-5 * largest, "bias of epoch \(number), \(what)")
      let train = meanLoss(0..<trainCount)
      let test = meanLoss(trainCount..<inputs.count)
      #expect(abs(train - epoch.trainLoss) <= 1e-5 * (losses.map(\.0).max() ?? 0), "train, \(what)")
      #expect(abs(test - epoch.testLoss) <= 1e-5 * (losses.map(\.1).max() ?? 0), "test, \(what)")
      let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - epoch.weightNorm) <= 1e-5 * epoch.weightNorm, "norm of the weights, \(what)")
    }
  }
}
