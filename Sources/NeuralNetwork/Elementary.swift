internal import CKernels

/// Elementary functions that are the same to the bit on every system, unlike those of C libraries: what weights, data and
/// recorded figures come from uses these and no others.
package enum Elementary {
  /// The natural logarithm.
  package static func log(_ x: Double) -> Double { kernels_log(x) }

  /// The exponential function.
  package static func exp(_ x: Double) -> Double { kernels_exp(x) }

  /// The exponential function in single precision: that of doubles, rounded, in a ninth of the time.
  package static func exp(single x: Float) -> Float { kernels_exp_single(x) }

  /// The cosine of an angle of at most a million; NaN beyond.
  package static func cos(_ x: Double) -> Double { kernels_cos(x) }

  /// A power of a number that is not negative.
  package static func power(_ base: Double, _ exponent: Int) -> Double {
    precondition(exponent >= 0, "powers are whole and not negative")
    return kernels_power(base, UInt64(exponent))
  }
}
