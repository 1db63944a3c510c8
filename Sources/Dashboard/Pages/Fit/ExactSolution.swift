internal import Datasets
internal import Experiment

/// What least squares finds at once from the samples of a run, and how far it misses others.
struct ExactSolution {
  /// The weight of each feature.
  let weights: [Double]
  /// What it adds, where samples have a bias.
  let bias: Double?
  /// Mean squared errors.
  let train: Double
  let test: Double
  /// Whether there are samples enough to tell the weights.
  let isDetermined: Bool

  /// More features than this take longer than a picture may.
  private static let largestFeatureCount = 400
  private static let largestSampleCount = 2000

  /// Solves for the samples of a run; `nil` where that takes long.
  init?(_ configuration: RunConfiguration, _ synthesis: Synthesis) {
    let features = configuration.features
    guard features <= Self.largestFeatureCount, configuration.samples <= Self.largestSampleCount else {
      return nil
    }
    let sets = [configuration.samples, configuration.testSamples].enumerated().map { split, count in
      Self.samples(synthesis, split: split, count: count, features: features, configuration)
    }
    let solution = LeastSquares(inputs: sets[0].inputs, targets: sets[0].targets)
    weights = Array(solution.weights.prefix(features))
    bias = solution.weights.count > features ? solution.weights.last : nil
    train = solution.error(inputs: sets[0].inputs, targets: sets[0].targets)
    test = solution.error(inputs: sets[1].inputs, targets: sets[1].targets)
    isDetermined = configuration.samples >= solution.weights.count
  }

  /// The samples of a split, with a feature that is always 1 where they need a bias.
  private static func samples(
    _ synthesis: Synthesis, split: Int, count: Int, features: Int, _ configuration: RunConfiguration
  ) -> (inputs: [[Double]], targets: [Double]) {
    let seed = configuration.syntheticSize.seed
    guard synthesis.kind == .linear else {
      return synthesis.exactSamples(split: split, count: count, features: features, seed: seed)
    }
    let samples = synthesis.samples(split: split, count: count, features: features, seed: seed)
    return (
      (0..<count).map { row in
        samples.inputs[row * features..<(row + 1) * features].map(Double.init) + [1]
      }, samples.targets.map(Double.init)
    )
  }
}
