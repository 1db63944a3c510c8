internal import CKernels

/// Dropout (Srivastava et al., 2014): in training h' = 0 with probability p, otherwise h / (1 - p).
///
/// The scaling keeps the mean, so that evaluation uses the units as they are.
public struct Dropout: Hashable, Sendable {
  /// Probability to drop a unit, in 0...1.
  public var probability: Double {
    didSet { precondition((0...1).contains(probability), "a probability lies in 0...1") }
  }

  /// Dropout that drops units with the given probability.
  public init(probability: Double) {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    self.probability = probability
  }

  /// Whether any unit is dropped; without, no random number is drawn.
  var isActive: Bool { probability > 0 }

  /// The factor of kept units: 1 / (1 - p), and 0 where none is kept.
  var scale: Float { probability < 1 ? Float(1 / (1 - probability)) : 0 }

  /// The random number of 16 bits from which on a unit is kept.
  var threshold: UInt32 { UInt32((probability * 65_536).rounded()) }
}

extension Dropout {
  /// Drops elements of `values` and scales the others, as a step of training does with the output of a layer.
  public func apply(to values: inout Matrix, masks: some DropoutMasks, layer: Int, team: ThreadTeam) {
    guard isActive else { return }
    var factors = Matrix(rows: values.rows, columns: values.columns)
    masks.fill(&factors, dropout: self, layer: layer, team: team)
    let given = values
    Activation.identity.derive(atValues: given, factors: factors, gradient: &values, team: team)
  }
}

/// Says which units are dropped in one step.
public protocol DropoutMasks {
  /// Fills `factors` `[batch, units]` with 0 for dropped and the dropout's scale for kept units of a layer.
  ///
  /// Layer 0 is the input, layer n the output of hidden layer n, from 1.
  func fill(_ factors: inout Matrix, dropout: Dropout, layer: Int, team: ThreadTeam)
}

/// Fresh masks for every step, each a pure function of seed, step, layer, row of the batch and unit.
///
/// A unit is kept where 16 random bits, as a fraction of 65,536, are at least p; p is rounded to that grid.
public struct RandomDropoutMasks: DropoutMasks {
  private let seed: UInt64
  private let step: Int

  /// The masks of one step of the run with this seed.
  public init(seed: UInt64, step: Int) {
    self.seed = seed
    self.step = step
  }

  /// Draws the factors of one layer.
  public func fill(_ factors: inout Matrix, dropout: Dropout, layer: Int, team: ThreadTeam) {
    kernels_draw_factors(
      team.kernels, team.threads, seed, UInt32(truncatingIfNeeded: step),
      RandomStream.Purpose.dropout(layer: layer).identifier, dropout.threshold, dropout.scale, factors.rows,
      factors.columns, &factors.elements)
  }
}
