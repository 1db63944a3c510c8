internal import Platform

/// What of a session cannot be written, and what nobody has been told of yet.
///
/// A disk can be full for a moment. What could not be written is tried again, and both are worth telling.
public final class WritingProblems: Sendable {
  /// What is written, and tried again, by itself.
  public enum Part: CaseIterable, Sendable {
    /// Figures, commands and the record.
    case figures
    /// TensorBoard's files.
    case tensorBoard
    /// Checkpoints.
    case checkpoints
    /// The signs of life of those who make a sweep's runs.
    case heartbeats
  }

  private struct State {
    var current: [Part: RunLogError] = [:]
    var untold: [RunLogError] = []
  }

  private let state = Guarded(State())

  /// No problems yet.
  public init() {}

  /// What cannot be written at present.
  public var current: RunLogError? {
    state.withLock { state in Part.allCases.compactMap { state.current[$0] }.first }
  }

  /// What began to be a problem since this was asked the last time.
  public func takeUntold() -> [RunLogError] {
    state.withLock { state in
      defer { state.untold = [] }
      return state.untold
    }
  }

  /// Does something with a part, and notes how it went.
  func attempt(_ part: Part, _ action: () throws(RunLogError) -> Void) {
    do throws(RunLogError) {
      try action()
      note(nil, of: part)
    } catch {
      note(error, of: part)
    }
  }

  /// Notes how writing a part went the last time; `nil` where it went well.
  public func note(_ problem: RunLogError?, of part: Part) {
    state.withLock { state in
      if let problem, state.current[part] == nil { state.untold.append(problem) }
      state.current[part] = problem
    }
  }
}
