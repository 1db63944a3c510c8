internal import Messages

/// A file or folder of a run that cannot be used: which one, what is wrong, and what to do where that is known.
public struct RunLogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Kind: Hashable, Sendable {
    /// A file or folder is not there.
    case missing
    /// The system could not read what is there.
    case unreadable
    /// A file or folder is there already, or somebody else writes it.
    case taken
    /// A file's contents are wrong.
    case invalid
    /// A file comes from an older version of the program.
    case older
    /// A file comes from a newer version of the program.
    case newer
    /// The system could not make a file or folder.
    case uncreatable
    /// The system could not write.
    case unwritable
  }

  /// The kind of failure.
  public let kind: Kind
  /// The file or folder.
  public let path: String
  /// What is wrong.
  public let problem: String
  /// What to do, where that is known.
  public let remedy: String?

  /// A failure.
  public init(_ kind: Kind, path: String, problem: String, remedy: String? = nil) {
    self.kind = kind
    self.path = path
    self.problem = problem
    self.remedy = remedy
  }

  /// The failure as a person reads it.
  public var description: String {
    says(
      "\(path): \(problem)." + (remedy.map { " \($0)." } ?? ""),
      "\(path)：\(problem)。" + (remedy.map { "\($0)。" } ?? ""))
  }
}
