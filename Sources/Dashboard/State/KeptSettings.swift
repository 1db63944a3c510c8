internal import Experiment
internal import TerminalUI

/// What is kept between starts: what a person chose among several, and was told of. What a key only turns on or off is for
/// the session.
extension DashboardState {
  /// What the keys say that keep something.
  static let keptNote = "kept for the next start; Z resets"

  /// Changes settings for this session and the ones to come.
  mutating func keep(_ change: (inout DashboardSettings) -> Void) {
    change(&settings)
    change(&kept)
  }

  /// What is kept, in a sentence for the help.
  var keptSentence: String {
    let glyphs = kept.glyphs.map { $0.title } ?? "the terminal's best"
    let theme = kept.theme.map { $0.title } ?? "as the terminal's background"
    let smoothing = kept.smoothing == 0 ? "none" : SettingText.number(kept.smoothing)
    let charts = kept.charts.map { $0.joined(separator: ", ") } ?? "loss, accuracy"
    return
      "Kept for the next start: glyphs (G): \(glyphs); colours (T): \(theme); charts (C): \(charts); smoothing (m): "
      + "\(smoothing). Z resets them. "
      + "Everything else that keys turn on or off, such as colours, mouse and the page, is as at the first start again, unless settings.json says otherwise."
  }

  /// Asks before everything is as at the first start.
  mutating func askForReset() {
    ask(
      Question(prompt: "glyphs, colours, charts, smoothing as at first", keys: "y reset   enter keep") {
        state in
        (state.settings, state.kept) = (DashboardSettings(), DashboardSettings())
        state.message = "glyphs, colours, charts and smoothing are as at the first start"
      })
  }
}

extension GlyphSet {
  /// The set in words.
  var title: String { self == .ascii ? "ASCII" : rawValue }
}

extension Theme {
  /// What it is made for, in words.
  var title: String { self == .contrast ? "high contrast" : "for a \(rawValue) background" }
}
