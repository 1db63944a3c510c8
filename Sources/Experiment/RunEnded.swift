/// The end of a run.
public struct RunEnded: Codable, Hashable, Sendable {
  /// Why a run ended.
  public enum Reason: Codable, Hashable, Sendable {
    /// All epochs were made.
    case completed
    /// A person or a signal asked for it.
    case stopped
    /// A loss became NaN or infinite; the message says what, where and a likely remedy.
    case diverged(message: String)
    /// Something else went wrong.
    case failed(message: String)
  }

  /// Where the run ended.
  public var position: RunPosition
  /// Why.
  public var reason: Reason
  /// The epoch whose weights the run has in the end, if not the last one's: that with the highest validation accuracy.
  public var restoredEpoch: Int?

  /// The end at `position`.
  public init(position: RunPosition, reason: Reason, restoredEpoch: Int? = nil) {
    self.position = position
    self.reason = reason
    self.restoredEpoch = restoredEpoch
  }
}
