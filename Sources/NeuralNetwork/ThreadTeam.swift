internal import CKernels

/// Threads that share the loops of one run, and the kernels they run.
///
/// Threads without work sleep after a short while. No result depends on how many there are.
public final class ThreadTeam {
  /// The most threads of a team; more are asked for in vain.
  public static let largestSize = Int(KERNELS_MOST_THREADS)

  /// The threads, or `nil` for the caller alone.
  let threads: OpaquePointer?
  /// How many threads share the work, the caller among them.
  let size: Int
  /// The loops of an instruction set.
  let kernels: OpaquePointer
  /// What loops keep beside their input and output from one of their parts to the next.
  private var scratch: [Float] = []

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
    size = self.threads == nil ? 1 : min(threads, Self.largestSize)
  }

  /// Lends `body` so many numbers, which hold anything; they are kept from call to call.
  func withScratch(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    if scratch.count < count { scratch = [Float](repeating: 0, count: count) }
    body(&scratch)
  }

  /// Sets `copy` to each row of `tensor`, so many times one after the other, in the memory that it has.
  func copy(_ tensor: Tensor, to copy: inout Tensor, times: Int = 1) {
    guard times == 1 else { return copy.repeatRows(of: tensor, times: times) }
    copy.resize(rows: tensor.rows)
    kernels_copy(kernels, threads, tensor.elements.count, tensor.elements, &copy.elements)
  }

  deinit {
    if let threads { kernels_team_destroy(threads) }
  }
}
