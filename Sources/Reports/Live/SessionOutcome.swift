package import Experiment
package import Platform
package import Sessions
import TerminalUI
import Training

/// What a session's events mean for its exit status.
package struct SessionOutcome {
  /// The signal that ended the session, if one did.
  package var interruption: Int32?

  private var description: SessionDescription
  /// What `--fail-under` is about.
  private static let figure = Figure.selection(isValidated: false)
  private let failUnder: Double?
  private var histories: [RunHistory]

  package init(description: SessionDescription, failUnder: Double?) {
    self.description = description
    self.failUnder = failUnder
    histories = description.runs.map { _ in RunHistory() }
  }

  /// Takes in an event; returns the message if it is an error that a person must see.
  package mutating func record(_ event: TrainingEvent) -> String? {
    histories.record(event)
    description.note(event)
    guard description.runs.indices.contains(event.run.index) else { return nil }
    guard case .runEnded(let end) = event else { return nil }
    switch end.reason {
    case .completed, .stopped: return nil
    case .diverged(let message):
      return "run \(description.mention(of: end.position.run)) diverged: \(message)"
    case .failed(let message): return "run \(description.mention(of: end.position.run)) failed: \(message)"
    }
  }

  /// Whether every run has ended.
  package var isEnded: Bool {
    zip(description.runs, histories).allSatisfy { $0.isRemoved || $1.ended != nil }
  }

  /// The exit status; the reason that lies furthest from a person's intention wins.
  package var status: ProgramStatus {
    if let interruption { return Interruption.status(of: interruption) }
    let reasons = histories.compactMap(\.ended?.reason)
    if reasons.contains(where: \.isFailure) { return .internalError }
    return shortfall != nil || reasons.contains(where: \.isDivergence) ? .targetNotMet : .success
  }

  /// How run A missed `--fail-under`, or `nil` if it did not, or was not let finish.
  package var shortfall: String? {
    guard let failUnder, interruption == nil else { return nil }
    let replicates = description.replicates
    if replicates.areSeveral { return shortfallOfMean(replicates.sides[0], failUnder) }
    let title = description.mention(of: RunID(0))
    guard let accuracy = histories.first?.final?.metrics[Self.figure] else {
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
    let accuracies = side.runs.compactMap { histories[$0.index].final?.metrics[Self.figure] }
    guard accuracies.count == side.runs.count, let mean = SampleStatistics(accuracies)?.mean else {
      return "a run of \(title) completed no epoch, so --fail-under \(failUnder) is not met."
    }
    guard mean < failUnder else { return nil }
    return
      "mean \(Self.figure.title) \(Self.figure.text(mean, apartFrom: failUnder)) of \(accuracies.count) seeds of "
      + "\(title) is below --fail-under \(failUnder)."
  }
}

extension RunEnded.Reason {
  fileprivate var isDivergence: Bool { if case .diverged = self { true } else { false } }
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
