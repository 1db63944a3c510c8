import Datasets
import TerminalUI
import Training
import TrainingEvents

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Trains without a dashboard: takes events from the engine and writes what the reporter makes of them.
struct TrainingSession {
  private let description: SessionDescription
  private let dataset: Dataset
  private let output: OutputOptions
  private let traits: TerminalTraits
  private let recorder: EventRecorder?

  init(
    description: SessionDescription, dataset: Dataset, output: OutputOptions, traits: TerminalTraits,
    recorder: EventRecorder?
  ) {
    self.description = description
    self.dataset = dataset
    self.output = output
    self.traits = traits
    self.recorder = recorder
  }

  /// Trains all runs to their end and reports them.
  ///
  /// - Throws: `Failure` if standard output cannot be written; the runs are stopped first.
  func run() throws(Failure) -> ProgramStatus {
    let events = EventQueue()
    let engine = TrainingEngine(
      runs: description.runs, dataset: dataset, threads: description.threads, events: events,
      isWatched: recorder != nil)
    do {
      return try report(engine, events)
    } catch {
      engine.sendToAll(.stop)
      engine.waitUntilEnded()
      var failure = Failure(error)
      if let signal = Interruption.signal { failure.status = Interruption.status(of: signal) }
      throw failure
    }
  }

  private func report(_ engine: TrainingEngine, _ events: EventQueue) throws(WriteError) -> ProgramStatus {
    var screen = SessionScreen(display: display)
    var reporter = reporter
    var outcome = SessionOutcome(description: description, failUnder: output.failUnder)
    var isStopping = false
    let clock = ContinuousClock()
    let start = clock.now

    try screen.write(reporter.sessionStarted())
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
      TextReporter(session: description, encoding: traits.encoding, isQuiet: output.quiet)
    case .jsonLines: JSONLinesReporter(session: description)
    }
  }

  /// Bars are for a person who looks at a terminal, and not between JSON lines.
  private var display: ProgressDisplay? {
    guard StandardStream.error.isTerminal, traits.movesCursor, !output.quiet,
      output.format == .text || !StandardStream.output.isTerminal
    else { return nil }
    return ProgressDisplay(
      names: description.runs.indices.map { description.title(of: RunID($0)) }, traits: traits)
  }
}
