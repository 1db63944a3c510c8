internal import Experiment
import Reports
internal import Sessions
internal import TerminalUI

extension LogsState {
  /// The keys that are heard now.
  var bindings: [Binding<LogsState>] {
    if helpPage != nil { return Self.ofHelp }
    if notesLine != nil { return Self.ofNotes }
    return chooser != nil ? Self.ofChooser : Self.ofCharts + Self.program
  }

  var footer: (keys: [KeyEntry], ways: [KeyEntry]) {
    if helpPage == nil, notesLine == nil, chooser == nil {
      return (Self.ofCharts.group("", for: self).entries, Self.program.group("", for: self).entries)
    }
    return ([], bindings.group("", for: self).entries)
  }

  var help: HelpView {
    HelpView(
      groups: [Self.ofCharts.group("Charts", for: self), Self.program.group("Program", for: self)],
      glyphs: glyphs,
      explanation: ("the logs", Self.explanation))
  }

  private static let explanation = [
    "Every folder with event files is a run, under the name that the folder has; so are this program's own runs, tables and "
      + "JSON Lines. What is written meanwhile is shown, new runs too.",
    "/ asks which runs are shown, and in the list of figures (C) which figures: words that names have, with * and ? as in a "
      + "shell, or a regular expression behind a slash: /^lr-(0.1|0.5)$/. Without a word all of them.",
    "Of very many points the lowest and the highest of some neighbours are kept. Smoothing is a moving average without bias "
      + "to its beginning; the table below has the values themselves. NaN and infinities are gaps.",
    "Time begins with the first point of each run. Epochs are those that a log tells beside its steps.",
  ]

  private static let ofCharts: [Binding<LogsState>] = [
    Binding(.up, .down, footer: "run", help: "select a run") { $0.select(LogsPicture($0).selected + $1) },
    Binding(.pageUp, .pageDown, help: "the runs before, after") {
      $0.select(LogsPicture($0).selected + $1 * LogsState.mostRuns)
    },
    Binding("h", footer: "hide", help: "hide the run, show it") { state in
      let picture = LogsPicture(state)
      guard picture.listed.indices.contains(picture.selected) else { return }
      let name = picture.listed[picture.selected].name
      if state.hidden.remove(name) == nil { state.hidden.insert(name) }
    },
    Binding("/", footer: "filter", help: "which runs are shown") { $0.askForRuns() },
    Binding("C", footer: "figures", help: "choose up to four figures") {
      ($0.chooser, $0.enlarged) = (0, nil)
    },
    Binding("x", footer: "axis", help: "over steps, time, epochs") { $0.showNextAbscissa() },
    Binding("m", footer: "smooth", help: "smoothing, up to 0.99") {
      let all = [0, 0.6, 0.9, 0.99]
      $0.smoothing = all[((all.firstIndex(of: $0.smoothing) ?? 0) + 1) % all.count]
      $0.message = $0.smoothing == 0 ? "no smoothing" : "smoothing \(SettingText.number($0.smoothing))"
    },
    Binding(
      ["l", "X"], help: "log axis, and across",
      [
        {
          $0.isLogarithmic.toggle()
          $0.message = "\($0.isLogarithmic ? "logarithmic" : "linear") axis"
        },
        {
          $0.isLogarithmicAcross.toggle()
          $0.message = "\($0.isLogarithmicAcross ? "logarithmic" : "linear") across"
          ($0.zoom, $0.cursor) = (nil, nil)
        },
      ]),
    Binding("y", help: "room for every value") {
      $0.showsAll.toggle()
      $0.message = $0.showsAll ? "room for every value" : "room for most values"
    },
    Binding("z", help: "one chart fills the page") {
      let next = ($0.enlarged ?? -1) + 1
      $0.enlarged = next < LogsPicture($0).charted.count ? next : nil
    },
    Binding(",", ".", footer: "read", help: "read values at a cursor") { $0.moveCursor(by: Double($1)) },
    Binding("+", "-", help: "zoom in and out") { $0.zoom(by: $1 < 0 ? 0.5 : 2) },
    Binding("<", ">", help: "move the part that is shown") { $0.pan(by: 0.25 * Double($1)) },
    Binding("i", footer: "notes", help: "what else is in the logs") { $0.notesLine = 0 },
    Binding(
      .escape, help: "hide the cursor, show all",
      when: { $0.cursor != nil || $0.zoom != nil || $0.enlarged != nil },
      do: {
        if $0.cursor != nil {
          $0.cursor = nil
        } else if $0.zoom != nil {
          $0.zoom = nil
        } else {
          $0.enlarged = nil
        }
      }),
  ]

  private static let program: [Binding<LogsState>] =
    look + [Binding("q", footer: "quit", help: "leave") { $0.isLeaving = true }]

