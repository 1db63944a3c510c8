internal import Datasets
internal import Experiment

/// What least squares finds at once from the samples of a run, and how far it misses others.
struct ExactSolution: Hashable, Sendable {
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

  /// Solves for samples; `nil` where that takes long.
  init?(_ synthesis: Synthesis, _ size: Synthesis.Size) {
    let features = size.features
    guard features <= Self.largestFeatureCount, size.train <= Self.largestSampleCount else { return nil }
    let sets = [size.train, size.test].enumerated().map { split, count in
      Self.samples(synthesis, split: split, count: count, size)
    }
    let solution = LeastSquares(inputs: sets[0].inputs, targets: sets[0].targets)
    weights = Array(solution.weights.prefix(features))
    bias = solution.weights.count > features ? solution.weights.last : nil
    train = solution.error(inputs: sets[0].inputs, targets: sets[0].targets)
    test = solution.error(inputs: sets[1].inputs, targets: sets[1].targets)
    isDetermined = size.train >= solution.weights.count
  }

  /// The samples of a split, with a feature that is always 1 where they need a bias.
  private static func samples(
    _ synthesis: Synthesis, split: Int, count: Int, _ size: Synthesis.Size
  ) -> (inputs: [[Double]], targets: [Double]) {
    let (features, seed) = (size.features, size.seed)
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
