internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// Up to four figures over the epochs, and below them the comparison, or the values at the cursor.
struct ChartsPage: Page {
  static let title = "Charts"
  static var name: String { says("Charts", "曲线") }
  static let key: Character = "1"

  /// The part that is shown, and the cursor.
  private(set) var window = ChartsWindow()
  /// Whether the charts make room for every value, however far away from the others it is.
  private(set) var showsAll = false
  /// Whether what is no share has a logarithmic axis, if that was asked for or declined; a regression has one.
  private(set) var isLogarithmic: Bool?
  /// Place of the chart that has the whole page, if one has.
  private(set) var enlarged: Int?
  /// Whether a whole room looks: one chart, and what it shows in a sentence.
  private(set) var isPresenting = false
  /// Place in the list from which the charts are chosen, while it is open.
  private(set) var chooser: Int?

  /// The most charts on one page.
  static let largestCount = 4

  static let bindings: [Keys] = [
    Keys(.up, .down, when: \.page.isModal) { $0.page.moveChooser(by: $1, in: $0.state) },
    Keys(" ", when: \.page.isModal) { $0.page.chooseChart(in: &$0.state) },
    Keys(
      [.enter, .escape, "C"], when: \.page.isModal, Array(repeating: { $0.page.chooser = nil }, count: 3)),
    Keys("C", footer: says("figures", "指标"), help: says("choose up to four charts", "选择至多四个图表")) {
      ($0.page.chooser, $0.page.enlarged) = (0, nil)
    },
    bandsKey,
    Keys("z", help: says("one chart fills the page", "一个图表占满一页")) { $0.page.enlargeNext(in: $0.state) },
    Keys("P", help: says("one chart, one sentence", "一个图表，一句话")) { $0.page.isPresenting.toggle() },
    Keys(
      ["y", "l"], help: says("all values, log axis", "所有值、对数轴"),
      [
        {
          $0.page.showsAll.toggle()
          $0.state.message =
            $0.page.showsAll
            ? says("room for every value", "容纳所有的值")
            : says("room for most values; ↑ ↓ tell of the others", "容纳大多数的值；其余的见 ↑ ↓")
        },
        {
          let isLogarithmic = !$0.page.isLogarithmic(in: $0.state)
          $0.page.isLogarithmic = isLogarithmic
          $0.state.message =
            isLogarithmic ? says("logarithmic axes", "对数轴") : says("linear axes", "线性轴")
        },
      ]),
    Keys("m", help: says("smoothing: none, 0.6, 0.9", "平滑：无、0.6、0.9")) {
      let old = $0.state.settings.smoothing
      let new = old < 0.3 ? 0.6 : old < 0.8 ? 0.9 : 0
      $0.state.keep { $0.smoothing = new }
      $0.state.message =
        (new == 0
          ? says("no smoothing", "不平滑") : says("smoothing ", "平滑 ") + SettingText.number(new))
        + says(", ", "，") + DashboardState.keptNote
    },
    Keys("+", "-", help: says("zoom in and out", "放大、缩小")) {
      $0.page.window.zoom(by: $1 < 0 ? 0.5 : 2, in: $0.state.reached)
    },
    Keys("<", ">", help: says("move the part that is shown", "移动显示的部分")) {
      $0.page.window.pan(by: 0.25 * Double($1), in: $0.state.reached)
    },
    Keys(",", ".", help: says("read curves at a cursor", "在光标处读曲线")) {
      $0.page.window.moveCursor(by: $1, in: $0.state.reached)
    },
    Keys(
      .escape, help: says("hide the cursor, show all", "隐藏光标，显示全部"),
      when: {
        $0.page.window.isChanged || $0.page.enlarged != nil || $0.page.isPresenting
      },
      do: { $0.page.goBack() }),
  ]

  var isModal: Bool { chooser != nil }

