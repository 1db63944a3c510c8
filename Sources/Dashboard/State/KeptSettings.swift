internal import Experiment
internal import Messages
internal import TerminalUI

/// What is kept between starts: what a person chose among several, and was told of. What a key only turns on or off is for
/// the session.
extension DashboardState {
  /// What the keys say that keep something.
  static var keptNote: String { says("kept for the next start; Z resets", "下次启动仍有效；Z 重置") }

  /// Changes settings for this session and the ones to come.
  mutating func keep(_ change: (inout DashboardSettings) -> Void) {
    change(&settings)
    change(&kept)
  }

  /// What is kept, in a sentence for the help.
  var keptSentence: String {
    let glyphs = kept.glyphs.map { $0.title } ?? says("the terminal's best", "终端的最佳")
    let theme = kept.theme.map { $0.title } ?? says("as the terminal's background", "按终端背景")
    let smoothing = kept.smoothing == 0 ? says("none", "无") : SettingText.number(kept.smoothing)
    let charts = titles(of: kept.charts ?? [Quantity.loss.key, Quantity.accuracy.key])
    return says(
      "Kept for the next start: glyphs (G): \(glyphs); colours (T): \(theme); charts (C): \(charts); smoothing (m): "
        + "\(smoothing). Z resets them. "
        + "Everything else that keys turn on or off, such as colours, mouse and the page, is as at the first start again, unless settings.json says otherwise.",
      "下次启动仍有效：字符 (G)：\(glyphs)；配色 (T)：\(theme)；图表 (C)：\(charts)；平滑 (m)：\(smoothing)。按 Z 重置。"
        + "按键开关的其他一切，如颜色、鼠标和所在的页，都恢复为初次启动时的样子，除非 settings.json 另有规定。")
  }

  private func titles(of charts: [String]) -> String {
    charts.compactMap { key in Quantity.all.first { $0.key == key }?.title }.joined(
      separator: says(", ", "，"))
  }

  /// Asks before everything is as at the first start.
  mutating func askForReset() {
    ask(
      Question(
        prompt: says("glyphs, colours, charts, smoothing as at first", "字符、配色、图表、平滑恢复初始"),
        keys: says("y reset   enter keep", "y 重置   回车 保留")
      ) { state in
        (state.settings, state.kept) = (DashboardSettings(), DashboardSettings())
        state.message = says(
          "glyphs, colours, charts and smoothing are as at the first start", "字符、配色、图表和平滑已恢复为初次启动时的样子")
      })
  }
}

extension GlyphSet {
  /// The set in words.
  var title: String {
    switch self {
    case .ascii: "ASCII"
    case .braille: says(rawValue, "盲文点")
    case .block: says(rawValue, "方块")
    case .console: says(rawValue, "半块")
    }
  }
}

extension Theme {
  /// What it is made for, in words.
  var title: String {
    switch self {
    case .contrast: says("high contrast", "高对比度")
    case .dark: says("for a dark background", "深色背景")
    case .light: says("for a light background", "浅色背景")
    }
  }
}
