package import Experiment
package import Sessions

/// Turns a session's events into lines of standard output.
package protocol SessionReporter: Sendable {
  /// The lines that come before every event.
  mutating func begin(_ session: SessionDescription) -> [String]
  /// The lines that `event` gives rise to, which `session` knows already.
  mutating func report(_ event: TrainingEvent, of session: SessionDescription) -> [String]
  /// The lines that come after every event.
  mutating func end(_ session: SessionDescription, _ end: SessionEnd) -> [String]
}

/// The forms in which a session can be reported.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// For a person: a header, a line per epoch, a table.
  case text
  /// For a program: a JSON object per event.
  case jsonLines = "jsonl"
}