  mutating func update(after event: TrainingEvent?, in state: DashboardState) {
    if state.runs.isEmpty { window = ChartsWindow() }
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .click(let x, let y):
      if let epoch = epoch(x: x, y: y, in: area, state) { window.read(at: epoch) }
    case .wheelUp: window.zoom(by: 0.5, in: state.reached)
    case .wheelDown: window.zoom(by: 2, in: state.reached)
    default: break
    }
  }

  // MARK: The charts that are shown

  /// The quantities that are charted.
  func charted(in state: DashboardState) -> [Quantity] {
    let known = Self.candidates(in: state)
    let chosen = (state.settings.charts ?? []).compactMap { key in known.first { $0.key == key } }
    // Beside the loss, a regression tells most by the size of its weights.
    let usual =
      state.task == .regression ? known.filter { [.loss, Figure.weightNorm.quantity].contains($0) } : known
    return Array((chosen.isEmpty ? Array(usual.prefix(2)) : chosen).prefix(Self.largestCount))
  }

  /// All that can be charted of what the runs learn.
  static func candidates(in state: DashboardState) -> [Quantity] {
    Quantity.all.filter { quantity in
      quantity.figures.contains { figure in
        figure.isMeasured(for: state.task)
          && (!figure.isSpecial || state.runs.contains { figure.isMeasured(of: $0.configuration) })
      }
    }
  }

  private mutating func moveChooser(by steps: Int, in state: DashboardState) {
    chooser = chooser.map { min(max(0, $0 + steps), Self.candidates(in: state).count - 1) }
  }

  /// Adds the quantity that the list is at to the charts, or takes it from them.
  private func chooseChart(in state: inout DashboardState) {
    let candidates = Self.candidates(in: state)
    guard let chooser, candidates.indices.contains(chooser) else { return }
    let quantity = candidates[chooser]
    var charts = charted(in: state)
    if let index = charts.firstIndex(of: quantity) {
      guard charts.count > 1 else {
        state.message = says("one chart stays", "至少保留一个图表")
        return
      }
      charts.remove(at: index)
    } else {
      guard charts.count < Self.largestCount else {
        state.message = says(
          "\(Self.largestCount) charts are the most: take one away first", "至多 \(Self.largestCount) 个图表：先去掉一个"
        )
        return
      }
      charts.append(quantity)
    }
    state.keep { $0.charts = charts.map(\.key) }
  }

  private mutating func enlargeNext(in state: DashboardState) {
    let next = (enlarged ?? -1) + 1
    enlarged = next < charted(in: state).count ? next : nil
  }

  private mutating func goBack() {
    if !window.goBack() { (enlarged, isPresenting) = (nil, false) }
  }

  // MARK: Picture

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    if isPresenting { return present(state, on: &surface, in: area) }
    let layout = layout(in: area, state)
    let marks = ChartMarks(state: state)
    if let line = layout.legend {
      let legend = ChartLegendLine(state: state, quantities: layout.charts.map(\.quantity))
      let sharesLine = layout.marks == nil && !marks.isEmpty
      let end = legend.draw(on: &surface, in: line, leaving: sharesLine ? marks.leastWidth : 0)
      if sharesLine { marks.draw(on: &surface, in: line.splitLeft(end - line.x - 1).rest) }
    }
    for (quantity, place) in layout.charts {
      chart(quantity, marks, state).draw(on: &surface, in: place)
    }
    if let list = layout.marks { marks.draw(on: &surface, in: list) }
    if let cursor = window.cursor {
      let title = place(of: cursor, state)
      ChartReading(state: state, quantities: charted(in: state), place: cursor, title: title)
        .draw(on: &surface, in: layout.pane)
    } else {
      ComparisonView(state: state).draw(on: &surface, in: layout.pane)
    }
    if let chooser {
      let (candidates, chosen) = (Self.candidates(in: state), charted(in: state))
      ChooserView(
        title: says("charts, up to \(Self.largestCount)", "图表，至多 \(Self.largestCount) 个"),
        names: candidates.map(\.title),
        numbers: candidates.map { chosen.firstIndex(of: $0).map { $0 + 1 } }, selected: chooser,
        keys: says("↑↓ move   space on or off   enter done", "↑↓ 移动   空格 选或不选   回车 完成"), glyphs: state.glyphs
      ).draw(on: &surface, in: area)
    }
  }

  /// The sentence, and the chart that tells most: that of what the best epoch is chosen by, or the one that fills the page.
  private func present(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let charted = charted(in: state)
    let telling =
      charted.first { $0.figures.contains(.selection(isValidated: false, for: state.task)) } ?? charted[0]
    let quantity = enlarged.map { charted.indices.contains($0) ? charted[$0] : telling } ?? telling
    let lines = TextWrap.lines(
      state.plain(SentenceView(state: state).sentence), width: max(1, area.width - 4))
    let (top, rest) = area.splitTop(lines.count + 2)
    for (row, line) in lines.enumerated() {
      surface.write(
        line, x: top.x + (top.width - line.cellWidth) / 2, y: top.y + 1 + row, style: .bold, limit: top.maxX)
    }
    chart(quantity, ChartMarks(state: state), state).draw(on: &surface, in: rest)
  }

  /// The epoch that a cell of a chart stands for.
  private func epoch(x: Int, y: Int, in area: Rect, _ state: DashboardState) -> Double? {
    let marks = ChartMarks(state: state)
    return layout(in: area, state).charts.lazy.compactMap { quantity, place in
      chart(quantity, marks, state).place(atColumn: x, row: y, in: place)
    }.first
  }

  private func layout(in area: Rect, _ state: DashboardState) -> ChartsLayout {
    ChartsLayout(
      charted(in: state), enlarged: enlarged, hasMarks: !ChartMarks(state: state).isEmpty,
      paneHeight: ComparisonView(state: state).height(onPageOf: area.height),
      verdictHeight: ComparisonView(state: state).verdictLines(width: area.width).count,
      isReading: window.cursor != nil, in: area)
  }

  /// Losses of a regression fall by powers of ten.
  func isLogarithmic(in state: DashboardState) -> Bool { isLogarithmic ?? (state.task == .regression) }

  private func chart(_ quantity: Quantity, _ marks: ChartMarks, _ state: DashboardState) -> LineChart {
    QuantityChart(
      state: state, quantity: quantity, window: window, showsAll: showsAll,
      isLogarithmic: isLogarithmic(in: state)
    ).chart(marks)
  }

  /// A place on the horizontal axis in words.
  private func place(of epochs: Double, _ state: DashboardState) -> String {
    let number = NumberText.fixed(epochs, decimals: 2)
    let text = says("epoch \(number)", "第 \(number) 轮")
    let lengths = Set(state.shownRuns.map(\.history.lengths))
    guard lengths.count == 1, let length = lengths.first else { return text }
    let step = NumberText.grouped(length.step(at: epochs))
    return text + says(", step \(step)", "，第 \(step) 步")
  }
}

extension DashboardState {
  /// How far the run that is furthest has come, in epochs.
  var reached: Double { shownRuns.map { $0.epochs(at: $0.history.step) }.max() ?? 0 }
}