  private static let ofChooser: [Binding<LogsState>] = [
    Binding(.up, .down, footer: "figure") { state, step in
      let count = state.figureNames(of: state.listed).count
      state.chooser = state.chooser.map { min(max(0, $0 + step), max(0, count - 1)) }
    },
    Binding(" ", footer: "on, off") { $0.choose() },
    Binding("/", footer: "filter") { $0.askForFigures() },
    Binding(
      [.enter, .escape, "C", "q"], footer: "done", Array(repeating: { $0.chooser = nil }, count: 4)),
  ]

  private static let ofNotes: [Binding<LogsState>] = [
    Binding(.up, .down, footer: "move") { state, step in
      state.notesLine = state.notesLine.map { max(0, $0 + step) }
    },
    Binding(.pageUp, .pageDown) { state, step in
      state.notesLine = state.notesLine.map { max(0, $0 + 10 * step) }
    },
    Binding(
      [.escape, .enter, "i", "q"], footer: "close", Array(repeating: { $0.notesLine = nil }, count: 4)),
  ]

  // MARK: What they do

  private mutating func select(_ place: Int) { selected = min(max(0, place), max(0, listed.count - 1)) }

  private mutating func askForRuns() {
    ask(
      Question(prompt: "runs", keys: "enter show   esc leave as is", text: runPattern.text) { state, text in
        guard let pattern = LogPattern(text) else { return state.refuse(text) }
        (state.runPattern, state.selected, state.zoom) = (pattern, 0, nil)
        if state.listed.isEmpty { state.message = "no run has such a name" }
      })
  }

  private mutating func askForFigures() {
    ask(
      Question(prompt: "figures", keys: "enter list   esc leave as is", text: figurePattern.text) {
        state, text in
        guard let pattern = LogPattern(text) else { return state.refuse(text) }
        (state.figurePattern, state.chooser, state.chosen) = (pattern, 0, nil)
      })
  }

  private mutating func refuse(_ text: String) { message = "'\(text)' is no regular expression" }

  private mutating func showNextAbscissa() {
    let runs = LogsPicture(self).runs.map(\.run)
    let known = Abscissa.allCases.filter { abscissa in
      switch abscissa {
      case .step: true
      case .time: runs.contains { $0.figures.contains { $0.last?.time.isFinite == true } }
      case .epoch: runs.contains { !$0.epochs.isEmpty }
      }
    }
    abscissa = known[((known.firstIndex(of: abscissa) ?? 0) + 1) % known.count]
    (zoom, cursor) = (nil, nil)
    message =
      known.count == 1
      ? "the logs tell neither time nor epochs" : "over \(abscissa)s".replacing("times", with: "time")
  }

  private mutating func choose() {
    let picture = LogsPicture(self)
    let names = figureNames(of: picture.listed)
    guard let chooser, names.indices.contains(chooser) else { return }
    var charted = picture.charted
    if let index = charted.firstIndex(of: names[chooser]) {
      guard charted.count > 1 else {
        message = "one chart stays"
        return
      }
      charted.remove(at: index)
    } else {
      guard charted.count < Self.mostCharts else {
        message = "\(Self.mostCharts) charts are the most: take one away first"
        return
      }
      charted.append(names[chooser])
    }
    chosen = charted
  }

  private mutating func moveCursor(by steps: Double) {
    let picture = LogsPicture(self)
    let axis = Axis(
      picture.visible.lowerBound, picture.visible.upperBound, isLogarithmic: isLogarithmicAcross)
    // Without a cursor it begins where the data end.
    let place = cursor.flatMap(axis.position) ?? (zoom == nil ? 10 / 11 : 1)
    cursor = axis.value(at: min(max(0, place + steps / 60), 1))
  }

  private mutating func zoom(by factor: Double) {
    let picture = LogsPicture(self)
    let (whole, shown) = (picture.whole, picture.visible)
    let width = (shown.upperBound - shown.lowerBound) * factor
    guard width < (whole.upperBound - whole.lowerBound) * 0.999 else {
      zoom = nil
      return
    }
    guard width > (whole.upperBound - whole.lowerBound) * 1e-6 else { return }
    let middle = cursor ?? (shown.lowerBound + shown.upperBound) / 2
    show(from: middle - width / 2, width: width, of: whole)
  }

  private mutating func pan(by share: Double) {
    guard let shown = zoom else { return }
    let width = shown.upperBound - shown.lowerBound
    show(from: shown.lowerBound + share * width, width: width, of: LogsPicture(self).whole)
  }

  private mutating func show(from lower: Double, width: Double, of whole: ClosedRange<Double>) {
    let lower = min(max(whole.lowerBound, lower), max(whole.lowerBound, whole.upperBound - width))
    zoom = lower...lower + width
  }
}
