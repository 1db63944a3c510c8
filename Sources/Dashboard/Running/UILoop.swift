package import Experiment
package import Platform
package import Reports
package import TerminalUI

/// Brings events and keys to the dashboard, and the dashboard to the screen, until the person leaves.
///
/// It draws only what has changed, ten times a second and after a key 30 times, and hardly ever wakes while nothing moves.
package struct UILoop<Display: Screen> {
  private static var frameSeconds: Double { 1.0 / 30 }
  /// The same while nobody has pressed a key for some time: training needs the processors more.
  private static var quietFrameSeconds: Double { 1.0 / 10 }
  /// How long it waits for a key while nothing moves: a signal may come just before it begins to wait.
  private static var idleSeconds: Double { 0.25 }
  /// How long after a key, or a question, its answer is looked for.
  private static var answerSeconds: Double { 1 }

  private var screen: Display
  private let events: EventQueue
  private let seconds: () -> Double
  private let isInterrupted: () -> Bool
  private let record: (TrainingEvent) -> Void
  private let perform: (DashboardEffect) -> Void
  private let augmented: (AugmentedImage.Request) -> AugmentedImage?
  private let keeping: () -> KeepingNotices
  private let findings: () -> CheckpointFindings?
  private let system: () -> SystemUse?
  private let sessions: () -> SessionRows
  private let leavesWhenDone: Bool
  private let folder: () -> String?
  /// How long it stays at the end where nobody seems to be there.
  private static var unattendedSeconds: Double { 10 }
  /// Whether it was left because nobody seems to be there.
  package private(set) var isUnattended = false

  /// A loop that shows on `screen` what `events` tell.
  ///
  /// `seconds` is a clock, `isInterrupted` tells whether a signal asked for the end, `record` gets every event,
  /// `perform` everything that a key asks of the outside but leaving, `augmented` knows the training images, and `keeping`
  /// what cannot be written, `findings` what the checkpoints of recorded runs tell, `system` what the process uses, and `sessions`
  /// which others there are. With `leavesWhenDone` it ends once all runs have; `folder` is where the session is kept.
  package init(
    screen: Display, events: EventQueue, seconds: @escaping () -> Double, isInterrupted: @escaping () -> Bool,
    record: @escaping (TrainingEvent) -> Void, perform: @escaping (DashboardEffect) -> Void,
    augmented: @escaping (AugmentedImage.Request) -> AugmentedImage? = { _ in nil },
    keeping: @escaping () -> KeepingNotices = { KeepingNotices() },
    findings: @escaping () -> CheckpointFindings? = { nil }, system: @escaping () -> SystemUse? = { nil },
    sessions: @escaping () -> SessionRows = { SessionRows() },
    leavesWhenDone: Bool = false, folder: @escaping () -> String? = { nil }
  ) {
    self.screen = screen
    self.events = events
    self.seconds = seconds
    self.isInterrupted = isInterrupted
    self.record = record
    self.perform = perform
    self.augmented = augmented
    self.keeping = keeping
    self.findings = findings
    self.system = system
    self.sessions = sessions
    (self.leavesWhenDone, self.folder) = (leavesWhenDone, folder)
  }

  /// Runs until the person leaves or a signal comes; returns how it was left.
  package mutating func run(_ initial: DashboardScreen) -> DashboardScreen {
    var dashboard = initial
    var drawn: (dashboard: DashboardScreen, width: Int, height: Int)?
    var drawnAt = -Double.infinity
    var answersUntil = seconds() + Self.answerSeconds
    var endedAt: Double?
    while !isInterrupted() {
      let now = seconds()
      let news = events.drain()
      // Asked afterwards: answers come after the images that they are about.
      if let findings = findings() { dashboard.state.take(findings) }
      for event in news {
        record(event)
        dashboard.record(event, at: now)
      }
      // What waits for a person is measured only if somebody looks.
      if now >= dashboard.state.system.next,
        dashboard.state.isMoving || dashboard.page.title == SystemPage.title,
        let use = system()
      {
        dashboard.state.system.add(use, at: now)
      }
      if dashboard.page.title == SessionsPage.title { dashboard.state.sessions = sessions() }
      dashboard.tell(keeping())
      dashboard.pass(to: now)
      dashboard.state.folder = folder()
      endedAt = dashboard.state.isEnded ? endedAt ?? now : nil
      if let endedAt {
        isUnattended = !screen.isAttended && now - endedAt >= Self.unattendedSeconds
        if leavesWhenDone || isUnattended { return dashboard }
      }
      for question in dashboard.takeQuestions() {
        if case .augment(let wanted) = question {
          dashboard.state.augmentedImage = augmented(wanted)
          continue
        }
        perform(question)
        answersUntil = seconds() + Self.answerSeconds
      }
      if screen.listensToMouse != dashboard.state.settings.usesMouse { screen.listensToMouse.toggle() }
      let size = screen.size
      dashboard.closeHelp(behindLastPageOf: size.width, size.height)
      let isStale =
        drawn.map { $0.dashboard != dashboard || $0.width != size.width || $0.height != size.height } ?? true
      let frameSeconds = now < answersUntil ? Self.frameSeconds : Self.quietFrameSeconds
      if isStale, now - drawnAt >= frameSeconds {
        screen.present(dashboard.render(width: size.width, height: size.height))
        drawn = (dashboard, size.width, size.height)
        drawnAt = now
      }
      let isIdle = !dashboard.state.isMoving && now >= answersUntil && !isStale
      let wait = isStale && now - drawnAt > 0 ? max(0, drawnAt + frameSeconds - now) : frameSeconds
      guard let key = screen.readKey(timeout: isIdle ? Self.idleSeconds : wait) else { continue }
      answersUntil = seconds() + Self.answerSeconds
      if dashboard.pointAt(key, width: size.width, height: size.height) { continue }
      for effect in dashboard.press(key) {
        if effect == .leave { return dashboard }
        perform(effect)
      }
    }
    return dashboard
  }
}
