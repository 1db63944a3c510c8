internal import CKernels

/// Says which units are dropped in one pass.
public protocol DropoutMasks: Sendable {
  /// Fills `factors` `[batch, units]` with 0 for dropped and the dropout's scale for kept units.
  func fill(_ factors: inout Tensor, dropout: Dropout, team: ThreadTeam)
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
  public func fill(_ factors: inout Tensor, dropout: Dropout, team: ThreadTeam) {
    kernels_draw_factors(
      team.kernels, team.threads, seed, UInt32(truncatingIfNeeded: step),
      RandomStream.Purpose.dropout(layer: dropout.number).identifier, dropout.threshold, dropout.scale,
      factors.rows, factors.columns, &factors.elements)
  }
}

/// The masks of Monte-Carlo passes: a function of seed, sample, pass, layer and unit alone.
///
/// They depend on no other sample, and training draws none of them.
struct MonteCarloMasks: DropoutMasks {
  let seed: UInt64
  /// What the rows show; each has as many rows as there are passes, one after the other.
  let samples: [Int32]
  let passes: Int

  func fill(_ factors: inout Tensor, dropout: Dropout, team: ThreadTeam) {
    let stream = RandomStream.Purpose.monteCarlo(layer: dropout.number).identifier
    let columns = factors.columns
    factors.elements.withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      for (place, sample) in samples.enumerated() {
        kernels_draw_factors(
          team.kernels, team.threads, seed, UInt32(bitPattern: sample), stream, dropout.threshold,
          dropout.scale, passes, columns, start + place * passes * columns)
      }
    }
  }
}
