public import Datasets

/// How far exact least squares misses the polynomial's samples, by degree: the U of under- and overfitting.
public struct DegreeCurve: Hashable, Sendable {
  /// Medians over the seeds.
  public struct Point: Hashable, Sendable {
    /// The highest power that the solution has.
    public let degree: Int
    /// The mean squared error on the samples that it was found from.
    public let train: Double
    /// The mean squared error on the test samples.
    public let test: Double
  }

  /// Samples that solutions are found from.
  public let samples: Int
  /// By degree, 0 first.
  public let points: [Point]
  /// How many seeds the medians are over.
  public let seeds: Int

  /// Samples that errors are measured on: enough for some to lie where nothing was learned.
  public static let testSamples = 1000

  /// The curve of so many samples up to a degree, over the data of the seeds from `first` on.
  public init(
    _ synthesis: Synthesis? = DatasetDescription.polynomial.synthesis, samples: Int, degrees: Int, seeds: Int,
    first: UInt64 = 1
  ) {
    self.samples = samples
    self.seeds = seeds
    guard let synthesis else {
      points = []
      return
    }
    var errors = Array(repeating: (train: [Double](), test: [Double]()), count: degrees + 1)
    for seed in 0..<UInt64(seeds) {
      let sets = [samples, Self.testSamples].enumerated().map { split, count in
        synthesis.exactSamples(split: split, count: count, features: degrees + 1, seed: first &+ seed)
      }
      let solutions = LeastSquares.nested(inputs: sets[0].inputs, targets: sets[0].targets)
      for (degree, solution) in solutions.enumerated() {
        errors[degree].train.append(solution.error(inputs: sets[0].inputs, targets: sets[0].targets))
        errors[degree].test.append(solution.error(inputs: sets[1].inputs, targets: sets[1].targets))
      }
    }
    points = errors.enumerated().map { degree, errors in
      Point(degree: degree, train: errors.train.median ?? 0, test: errors.test.median ?? 0)
    }
  }
}

extension [Double] {
  /// The middle of the sorted values; `nil` if there are none.
  var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = self.sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
