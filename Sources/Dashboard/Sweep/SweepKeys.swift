internal import Experiment
import Reports
internal import TerminalUI

extension SweepState {
  /// The keys that are heard now: while the help is open, nothing behind it hears any.
  var bindings: [Binding<SweepState>] { helpPage == nil ? shown + Self.program : Self.ofHelp }

  /// The keys of what is shown.
  private var shown: [Binding<SweepState>] { openRun == nil ? Self.cells : Self.ofOpenCell }

  /// What the footer shows: the keys of what is shown, and the ways to the others and out of here.
  var footer: (keys: [KeyEntry], ways: [KeyEntry]) {
    guard helpPage == nil else { return ([], Self.ofHelp.group("", for: self).entries) }
    return (shown.group("", for: self).entries, Self.program.group("", for: self).entries)
  }

  /// Every key there is now.
  var help: HelpView {
    HelpView(
      groups: [
        openRun == nil ? Self.cells.group("Cells", for: self) : Self.ofOpenCell.group("Cell", for: self),
        Self.program.group("Program", for: self),
      ], glyphs: glyphs, explanation: ("the cells", Self.explanation))
  }

  private static let explanation = [
    "A cell is a combination of values. Its number is the mean over the seeds that are done; ± is the sample's standard "
      + "deviation. A seed with which a run diverged is left out and counted.",
    "The star marks the best mean so far. Colours go from the worst to the best of all cells, dark to bright, in every "
      + "map alike; what the ends are stands below it. That the best of many cells is best is partly luck.",
    "In a map: ▸ being made, · waiting, div. diverged with every seed so far.",
    "A run that waits keeps what it has learned; the runs go on when you do. What is over is kept at once, so leaving "
      + "loses only what is under way.",
  ]

  private static let cells: [Binding<SweepState>] = [
    Binding(
      [.left, .right, .up, .down], footer: "cell", help: "choose a cell", when: { !$0.showsTable },
      [
        { $0.move(rows: 0, columns: -1) }, { $0.move(rows: 0, columns: 1) },
        { $0.move(rows: -1, columns: 0) }, { $0.move(rows: 1, columns: 0) },
      ]),
    Binding(.up, .down, footer: "cell", when: \.showsTable) {
      $0.move(rows: $1, columns: 0)
    },
    Binding(
      .home, help: "choose the best cell", when: { $0.progress.best(by: $0.figure) != nil },
      do: { $0.selected = $0.progress.best(by: $0.figure) ?? $0.selected }),
    Binding(.enter, footer: "open", help: "its runs, with commands") {
      $0.openRun = 0
    },
    Binding("x", footer: "figure", help: "the next figure") { $0.showNextFigure() },
    Binding(.tab) { $0.showNextFigure() },
    Binding(
      "t", footer: "list", help: "list or map", when: { $0.hasMap && !$0.showsTable },
      do: { $0.showsTable = true }),
    Binding(
      "t", footer: "map", when: { $0.hasMap && $0.showsTable },
      do: { $0.showsTable = false }),
    Binding("o", footer: "order", help: "best first, or as given", when: \.showsTable) {
      $0.isRanked.toggle()
    },
  ]

  private static let ofOpenCell: [Binding<SweepState>] = [
    Binding(.up, .down, footer: "run", help: "choose a run") { state, step in
      let last = state.progress.plan.seeds - 1
      state.openRun = state.openRun.map { min(max($0 + step, 0), last) }
    },
    Binding("x", footer: "figure", help: "the next figure") { $0.showNextFigure() },
    Binding(.tab) { $0.showNextFigure() },
    Binding(
      [.escape, .enter], footer: "back", help: "back to all cells",
      [{ $0.openRun = nil }, { $0.openRun = nil }]),
  ]

  private static let program: [Binding<SweepState>] =
    [
      Binding(
        " ", footer: "pause", help: "pause, go on",
        when: { !$0.isWatching && !$0.isPaused && !$0.progress.isComplete },
        do: { $0.isPaused = true }),
      Binding(" ", footer: "go on", when: \.isPaused) { $0.isPaused = false },
    ] + look + [Binding("q", footer: "quit", help: "leave") { $0.quit() }]

  private mutating func showNextFigure() {
    let figures = progress.figures
    figure = figures[((figures.firstIndex(of: figure) ?? 0) + 1) % figures.count]
  }

  private mutating func quit() {
    guard !progress.isComplete, !isWatching else {
      isLeaving = true
      return
    }
    ask(
      Question(prompt: "stop and keep what is done", keys: "y stop   enter go on") { state in
        state.isLeaving = true
      })
  }

  private mutating func move(rows: Int, columns: Int) {
    if !showsTable, let map = SweepMap(progress, figure: figure, glyphs: .ascii) {
      selected = map.neighbour(of: selected, rows: rows, columns: columns)
    } else {
      let order = order
      let place = order.firstIndex(of: selected) ?? 0
      selected = order[min(max(place + rows, 0), order.count - 1)]
    }
  }
}
