/// How keeping a session goes.
package struct KeepingNotices: Hashable, Sendable {
  /// What began to fail since this was asked the last time, a sentence each.
  package var warnings: [String]
  /// Whether something cannot be written at present.
  package var isFailing: Bool

  /// All is well, unless something else is said.
  package init(warnings: [String] = [], isFailing: Bool = false) {
    self.warnings = warnings
    self.isFailing = isFailing
  }
}
