package import Experiment
package import TerminalUI

extension RunID {
  private static let marks: [Character] = ["●", "○", "▲", "△", "■", "□", "◆", "◇"]

  /// The glyph that stands for the run everywhere: beyond the eighth its letter, so that no two have the same.
  package var mark: Character { index < Self.marks.count ? Self.marks[index] : letterMark }

  /// The glyph where only 7-bit characters are shown.
  var letterMark: Character { Character(letter) }

  /// The run's colour; the dots of its curves tell it from others of the same.
  package var style: Style { Style(foreground: Color.series[index % Color.series.count]) }

  /// The distance of the dots of the run's curves: runs that have one colour, or none, differ by it.
  package func spacing(of colors: TerminalTraits.Colors) -> Int {
    switch colors {
    case .palette256: 1 + index / Color.series.count
    case .sixteen: 1 + index / Color.distinctBasicSeries
    case .none: 1 + index % 4
    }
  }

  /// The glyph in a set.
  package func mark(in glyphs: GlyphSet) -> Character { glyphs.hasSymbols ? mark : letterMark }
}
