import Datasets
import Experiment
import NeuralNetwork
import Testing

@testable import Training

/// The figures of the network itself.
struct NetworkFiguresTests {
  /// A run of one step an epoch, and what it had in the end.
  private func measured(_ change: (inout RunConfiguration) -> Void = { _ in }) throws -> (
    metrics: Measurements, weights: [Float]
  ) {
    var configuration = SmallExperiment.configuration
    configuration.batchSize = 330
    configuration.epochs = 1
    change(&configuration)
    let collector = CheckpointTests.Collector()
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: [RunPlan(name: "run", configuration: configuration)], dataset: SmallExperiment.dataset,
      threads: 1, events: queue, checkpoints: collector.sink(interval: .seconds(1000)))
    engine.start()
    engine.waitUntilEnded()
    let weights = try #require(collector.all.last).weights.filter { $0.shape.count == 2 }.flatMap(\.values)
    return (try #require(queue.drain().evaluations().last).metrics, weights)
  }

  @Test(arguments: [false, true]) func theNormIsThatOfTheFinalWeights(batchNorm: Bool) throws {
    let (metrics, weights) = try measured { $0.batchNorm = batchNorm }
    let norm = weights.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(try abs(#require(metrics[.weightNorm]) - norm) < 1e-9)
  }

  /// Products pass over zeros, so that no loss shows what the weight of a black pixel is.
  @Test func aWeightThatIsNoNumberEndsTheRun() throws {
    let images = SmallExperiment.images(330, seed: 1)
    let black = images.pixels.enumerated().map { $0.offset % 36 == 0 ? 0 : $0.element }
    let set = LabeledImages(count: 330, height: 6, width: 6, pixels: black, labels: images.labels)
    let queue = EventQueue(capacity: .max)
    let collector = CheckpointTests.Collector()
    func end(_ plan: RunPlan) throws -> RunEnded.Reason {
      let engine = TrainingEngine(
        runs: [plan], dataset: Dataset(train: set, test: set, source: SmallExperiment.dataset.source),
        threads: 1,
        events: queue, checkpoints: collector.sink(interval: .seconds(1000)))
      engine.start()
      engine.waitUntilEnded()
      return try #require(queue.drain().end()).details.reason
    }
    var plan = RunPlan(name: "run", configuration: SmallExperiment.configuration)
    #expect(try end(plan) == .completed)
    let trained = try #require(collector.all.last).weights
    func beginning(with first: Float) -> RunPlan.Beginning {
      .weights(
        trained.map { tensor in
          guard tensor.name == "1.weight" else { return tensor }
          return NamedTensor(
            name: tensor.name, shape: tensor.shape, values: [first] + tensor.values.dropFirst())
        })
    }
    plan.beginning = beginning(with: .infinity)
    guard case .failed(let refusal) = try end(plan) else {
      Issue.record("a run began with an infinite weight")
      return
    }
    #expect(refusal.contains("1.weight"))
    // A step multiplies the weights by 1 - 2.2: the others are not large by then.
    plan.beginning = beginning(with: 3e38)
    plan.configuration.weightDecay = 2.2 / plan.configuration.learningRate
    guard case .diverged(let message) = try end(plan) else {
      Issue.record("an infinite weight was not noticed")
      return
    }
    #expect(message.contains("the norm of all weights became"))
  }

  @Test func smallWeightsAreCounted() throws {
    let (metrics, weights) = try measured()
    let small = weights.count { $0.magnitude < 1e-3 }
    #expect(small > 0)
    #expect(metrics[.smallWeightShare] == Double(small) / Double(weights.count))
  }

  @Test func theRateIsThatOfTheLastStep() throws {
    let plain = try measured { $0.learningRate = 0.25 }
    #expect(plain.metrics[.learningRate] == 0.25)
    let scheduled = try measured {
      $0.learningRate = 0.25
      $0.schedule.warmupEpochs = 4
    }
    #expect(try #require(scheduled.metrics[.learningRate]) < 0.25)
  }

  /// Of one step from the same weights, clipping and penalties change the weights that come of it and not the gradient.
  @Test func theGradientIsThatBeforePenaltiesAndClipping() throws {
    let plain = try measured()
    let changed = try measured {
      $0.clipNorm = 0.01
      $0.l1 = 0.1
    }
    let norm = try #require(plain.metrics[.gradientNorm])
    #expect(norm > 0.01)
    #expect(changed.metrics[.gradientNorm] == norm)
    #expect(changed.metrics[.weightNorm] != plain.metrics[.weightNorm])
  }
}
