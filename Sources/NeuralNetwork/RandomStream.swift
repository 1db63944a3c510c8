internal import CKernels

/// A reproducible sequence of random numbers for one purpose of one seed.
///
/// The numbers come from the counter-based generator Philox 4×32-10: each is a pure function of seed, purpose and
/// position, so runs with the same seed share weights and batches, and a position is all the state there is.
public struct RandomStream: RandomNumberGenerator, Sendable {
  /// What the numbers are for; streams of different purposes are independent.
  public enum Purpose: Hashable, Sendable {
    /// Initial weights and biases of a linear layer, from 0.
    case initialWeights(layer: Int)
    /// The order of the samples in an epoch, from 1.
    case shuffle(epoch: Int)
    /// The choice of a smaller training set.
    case subset
    /// Dropout masks of a layer: 0 the input, n hidden layer n.
    case dropout(layer: Int)
    /// Changes of the training images.
    case augmentation
    /// The choice of the images held out.
    case validation
    /// Dropout masks of passes that nothing is learnt from; layers as in `dropout`.
    case monteCarlo(layer: Int)
    /// The inputs of samples that are made, of a split from 0.
    case syntheticInputs(split: Int)
    /// What is added to their targets.
    case syntheticNoise(split: Int)
    /// Which training labels are changed, and to what.
    case labelNoise

    /// The counter word that keeps purposes apart.
    var identifier: UInt32 {
      switch self {
      case .initialWeights(let layer): 1 << 24 | UInt32(layer)
      case .shuffle: 2 << 24
      case .subset: 3 << 24
      case .dropout(let layer): 4 << 24 | UInt32(layer)
      case .augmentation: 5 << 24
      case .validation: 6 << 24
      case .monteCarlo(let layer): 8 << 24 | UInt32(layer)
      case .syntheticInputs(let split): 9 << 24 | UInt32(split)
      case .syntheticNoise(let split): 10 << 24 | UInt32(split)
      case .labelNoise: 11 << 24
      }
    }

    /// The counter word within a purpose.
    var index: UInt32 {
      switch self {
      case .shuffle(let epoch): UInt32(truncatingIfNeeded: epoch)
      default: 0
      }
    }
  }

  private let seed: UInt64
  private let purpose: Purpose
  /// Numbers of 64 bits drawn so far; a Philox block holds two.
  private var position: UInt64 = 0
  private var block = kernels_random_block()

  /// The stream of `purpose` for `seed`, at its beginning.
  public init(seed: UInt64, purpose: Purpose) {
    self.seed = seed
    self.purpose = purpose
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    defer { position += 1 }
    if position % 2 == 0 {
      let counter = position / 2
      block = kernels_philox(
        seed, UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), purpose.index,
        purpose.identifier)
      return UInt64(block.word.1) << 32 | UInt64(block.word.0)
    }
    return UInt64(block.word.3) << 32 | UInt64(block.word.2)
  }

  /// A number uniform in [0, 1), with 53 random bits.
  public mutating func nextUniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number from the standard normal distribution, by Box and Muller's transform.
  public mutating func nextNormal() -> Double {
    let radius = (-2 * Elementary.log(1 - nextUniform())).squareRoot()
    return radius * Elementary.cos(2 * .pi * nextUniform())
  }

  /// So many of `nextNormal`, times a standard deviation and rounded, in a ninth of the time.
  mutating func normals(_ count: Int, standardDeviation: Double) -> [Float] {
    (0..<count).map { _ in
      let first = nextUniform()
      return kernels_normal_single(first, nextUniform(), standardDeviation)
    }
  }

  /// So many numbers uniform in -bound..<bound.
  mutating func uniforms(_ count: Int, within bound: Double) -> [Float] {
    (0..<count).map { _ in Float(bound * (2 * nextUniform() - 1)) }
  }

  /// The numbers 0..<count in random order, by Fisher and Yates' shuffle.
  ///
  /// A bound is drawn as the high half of a 128-bit product, whose bias is below count / 2⁶⁴.
  public mutating func permutation(count: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    for last in order.indices.reversed() where last > 0 {
      order.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
    return order
  }
}
