internal import CKernels

/// The kernels that compute on this processor.
public enum Kernels {
  /// The instruction set they are made for: `avx512`, `avx2` or `portable`.
  public static var name: String { String(cString: kernels_name(kernels_default())) }
}
