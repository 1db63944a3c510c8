package import Datasets
package import Experiment
internal import Messages
package import Platform
package import Sessions
package import TerminalUI
package import Training

/// Trains without a dashboard: takes events from the engine and writes what the reporter makes of them.
package struct TrainingSession {
  private var session: SessionDescription
  private let dataset: Dataset
  private let output: ReportPlan
  private let traits: TerminalTraits
  private let recorder: EventRecorder?
  private let saver: RunSaver?
  private let past: [TrainingEvent]
  private let checkpoints: CheckpointSink?
  private let isLockstep: Bool
  private let timeLimit: Duration?
  private var summary: SessionSummary?

  package init(
    description: SessionDescription, dataset: Dataset, output: ReportPlan, traits: TerminalTraits,
    recorder: EventRecorder?, saver: RunSaver?, past: [TrainingEvent],
    checkpoints: CheckpointSink? = nil, isLockstep: Bool = false, timeLimit: Duration? = nil
  ) {
    self.isLockstep = isLockstep
    self.timeLimit = timeLimit
    session = description
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
  package mutating func run() throws(Failure) -> ProgramStatus {
    let events = EventQueue(copyingTo: saver?.events)
    let engine = TrainingEngine(
      runs: session.plans, dataset: dataset, threads: session.threads, events: events,
      isWatched: recorder != nil,
      measuresLayers: saver != nil || output.format == .jsonLines || output.lesson != nil,
      isLockstep: isLockstep, timeLimit: timeLimit, checkpoints: checkpoints)
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
    // Where it cannot be written the session is kept all the same.
    if let path = output.summary { try summary?.append(to: path) }
    return status
  }

  private func warn() {
    // A standard error that is gone is no reason to stop.
    if let saver { try? StandardStream.error.write(lines: saver.takeWarnings()) }
  }

  private mutating func report(_ engine: TrainingEngine, _ events: EventQueue) throws(WriteError)
    -> ProgramStatus
  {
    var screen = SessionScreen(display: display)
    var reporter = reporter
    var interruption: Int32?
    let clock = ContinuousClock()
    let start = clock.now

    try screen.write(reporter.begin(session))
    for event in past {
      session.apply(event)
      let lines = reporter.report(event, of: session)
      // A program has been told of these when they happened.
      if output.format == .text { try screen.write(lines) }
    }
    screen.update(session.state, at: 0)
    engine.start()
    while !session.state.isOver {
      _ = events.waitForEvents(seconds: 0.1)
      if let signal = Interruption.signal, interruption == nil {
        interruption = signal
        screen.acknowledgeInterruption()
        engine.sendToAll(.stop)
      }
      let seconds = (clock.now - start).inSeconds
      for event in events.drain() {
        session.apply(event)
        screen.update(session.state, at: seconds)
        try recorder?.record(event, at: seconds)
        if let alert = session.alert(for: event) { screen.alert(alert) }
        try screen.write(reporter.report(event, of: session))
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
    let outcome = SessionOutcome(session, demands: output.demands, interruption: interruption)
    try screen.write(reporter.end(session, SessionEnd(status: outcome.status, seconds: seconds)))
    if output.format == .text, let lateness = lateness(interruption) { try screen.write([lateness]) }
    for shortfall in outcome.shortfalls { screen.alert(shortfall) }
    summary = SessionSummary(outcome, seconds: seconds)
    return outcome.status
  }

  /// What a person is told whose runs were stopped because their time was over.
  private func lateness(_ interruption: Int32?) -> String? {
    guard timeLimit != nil, interruption == nil,
      session.runs.contains(where: { $0.ended?.reason == .stopped })
    else { return nil }
    let remedy =
      session.folder.map {
        says(" To go on: fmnist-tui --resume \($0)", "要继续：fmnist-tui --resume \($0)")
      } ?? ""
    return traits.encoding.encode(
      says("Stopped, because the time of --time-limit was over.", "已停止，因为 --time-limit 的时间到了。") + remedy)
  }

  private var reporter: any SessionReporter {
    switch output.format {
    case .text:
      TextReporter(
        session: session, encoding: traits.encoding, isQuiet: output.isQuiet, lesson: output.lesson)
    case .jsonLines: JSONLinesReporter()
    }
  }

  /// Bars are for a person who looks at a terminal, and not between JSON lines.
  private var display: ProgressDisplay? {
    guard StandardStream.error.isTerminal, traits.movesCursor, !output.isQuiet,
      output.format == .text || !StandardStream.output.isTerminal
    else { return nil }
    let sides = session.replicates.sides
    return ProgressDisplay(
      names: sides.map { session.title(of: $0.lead) }, runs: sides.map { $0.runs.map(\.index) },
      traits: traits)
  }
}
