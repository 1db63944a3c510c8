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
