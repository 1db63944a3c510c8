internal import Messages
internal import Platform

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

extension DownloadError {
  static func unwritable(_ path: String, _ error: SystemError) -> DownloadError {
    DownloadError(
      .unwritable,
      says(
        "\(path): \(error). Make it writable, or set XDG_CACHE_HOME to another folder.",
        "\(path)：\(error)。请使它可写，或把 XDG_CACHE_HOME 设为另一个文件夹。"))
  }

  /// Makes a folder and those above it, as far as they are not there.
  static func makeFolders(_ directory: String) throws(DownloadError) {
    var partial = directory.isAbsolutePath ? "" : "."
    for component in directory.pathComponents {
      partial += "/" + component
      do {
        try Files.makeFolder(partial)
      } catch {
        guard error.code == EEXIST || error.code == EISDIR else { throw unwritable(partial, error) }
      }
    }
  }
}
