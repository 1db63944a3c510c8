internal import Messages

/// The end of a run.
public struct RunEnded: Hashable, Sendable {
  /// Why a run ended.
  public enum Reason: Hashable, Sendable {
    /// All epochs were made.
    case completed
    /// A person or a signal asked for it.
    case stopped
    /// A loss became NaN or infinite; the message says what, where and a likely remedy.
    case diverged(message: String)
    /// Something else went wrong.
    case failed(message: String)
  }

  /// Why.
  public var reason: Reason
  /// The epoch whose weights the run has in the end, if not the last one's: that with the highest validation accuracy.
  public var restoredEpoch: Int?

  /// An end.
  public init(_ reason: Reason, restoredEpoch: Int? = nil) {
    self.reason = reason
    self.restoredEpoch = restoredEpoch
  }
}

extension RunEnded.Reason {
  /// The reason in one word.
  package var name: String {
    switch self {
    case .completed: "completed"
    case .stopped: "stopped"
    case .diverged: "diverged"
    case .failed: "failed"
    }
  }

  /// Whether a loss became NaN or infinite.
  package var isDivergence: Bool { if case .diverged = self { true } else { false } }

  /// What happened, where something did.
  package var message: String? {
    switch self {
    case .completed, .stopped: nil
    case .diverged(let message), .failed(let message): message
    }
  }

  /// The same for people, in the language that the program speaks.
  package var told: String? { message.map(DivergenceMessage.told) }
}

extension RunEnded: EventDetails {
  package static var name: String { "run_ended" }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    let message = try fields.decodeIfPresent(String.self, forKey: "message") ?? ""
    switch try fields.decode(String.self, forKey: "reason") {
    case "completed": reason = .completed
    case "stopped": reason = .stopped
    case "diverged": reason = .diverged(message: message)
    case "failed": reason = .failed(message: message)
    case let other: throw fields.fault("reason", says("'\(other)' is not known", "不认识“\(other)”"))
    }
    restoredEpoch = fields.contains("restored_epoch") ? try fields.count("restored_epoch") : nil
  }

  package func add(to object: inout JSONObject) {
    object.add("reason", reason.name)
    object.add("message", reason.message)
    if let restoredEpoch { object.add("restored_epoch", restoredEpoch) }
  }
}
