internal import Experiment
internal import Messages
internal import Platform
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
      groups: [
        Self.ofCharts.group(says("Charts", "图表"), for: self),
        Self.program.group(says("Program", "程序"), for: self),
      ],
      glyphs: glyphs,
      explanation: (says("the logs", "日志"), Self.explanation))
  }

  private static var explanation: [String] {
    [
      says(
        "Every folder with event files is a run, under the name that the folder has; so are this program's own runs, tables and "
          + "JSON Lines. What is written meanwhile is shown, new runs too.",
        "每个含有事件文件的文件夹是一个运行，以文件夹为名；本程序自己的运行、表格和 JSON Lines 也是。期间写入的内容和新的运行也会显示。"),
      says(
        "/ asks which runs are shown, and in the list of figures (C) which figures: words that names have, with * and ? as in a "
          + "shell, or a regular expression behind a slash: /^lr-(0.1|0.5)$/. Without a word all of them.",
        "按 / 选择显示哪些运行，在指标列表 (C) 中则选择哪些指标：名称中的词，可像在 shell 中那样用 * 和 ?，"
          + "或斜线后的正则表达式：/^lr-(0.1|0.5)$/。不写则全部显示。"),
      says(
        "Of very many points the lowest and the highest of some neighbours are kept. Smoothing is a moving average without bias "
          + "to its beginning; the table below has the values themselves. NaN and infinities are gaps.",
        "点非常多时，只保留相邻若干点中最低和最高的。平滑是对开头无偏的移动平均；下面的表中是原来的值。NaN 和无穷大是空缺。"),
      says(
        "Time begins with the first point of each run. Epochs are those that a log tells beside its steps.",
        "时间从每个运行的第一个点算起。轮是日志在步之外说明的。"),
    ]
  }

  private static let ofCharts: [Binding<LogsState>] = [
    Binding(.up, .down, footer: says("run", "运行"), help: says("select a run", "选择运行")) {
      $0.select(LogsPicture($0).selected + $1)
    },
    Binding(.pageUp, .pageDown, help: says("the runs before, after", "前面、后面的运行")) {
      $0.select(LogsPicture($0).selected + $1 * LogsState.mostRuns)
    },
    Binding("h", footer: says("hide", "隐藏"), help: says("hide the run, show it", "隐藏或显示运行")) { state in
      let picture = LogsPicture(state)
      guard picture.listed.indices.contains(picture.selected) else { return }
      let name = picture.listed[picture.selected].name
      if state.hidden.remove(ExactName(name)) == nil { state.hidden.insert(ExactName(name)) }
    },
    Binding("/", footer: says("filter", "筛选"), help: says("which runs are shown", "显示哪些运行")) {
      $0.askForRuns()
    },
    Binding("C", footer: says("figures", "指标"), help: says("choose up to four figures", "选择至多四个指标")) {
      ($0.chooser, $0.enlarged) = (0, nil)
    },
    Binding("x", footer: says("axis", "横轴"), help: says("over steps, time, epochs", "按步、时间、轮")) {
      $0.showNextAbscissa()
    },
    Binding("m", footer: says("smooth", "平滑"), help: says("smoothing, up to 0.99", "平滑，至多 0.99")) {
      let all = [0, 0.6, 0.9, 0.99]
      $0.smoothing = all[((all.firstIndex(of: $0.smoothing) ?? 0) + 1) % all.count]
      $0.message =
        $0.smoothing == 0
        ? says("no smoothing", "不平滑")
        : says("smoothing \(SettingText.number($0.smoothing))", "平滑 \(SettingText.number($0.smoothing))")
    },
    Binding(
      ["l", "X"], help: says("log axis, and across", "对数纵轴，对数横轴"),
      [
        {
          $0.isLogarithmic.toggle()
          $0.message =
            $0.isLogarithmic ? says("logarithmic axis", "对数纵轴") : says("linear axis", "线性纵轴")
        },
        {
          $0.isLogarithmicAcross.toggle()
          $0.message =
            $0.isLogarithmicAcross ? says("logarithmic across", "对数横轴") : says("linear across", "线性横轴")
          ($0.zoom, $0.cursor) = (nil, nil)
        },
      ]),
    Binding("y", help: says("room for every value", "容纳所有值")) {
      $0.showsAll.toggle()
      $0.message =
        $0.showsAll ? says("room for every value", "容纳所有值") : says("room for most values", "容纳大多数值")
    },
    Binding("z", help: says("one chart fills the page", "一个图表占满页面")) {
      let next = ($0.enlarged ?? -1) + 1
      $0.enlarged = next < LogsPicture($0).charted.count ? next : nil
    },
    Binding(",", ".", footer: says("read", "读值"), help: says("read values at a cursor", "在光标处读值")) {
      $0.moveCursor(by: Double($1))
    },
    Binding("+", "-", help: says("zoom in and out", "放大、缩小")) { $0.zoom(by: $1 < 0 ? 0.5 : 2) },
    Binding("<", ">", help: says("move the part that is shown", "移动显示的部分")) { $0.pan(by: 0.25 * Double($1)) },
    Binding("i", footer: says("notes", "说明"), help: says("what else is in the logs", "日志中还有什么")) {
      $0.notesLine = 0
    },
    Binding(
      .escape, help: says("hide the cursor, show all", "隐藏光标，显示全部"),
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
    look + [Binding("q", footer: says("quit", "退出"), help: says("leave", "退出")) { $0.isLeaving = true }]

  private static let ofChooser: [Binding<LogsState>] = [
    Binding(.up, .down, footer: says("figure", "指标")) { state, step in
      let count = state.figureNames(of: state.listed).count
      state.chooser = state.chooser.map { min(max(0, $0 + step), max(0, count - 1)) }
    },
    Binding(" ", footer: says("on, off", "选，不选")) { $0.choose() },
    Binding("/", footer: says("filter", "筛选")) { $0.askForFigures() },
    Binding(
      [.enter, .escape, "C", "q"], footer: says("done", "完成"),
      Array(repeating: { $0.chooser = nil }, count: 4)),
  ]

  private static let ofNotes: [Binding<LogsState>] = [
    Binding(.up, .down, footer: says("move", "移动")) { state, step in
      state.notesLine = state.notesLine.map { max(0, $0 + step) }
    },
    Binding(.pageUp, .pageDown) { state, step in
      state.notesLine = state.notesLine.map { max(0, $0 + 10 * step) }
    },
    Binding(
      [.escape, .enter, "i", "q"], footer: says("close", "关闭"),
      Array(repeating: { $0.notesLine = nil }, count: 4)),
  ]

  // MARK: What they do

  private mutating func select(_ place: Int) { selected = min(max(0, place), max(0, listed.count - 1)) }

  private mutating func askForRuns() {
    ask(
      Question(
        prompt: says("runs", "运行"), keys: says("enter show   esc leave as is", "回车 显示   esc 不变"),
        text: runPattern.text
      ) { state, text in
        guard let pattern = LogPattern(text) else { return state.refuse(text) }
        (state.runPattern, state.selected, state.zoom) = (pattern, 0, nil)
        if state.listed.isEmpty { state.message = says("no run has such a name", "没有运行有这样的名称") }
      })
  }

  private mutating func askForFigures() {
    ask(
      Question(
        prompt: says("figures", "指标"), keys: says("enter list   esc leave as is", "回车 列出   esc 不变"),
        text: figurePattern.text
      ) { state, text in
        guard let pattern = LogPattern(text) else { return state.refuse(text) }
        (state.figurePattern, state.chooser, state.chosen) = (pattern, 0, nil)
      })
  }

  private mutating func refuse(_ text: String) {
    message = says("'\(text)' is no regular expression", "'\(text)' 不是正则表达式")
  }

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
      ? says("the logs tell neither time nor epochs", "日志中既没有时间也没有轮") : abscissa.sentence
  }

  private mutating func choose() {
    let picture = LogsPicture(self)
    let names = figureNames(of: picture.listed)
    guard let chooser, names.indices.contains(chooser) else { return }
    var charted = picture.charted
    if let index = charted.firstIndex(of: names[chooser]) {
      guard charted.count > 1 else {
        message = says("one chart stays", "保留一个图表")
        return
      }
      charted.remove(at: index)
    } else {
      guard charted.count < Self.mostCharts else {
        message = says(
          "\(Self.mostCharts) charts are the most: take one away first", "最多 \(Self.mostCharts) 个图表：请先去掉一个")
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

extension LogsState.Abscissa {
  /// What lies across now.
  fileprivate var sentence: String {
    switch self {
    case .step: says("over steps", "按步")
    case .time: says("over time", "按时间")
    case .epoch: says("over epochs", "按轮")
    }
  }
}
