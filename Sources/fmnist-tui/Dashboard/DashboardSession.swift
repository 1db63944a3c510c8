import Dashboard
import Datasets
import TerminalUI
import Training
import TrainingEvents

/// Trains behind the dashboard: owns the engine that the keys steer, and what is left in the scroll-back.
final class DashboardSession {
  private let dataset: Dataset
  private let failUnder: Double?
  private let traits: TerminalTraits
  private let events = EventQueue()
  private var description: SessionDescription
  private var engine: TrainingEngine
  private var reporter: TextReporter
  private var outcome: SessionOutcome

  init(description: SessionDescription, dataset: Dataset, failUnder: Double?, traits: TerminalTraits) {
    self.description = description
    self.dataset = dataset
    self.failUnder = failUnder
    self.traits = traits
    engine = TrainingEngine(
      runs: description.runs, dataset: dataset, threads: description.threads, events: events, isWatched: true)
    reporter = TextReporter(session: description, encoding: traits.encoding)
    outcome = SessionOutcome(description: description, failUnder: failUnder)
  }

  /// Shows the dashboard on `screen` until the person leaves, then leaves the final table on the normal screen.
  ///
  /// - Throws: `Failure` if standard output cannot be written.
  func run(on screen: NcursesScreen, settings: SettingsFile) throws(Failure) -> ProgramStatus {
    let clock = ContinuousClock()
    let start = clock.now
    let seconds = { (clock.now - start).inSeconds }
    var loop = UILoop(
      screen: screen, events: events, seconds: seconds, isInterrupted: { Interruption.signal != nil },
      record: { self.record($0) }, perform: { self.perform($0) })
    engine.start()
    let state = loop.run(
      DashboardState(
        caption: caption, settings: settings.settings, terminalGlyphs: glyphs, terminalColors: traits.colors,
        testImages: TestImages(dataset.test)))
    engine.sendToAll(.stop)
    engine.waitUntilEnded()
    for event in events.drain() { record(event) }
    settings.save(state.settings)
    outcome.interruption = Interruption.signal
    screen.close()
    do {
      try report(seconds: seconds())
    } catch {
      throw Failure(error)
    }
    return outcome.status
  }

  private func report(seconds: Double) throws(WriteError) {
    try StandardStream.output.write(
      lines: reporter.sessionEnded(SessionEnd(status: outcome.status, seconds: seconds)))
    if let shortfall = outcome.shortfall { try StandardStream.error.write(lines: ["Error: \(shortfall)"]) }
  }

  private func record(_ event: TrainingEvent) {
    _ = outcome.record(event)
    _ = reporter.report(event)
  }

  private func perform(_ effect: DashboardEffect) {
    switch effect {
    case .send(let command, let run): engine.send(command, to: run)
    case .sendToAll(let command): engine.sendToAll(command)
    case .restart(let newSeed): restart(newSeed: newSeed)
    case .leave: break
    }
  }

  private func restart(newSeed: Bool) {
    engine.sendToAll(.stop)
    engine.waitUntilEnded()
    _ = events.drain()
    if newSeed {
      description.runs = description.runs.map { plan in
        var plan = plan
        plan.configuration.seed &+= 1
        return plan
      }
    }
    reporter = TextReporter(session: description, encoding: traits.encoding)
    outcome = SessionOutcome(description: description, failUnder: failUnder)
    engine = TrainingEngine(
      runs: description.runs, dataset: dataset, threads: description.threads, events: events,
      isWatched: true)
    engine.start()
  }

  private var glyphs: GlyphSet { traits.encoding == .utf8 ? .braille : .ascii }

  private var caption: String {
    let configuration = description.runs[0].configuration
    let widths = configuration.layerWidths.map(String.init).joined(separator: "-")
    let used = configuration.trainSize.map { "\(NumberText.grouped($0)) of " } ?? ""
    return
      "\(used)\(NumberText.grouped(description.trainCount)) + \(NumberText.grouped(description.testCount)) images "
      + "(\(description.dataSource.place.key)) · \(widths) · \(configuration.optimizer.rawValue) "
      + "lr \(SettingText.number(configuration.learningRate)) · batch \(configuration.batchSize) · "
      + "seed \(configuration.seed)"
  }
}

extension TestImages {
  /// The images of the test set.
  fileprivate init(_ images: LabeledImages) {
    self.init(
      height: images.height, width: images.width, pixels: images.pixels, labels: images.labels,
      classNames: FashionMNIST.classNames)
  }
}
