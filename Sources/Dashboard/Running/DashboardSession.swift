package import Datasets
package import Experiment
internal import Messages
import NeuralNetwork
package import Platform
package import Reports
package import Sessions
package import TerminalUI
package import Training

/// A session behind the dashboard: owns the source of its events, which the keys steer, and what is left in the
/// scroll-back.
package final class DashboardSession {
  private let dataset: Dataset?
  private let output: ReportPlan
  private let traits: TerminalTraits
  private let events: EventQueue
  private var session: SessionDescription
  private var source: any EventSource
  private let makeSource: ([RunPlan], EventQueue, RunSaver?) -> any EventSource
  private let recorder: EventRecorder?
  /// What recorded runs kept of their networks.
  private let checkpoints: RecordedCheckpoints?
  /// Where sessions are kept, and what is there, once somebody looks.
  private let sessionsDirectory: String?
  private var sessions: SessionsFollower?
  private var kept: KeptSession
  /// Whether the runs wait for each other.
  private var isLockstep: Bool
  /// Whether it is left when all runs are done.
  private let leavesWhenDone: Bool
  private var time = TrainingTime()
  private let past: [TrainingEvent]
  private let origin: DashboardState.Origin
  private let place: String?
  private var recordingFailure: WriteError?
  /// The lesson that was asked for, to begin when this session is over.
  package private(set) var nextLesson: Lesson?
  private var reporter: TextReporter
  private var interruption: Int32?
  private var summary: SessionSummary?

  package init(
    description: SessionDescription, dataset: Dataset?, output: ReportPlan = .dashboard,
    traits: TerminalTraits, recorder: EventRecorder?, saver: RunSaver? = nil, past: [TrainingEvent] = [],
    origin: DashboardState.Origin = .training, place: String? = nil,
    checkpoints: RecordedCheckpoints? = nil, sessionsDirectory: String? = nil, isLockstep: Bool = false,
    leavesWhenDone: Bool = false,
    makeSaver: @escaping (SessionDescription) throws(Failure) -> RunSaver? = { _ throws(Failure) in nil },
    makeSource: @escaping ([RunPlan], EventQueue, RunSaver?) -> any EventSource
  ) {
    self.sessionsDirectory = sessionsDirectory
    self.isLockstep = isLockstep
    self.leavesWhenDone = leavesWhenDone
    session = description
    self.dataset = dataset
    self.output = output
    self.traits = traits
    self.recorder = recorder
    kept = KeptSession(saver, makeSaver: makeSaver)
    events = EventQueue(copyingTo: saver?.events)
    self.past = past
    self.origin = origin
    self.place = place
    self.checkpoints = checkpoints
    self.makeSource = makeSource
    source = makeSource(session.plans, events, kept.saver)
    source.setLockstep(isLockstep)
    reporter = TextReporter(session: description, encoding: traits.encoding, lesson: output.lesson)
  }

  private var outcome: SessionOutcome {
    SessionOutcome(session, demands: output.demands, interruption: interruption)
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
      augmented: { self.dataset?.train.augmented($0) }, keeping: { self.kept.takeNotices() },
      findings: { self.checkpoints.map { CheckpointFindings($0.findings) } }, system: { SystemUse.current },
      sessions: { self.foundSessions }, leavesWhenDone: leavesWhenDone, folder: { self.session.folder })
    var initial = DashboardScreen(
      DashboardState(
        caption: session.caption(place: place, task: task), settings: shown(settings.settings),
        kept: settings.settings,
        terminalGlyphs: traits.glyphs,
        terminalColors: traits.colors, testImages: dataset.flatMap { TestImages($0) },
        task: task, origin: origin, lesson: output.lesson),
      demonstrations: DemonstrationSource { .computed })
    initial.state.isLockstep = isLockstep
    initial.state.sessionsDirectory = sessionsDirectory
    defer { sessions?.stop() }
    for event in past {
      initial.record(event, at: 0)
      report(event)
    }
    source.start()
    let last = loop.run(initial)
    source.sendToAll(.stop)
    source.waitUntilEnded()
    for event in events.drain() { record(event, at: seconds()) }
    if let problem = settings.save(last.state.kept) {
      try? StandardStream.error.write(lines: [problem])
    }
    interruption = Interruption.signal
    screen.close()
    do throws(WriteError) {
      // Whoever only looked at runs has made nothing to report.
      if origin != .folders { try report(seconds: seconds()) }
      if let recordingFailure { throw recordingFailure }
    } catch {
      // What cannot be told is the failure; the runs are kept if they can be.
      kept.finish()
      var failure = Failure(error)
      if let signal = Interruption.signal { failure.status = Interruption.status(of: signal) }
      throw failure
    }
    defer { kept.tellWarnings() }
    try kept.finishAndTell()
    if loop.isUnattended { try? StandardStream.error.write(lines: [Self.unattended]) }
    if let failure = kept.failure { throw failure }
    if let path = output.summary { try summary?.append(to: path) }
    if let folder = session.folder, kept.saver != nil,
      session.runs.contains(where: { $0.ended?.reason == .stopped && !$0.isRemoved })
    {
      try? StandardStream.output.write(lines: [
        says("To go on: fmnist-tui --resume \(folder)", "要继续：fmnist-tui --resume \(folder)")
      ])
    }
    return outcome.status
  }

  /// What the runs learn to do.
  private var task: Task.Kind {
    let trained = dataset?.description ?? session.runs.first?.configuration.dataset
    return trained?.task.kind ?? .classification
  }

  private static var unattended: String {
    says(
      "Left by itself: no key was pressed and the terminal answered nothing, so nobody seems to be there. "
        + "--exit leaves as soon as all runs are done, --no-tui prints lines.",
      "已自行退出：没有按键，终端也没有回答，似乎无人在场。--exit 在所有运行完成后立即退出，--no-tui 输出文本行。")
  }

  /// The sessions that are there now; they are read from the first time on that somebody looks.
  private var foundSessions: SessionRows {
    guard let sessionsDirectory else { return SessionRows() }
    let follower = sessions ?? SessionsFollower(sessionsDirectory)
    sessions = follower
    return follower.found
  }

  private func report(seconds: Double) throws(WriteError) {
    let trained = time.trained(until: seconds)
    try StandardStream.output.write(
      lines: reporter.end(session, SessionEnd(status: outcome.status, seconds: trained)))
    try StandardStream.error.write(lines: outcome.shortfalls.map { says("Error: \($0)", "错误：\($0)") })
    summary = SessionSummary(outcome, seconds: trained)
  }

  private func record(_ event: TrainingEvent, at seconds: Double) {
    do {
      if recordingFailure == nil { try recorder?.record(event, at: seconds) }
    } catch {
      // The runs are worth more than their recording; the failure is told at the end.
      recordingFailure = error
    }
    kept.saver?.wake()
    report(event)
    time.note(isOver: session.state.isOver, at: seconds)
  }

  private func report(_ event: TrainingEvent) {
    session.apply(event)
    _ = reporter.report(event, of: session)
  }

  private func perform(_ effect: DashboardEffect) {
    switch effect {
    case .send(let command, let run): source.send(command, to: run)
    case .sendToAll(let command): source.sendToAll(command)
    case .rename(let run, to: let name): publish(.runRenamed(RunRenamed(name: name)), of: run)
    case .remove(let run):
      source.send(.stop, to: run)
      publish(.runRemoved(RunRemoved()), of: run)
    case .restart(let newSeed): restart(newSeed: newSeed)
    case .addReplicates(let isPaused): addReplicates(isPaused: isPaused)
    case .setLockstep(let isOn):
      isLockstep = isOn
      source.setLockstep(isOn)
    case .begin(let lesson): nextLesson = lesson
    case .augment, .leave: break
    }
  }

  private func publish(_ kind: TrainingEvent.Kind, of run: RunID) {
    events.publish(TrainingEvent(kind, at: session.state[run].position))
  }

  private func restart(newSeed: Bool) {
    source.sendToAll(.stop)
    source.waitUntilEnded()
    _ = events.drain()
    var plans: [RunPlan] = []
    // What was removed makes room for others, unless nothing else is there.
    let isEmpty = zip(session.plans, session.runs).allSatisfy { $0.forkedFrom != nil || $1.isRemoved }
    for (plan, run) in zip(session.plans, session.runs)
    where plan.forkedFrom == nil && (isEmpty || !run.isRemoved) {
      var plan = plan.fromTheBeginning
      (plan.name, plan.isRemoved) = (run.name, false)
      plans.append(plan)
    }
    if newSeed {
      let seeds = max(1, session.replicates.areSeveral ? session.replicates.seeds.count : 1)
      // The next seeds that none of the runs has had.
      for index in plans.indices { plans[index].configuration.seed &+= UInt64(seeds) }
    }
    session.plans = plans
    reporter = TextReporter(session: session, encoding: traits.encoding, lesson: output.lesson)
    session.folder = kept.beginAnew(session, copying: events)
    source = makeSource(plans, events, kept.saver)
    source.setLockstep(isLockstep)
    source.start()
  }

  /// Begins one more run of each side, with the seed after the last one and every live change that its side has made.
  private func addReplicates(isPaused: Bool) {
    let sides = session.replicates.sides.prefix(2)
    guard let seed = sides.flatMap(\.seeds).max(), seed < .max else { return }
    for side in sides {
      let lead = session.runs[side.lead.index]
      var plan = session.plans[side.lead.index].fromTheBeginning.withSeed(seed + 1)
      plan.name = lead.name
      plan.schedule.changes = lead.changes
      guard source.add(plan, isPaused: isPaused) != nil else { return }
      session.add(plan)
    }
  }

  /// Who opens recorded runs looks at their charts first, whatever was left last.
  private func shown(_ settings: DashboardSettings) -> DashboardSettings {
    guard origin == .folders else { return settings }
    var shown = settings
    shown.page = DashboardSettings().page
    return shown
  }
}
