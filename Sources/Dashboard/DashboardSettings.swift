public import TerminalUI

/// What a person sets once and wants to find again.
public struct DashboardSettings: Codable, Hashable, Sendable {
  /// The characters to draw with, or `nil` for the best the terminal has.
  public var glyphs: GlyphSet?
  /// The page shown at the start.
  public var view = DashboardView.charts
  /// Decay of the running curves' moving average, in 0..<1; 0 for none.
  public var smoothing = 0.6
  /// Whether the loss has a logarithmic axis.
  public var isLogarithmic = false

  /// The settings of a first start.
  public init() {}
}
