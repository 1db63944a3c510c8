public import Experiment
internal import Messages

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// How a session went, or goes: the contents of `summary.json`.
public struct RunSummary: Hashable, Sendable {
  /// The format that this version of the program writes and reads.
  public static let format = 2

  /// How far a run is.
  public enum State: String, CaseIterable, Hashable, Sendable {
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
    public var final: Positioned<EpochEvaluated>?
    /// The best epoch by `Figure.selection`, the earliest of equals.
    public var best: Positioned<EpochEvaluated>?
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

  /// What a session's events tell of the runs that are recorded.
  ///
  /// A run without an end is under way if a program still writes, and was interrupted otherwise.
  init(_ session: SessionState, isBeingWritten: Bool) {
    runs = session.runs.map { run in
      Run(
        run: run.id, name: run.name,
        state: run.ended.map { State($0.reason) } ?? (isBeingWritten ? .running : .interrupted),
        message: run.ended?.reason.message, step: run.ended?.position.step ?? run.step, final: run.final,
        best: run.best)
    }
  }
}

extension RunSummary.State {
  /// The state of a run that ended so.
  package init(_ reason: RunEnded.Reason) {
    switch reason {
    case .completed: self = .completed
    case .stopped: self = .stopped
    case .diverged: self = .diverged
    case .failed: self = .failed
    }
  }
}

extension RunSummary: FormattedRecord {
  /// The contents of `summary.json`.
  var json: JSONObject {
    var object = Self.formatted
    object.add("state", state.rawValue)
    object.add("ended", ended?.formatted(.iso8601))
    let chosen = runs.compactMap { $0.best?.metrics.selection?.figure }
    object.add("best_by", (chosen.first { $0.split == .validation } ?? chosen.first ?? .testAccuracy).key)
    object.add("runs", runs.map(\.json))
    return object
  }

  /// Reads the fields of `summary.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    ended = try fields.named("ended") { try fields.decodeIfPresent(Date.self, forKey: "ended") }
    var list = try fields.nestedUnkeyedContainer(forKey: "runs")
    runs = []
    while !list.isAtEnd {
      let run = try Run(list.nestedContainer(keyedBy: Field.self))
      guard run.run == RunID(runs.count) else {
        throw fields.fault("runs", says("they are not in order", "顺序不对"))
      }
      runs.append(run)
    }
  }
}

extension RunSummary.Run {
  fileprivate var json: JSONObject {
    var object = JSONObject()
    object.add("run", run.letter)
    object.add("name", name)
    object.add("state", state.rawValue)
    object.add("message", message)
    object.add("step", step)
    if let final { object.add("final", final.json) }
    if let best { object.add("best", best.json) }
    object.add("weights_sha256", weightsSHA256)
    return object
  }

  fileprivate init(_ fields: FieldDecoder) throws {
    run = try fields.run()
    name = try fields.decode(String.self, forKey: "name")
    let text = try fields.decode(String.self, forKey: "state")
    guard let state = RunSummary.State(rawValue: text) else {
      throw fields.fault("state", says("'\(text)' is not known", "'\(text)' 未知"))
    }
    self.state = state
    message = try fields.decodeIfPresent(String.self, forKey: "message")
    step = try fields.count("step")
    final = try fields.decodeIfPresent(Positioned<EpochEvaluated>.self, forKey: "final")
    best = try fields.decodeIfPresent(Positioned<EpochEvaluated>.self, forKey: "best")
    weightsSHA256 = try fields.decodeIfPresent(String.self, forKey: "weights_sha256")
  }
}
