/// How a session tells of itself.
package struct ReportPlan: Sendable {
  /// For people or for programs.
  package var format: ReportFormat
  /// Whether only the final table and errors are printed.
  package var isQuiet: Bool
  /// What run A is to reach.
  package var demands: [Demand]
  /// The file whose end gets a summary of the session.
  package var summary: String?
  /// Whether it is shown on the terminal's whole screen, where there is one.
  package var wantsScreen: Bool
  /// The lesson that has prepared the session, if one has.
  package var lesson: Lesson?

  /// That of a session that is only looked at.
  package static let dashboard = ReportPlan(format: .text, isQuiet: false, demands: [], wantsScreen: true)

  /// A plan for one session.
  package init(format: ReportFormat, isQuiet: Bool, demands: [Demand], wantsScreen: Bool) {
    self.format = format
    self.isQuiet = isQuiet
    self.demands = demands
    self.wantsScreen = wantsScreen
  }
}
