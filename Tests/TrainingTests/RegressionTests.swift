import Datasets
import Experiment
import NeuralNetwork
import Platform
import Testing

@testable import Training

/// The book's regressions, by the figures that PyTorch has for them over seeds.
@Suite struct RegressionTests {
  private func configuration(_ dataset: DatasetDescription, _ texts: [Setting: String]) throws
    -> RunConfiguration
  {
    var given = GivenSettings()
    given.dataset = dataset
    for (setting, text) in texts { given[setting] = text }
    return try given.configuration()
  }

  private func polynomial(_ features: Int, epochs: Int, seed: Int = 1) throws -> RunConfiguration {
    try configuration(
      .polynomial,
      [
        .network: "linear 1 no-bias", .features: String(features), .epochs: String(epochs),
        .evaluationInterval: String(epochs), .seed: String(seed),
      ])
  }

  private func linear(decay: String, _ texts: [Setting: String] = [:], seed: Int) throws -> RunConfiguration {
    try configuration(
      .linear,
      [
        .initialization: "normal=1:0", .loss: "half-mse", .learningRate: "0.003", .batchSize: "5",
        .evaluationInterval: "100", .weightDecay: decay, .noBiasDecay: "true", .seed: String(seed),
      ].merging(texts) { $1 })
  }

  private func run(_ configuration: RunConfiguration) throws -> (figures: Measurements, fit: SamplesFitted) {
    let sink = LastCheckpoint()
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: [RunPlan(name: "run", configuration: configuration)],
      dataset: Dataset(
        train: LabeledImages(SampleNumbers(features: 1, inputs: [], targets: [])),
        test: LabeledImages(SampleNumbers(features: 1, inputs: [], targets: [])),
        source: DataSource(of: configuration.dataset, place: .synthesis, directory: "")),
      threads: 1, events: queue, checkpoints: sink.sink)
    engine.start()
    engine.waitUntilEnded()
    let events = queue.drain()
    let network = try TrainedNetwork(
      configuration, weights: sink.weights, sample: configuration.sampleShape, classes: 1)
    guard
      case .samplesFitted(let fit)? = network.answers(
        to: .observe, step: 1, images: LabeledImages(SampleNumbers(features: 1, inputs: [], targets: []))
      ).first
    else { throw SpecificationError("no fit", remedy: "") }
    return (try #require(events.evaluations().last).metrics, fit)
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  @Test func fourFeaturesFindThePolynomial() throws {
    let runs = try (1...5).map { try run(polynomial(4, epochs: 400, seed: $0)) }
    let train = try runs.map { try #require($0.figures[.trainLoss]) }
    let test = try runs.map { try #require($0.figures[.testLoss]) }
    #expect(abs(train.reduce(0, +) / 5 - 0.0106) < 0.002)
    #expect(abs(test.reduce(0, +) / 5 - 0.010) < 0.002)
    for (place, weight) in [5, 1.2, -3.4, 5.6].enumerated() {
      #expect(abs(runs.map(\.fit.weights[place]).reduce(0, +) / 5 - weight) < 0.05)
    }
    #expect(runs.allSatisfy { $0.fit.bias == nil && $0.figures[.testAccuracy] == nil })
    #expect(runs[0].fit.curve.count == SamplesFitted.grid.count)
  }

  @Test func twoFeaturesUnderfit() throws {
    for seed in 1...5 {
      let loss = try #require(run(polynomial(2, epochs: 400, seed: seed)).figures[.trainLoss])
      #expect((2...25).contains(loss))
    }
  }

  @Test func twentyFeaturesHardlyOverfitBySteps() throws {
    let runs = try (1...3).map { try run(polynomial(20, epochs: 1500, seed: $0)).figures }
    #expect(try median(runs.map { try #require($0[.testLoss]) }) < 0.03)
    #expect(try median(runs.map { try #require($0[.trainLoss]) }) < 0.016)
  }

  @Test func weightDecayTurnsMemoryIntoAnAnswer() throws {
    let without = try (1...10).map { try run(linear(decay: "0", seed: $0)).figures }
    let with = try (1...10).map { try run(linear(decay: "3", seed: $0)).figures }
    func median(_ figure: Figure, _ runs: [Measurements]) throws -> Double {
      try self.median(runs.map { try #require($0[figure]) })
    }
    #expect(try (12.9...14.4).contains(median(.weightNorm, without)))
    #expect(try (70...112).contains(median(.testLoss, without)))
    #expect(try (0.351...0.393).contains(median(.weightNorm, with)))
    #expect(try (0.058...0.193).contains(median(.testLoss, with)))
  }

  @Test func biasesAndTheWholeSquareMakeTheConciseVariant() throws {
    let variant: [Setting: String] = [.initialization: "normal=1:1", .loss: "mse"]
    let without = try (1...10).map { try run(linear(decay: "0", variant, seed: $0)).figures }
    let with = try (1...10).map { try run(linear(decay: "3", variant, seed: $0)).figures }
    #expect(try (140...227).contains(median(without.map { try #require($0[.testLoss]) })))
    #expect(try (0.36...0.50).contains(median(with.map { try #require($0[.weightNorm]) })))
  }

  @Test func whatTheInputsDoNotSeeOnlyDecays() throws {
    let configuration = try linear(decay: "3", seed: 4)
    let synthesis = try #require(DatasetDescription.linear.synthesis)
    let samples = synthesis.samples(split: 0, count: 20, features: 200, seed: 4)
    let inputs = (0..<20).map { row in samples.inputs[row * 200..<row * 200 + 200].map(Double.init) }
    /// The part of weights that is orthogonal to all inputs: what is left without their projection.
    func unseen(_ weights: [Double]) -> [Double] {
      let products = inputs.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } }
      let projection = LeastSquares(inputs: inputs, targets: products).weights
      return zip(weights, projection).map { $0 - $1 }
    }
    let initial = try Network(
      configuration.network, input: .units(200), initialization: configuration.initialization, seed: 4)
    let before = unseen(try #require(initial.parameters.first).values.elements.map(Double.init))
    let after = unseen(try run(configuration).fit.weights)
    let ratio =
      zip(before, after).reduce(0) { $0 + $1.0 * $1.1 } / before.reduce(0) { $0 + $1 * $1 }
    // (1 - 0.003 · 3)^400
    #expect(abs(ratio - 0.0269) < 0.0001)
  }
}

/// Keeps the latest weights.
private final class LastCheckpoint: Sendable {
  private let latest = Guarded<[NamedTensor]>([])
  var sink: CheckpointSink {
    CheckpointSink(interval: .seconds(86_400)) { checkpoint in
      self.latest.withLock { $0 = checkpoint.weights }
    }
  }
  var weights: [NamedTensor] { latest.withLock { $0 } }
}
