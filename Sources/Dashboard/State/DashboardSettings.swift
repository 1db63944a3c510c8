package import TerminalUI

/// How the dashboard looks and what it shows at first: what `settings.json` says.
package struct DashboardSettings: Codable, Hashable, Sendable {
  /// The characters to draw with, or `nil` for the best the terminal has.
  package var glyphs: GlyphSet?
  /// What the colours are made for, or `nil` for the terminal's background.
  package var theme: Theme?
  /// The page shown at the start, by its title.
  package var page = ChartsPage.title
  /// Decay of the running curves' moving average, in 0..<1; 0 for none.
  package var smoothing = 0.6
  /// The quantities that are charted, by their keys; `nil` for those that come first.
  package var charts: [String]?
  /// Whether charts show runs that repeat each other as their mean and a band, not each for itself.
  package var showsBands = true
  /// Whether colours are shown where the terminal has them.
  package var showsColors = true
  /// Whether the mouse is listened to; the terminal's own selection of text then needs the shift key.
  package var usesMouse = false

  /// The settings of a first start.
  package init() {}

  /// Settings that an earlier version did not know keep the values of a first start.
  ///
  /// - Throws: `DecodingError` if a setting has a value that it cannot have.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    glyphs = try values.decodeIfPresent(GlyphSet.self, forKey: .glyphs)
    theme = try values.decodeIfPresent(Theme.self, forKey: .theme)
    page = try values.decodeIfPresent(String.self, forKey: .page) ?? page
    smoothing = try values.decodeIfPresent(Double.self, forKey: .smoothing) ?? smoothing
    guard (0..<1).contains(smoothing) else {
      throw DecodingError.dataCorruptedError(
        forKey: .smoothing, in: values, debugDescription: "\(smoothing) is not in 0..<1")
    }
    charts = try values.decodeIfPresent([String].self, forKey: .charts)
    showsBands = try values.decodeIfPresent(Bool.self, forKey: .showsBands) ?? showsBands
    showsColors = try values.decodeIfPresent(Bool.self, forKey: .showsColors) ?? showsColors
    usesMouse = try values.decodeIfPresent(Bool.self, forKey: .usesMouse) ?? usesMouse
  }
}
