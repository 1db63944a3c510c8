/// A download that did not succeed.
public struct DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is, for the exit status.
  public enum Kind: Hashable, Sendable {
    /// The server could not be reached, or did not give the file.
    case unavailable
    /// What came is not the file.
    case invalid
    /// The file could not be written.
    case unwritable
    /// A person ended it.
    case interrupted
  }

  /// The kind of failure.
  public let kind: Kind
  /// What happened, where, and what to do.
  public let description: String

  /// A failure.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
