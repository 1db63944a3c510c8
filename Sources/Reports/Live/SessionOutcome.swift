package import Experiment
package import Platform
package import Sessions
import TerminalUI
import Training

/// What a session's events mean for its exit status.
package struct SessionOutcome {
  /// The session, as far as it is.
  package let session: SessionDescription
  /// The test accuracy, 0...1, that run A is to reach.
  package let failUnder: Double?
  /// The signal that ended the session, if one did.
  package let interruption: Int32?

  /// What `--fail-under` is about.
  private static let figure = Figure.selection(isValidated: false)

  package init(_ session: SessionDescription, failUnder: Double?, interruption: Int32? = nil) {
    self.session = session
    self.failUnder = failUnder
    self.interruption = interruption
  }

  /// The exit status; the reason that lies furthest from a person's intention wins.
  package var status: ProgramStatus {
    if let interruption { return Interruption.status(of: interruption) }
    let reasons = session.runs.compactMap(\.ended?.reason)
    if reasons.contains(where: \.isFailure) { return .internalError }
    return shortfall != nil || reasons.contains(where: \.isDivergence) ? .targetNotMet : .success
  }

  /// How run A missed `--fail-under`, or `nil` if it did not, or was not let finish.
  package var shortfall: String? {
    guard let failUnder, interruption == nil else { return nil }
    let replicates = session.replicates
    if replicates.areSeveral { return shortfallOfMean(replicates.sides[0], failUnder) }
    let title = session.mention(of: RunID(0))
    guard let accuracy = session.runs.first?.final?.metrics[Self.figure] else {
      return "run \(title) completed no epoch, so --fail-under \(failUnder) is not met."
    }
    guard accuracy < failUnder else { return nil }
    return
      "\(Self.figure.title) \(Self.figure.text(accuracy, apartFrom: failUnder)) of run \(title) is below "
      + "--fail-under \(failUnder)."
  }

  /// How a side with several seeds missed `--fail-under` on average.
  private func shortfallOfMean(_ side: Replicates.Side, _ failUnder: Double) -> String? {
    let title = "\(side.lead.letter) (\(side.name))"
    let accuracies = side.runs.compactMap { session.runs[$0.index].final?.metrics[Self.figure] }
    guard accuracies.count == side.runs.count, let mean = SampleStatistics(accuracies)?.mean else {
      return "a run of \(title) completed no epoch, so --fail-under \(failUnder) is not met."
    }
    guard mean < failUnder else { return nil }
    return
      "mean \(Self.figure.title) \(Self.figure.text(mean, apartFrom: failUnder)) of \(accuracies.count) seeds of "
      + "\(title) is below --fail-under \(failUnder)."
  }
}

extension SessionDescription {
  /// The error that an event tells of and that a person must see, if it does.
  package func alert(for event: TrainingEvent) -> String? {
    guard case .runEnded(let end) = event.kind, runs.indices.contains(event.run.index),
      let message = end.reason.message
    else { return nil }
    return "run \(mention(of: event.run)) \(end.reason.name): \(message)"
  }
}

extension RunEnded.Reason {
  fileprivate var isDivergence: Bool { if case .diverged = self { true } else { false } }
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
