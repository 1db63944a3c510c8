internal import Messages
internal import NeuralNetwork

/// How the samples of a regression are made: a known function of random inputs, and noise.
///
/// Every number is a function of the seed, the split and the sample's place: further samples and features leave the others
/// as they are.
public struct Synthesis: Hashable, Sendable {
  /// The function that is to be learned.
  public enum Kind: Hashable, Sendable {
    /// A polynomial of one input x; the features are xⁱ / i!, i = 0, 1, ….
    case polynomial
    /// A sum of all features, each times the same weight, and a bias.
    case linear
  }

  /// How much is made, and from which seed.
  public struct Size: Hashable, Sendable {
    /// Samples to learn from.
    public var train: Int
    /// Samples to measure on.
    public var test: Int
    /// Numbers of a sample.
    public var features: Int
    /// Key of the random streams.
    public var seed: UInt64

    /// A size.
    public init(train: Int, test: Int, features: Int, seed: UInt64 = 1) {
      (self.train, self.test, self.features, self.seed) = (train, test, features, seed)
    }
  }

  /// The function.
  public let kind: Kind
  /// The weights that it has: of a polynomial one for each feature, further ones being 0; otherwise that of every feature.
  public let weights: [Double]
  /// What it adds.
  public let bias: Double
  /// The standard deviation of what is added to each target.
  public let noise: Double
  /// What is made where nothing is said.
  public let usual: Size
  /// The most features that it has.
  public let largestFeatureCount: Int

  /// The most numbers that samples of a split may have together: 40 MB.
  public static let largestCount = 10_000_000

  /// The weight of each of so many features.
  public func trueWeights(features: Int) -> [Double] {
    switch kind {
    case .polynomial: (0..<features).map { $0 < weights.count ? weights[$0] : 0 }
    case .linear: Array(repeating: weights[0], count: features)
    }
  }

  /// What is to be learned, in one line.
  public var formula: String {
    switch kind {
    case .polynomial:
      says(
        "y = 5 + 1.2 x - 3.4 x^2/2! + 5.6 x^3/3! + N(0, \(noise)^2), x of N(0, 1); features x^i/i!, i = 0, 1, ...",
        "y = 5 + 1.2 x - 3.4 x^2/2! + 5.6 x^3/3! + N(0, \(noise)^2)，x 服从 N(0, 1)；特征为 x^i/i!，i = 0, 1, ...")
    case .linear:
      says(
        "y = \(bias) + the sum of \(weights[0]) times each feature + N(0, \(noise)^2), features of N(0, 1)",
        "y = \(bias) + 各特征乘以 \(weights[0]) 之和 + N(0, \(noise)^2)，特征服从 N(0, 1)")
    }
  }

  /// The value of a polynomial at x, without noise.
  public func value(at x: Double) -> Double {
    zip(weights, Self.powers(of: x, count: weights.count)).reduce(bias) { $0 + $1.0 * $1.1 }
  }

  /// xⁱ / i! for i = 0, 1, …: the features of a polynomial.
  public static func powers(of x: Double, count: Int) -> [Double] {
    var power = 1.0
    return (0..<count).map { index in
      if index > 0 { power *= x / Double(index) }
      return power
    }
  }

  /// The inputs x of a polynomial's samples; of a split, 0 the training set and 1 the test set.
  public func inputs(split: Int, count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .syntheticInputs(split: split))
    return (0..<count).map { _ in stream.nextNormal() }
  }

  /// The samples of a polynomial in double precision, row by row: single precision has no room for its high powers.
  public func exactSamples(
    split: Int, count: Int, features: Int, seed: UInt64
  ) -> (inputs: [[Double]], targets: [Double]) {
    var noise = RandomStream(seed: seed, purpose: .syntheticNoise(split: split))
    let inputs = inputs(split: split, count: count, seed: seed)
    return (
      inputs.map { Self.powers(of: $0, count: features) },
      inputs.map { value(at: $0) + self.noise * noise.nextNormal() }
    )
  }

  /// The samples of a split, 0 the training set and 1 the test set.
  public func samples(split: Int, count: Int, features: Int, seed: UInt64) -> SampleNumbers {
    switch kind {
    case .polynomial:
      let (inputs, targets) = exactSamples(split: split, count: count, features: features, seed: seed)
      return SampleNumbers(
        features: features, inputs: inputs.joined().map(Float.init), targets: targets.map(Float.init))
    case .linear:
      var noise = RandomStream(seed: seed, purpose: .syntheticNoise(split: split))
      var inputs: [Float] = []
      inputs.reserveCapacity(count * features)
      var targets: [Float] = []
      var stream = RandomStream(seed: seed, purpose: .syntheticInputs(split: split))
      for _ in 0..<count {
        let sample = (0..<features).map { _ in Float(stream.nextNormal()) }
        inputs += sample
        let value = sample.reduce(bias) { $0 + weights[0] * Double($1) }
        targets.append(Float(value + self.noise * noise.nextNormal()))
      }
      return SampleNumbers(features: features, inputs: inputs, targets: targets)
    }
  }

  /// Both sets.
  public func dataset(_ description: DatasetDescription, _ size: Size) -> Dataset {
    let sets = [size.train, size.test].enumerated().map { split, count in
      LabeledImages(samples(split: split, count: count, features: size.features, seed: size.seed))
    }
    return Dataset(
      train: sets[0], test: sets[1], source: DataSource(of: description, place: .synthesis, directory: ""))
  }
}

extension DatasetDescription {
  /// y = 5 + 1.2 x - 3.4 x²/2! + 5.6 x³/3! and noise (*Dive into Deep Learning*, model selection).
  public static let polynomial = synthetic(
    key: "polynomial", name: "polynomial",
    Synthesis(
      kind: .polynomial, weights: [5, 1.2, -3.4, 5.6], bias: 0, noise: 0.1,
      usual: Synthesis.Size(train: 100, test: 100, features: 20), largestFeatureCount: 100))

  /// y = 0.05 + Σ 0.01 x and noise, of so many inputs that few samples do not tell the weights (same book, weight decay).
  public static let linear = synthetic(
    key: "linear", name: "linear",
    Synthesis(
      kind: .linear, weights: [0.01], bias: 0.05, noise: 0.01,
      usual: Synthesis.Size(train: 20, test: 100, features: 200), largestFeatureCount: 100_000))

  private static func synthetic(key: String, name: String, _ synthesis: Synthesis) -> DatasetDescription {
    DatasetDescription(
      key: key, name: name, storedShape: .units(synthesis.usual.features), imageSize: nil, task: .regression,
      layout: .idx(IDXStyle()), files: [], archive: nil, archiveFolder: nil, counts: [],
      environmentVariable: "", cacheDirectory: "", systemPackage: nil, bundledSample: nil, sources: [],
      instructing: nil, licensing: Wording("none needed: it is made from the seed", "无需许可：由随机种子生成"),
      pictureStyle: PictureStyle(subject: Wording("sample", "样本"), margin: 0), augmentations: [],
      synthesis: synthesis)
  }
}
