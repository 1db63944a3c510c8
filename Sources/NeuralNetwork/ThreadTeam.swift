internal import CKernels

/// Threads that share the loops of one run, and the kernels they run.
///
/// Threads without work sleep after a short while. No result depends on how many there are.
public final class ThreadTeam {
  /// The most threads of a team; more are asked for in vain.
  public static let largestSize = Int(KERNELS_MOST_THREADS)

  /// The threads, or `nil` for the caller alone.
  let threads: OpaquePointer?
  /// The loops of an instruction set.
  let kernels: OpaquePointer

  /// A team of `threads` threads, of which the caller is one.
  ///
  /// Where the system grants no further threads, the caller computes alone, with the same results.
  public convenience init(threads: Int) {
    self.init(threads: threads, kernels: kernels_default())
  }

  /// A team that computes with the kernels of a given instruction set.
  init(threads: Int, kernels: OpaquePointer) {
    self.kernels = kernels
    self.threads = threads > 1 ? kernels_team_create(threads) : nil
  }

  deinit {
    if let threads { kernels_team_destroy(threads) }
  }
}
