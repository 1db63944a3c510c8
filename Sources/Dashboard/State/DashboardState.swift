package import Datasets
package import Experiment
internal import Messages
package import Reports
package import Sessions
package import TerminalUI

/// What the pages of the dashboard share: the runs, which of them is selected, and how they are drawn.
package struct DashboardState: Asking, Hashable, Sendable {
  /// What is written above and cannot change: the data and the program.
  package var caption: String
  /// What the events have told so far.
  private var session = SessionState()
  /// The runs, A first.
  package private(set) var runs: [RunState] = []
  /// The run whose settings the keys change.
  package internal(set) var selectedRun = 0
  /// The run that the person wants the others to be compared with.
  var reference: RunID?
  /// The hidden layer whose dropout the keys change.
  package internal(set) var selectedLayer = 0
  /// What a person sets once.
  package internal(set) var settings: DashboardSettings
  /// What of that is kept for the next start: what was found at this one, and what was chosen since by a key that says so.
  package internal(set) var kept: DashboardSettings
  /// The best glyphs that the terminal has.
  package let terminalGlyphs: GlyphSet
  /// The colours that the terminal has.
  package let terminalColors: TerminalTraits.Colors
  /// What the terminal's background asks for, as far as that is known.
  package internal(set) var terminalTheme = Theme.dark
  /// Where the events come from.
  package let origin: Origin
  /// What the runs learn to do.
  package let task: Task.Kind
  /// The lesson that has prepared them, if one has.
  package let lesson: Lesson?
  /// The test images, if there are any to show.
  package internal(set) var testImages: TestImages?
  /// Where the answers of recorded runs come from.
  package internal(set) var checkpointOrigins: [RunID: RecordedCheckpoints.Origin] = [:]
  /// The epochs that recorded runs had when their checkpoints were asked for.
  var observedEpochs: [RunID: Int] = [:]
  /// The training image that was asked for last.
  package internal(set) var augmentedImage: AugmentedImage?
  /// What is being asked.
  var question: Question<DashboardState>?
  /// What was answered before, by what was asked.
  var answers: [String: [String]] = [:]
  /// The latest change or refusal, in words.
  package internal(set) var message = "" { didSet { toldAt = nil } }
  /// When that was seen first.
  private var toldAt: Double?
  /// What takes back each live change of the person, the latest at the end.
  var undoing: [[RunID: [SettingChange]]] = []
  /// Runs of further seeds that were asked for and have not begun.
  var awaitedRuns = 0
  /// Whether the person wants the runs to wait or to go on, until they do.
  var wantsPause: Bool?
  /// Whether the runs wait for each other.
  package internal(set) var isLockstep = false
  /// Whether the runs go on by single steps or epochs.
  var isStepping = false
  /// The folder that the session is kept in, if it is.
  package var folder: String?
  /// Where sessions are kept, if this one belongs to some.
  package var sessionsDirectory: String?
  /// What was found there since somebody looked.
  package internal(set) var sessions = SessionRows()
  /// What the process has used of the machine.
  package internal(set) var system = SystemHistory()
  /// Whether something of the session cannot be written at present.
  package internal(set) var isKeepingFailing = false
  /// What is asked of the outside and was not taken yet.
  private var effects: [DashboardEffect] = []
  /// Time of the latest event, in seconds since the start.
  package private(set) var seconds = 0.0

  /// Where the events of a dashboard come from.
  package enum Origin: Hashable, Sendable {
    /// Runs that the keys steer.
    case training
    /// A recording, which is replayed in its time.
    case recording
    /// The folders of runs that are over, or that another program makes.
    case folders
  }

  /// A dashboard of which no run has started.
  package init(
    caption: String, settings: DashboardSettings = DashboardSettings(), kept: DashboardSettings? = nil,
    terminalGlyphs: GlyphSet,
    terminalColors: TerminalTraits.Colors = .palette256, testImages: TestImages? = nil,
    task: Task.Kind = .classification, origin: Origin = .training, lesson: Lesson? = nil
  ) {
    (self.task, self.lesson) = (task, lesson)
    self.origin = origin
    self.caption = caption
    self.terminalColors = terminalColors
    self.testImages = testImages
    (self.settings, self.kept) = (settings, kept ?? settings)
    self.terminalGlyphs = terminalGlyphs
  }

  /// Forgets the runs, which begin anew.
  mutating func removeRuns() {
    (session, runs, undoing) = (SessionState(), [], [])
    (awaitedRuns, wantsPause, isStepping, reference) = (0, nil, false, nil)
  }

  /// Notes what is asked of a run until its events tell that it is done.
  mutating func note(_ change: SettingChange, askedOf run: RunID) { runs[run.index].ask(change) }

  /// How long a message is shown.
  private static let messageSeconds = 6.0

  /// Forgets at the time `seconds` what was told some seconds ago, unless it belongs to a question.
  mutating func pass(to seconds: Double) {
    guard !message.isEmpty else { return }
    guard let toldAt else {
      toldAt = seconds
      return
    }
    if question == nil, seconds - toldAt >= Self.messageSeconds { message = "" }
  }

  /// Hides a run in charts and tables, or shows it again.
  mutating func setHidden(_ isHidden: Bool, run: RunID) { runs[run.index].isHidden = isHidden }

  /// Takes in an event that arrived at the time `seconds`.
  package mutating func record(_ event: TrainingEvent, at seconds: Double) {
    self.seconds = seconds
    let index = event.run.index
    while runs.count <= index { runs.append(RunState(id: RunID(runs.count))) }
    session.apply(event)
    runs[index].apply(event, history: session[event.run], at: seconds)
    if case .epochEvaluated = event.kind {
      for fork in runs.indices where runs[fork].history.forkedFrom != nil {
        runs[fork].inherit(session[RunID(fork)])
      }
    }
    note(event)
    switch event.kind {
    case .settingChanged(let change):
      let change = Positioned(change, at: event.position)
      message = change.sentence(names: runs.map(\.name)) + runs[index].consequence(of: change)
    case .runStarted(let start): if start.forkedFrom == nil, awaitedRuns > 0 { awaitedRuns -= 1 }
    case .runEnded(let end): if end.reason == .stopped, canGoOnAfterStop { message = stopSentence }
    default: break
    }
    if wantsPause == isPaused { wantsPause = nil }
  }

  /// Asks something of the outside.
  mutating func send(_ effect: DashboardEffect) { effects.append(effect) }

  /// What is asked of the outside, once.
  mutating func takeEffects() -> [DashboardEffect] {
    defer { effects = [] }
    return effects
  }

  /// Whether nothing that is shown can be changed.
  var isReplay: Bool { origin != .training }
  /// Whether the events can be paused and stopped.
  var canBePaused: Bool { origin != .folders }
  /// The characters to draw with.
  package var glyphs: GlyphSet { settings.glyphs?.limited(to: terminalGlyphs) ?? terminalGlyphs }
  /// What the colours are made for.
  var theme: Theme { settings.theme ?? terminalTheme }
  /// Whether colours are wanted and there.
  var drawsColors: Bool { settings.showsColors && terminalColors != .none }
  /// Whether any run computes.
  package var isMoving: Bool { runs.contains(where: \.isMoving) }
  /// Whether the runs wait for the person.
  package var isPaused: Bool { !isMoving && runs.contains { $0.pausedAt != nil } }
  /// Whether every run is over.
  package var isEnded: Bool { !runs.isEmpty && runs.allSatisfy(\.isEnded) }

  /// The run whose settings the keys change, if there is one.
  var selected: RunState? { runs.indices.contains(selectedRun) ? runs[selectedRun] : nil }
  /// Hidden layers of the selected run.
  var layerCount: Int { selected?.configuration.dropout.count ?? 0 }
  /// Whether settings of the selected run can change.
  var canChangeSettings: Bool {
    !isReplay && selected.map { $0.history.started != nil && !$0.isEnded } ?? false
  }
  /// Whether some run can make more epochs.
  var canAddEpochs: Bool { !isReplay && listedRuns.contains(where: \.canGoOn) }
  /// Whether another seed can be begun: training, with a seed for each side.
  var canAddReplicates: Bool {
    origin == .training && !replicates.seeds.isEmpty && replicates.sides.count <= 2
      && !listedRuns.contains { $0.history.ended?.reason == .stopped }
      && (awaitedRuns > 0 || Set(replicates.sides.map(\.seeds)).count == 1)
  }
  /// Whether the runs were stopped and can go on.
  var canGoOnAfterStop: Bool {
    origin == .training && isEnded
      && listedRuns.contains { $0.canGoOn && $0.history.ended?.reason == .stopped }
  }
  /// The epochs that the longest run is meant to make.
  var epochs: Double { Double(shownRuns.map(\.configuration.epochs).max() ?? 1) }

  /// `text` in the characters that the glyph set allows.
  func plain(_ text: String) -> String { glyphs.plain(text) }
}

extension Positioned<SettingChanged> {
  /// The change in words.
  func sentence(names: [String]) -> String {
    let name = names.indices.contains(position.run.index) ? names[position.run.index] : position.run.letter
    return says("\(name): \(summary)", "\(name)：\(summary)")
      + (details.setting.live?.isPerEpoch == true && position.batch > 0
        ? says(" from epoch \(position.epoch + 1)", "，从第 \(position.epoch + 1) 轮起")
        : says(
          " from step \(NumberText.grouped(position.step + 1))",
          "，从第 \(NumberText.grouped(position.step + 1)) 步起"))
  }

  /// What changed, from which value to which.
  var summary: String { "\(details.title) \(text(details.oldValue)) → \(text(details.newValue))" }

  /// What a mark in a chart says of it.
  var mark: String {
    "\(details.setting.live?.symbol ?? details.setting.key)\(details.layer.map { "\($0 + 1)" } ?? "") "
      + "\(text(details.oldValue))→\(text(details.newValue))"
  }

  private func text(_ value: SettingValue) -> String {
    if let decimals = details.setting.live?.decimals, let number = value.number {
      return NumberText.fixed(number, decimals: decimals)
    }
    return details.setting.text(of: value, layer: details.layer)
  }
}
