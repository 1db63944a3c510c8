/// What was found in logs, as it is shown: a value.
package struct FoundLogs: Sendable {
  /// The runs in the order in which they were found.
  package internal(set) var runs: [LoggedRun] = []
  /// What is strange about the logs, a sentence each.
  package internal(set) var notes: [String] = []
  /// How many files, folders of event files, and pipes there are.
  package internal(set) var logs = 0
  /// The bytes of all files.
  package internal(set) var bytes = 0
  /// How many of them were read.
  package internal(set) var readBytes = 0
  /// Whether a pipe may still bring something.
  package internal(set) var isOpen = false
  /// Counts what is new.
  package internal(set) var version = 0

  package init() {}
}

extension FoundLogs: Hashable {
  /// What was found at different times differs.
  package static func == (first: FoundLogs, second: FoundLogs) -> Bool { first.version == second.version }

  /// Feeds when it was found.
  package func hash(into hasher: inout Hasher) { hasher.combine(version) }
}
