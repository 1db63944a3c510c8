import Datasets
import Experiment
import NeuralNetwork

@testable import Training

/// A small learnable data set: images of 6 × 6 whose class is the place of a bright bar, with some noise.
enum SmallExperiment {
  static func images(_ count: Int, seed: UInt64) -> LabeledImages {
    var state = seed
    func noise() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 58)
    }
    let labels = (0..<count).map { UInt8($0 % 10) }
    let pixels = labels.flatMap { label in
      (0..<36).map { pixel in pixel / 3 == Int(label) ? 200 + noise() / 2 : noise() }
    }
    return LabeledImages(count: count, height: 6, width: 6, pixels: pixels, labels: labels)
  }

  static let dataset = Dataset(
    train: images(330, seed: 1), test: images(100, seed: 2),
    source: DataSource(place: .argument, directory: "small"))

  static var configuration: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.hiddenWidths = [24, 16]
    configuration.initialization = .pytorch
    configuration.batchSize = 32
    configuration.epochs = 3
    return configuration
  }

  /// A network of every kind of layer for images, with dropout in a residual.
  static var imageNetwork: NetworkSpecification? {
    try? NetworkSpecification(
      text:
        "conv 5x3 no-bias bn relu residual(conv 8x3 bn relu dropout 0.25 conv 8x3 bn | conv 8x1) relu channel-dropout 0.1 "
        + "residual(conv 8x3 gelu) pool 2 conv 17x2 padding 0 tanh average-pool 2 stride 1 flatten "
        + "dropout 0.5 linear 10")
  }

  /// Makes the runs to their end and returns everything that happened.
  static func events(_ plans: [RunPlan], threads: Int = 2, measuresLayers: Bool = false)
    -> [TrainingEvent]
  {
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: plans, dataset: dataset, threads: threads, events: queue, measuresLayers: measuresLayers)
    engine.start()
    engine.waitUntilEnded()
    return queue.drain()
  }

  static func events(
    _ configuration: RunConfiguration, threads: Int = 1, measuresLayers: Bool = false
  ) -> [TrainingEvent] {
    events(
      [RunPlan(name: "run", configuration: configuration)], threads: threads,
      measuresLayers: measuresLayers)
  }
}

extension [TrainingEvent] {
  func evaluations(of run: Int = 0) -> [Positioned<EpochEvaluated>] {
    compactMap {
      guard case .epochEvaluated(let epoch) = $0.kind, $0.run == RunID(run) else { return nil }
      return Positioned(epoch, at: $0.position)
    }
  }

  func steps(of run: Int = 0) -> [Positioned<StepsCompleted>] {
    compactMap {
      guard case .stepsCompleted(let steps) = $0.kind, $0.run == RunID(run) else { return nil }
      return Positioned(steps, at: $0.position)
    }
  }

  func end(of run: Int = 0) -> Positioned<RunEnded>? {
    lazy.compactMap {
      guard case .runEnded(let end) = $0.kind, $0.run == RunID(run) else { return nil }
      return Positioned(end, at: $0.position)
    }.first
  }
}

/// The default experiment with another seed.
func seeded(_ seed: UInt64) -> RunConfiguration {
  var configuration = RunConfiguration()
  configuration.seed = seed
  return configuration
}
