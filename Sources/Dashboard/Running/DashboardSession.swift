package import Datasets
package import Experiment
import NeuralNetwork
package import Platform
import Reports
package import Sessions
package import TerminalUI
package import Training

/// A session behind the dashboard: owns the source of its events, which the keys steer, and what is left in the
/// scroll-back.
package final class DashboardSession {
  private let dataset: Dataset?
  private let failUnder: Double?
  private let traits: TerminalTraits
  private let events: EventQueue
  private var description: SessionDescription
  private var source: any EventSource
  private let makeSource: ([RunPlan], EventQueue) -> any EventSource
  private let recorder: EventRecorder?
  private let saver: RunSaver?
  private let past: [TrainingEvent]
  private let origin: DashboardState.Origin
  private let place: String?
  /// The live changes of each run, which further runs of its side make too.
  private var changes: [RunID: [SettingChanged]] = [:]
  private var recordingFailure: WriteError?
  private var reporter: TextReporter
  private var outcome: SessionOutcome

  package init(
    description: SessionDescription, dataset: Dataset?, failUnder: Double?, traits: TerminalTraits,
    recorder: EventRecorder?, saver: RunSaver? = nil, past: [TrainingEvent] = [],
    origin: DashboardState.Origin = .training, place: String? = nil,
    makeSource: @escaping ([RunPlan], EventQueue) -> any EventSource
  ) {
    self.description = description
    self.dataset = dataset
    self.failUnder = failUnder
    self.traits = traits
    self.recorder = recorder
    self.saver = saver
    events = EventQueue(copyingTo: saver?.events)
    self.past = past
    self.origin = origin
    self.place = place
    self.makeSource = makeSource
    source = makeSource(description.runs, events)
    reporter = TextReporter(session: description, encoding: traits.encoding)
    outcome = SessionOutcome(description: description, failUnder: failUnder)
  }

  /// Shows the dashboard on the terminal; `else` says why that fails where it cannot be used as a screen.
  ///
  /// - Throws: `Failure` with that message, or if standard output cannot be written.
  package func runOnTerminal(
    environment: [String: String], else message: String
  ) throws(Failure) -> ProgramStatus {
    guard let status = try runOnTerminal(environment: environment) else {
      throw Failure(status: .usage, message: message)
    }
    return status
  }

  /// Shows the dashboard on the terminal, as `run(on:settings:)` does; `nil` if it cannot be used as a screen.
  ///
  /// - Throws: `Failure` if standard output cannot be written.
  package func runOnTerminal(environment: [String: String]) throws(Failure) -> ProgramStatus? {
    let settings = SettingsFile(environment: environment)
    if let problem = settings.problem { try? StandardStream.error.write(lines: [problem]) }
    guard let screen = NcursesScreen.open(traits) else { return nil }
    return try run(on: screen, settings: settings)
  }

  /// Shows the dashboard on `screen` until the person leaves, then leaves the final table on the normal screen.
  ///
  /// - Throws: `Failure` if standard output cannot be written.
  private func run(on screen: NcursesScreen, settings: SettingsFile) throws(Failure) -> ProgramStatus {
    let clock = ContinuousClock()
    let start = clock.now
    let seconds = { (clock.now - start).inSeconds }
    var loop = UILoop(
      screen: screen, events: events, seconds: seconds, isInterrupted: { Interruption.signal != nil },
      record: { self.record($0, at: seconds()) }, perform: { self.perform($0) },
      augmented: { self.dataset?.train.augmented($0) })
    var initial = DashboardScreen(
      DashboardState(
        caption: caption, settings: settings.settings, terminalGlyphs: traits.glyphs,
        terminalColors: traits.colors, testImages: dataset.map { TestImages($0) }, origin: origin),
      demonstrations: .computed)
    for event in past {
      initial.record(event, at: 0)
      report(event)
    }
    source.start()
    let last = loop.run(initial)
    source.sendToAll(.stop)
    source.waitUntilEnded()
    for event in events.drain() { record(event, at: seconds()) }
    settings.save(last.state.settings)
    outcome.interruption = Interruption.signal
    screen.close()
    do throws(WriteError) {
      // Whoever only looked at runs has made nothing to report.
      if origin != .folders { try report(seconds: seconds()) }
      if let recordingFailure { throw recordingFailure }
    } catch {
      // What cannot be told is the failure; the runs are kept if they can be.
      try? saver?.finish()
      var failure = Failure(error)
      if let signal = Interruption.signal { failure.status = Interruption.status(of: signal) }
      throw failure
    }
    defer { if let saver { try? StandardStream.error.write(lines: saver.takeWarnings()) } }
    try saver?.finishAndTell()
    return outcome.status
  }

  private func report(seconds: Double) throws(WriteError) {
    try StandardStream.output.write(
      lines: reporter.sessionEnded(SessionEnd(status: outcome.status, seconds: seconds)))
    if let shortfall = outcome.shortfall { try StandardStream.error.write(lines: ["Error: \(shortfall)"]) }
  }

  private func record(_ event: TrainingEvent, at seconds: Double) {
    do {
      if recordingFailure == nil { try recorder?.record(event, at: seconds) }
    } catch {
      // The runs are worth more than their recording; the failure is told at the end.
      recordingFailure = error
    }
    saver?.wake()
    report(event)
  }

  private func report(_ event: TrainingEvent) {
    if case .settingChanged(let change) = event { changes[event.run, default: []].append(change) }
    description.note(event)
    _ = outcome.record(event)
    _ = reporter.report(event)
  }

  private func perform(_ effect: DashboardEffect) {
    switch effect {
    case .send(let command, let run): source.send(command, to: run)
    case .sendToAll(let command): source.sendToAll(command)
    case .rename(let run, to: let name): events.publish(.runRenamed(RunRenamed(run: run, name: name)))
    case .remove(let run):
      source.send(.stop, to: run)
      events.publish(.runRemoved(run))
    case .restart(let newSeed): restart(newSeed: newSeed)
    case .addReplicates(let isPaused): addReplicates(isPaused: isPaused)
    case .augment, .leave: break
    }
  }

  private func restart(newSeed: Bool) {
    source.sendToAll(.stop)
    source.waitUntilEnded()
    _ = events.drain()
    changes = [:]
    saver?.restart()
    description.runs = description.runs.filter { $0.forkedFrom == nil }.map(\.fromTheBeginning)
    if newSeed {
      let seeds = max(1, description.replicates.areSeveral ? description.replicates.seeds.count : 1)
      description.runs = description.runs.map { plan in
        var plan = plan
        // The next seeds that none of the runs has had.
        plan.configuration.seed &+= UInt64(seeds)
        return plan
      }
    }
    reporter = TextReporter(session: description, encoding: traits.encoding)
    outcome = SessionOutcome(description: description, failUnder: failUnder)
    source = makeSource(description.runs, events)
    source.start()
  }

  /// Begins one more run of each side, with the seed after the last one and every live change that its side has made.
  private func addReplicates(isPaused: Bool) {
    let sides = description.replicates.sides.prefix(2)
    guard let seed = sides.flatMap(\.seeds).max(), seed < .max else { return }
    for side in sides {
      var plan = description.runs[side.lead.index].fromTheBeginning.withSeed(seed + 1)
      plan.schedule.changes = changes[side.lead] ?? []
      guard source.add(plan, isPaused: isPaused) != nil else { return }
      description.runs.append(plan)
    }
  }

  private var caption: String {
    let configuration = description.runs[0].configuration
    let widths = configuration.layerWidths.map(String.init).joined(separator: "-")
    let used =
      configuration.trainSize.map { $0 < description.trainCount ? "\(NumberText.grouped($0)) of " : "" } ?? ""
    let place = place ?? description.dataSource.place.key
    return
      "\(used)\(NumberText.grouped(description.trainCount)) + \(NumberText.grouped(description.testCount)) images "
      + "(\(place)) · \(widths) · \(configuration.optimizer.rawValue) "
      + "lr \(SettingText.number(configuration.learningRate)) · batch \(configuration.batchSize) · "
      + "seed \(configuration.seed)"
  }
}

extension NcursesScreen {
  /// Whether a person sits at both ends: what is shown can be seen, and keys come in.
  package static var hasPerson: Bool { StandardStream.output.isTerminal && StandardStream.isInputTerminal }

  /// The terminal as a screen, if a person sits there and it can be used as one.
  static func open(_ traits: TerminalTraits) -> NcursesScreen? {
    hasPerson && traits.movesCursor ? NcursesScreen(usesColor: traits.colors != .none) : nil
  }
}

extension TestImages {
  /// The images of the test set.
  fileprivate init(_ dataset: Dataset) {
    self.init(
      height: dataset.test.height, width: dataset.test.width, pixels: dataset.test.pixels,
      labels: dataset.test.labels, classNames: dataset.description.task.classNames)
  }
}
