package import TerminalUI

/// One run's progress on one line: what it is, a bar, a percentage, a time.
package struct ProgressLine: Hashable, Sendable {
  /// What progresses.
  package var description: String
  /// How much of it is done, 0...1.
  package var share: Double
  /// Seconds that remain, or that it took once it is over; `nil` while unknown.
  package var seconds: Double?
  /// The place among the runs, which decides the colour.
  package var index: Int

  private static let widestBar = 40
  private static let narrowestBar = 4
  private static let percentWidth = 5
  private static let timeWidth = 8

  /// A line with its colours, and how many columns it takes.
  package struct Drawing: Hashable, Sendable {
    package var text: String
    package var width: Int
  }

  /// The line at most `width` columns wide; what does not fit is left out, the bar first.
  package func drawing(descriptionWidth: Int, width: Int, traits: TerminalTraits) -> Drawing {
    let description = description.prefix(columns: descriptionWidth).padded(to: descriptionWidth)
    let percent = "\(Int((share.isNaN ? 0 : min(max(share, 0), 1)) * 100))%".paddedLeft(to: Self.percentWidth)
    let time = NumberText.clock(seconds).paddedLeft(to: Self.timeWidth)
    let barWidth = min(Self.widestBar, width - description.cellWidth - 1 - percent.count - time.count)
    guard barWidth >= Self.narrowestBar else {
      let text = (description + percent + time).prefix(columns: width)
      return Drawing(text: text, width: text.cellWidth)
    }
    let gauge = Gauge(
      share: share, width: barWidth, style: Gauge.Style(traits.glyphs, showsColors: traits.colors != .none))
    let bar = color(gauge.completed, traits) + dim(gauge.rest, traits)
    return Drawing(
      text: description + " " + bar + percent + time,
      width: description.cellWidth + 1 + barWidth + percent.count + time.count)
  }

  /// Blue for run A, orange (in 16 colours: yellow) for run B.
  private func color(_ text: String, _ traits: TerminalTraits) -> String {
    switch traits.colors {
    case .none: text
    case .sixteen: styled(text, index.isMultiple(of: 2) ? "94" : "33")
    case .palette256: styled(text, index.isMultiple(of: 2) ? "38;5;33" : "38;5;208")
    }
  }

  private func dim(_ text: String, _ traits: TerminalTraits) -> String {
    switch traits.colors {
    case .none: text
    case .sixteen: styled(text, "90")
    case .palette256: styled(text, "38;5;238")
    }
  }

  private func styled(_ text: String, _ parameters: String) -> String {
    text.isEmpty ? "" : "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }
}
