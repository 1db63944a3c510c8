import Platform

/// How pictures are shown on standard output.
package struct PictureTerminal {
  /// The characters that can be shown.
  package let encoding: TextEncoding
  /// The characters to draw with.
  package let glyphs: GlyphSet
  private let shading: PixelImage.Shading?
  private let trueColor: Bool

  /// What standard output can show; with `ascii` only 7-bit characters.
  package init(ascii: Bool) {
    let environment = Environment.variables
    let traits = TerminalTraits(environment: environment)
    encoding = ascii ? .ascii : traits.encoding
    glyphs = ascii ? .ascii : traits.glyphs
    trueColor = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    shading =
      if !StandardStream.output.isTerminal {
        nil
      } else if encoding == .ascii {
        .characters
      } else {
        traits.colors == .palette256 ? .halfBlocks : .shades
      }
  }

  /// Columns of a picture beside which there is text.
  private static let columns = 40

  /// The lines that show a picture, one for two rows of pixels, and their columns; none where nobody looks.
  package func lines(of picture: PixelImage) -> (lines: [String], width: Int) {
    guard let shading else { return ([], 0) }
    let picture = picture.fitting(columns: Self.columns)
    guard shading != .halfBlocks else {
      return (picture.halfBlockLines(trueColor: trueColor), picture.width)
    }
    var surface = Surface(width: picture.width, height: picture.cellHeight)
    picture.draw(on: &surface, x: 0, y: 0, shading: shading)
    return (surface.lines, picture.width)
  }
}
