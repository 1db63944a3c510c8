internal import CKernels

/// The kernels that compute on this processor.
public enum Kernels {
  /// The instruction set they are made for: `avx512`, `avx2`, `neon` or `portable`.
  public static var name: String { String(cString: kernels_name(kernels_default())) }

  /// The names of all sets, from the fastest to the one that every processor can run.
  public static var names: [String] {
    var names: [String] = []
    while let name = kernels_set_name(names.count) { names.append(String(cString: name)) }
    return names
  }

  /// Whether this processor can run the set of that name.
  public static func areSupported(_ name: String) -> Bool { kernels_named(name) != nil }
}

extension ThreadTeam {
  /// Multiplications and additions of floats per second at best, all threads together, as measured in a moment.
  public func measureArithmetic() -> Double { kernels_measure_arithmetic(kernels, threads) }

  /// Bytes of memory read per second at best, as measured in a moment.
  public func measureMemory() -> Double { kernels_measure_memory(kernels, threads) }
}
