import CNcurses

/// The version of the program, as `--version` tells it and files record it.
package enum ProgramVersion {
  /// Semantic version.
  package static let text = "0.1.0"

  /// The version, and the commit where the program knows it.
  package static var withCommit: String {
    let commit = String(cString: program_commit())
    return commit.isEmpty ? text : "\(text) (\(commit))"
  }
}
