internal import CNcurses

/// Room for the stack, whatever limit the process was started with (`ulimit -s`).
///
/// Where it is too small the system ends a process by a signal, without a word.
package enum StackRoom {
  /// Less was seen to be too little.
  private static let least = 1 << 20
  /// What systems give by default.
  private static let size = 8 << 20

  /// Carries out the program in such room.
  package static func run(_ body: @convention(c) () -> Void) {
    platform_with_stack(least, size, body)
  }
}
