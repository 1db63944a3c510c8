internal import Messages
internal import TerminalUI

/// The keys of the chrome.
extension DashboardScreen {
  /// The keys that work on every page and change no run.
  var bindings: [Binding<DashboardScreen>] { pageKeys + Self.program }

  /// The keys of the pages that there are: one line for those with a number, one for each that covers the runs.
  var pageKeys: [Binding<DashboardScreen>] {
    let available = pages.indices.filter { pages[$0].isAvailable(in: state) }
    let (over, numbered) = (
      available.filter { pages[$0].coversRuns }, available.filter { !pages[$0].coversRuns }
    )
    let names = numbered.map { pages[$0].name.lowercased() }
    let ends = names.count > 1 ? [names[0], names[names.count - 1]] : names
    var views = Binding<DashboardScreen>(
      numbered.map { .character(pages[$0].key) }, footer: says("views", "视图"),
      help: ends.joined(separator: says(" to ", " 至 ")),
      numbered.map { index in { $0.show(index) } })
    views.summary = Self.ranges(of: numbered.map { pages[$0].key })
    return [views]
      + over.map { index in
        Binding(.character(pages[index].key), help: pages[index].name.lowercased()) { $0.show(index) }
      }
  }

  /// Keys in a row, digits that follow each other as `1-6`.
  private static func ranges(of keys: [Character]) -> String {
    var parts: [(first: Character, last: Character)] = []
    for key in keys {
      if let last = parts.last?.last.wholeNumberValue, key.wholeNumberValue == last + 1 {
        parts[parts.count - 1].last = key
      } else {
        parts.append((key, key))
      }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: " ")
  }

  private static let program: [Binding<DashboardScreen>] = [
    Binding("G", help: says("glyphs, braille to ASCII", "字符集，从盲文点到 ASCII")) {
      let next = $0.state.glyphs.next(upTo: $0.state.terminalGlyphs)
      $0.state.keep { $0.glyphs = next }
      $0.state.message = says(
        "\(next.title) glyphs, \(DashboardState.keptNote)", "字符集：\(next.title)，\(DashboardState.keptNote)")
    },
    Binding("T", help: says("dark, light, high contrast", "深色、浅色、高对比度")) {
      let next = $0.state.theme.next
      $0.state.keep { $0.theme = next }
      $0.state.message = says(
        "\(next.title), \(DashboardState.keptNote)", "\(next.title)，\(DashboardState.keptNote)")
    },
    Binding("c", help: says("colours on or off", "开关颜色")) { $0.state.settings.showsColors.toggle() },
    Binding("M", help: says("mouse on or off", "开关鼠标")) {
      $0.state.settings.usesMouse.toggle()
      $0.state.message =
        $0.state.settings.usesMouse
        ? says("mouse on: click a chart or a run, turn the wheel", "鼠标已开：可点击图表或运行，可转动滚轮")
        : says("mouse off", "鼠标已关")
    },
    Binding("Z", help: says("reset what is kept", "重置保留的设置"), do: { $0.state.askForReset() }),
    Binding("?", footer: says("help", "帮助"), help: says("all keys", "所有按键")) { $0.helpPage = 0 },
    Binding(
      .escape, footer: says("back", "返回"), help: says("back to the runs", "回到各运行"),
      when: \.page.coversRuns, do: { $0.show($0.shown) }),
    Binding("q", footer: says("quit", "退出"), help: says("leave", "退出")) { $0.state.quit() },
  ]

  /// The keys that are heard while the help is open.
  static let ofHelp: [Binding<DashboardScreen>] = [
    Binding("?", footer: says("more", "更多")) { $0.helpPage = $0.helpPage.map { $0 + 1 } },
    Binding(
      [.escape, .enter, "q"], footer: says("close", "关闭"),
      [{ $0.helpPage = nil }, { $0.helpPage = nil }, { $0.helpPage = nil }]),
  ]

  /// All keys that there are on the shown page.
  var keyGroups: [KeyGroup] {
    groups.filter { !$0.entries.isEmpty } + [bindings.group(says("Program", "程序"), for: self)]
  }

  private var groups: [KeyGroup] {
    [page.keys(in: state)]
      + (page.coversRuns ? [] : DashboardState.keys.map { $0.bindings.group($0.title, for: state) })
  }

  /// The keys of the footer: while runs train, what belongs to their end comes last.
  var footerKeys: [KeyEntry] {
    let keys = groups.flatMap(\.entries).effective
    return state.isEnded
      ? keys : keys.filter { !$0.isForTheEnd } + keys.filter(\.isForTheEnd)
  }
}
