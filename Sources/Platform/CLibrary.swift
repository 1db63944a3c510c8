// The C library of the system, under whatever name Swift knows it: whoever imports `Platform` need not ask which.
#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Darwin
#endif
