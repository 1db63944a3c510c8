/// A grey picture as it is shown in cells of a terminal.
public struct GrayscaleImage: Hashable, Sendable {
  /// Rows of pixels.
  public let height: Int
  /// Pixels per row.
  public let width: Int
  /// Grey values, 0 black to 255 white, row-major.
  public let pixels: [UInt8]

  /// A picture of `height` × `width` pixels.
  public init(height: Int, width: Int, pixels: [UInt8]) {
    precondition(pixels.count == height * width, "a picture needs height × width pixels")
    self.height = height
    self.width = width
    self.pixels = pixels
  }

  private func pixel(_ row: Int, _ column: Int) -> UInt8 {
    row < height ? pixels[row * width + column] : 0
  }

  /// Characters from dark to bright, two for each pixel, so that pixels are about square.
  public var asciiLines: [String] {
    let ramp = Array(" .:-=+*#%@")
    return (0..<height).map { row in
      (0..<width).map { column in
        let level = ramp[Int(pixel(row, column)) * (ramp.count - 1) / 255]
        return "\(level)\(level)"
      }.joined()
    }
  }

  /// Upper half blocks, each showing two pixels one above the other by its two colours, as escape sequences.
  public func halfBlockLines(trueColor: Bool) -> [String] {
    stride(from: 0, to: height, by: 2).map { row in
      (0..<width).map { column in
        let (upper, lower) = (pixel(row, column), pixel(row + 1, column))
        return "\u{1B}[38;\(Self.code(upper, trueColor));48;\(Self.code(lower, trueColor))m▀"
      }.joined() + "\u{1B}[0m"
    }
  }

  /// What pixels are made of in cells, one cell for two pixels one above the other.
  public enum Shading: Hashable, Sendable {
    /// Half blocks in two greys: needs a palette with greys.
    case halfBlocks
    /// Shade characters, for terminals without greys.
    case shades
    /// 7-bit characters.
    case characters
  }

  /// The picture at half its size: each pixel the mean of four, at odd edges of those that there are.
  public var halved: GrayscaleImage {
    let (height, width) = ((height + 1) / 2, (width + 1) / 2)
    let means = (0..<height * width).map { place in
      let (row, column) = (2 * (place / width), 2 * (place % width))
      let group = [row, row + 1].flatMap { row in
        [column, column + 1].filter { row < self.height && $0 < self.width }.map { pixel(row, $0) }
      }
      return UInt8(group.reduce(0) { $0 + Int($1) } / group.count)
    }
    return GrayscaleImage(height: height, width: width, pixels: means)
  }

  /// Rows of cells that `draw` fills; it fills as many columns as there are pixels in a row.
  public var cellHeight: Int { (height + 1) / 2 }

  /// Draws the picture with its upper left corner at a place.
  public func draw(on surface: inout Surface, x: Int, y: Int, shading: Shading) {
    for row in 0..<cellHeight {
      for column in 0..<width {
        let (upper, lower) = (pixel(2 * row, column), pixel(2 * row + 1, column))
        switch shading {
        case .halfBlocks:
          let style = Style(
            foreground: .gray(Double(upper) / 255), background: .gray(Double(lower) / 255))
          surface.put("▀", x: x + column, y: y + row, style: style)
        case .shades: put([" ", "░", "▒", "▓", "█"])
        case .characters: put([" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"])
        }
        func put(_ ramp: [Character]) {
          let level = (Int(upper) + Int(lower)) * (ramp.count - 1) / (2 * 255)
          surface.put(ramp[level], x: x + column, y: y + row)
        }
      }
    }
  }

  private static func code(_ level: UInt8, _ trueColor: Bool) -> String {
    trueColor ? "2;\(level);\(level);\(level)" : "5;\(Color.gray(Double(level) / 255).palette256)"
  }
}
