internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// What of repeated runs there is room for: means with their spread or alone, differences with an interval or its half.
struct ReplicatesLayout {
  let differenceHeading: String
  /// Columns of the differences.
  let differenceWidth: Int
  /// Whether the means have their standard deviations beside them.
  let showsSpread: Bool

  private let showsInterval: Bool
  private let showsDifference: Bool
  /// Whether `±` has no blank before it: it takes three 7-bit characters.
  private let isDense: Bool

  /// The layout of a pane of `width` columns for so many sides.
  init(sides: Int, width: Int, glyphs: GlyphSet) {
    showsDifference = sides == 2
    showsInterval = showsDifference && width >= 94
    let difference = showsInterval ? 30 : showsDifference ? glyphs == .ascii ? 18 : 17 : 2
    showsSpread = (width - ComparisonView.labelWidth - 1 - difference) / max(1, sides) >= 16
    isDense = glyphs == .ascii || !showsSpread
    differenceWidth = showsDifference && glyphs != .ascii && !showsSpread ? 16 : difference
    differenceHeading =
      showsInterval
      ? says("difference [95 % interval]", "差异 [95 % 区间]")
      : showsDifference ? says("diff. ± 95 %", "差异 ± 95 %") : ""
  }

  /// A side's figure.
  func text(_ statistics: SampleStatistics, of figure: Figure) -> String {
    showsSpread ? dense(figure.text(statistics)) : figure.text(statistics.mean)
  }

  /// The difference between two sides.
  func text(_ difference: PairedDifference, of figure: Figure) -> String {
    guard showsDifference else { return "" }
    guard showsInterval else { return dense(figure.text(difference)) }
    return figure.differenceText(difference.mean) + (figure.intervalText(difference).map { " [\($0)]" } ?? "")
  }

  private func dense(_ text: String) -> String { isDense ? text.replacing(" ±", with: "±") : text }
}
