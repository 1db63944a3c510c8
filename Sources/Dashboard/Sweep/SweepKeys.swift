internal import Experiment
internal import Messages
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
        openRun == nil
          ? Self.cells.group(says("Cells", "格"), for: self)
          : Self.ofOpenCell.group(says("Cell", "格"), for: self),
        Self.program.group(says("Program", "程序"), for: self),
      ], glyphs: glyphs, explanation: (says("the cells", "格"), Self.explanation))
  }

  private static var explanation: [String] {
    [
      says(
        "A cell is a combination of values. Its number is the mean over the seeds that are done; ± is the sample's standard "
          + "deviation. A seed with which a run diverged is left out and counted.",
        "一格是一组取值。其中的数是已完成的种子的均值；± 是样本标准差。运行发散的种子不计入均值，而另行计数。"),
      says(
        "The star marks the best mean so far. Colours go from the worst to the best of all cells, dark to bright, in every "
          + "map alike; what the ends are stands below it. That the best of many cells is best is partly luck.",
        "星号标出目前最好的均值。颜色在每张图中都从所有格里最差的到最好的，由暗到亮；两端的值写在下面。许多格中最好的一格之所以最好，部分是运气。"),
      says(
        "In a map: ▸ being made, · waiting, div. diverged with every seed so far.",
        "图中：▸ 正在进行，· 等待，发散 表示目前每个种子都已发散。"),
      says(
        "A run that waits keeps what it has learned; the runs go on when you do. What is over is kept at once, so leaving "
          + "loses only what is under way.",
        "等待的运行保留已学到的内容；你继续时它们也继续。结束的运行立即保存，所以退出只会失去正在进行的部分。"),
    ]
  }

  private static let cells: [Binding<SweepState>] = [
    Binding(
      [.left, .right, .up, .down], footer: says("cell", "格"), help: says("choose a cell", "选择格"),
      when: { !$0.showsTable },
      [
        { $0.move(rows: 0, columns: -1) }, { $0.move(rows: 0, columns: 1) },
        { $0.move(rows: -1, columns: 0) }, { $0.move(rows: 1, columns: 0) },
      ]),
    Binding(.up, .down, footer: says("cell", "格"), when: \.showsTable) {
      $0.move(rows: $1, columns: 0)
    },
    Binding(
      .home, help: says("choose the best cell", "选择最佳的格"), when: { $0.progress.best(by: $0.figure) != nil },
      do: { $0.selected = $0.progress.best(by: $0.figure) ?? $0.selected }),
    Binding(.enter, footer: says("open", "打开"), help: says("its runs, with commands", "其中的运行和命令")) {
      $0.openRun = 0
    },
    Binding("x", footer: says("figure", "指标"), help: says("the next figure", "下一个指标")) {
      $0.showNextFigure()
    },
    Binding(.tab) { $0.showNextFigure() },
    Binding(
      "t", footer: says("list", "列表"), help: says("list or map", "列表或图"),
      when: { $0.hasMap && !$0.showsTable },
      do: { $0.showsTable = true }),
    Binding(
      "t", footer: says("map", "图"), when: { $0.hasMap && $0.showsTable },
      do: { $0.showsTable = false }),
    Binding(
      "o", footer: says("order", "排序"), help: says("best first, or as given", "最佳在前，或按原顺序"),
      when: \.showsTable
    ) {
      $0.isRanked.toggle()
    },
  ]

  private static let ofOpenCell: [Binding<SweepState>] = [
    Binding(.up, .down, footer: says("run", "运行"), help: says("choose a run", "选择运行")) { state, step in
      let last = state.progress.plan.seeds - 1
      state.openRun = state.openRun.map { min(max($0 + step, 0), last) }
    },
    Binding("x", footer: says("figure", "指标"), help: says("the next figure", "下一个指标")) {
      $0.showNextFigure()
    },
    Binding(.tab) { $0.showNextFigure() },
    Binding(
      [.escape, .enter], footer: says("back", "返回"), help: says("back to all cells", "返回所有格"),
      [{ $0.openRun = nil }, { $0.openRun = nil }]),
  ]

  private static let program: [Binding<SweepState>] =
    [
      Binding(
        " ", footer: says("pause", "暂停"), help: says("pause, go on", "暂停、继续"),
        when: { !$0.isWatching && !$0.isPaused && !$0.progress.isComplete },
        do: { $0.isPaused = true }),
      Binding(" ", footer: says("go on", "继续"), when: \.isPaused) { $0.isPaused = false },
    ] + look + [Binding("q", footer: says("quit", "退出"), help: says("leave", "退出")) { $0.quit() }]

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
      Question(
        prompt: says("stop and keep what is done", "停止并保留已完成的"),
        keys: says("y stop   enter go on", "y 停止   回车 继续")
      ) { state in
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
