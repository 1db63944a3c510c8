internal import Messages

/// Data that cannot be used: which file, what was found, what was expected, and what to do.
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is, for the exit status.
  public enum Kind: Hashable, Sendable {
    /// A file or folder is not there or cannot be read.
    case missing
    /// A file's contents are wrong.
    case invalid
  }

  /// The kind of failure.
  public let kind: Kind
  /// The file or folder.
  public let path: String
  /// What was found.
  public let found: String
  /// What was expected.
  public let expected: String
  /// What to do.
  public let remedy: String

  /// A failure.
  public init(_ kind: Kind, path: String, found: String, expected: String, remedy: String) {
    self.kind = kind
    self.path = path
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The failure as a person reads it.
  public var description: String {
    says("\(path): \(found); expected \(expected). \(remedy)", "\(path)：\(found)；应为\(expected)。\(remedy)")
  }
}

extension DatasetError {
  /// A file whose contents are wrong.
  static func invalid(_ path: String, found: String, expected: String) -> DatasetError {
    DatasetError(
      .invalid, path: path, found: found, expected: expected,
      remedy: says(
        "Replace the file by the original, or get the files with 'fmnist-tui data fetch'.",
        "请换回原来的文件，或用 'fmnist-tui data fetch' 获取文件。"))
  }
}
