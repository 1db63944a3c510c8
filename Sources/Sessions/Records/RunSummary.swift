public import Experiment

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// How a session went, or goes: the contents of `summary.json`.
public struct RunSummary: Hashable, Sendable {
  /// The newest format that this version of the program knows.
  public static let format = 1

  /// How far a run is.
  public enum State: String, CaseIterable, Codable, Hashable, Sendable {
    /// All epochs were made.
    case completed
    /// A person or a signal stopped it.
    case stopped
    /// It is under way.
    case running
    /// The program was killed, or the machine stopped.
    case interrupted
    /// A loss became NaN or infinite.
    case diverged
    /// Something else went wrong.
    case failed
  }

  /// How one of the runs went.
  public struct Run: Hashable, Sendable {
    /// The run.
    public var run: RunID
    /// What the person calls it.
    public var name: String
    /// How far it is.
    public var state: State
    /// Why it diverged or failed.
    public var message: String?
    /// Updates made, as far as is known.
    public var step: Int
    /// The epoch whose weights the run has: the last complete one, or the best if it went back to that.
    public var final: EpochEvaluated?
    /// The best epoch by `Figure.selection`, the earliest of equals.
    public var best: EpochEvaluated?
    /// SHA-256 of the final weights, where the program gave it.
    public var weightsSHA256: String?
  }

  /// The runs, A first.
  public var runs: [Run]
  /// When the session ended, in whole seconds; `nil` as long as it has not.
  public var ended: Date?

  /// The state of the session: that of its least fortunate run.
  public var state: State {
    let states = runs.map(\.state)
    return State.allCases.last { states.contains($0) } ?? .interrupted
  }

  /// What `histories` tell of the runs that `record` plans.
  ///
  /// A run without an end is under way if a program still writes, and was interrupted otherwise.
  init(_ record: RunRecord, _ histories: [RunID: RunHistory], isBeingWritten: Bool) {
    runs = record.runs.enumerated().map { index, planned in
      let history = histories[RunID(index)] ?? RunHistory()
      return Run(
        run: RunID(index), name: planned.name,
        state: history.ended.map { State($0.reason) } ?? (isBeingWritten ? .running : .interrupted),
        message: history.ended?.reason.fields.message, step: history.ended?.position.step ?? history.step,
        final: history.final, best: history.best)
    }
  }
}

extension RunSummary.State {
  init(_ reason: RunEnded.Reason) {
    switch reason {
    case .completed: self = .completed
    case .stopped: self = .stopped
    case .diverged: self = .diverged
    case .failed: self = .failed
    }
  }
}

extension RunSummary: Codable, FormattedRecord {
  /// Writes the fields of `summary.json`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode(Self.format, forKey: .format)
    try fields.encode(state, forKey: "state")
    try fields.encode(ended, forKey: "ended")
    let isValidated = runs.contains { $0.best?.metrics[.selection(isValidated: true)] != nil }
    try fields.encode(Figure.selection(isValidated: isValidated).key, forKey: "best_by")
    var runs = fields.nestedUnkeyedContainer(forKey: "runs")
    for run in self.runs {
      var fields = runs.nestedContainer(keyedBy: Field.self)
      try fields.encode(run.run.letter, forKey: "run")
      try fields.encode(run.name, forKey: "name")
      try fields.encode(run.state, forKey: "state")
      try fields.encode(run.message, forKey: "message")
      try fields.encode(run.step, forKey: "step")
      try fields.encode(run.final.map { RecordedEpoch($0) }, forKey: "final")
      try fields.encode(run.best.map { RecordedEpoch($0) }, forKey: "best")
      try fields.encode(run.weightsSHA256, forKey: "weights_sha256")
    }
  }

  /// Reads the fields of `summary.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    ended = try fields.decodeIfPresent(Date.self, forKey: "ended")
    var runs = try fields.nestedUnkeyedContainer(forKey: "runs")
    self.runs = []
    while !runs.isAtEnd {
      let fields = try runs.nestedContainer(keyedBy: Field.self)
      try self.runs.append(
        Run(
          run: fields.run(), name: fields.decode(String.self, forKey: "name"),
          state: fields.decode(State.self, forKey: "state"),
          message: fields.decodeIfPresent(String.self, forKey: "message"), step: fields.count("step"),
          final: fields.decodeIfPresent(RecordedEpoch.self, forKey: "final")?.event,
          best: fields.decodeIfPresent(RecordedEpoch.self, forKey: "best")?.event,
          weightsSHA256: fields.decodeIfPresent(String.self, forKey: "weights_sha256")))
    }
  }
}
