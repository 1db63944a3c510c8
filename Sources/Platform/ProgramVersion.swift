/// The version of the program, as `--version` tells it and files record it.
package enum ProgramVersion {
  /// Semantic version.
  package static let text = "0.1.0"
}
