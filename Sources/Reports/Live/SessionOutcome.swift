package import Experiment
internal import Messages
package import Platform
package import Sessions
import TerminalUI
import Training

/// What a session's events mean for its exit status.
package struct SessionOutcome {
  /// The session, as far as it is.
  package let session: SessionDescription
  /// What run A is to reach.
  package let demands: [Demand]
  /// The signal that ended the session, if one did.
  package let interruption: Int32?

  package init(_ session: SessionDescription, demands: [Demand], interruption: Int32? = nil) {
    self.session = session
    self.demands = demands
    self.interruption = interruption
  }

  /// The exit status; the reason that lies furthest from a person's intention wins.
  package var status: ProgramStatus {
    if let interruption { return Interruption.status(of: interruption) }
    let reasons = session.runs.compactMap(\.ended?.reason)
    if reasons.contains(where: \.isFailure) { return .internalError }
    return !shortfalls.isEmpty || reasons.contains(where: \.isDivergence) ? .targetNotMet : .success
  }

  /// How run A missed what it was to reach; none if it did not, or was not let finish.
  package var shortfalls: [String] {
    interruption == nil ? demands.compactMap(session.shortfall) : []
  }
}

extension SessionDescription {
  /// The error that an event tells of and that a person must see, if it does.
  package func alert(for event: TrainingEvent) -> String? {
    guard case .runEnded(let end) = event.kind, runs.indices.contains(event.run.index),
      let message = end.reason.told
    else { return nil }
    let mention = mention(of: event.run)
    return says(
      "run \(mention) \(end.reason.words): \(message)", "运行 \(mention) \(end.reason.words)：\(message)")
  }
}

extension RunEnded.Reason {
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
