package import Datasets
package import Experiment
package import Platform
package import Sessions
package import TerminalUI
package import Training

/// Trains without a dashboard: takes events from the engine and writes what the reporter makes of them.
package struct TrainingSession {
  private let description: SessionDescription
  private let dataset: Dataset
  private let output: ReportPlan
  private let traits: TerminalTraits
  private let recorder: EventRecorder?
  private let saver: RunSaver?
  private let past: [TrainingEvent]
  private let checkpoints: CheckpointSink?

  package init(
    description: SessionDescription, dataset: Dataset, output: ReportPlan, traits: TerminalTraits,
    recorder: EventRecorder?, saver: RunSaver?, past: [TrainingEvent],
    checkpoints: CheckpointSink? = nil
  ) {
    self.description = description
    self.dataset = dataset
    self.output = output
    self.traits = traits
    self.recorder = recorder
    self.saver = saver
    self.past = past
    self.checkpoints = checkpoints ?? saver?.checkpoints
  }

  /// Trains all runs to their end and reports them.
  ///
  /// - Throws: `Failure` if standard output cannot be written; the runs are stopped first.
  package func run() throws(Failure) -> ProgramStatus {
    let events = EventQueue(copyingTo: saver?.events)
    let engine = TrainingEngine(
      runs: description.runs, dataset: dataset, threads: description.threads, events: events,
      isWatched: recorder != nil, checkpoints: checkpoints)
    let status: ProgramStatus
    do {
      status = try report(engine, events)
    } catch {
      engine.sendToAll(.stop)
      engine.waitUntilEnded()
      // What standard output refuses is the failure to tell of; the runs are kept if they can be.
      try? saver?.finish()
      var failure = Failure(error)
      if let signal = Interruption.signal { failure.status = Interruption.status(of: signal) }
      throw failure
    }
    defer { warn() }
    if output.format == .text, !output.isQuiet { try saver?.finishAndTell() } else { try saver?.finish() }
    return status
  }

  private func warn() {
    // A standard error that is gone is no reason to stop.
    if let saver { try? StandardStream.error.write(lines: saver.takeWarnings()) }
  }

  private func report(_ engine: TrainingEngine, _ events: EventQueue) throws(WriteError) -> ProgramStatus {
    var screen = SessionScreen(display: display)
    var reporter = reporter
    var outcome = SessionOutcome(description: description, failUnder: output.failUnder)
    var isStopping = false
    let clock = ContinuousClock()
    let start = clock.now

    try screen.write(reporter.sessionStarted())
    for event in past {
      screen.record(event, at: 0)
      _ = outcome.record(event)
      let lines = reporter.report(event)
      // A program has been told of these when they happened.
      if output.format == .text { try screen.write(lines) }
    }
    engine.start()
    while !outcome.isEnded {
      _ = events.waitForEvents(seconds: 0.1)
      if let signal = Interruption.signal, !isStopping {
        isStopping = true
        outcome.interruption = signal
        screen.acknowledgeInterruption()
        engine.sendToAll(.stop)
      }
      let seconds = (clock.now - start).inSeconds
      for event in events.drain() {
        screen.record(event, at: seconds)
        try recorder?.record(event, at: seconds)
        if let alert = outcome.record(event) { screen.alert(alert) }
        try screen.write(reporter.report(event))
      }
      saver?.wake()
      for warning in saver?.takeWarnings() ?? [] { screen.warn(warning) }
      screen.refresh(at: seconds)
      usleep(20_000)
    }
    engine.sendToAll(.stop)
    engine.waitUntilEnded()

    let seconds = (clock.now - start).inSeconds
    screen.keep(at: seconds)
    try screen.write(reporter.sessionEnded(SessionEnd(status: outcome.status, seconds: seconds)))
    if let shortfall = outcome.shortfall { screen.alert(shortfall) }
    return outcome.status
  }

  private var reporter: any SessionReporter {
    switch output.format {
    case .text:
      TextReporter(session: description, encoding: traits.encoding, isQuiet: output.isQuiet)
    case .jsonLines: JSONLinesReporter(session: description)
    }
  }

  /// Bars are for a person who looks at a terminal, and not between JSON lines.
  private var display: ProgressDisplay? {
    guard StandardStream.error.isTerminal, traits.movesCursor, !output.isQuiet,
      output.format == .text || !StandardStream.output.isTerminal
    else { return nil }
    let sides = description.replicates.sides
    return ProgressDisplay(
      names: sides.map { description.title(of: $0.lead) }, runs: sides.map { $0.runs.map(\.index) },
      traits: traits)
  }
}
