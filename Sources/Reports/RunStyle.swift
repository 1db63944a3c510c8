package import Experiment
package import TerminalUI

extension RunID {
  private static let marks: [Character] = ["●", "○", "▲", "△", "■", "□", "◆", "◇"]

  /// The glyph that stands for the run everywhere: beyond the eighth its letter, so that no two have the same.
  package var mark: Character { index < Self.marks.count ? Self.marks[index] : letterMark }

  /// The glyph where only 7-bit characters are shown.
  var letterMark: Character { Character(letter) }

  /// The run's colour.
  package var style: Style { Style(foreground: Color.series[index % Color.series.count]) }

  /// The glyph in a set.
  package func mark(in glyphs: GlyphSet) -> Character { glyphs == .ascii ? letterMark : mark }
}
