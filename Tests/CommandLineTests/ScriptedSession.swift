import Datasets
import Experiment
import Platform
import TerminalUI
import Training

@testable import Reports
@testable import Sessions
@testable import fmnist_tui

/// A session whose events are written by hand.
struct ScriptedSession {
  var description = SessionDescription(
    version: "0.1.0", dataSource: DataSource(place: .system, directory: "/usr/share/datasets/fashion-mnist"),
    trainCount: 60_000, testCount: 10_000,
    threads: 2, plans: [], note: nil)

  /// The default comparison, or the one that `versus` asks for.
  init(
    settings: [Setting: String] = [:], versus: [String] = [], comparing: Bool = true, replicates: Int = 1
  ) throws {
    var given = GivenSettings()
    for (setting, text) in settings { given[setting] = text }
    let plans = try RunPlans(
      settings: given, versus: versus.map { try VersusSpecification(run: $0) }, comparing: comparing
    ).replicated(replicates)
    description.plans = plans.runs
    description.note = plans.note
  }

  func started(_ run: Int, parameters: Int = 269_322, threads: Int = 1) -> TrainingEvent {
    TrainingEvent(
      .runStarted(
        RunStarted(
          name: description.runs[run].name, configuration: description.runs[run].configuration,
          parameterCount: parameters, trainCount: 60_000, testCount: 10_000, stepsPerEpoch: 235,
          threads: threads)), at: .beginning(of: RunID(run)))
  }

  func position(_ run: Int, epoch: Int, batch: Int = 235) -> RunPosition {
    RunPosition(run: RunID(run), step: (epoch - 1) * 235 + batch, epoch: epoch, batch: batch)
  }

  func steps(_ run: Int, epoch: Int, batch: Int) -> TrainingEvent {
    TrainingEvent(
      .stepsCompleted(
        StepsCompleted(count: 1, samples: 256, lossSum: 128, correct: 192, trainingSeconds: 0.25)),
      at: position(run, epoch: epoch, batch: batch))
  }

  /// An epoch whose figures are a function of the test accuracy.
  func epoch(_ run: Int, _ epoch: Int, test: Double) -> TrainingEvent {
    TrainingEvent(
      .epochEvaluated(
        EpochEvaluated(
          metrics: [
            .runningTrainLoss: 1.2 - test,
            .runningTrainAccuracy: test - 0.01,
            .trainLoss: 1.1 - test,
            .trainAccuracy: test + 0.02,
            .testLoss: 1.15 - test,
            .testAccuracy: test,
          ], trainedSamples: 60_000, trainingSeconds: 0.15, evaluationSeconds: 0.08)),
      at: position(run, epoch: epoch))
  }

  func ended(_ run: Int, epoch: Int, batch: Int = 235, _ reason: RunEnded.Reason = .completed)
    -> TrainingEvent
  {
    TrainingEvent(.runEnded(RunEnded(reason)), at: position(run, epoch: epoch, batch: batch))
  }

  /// Both runs from the start to the end, with the given test accuracies.
  func complete(_ first: [Double], _ second: [Double]) -> [TrainingEvent] {
    var events = [started(0), started(1)]
    for (index, pair) in zip(first, second).enumerated() {
      events += [steps(0, epoch: index + 1, batch: 235), steps(1, epoch: index + 1, batch: 235)]
      events += [epoch(0, index + 1, test: pair.0), epoch(1, index + 1, test: pair.1)]
    }
    return events + [ended(0, epoch: first.count), ended(1, epoch: second.count)]
  }

  /// All runs from the start to the end with one epoch each, of the given test accuracies.
  func oneEpoch(_ accuracies: [Double]) -> [TrainingEvent] {
    accuracies.indices.map { started($0) }
      + accuracies.enumerated().flatMap { [epoch($0, 1, test: $1), ended($0, epoch: 1)] }
  }

  /// What the text reporter prints of `events`, in one piece.
  func text(
    _ events: [TrainingEvent], encoding: TextEncoding = .utf8, isQuiet: Bool = false
  ) -> String {
    let reporter = TextReporter(session: description, encoding: encoding, isQuiet: isQuiet)
    let lines = report(events, with: reporter, SessionEnd(status: .success, seconds: 4.125))
    return lines.joined(separator: "\n")
  }

  /// The session after some events.
  func after(_ events: [TrainingEvent]) -> SessionDescription {
    events.reduce(into: description) { $0.apply($1) }
  }

  /// What a reporter makes of `events`.
  func report(
    _ events: [TrainingEvent], with reporter: some SessionReporter, _ end: SessionEnd
  ) -> [String] {
    var (session, reporter) = (description, reporter)
    var lines = reporter.begin(session)
    for event in events {
      session.apply(event)
      lines += reporter.report(event, of: session)
    }
    return lines + reporter.end(session, end)
  }
}
