internal import CNcurses
internal import Synchronization

/// A value that one thread at a time uses.
///
/// A `Mutex` whose order of threads a sanitizer sees too: what waits in the runtime library is not instrumented, so that what
/// one thread hands to another would look like a race whenever they met at the lock.
package struct Guarded<Value: ~Copyable>: ~Copyable, Sendable {
  private let mutex: Mutex<Value>

  package init(_ value: consuming sending Value) { mutex = Mutex(value) }

  /// Waits until no other thread uses the value, and uses it.
  package borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    // The lock's own address stands for it: the value may not be touched before the sanitizer knows who uses it.
    let place = withUnsafePointer(to: mutex) { UnsafeRawPointer($0) }
    return try mutex.withLock { (value: inout sending Value) throws(Failure) -> sending Result in
      sanitizer_entered(place)
      defer { sanitizer_left(place) }
      return try body(&value)
    }
  }
}
