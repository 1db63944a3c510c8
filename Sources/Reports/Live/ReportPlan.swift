/// How a session tells of itself.
package struct ReportPlan: Sendable {
  /// For people or for programs.
  package var format: ReportFormat
  /// Whether only the final table and errors are printed.
  package var isQuiet: Bool
  /// The test accuracy, 0...1, that run A is to reach.
  package var failUnder: Double?
  /// Whether it is shown on the terminal's whole screen, where there is one.
  package var wantsScreen: Bool
  /// The lesson that has prepared the session, if one has.
  package var lesson: Lesson?

  /// A plan for one session.
  package init(format: ReportFormat, isQuiet: Bool, failUnder: Double?, wantsScreen: Bool) {
    self.format = format
    self.isQuiet = isQuiet
    self.failUnder = failUnder
    self.wantsScreen = wantsScreen
  }
}
