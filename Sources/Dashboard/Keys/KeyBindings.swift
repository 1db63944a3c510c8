internal import Experiment
package import TerminalUI

/// The one table of keys: it drives dispatch, the footer and the help page.
package enum KeyBindings {
  /// A key and what it asks for.
  struct Binding: Sendable {
    /// The keys that do it.
    let keys: [Key]
    /// The keys as they are shown.
    let caption: String
    /// What it does, in the footer; empty if it is shown in the help only.
    let footer: String
    /// What it does, in the help; empty if another binding of the key tells it.
    let help: String
    /// What each key asks for, in the order of `keys`.
    let actions: [DashboardAction]
    /// Whether it does something right now.
    let isAvailable: @Sendable (DashboardState) -> Bool

    init(
      _ keys: [Key], _ caption: String, footer: String = "", help: String, _ actions: [DashboardAction],
      when isAvailable: @escaping @Sendable (DashboardState) -> Bool = { _ in true }
    ) {
      self.keys = keys
      self.caption = caption
      self.footer = footer
      self.help = help
      self.actions = actions
      self.isAvailable = isAvailable
    }
  }

  /// A group of bindings under one heading of the help page.
  struct Group: Sendable {
    let title: String
    /// The page whose help shows it, if it is not every page's.
    var view: DashboardView?
    let bindings: [Binding]
  }

  static let groups = [samples, calibration, demonstrations, training, settings, seeds, charts, program]

  private static let samples = Group(
    title: "Samples", view: .samples,
    bindings: [
      Binding(
        [.up, .down], "↑↓", footer: "image", help: "the image before or after",
        [.previousSample, .nextSample],
        when: \.showsImages),
      Binding(
        [.pageUp, .pageDown], "pgup pgdn", help: "ten images on", [.previousSamples, .nextSamples],
        when: \.showsImages),
      Binding(
        [.home, .end], "home end", help: "the first or last image", [.firstSample, .lastSample],
        when: \.showsImages),
      Binding(
        [.character("x")], "x", footer: "confusion", help: "images or confusion matrix", [.toggleConfusion],
        when: \.showsSamples),
      Binding(
        [.character("u")], "u", footer: "order", help: "order of the images",
        [.cycleOrdering], when: \.showsSamples),
      Binding(
        [.character("v")], "v", footer: "samples", help: "", [.togglePreview], when: \.showsPreview),
      Binding(
        [.character("v")], "v", footer: "augmentation", help: "preview of augmentation", [.togglePreview],
        when: { $0.view == .samples && !$0.showsPreview }),
      Binding(
        [.character("a")], "a", footer: "augment", help: "", [.cycleAugmentation],
        when: { $0.showsPreview && $0.canChangeSettings }),
    ])

  private static let calibration = Group(
    title: "Calibration", view: .calibration,
    bindings: [
      Binding(
        [.character("u")], "u", footer: "Monte Carlo", help: "dropout off or Monte Carlo",
        [.toggleMonteCarlo], when: { $0.view == .calibration })
    ])

  private static let demonstrations = Group(
    title: "Demonstrations", view: .demonstrations,
    bindings: [
      Binding(
        [.left, .right], "←→", footer: "p −/+", help: "probability −/+ 0.05",
        [.previousDemonstrationValue, .nextDemonstrationValue],
        when: { $0.showsDemonstrations && $0.demonstration == .dropoutLayer }),
      Binding(
        [.left, .right], "←→", footer: "function", help: "function before or after",
        [.previousDemonstrationValue, .nextDemonstrationValue],
        when: { $0.showsDemonstrations && $0.demonstration == .activations }),
      Binding(
        [.character("x")], "x", footer: "other one", help: "the other demonstration", [.nextDemonstration],
        when: \.showsDemonstrations),
      Binding(
        [.enter], "enter", footer: "draw again", help: "another mask", [.drawDemonstrationAgain],
        when: { $0.showsDemonstrations && $0.demonstration == .dropoutLayer }),
    ])

  private static let training = Group(
    title: "Training",
    bindings: [
      Binding(
        [.character(" ")], "space", footer: "resume", help: "go on", [.pauseOrResume], when: \.isPaused),
      Binding(
        [.character(" ")], "space", footer: "pause", help: "pause all runs", [.pauseOrResume],
        when: { $0.isMoving && $0.canBePaused }),
      Binding(
        [.character("n")], "n", footer: "one step", help: "while paused: one step", [.oneStep],
        when: \.isPaused),
      Binding(
        [.character("N")], "N", footer: "one epoch", help: "paused: rest of the epoch",
        [.oneEpoch],
        when: \.isPaused),
      Binding(
        [.character("s")], "s", footer: "stop", help: "stop, keep the results", [.stop],
        when: { $0.canBePaused && !$0.isEnded && !$0.isPaused && $0.runs.count > 0 }),
      Binding(
        [.character("e"), .character("E")], "e E", footer: "more epochs", help: "one or ten more epochs",
        [.addEpoch, .addTenEpochs], when: \.canAddEpochs),
      Binding(
        [.character("r"), .character("R")], "r R", footer: "restart",
        help: "restart: same, next seed",
        [.restart, .restartWithNewSeed], when: { $0.canBePaused && !$0.runs.isEmpty }),
    ])

  private static let settings = Group(
    title: "The selected run",
    bindings: [
      Binding(
        [.character("f")], "f", footer: "fork", help: "fork: go on with a change", [.fork],
        when: \.canFork),
      Binding(
        [.character("h"), .character("w"), .character("D")], "h w D", help: "hide/show, rename, remove",
        [.toggleRun, .renameRun, .removeRun], when: { $0.selected != nil }),
      Binding(
        [.left, .right], "←→", footer: "dropout −/+", help: "dropout −/+ 0.05",
        [.lowerDropout, .raiseDropout], when: { $0.canChangeDropout && !$0.showsDemonstrations }),
      Binding(
        [.character("d")], "d", help: "type a dropout probability", [.typeDropout], when: \.canChangeDropout),
      Binding(
        [.up, .down], "↑↓", footer: "layer", help: "select the layer", [.previousLayer, .nextLayer],
        when: { $0.layerCount > 1 && !$0.showsSamples && !$0.showsPreview }),
      Binding(
        [.tab], "tab", footer: "run", help: "select the run", [.nextRun], when: { $0.listedRuns.count > 1 }),
      Binding(
        [.character("["), .character("]")], "[ ]", footer: "learning rate", help: "learning rate ÷/× 1.25",
        [.lowerLearningRate, .raiseLearningRate], when: \.canChangeSettings),
      Binding(
        [.character("{"), .character("}")], "{ }", help: "weight decay ÷/× 2",
        [.lowerWeightDecay, .raiseWeightDecay], when: \.canChangeSettings),
      Binding(
        [.character("("), .character(")"), .character(";"), .character("'")], "( ) ; '",
        help: "label smoothing, L1 penalty",
        [.lowerLabelSmoothing, .raiseLabelSmoothing, .lowerL1, .raiseL1], when: \.canChangeSettings),
      Binding(
        [.character("a")], "a", help: "mirror, shift images", [.cycleAugmentation],
        when: \.canChangeSettings),
    ])

  private static let seeds = Group(
    title: "Seeds",
    bindings: [
      Binding(
        [.character("b")], "b", footer: "band or runs", help: "mean and band, or each run", [.toggleBands],
        when: \.replicates.areSeveral),
      Binding(
        [.character("p")], "p", footer: "more seeds", help: "one more seed for each side", [.addReplicates],
        when: \.canAddReplicates),
    ])

  private static let charts = Group(
    title: "Charts and lists",
    bindings: [
      Binding(
        [.character("l"), .character("o")], "l o", help: "log loss, first epoch",
        [.toggleLogarithm, .toggleBeginning]),
      Binding([.character("m")], "m", help: "smoothing: none, 0.6, 0.9", [.cycleSmoothing]),
      Binding([.character("g")], "g", help: "braille, block or ASCII", [.cycleGlyphs]),
      Binding([.character("c")], "c", help: "colours on or off", [.toggleColors]),
      Binding([.character("+"), .character("-")], "+ -", help: "zoom in and out", [.zoomIn, .zoomOut]),
      Binding(
        [.character("<"), .character(">")], "< >", help: "move the part that is shown", [.panLeft, .panRight]),
      Binding(
        [.character(","), .character(".")], ", .", help: "read curves at a cursor",
        [.cursorLeft, .cursorRight]),
    ])

  private static let program = Group(
    title: "Program",
    bindings: [
      Binding(
        DashboardView.allCases.map { .character(Character("\($0.rawValue)")) }, "1-6", footer: "views",
        help: "charts to demonstrations",
        DashboardView.allCases.map { .view($0) }),
      Binding([.character("M")], "M", help: "mouse on or off", [.toggleMouse]),
      Binding([.character("?")], "?", footer: "help", help: "all keys", [.help]),
      Binding(
        [.character("q")], "q", footer: "quit", help: "leave", [.quit]),
      Binding([.escape], "esc", help: "close help or cursor", [.cancel]),
    ])

  /// What a key asks for in a state, if anything.
  package static func action(for key: Key, in state: DashboardState) -> DashboardAction? {
    for binding in groups.flatMap(\.bindings) where binding.isAvailable(state) {
      if let index = binding.keys.firstIndex(of: key) { return binding.actions[index] }
    }
    return nil
  }

  /// The groups that the help shows in a state: those of its page and those of every page.
  static func help(in state: DashboardState) -> [Group] {
    groups.filter { $0.view == nil || $0.view == state.view }
  }

  /// The bindings that the footer shows in a state: those that it shows always, or the others.
  static func footer(in state: DashboardState, always: Bool) -> [Binding] {
    (always ? [program] : [samples, calibration, demonstrations, training, settings, seeds, charts]).flatMap(
      \.bindings
    )
    .filter { !$0.footer.isEmpty && $0.isAvailable(state) }
  }
}
