internal import TerminalUI

/// A picture whose pixels have a colour each, and a level for terminals that lack it.
struct ColoredPicture {
  private let height: Int
  private let width: Int
  private let levels: [UInt8]
  private let colors: [Color]

  /// A picture of `height` × `width` pixels.
  private init(height: Int, width: Int, levels: [UInt8], colors: [Color]) {
    (self.height, self.width, self.levels, self.colors) = (height, width, levels, colors)
  }

  /// A filter, each pixel `factor` × `factor` of its weights: one colour each, or blue over white to red where there are none.
  init(filter values: ArraySlice<UInt8>, height: Int, width: Int, magnifiedBy factor: Int) {
    let channels = values.count / max(1, height * width)
    let pixels = (0..<height * factor * width * factor).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: width * factor)
      let start = values.startIndex + ((row / factor) * width + column / factor) * channels
      return Array(values[start..<start + channels])
    }
    self.init(
      height: height * factor, width: width * factor,
      levels: pixels.map { pixel in UInt8(pixel.reduce(0) { $0 + Int($1) } / max(1, channels)) },
      colors: pixels.map { pixel in
        channels == 3
          ? .rgb(pixel[0], pixel[1], pixel[2]) : .diverging((Double(pixel[0]) - 127.5) / 127.5)
      })
  }

  /// Draws it with its upper left corner at a place, two rows of pixels in a cell.
  func draw(on surface: inout Surface, x: Int, y: Int, shading: PixelImage.Shading) {
    guard shading == .halfBlocks else {
      PixelImage(height: height, width: width, pixels: levels)
        .draw(on: &surface, x: x, y: y, shading: shading)
      return
    }
    for row in stride(from: 0, to: height, by: 2) {
      for column in 0..<width {
        let upper = colors[row * width + column]
        let lower = row + 1 < height ? colors[(row + 1) * width + column] : .gray(0)
        surface.put(
          "▀", x: x + column, y: y + row / 2, style: Style(foreground: upper, background: lower))
      }
    }
  }
}
