/// A picture in grey or in colour as it is shown in cells of a terminal.
public struct PixelImage: Hashable, Sendable {
  /// Rows of pixels.
  public let height: Int
  /// Pixels per row.
  public let width: Int
  /// Numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// Values, 0 none to 255 all, `[height, width, channels]` row by row.
  public let pixels: [UInt8]

  /// A picture of `height` × `width` pixels.
  public init(height: Int, width: Int, channels: Int = 1, pixels: [UInt8]) {
    precondition(channels == 1 || channels == 3, "a picture has greys, or red, green and blue")
    precondition(
      pixels.count == height * width * channels, "a picture needs height × width × channels numbers")
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
  }

  /// The numbers of a pixel; black below the last row.
  private func pixel(_ row: Int, _ column: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    guard row < height else { return (0, 0, 0) }
    let place = (row * width + column) * channels
    let (green, blue) = channels == 1 ? (place, place) : (place + 1, place + 2)
    return (pixels[place], pixels[green], pixels[blue])
  }

  /// How bright a pixel is (ITU-R BT.601).
  private func grey(_ row: Int, _ column: Int) -> UInt8 {
    let (red, green, blue) = pixel(row, column)
    let thousandths = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return UInt8((thousandths + 500) / 1000)
  }

  private func color(_ row: Int, _ column: Int) -> Color {
    let (red, green, blue) = pixel(row, column)
    return channels == 1 ? .gray(Double(red) / 255) : .rgb(red, green, blue)
  }

  /// Characters from dark to bright, two for each pixel, so that pixels are about square.
  public var asciiLines: [String] {
    let ramp = Array(" .:-=+*#%@")
    return (0..<height).map { row in
      (0..<width).map { column in
        let level = ramp[Int(grey(row, column)) * (ramp.count - 1) / 255]
        return "\(level)\(level)"
      }.joined()
    }
  }

  /// Upper half blocks, each showing two pixels one above the other by its two colours, as escape sequences.
  public func halfBlockLines(trueColor: Bool) -> [String] {
    stride(from: 0, to: height, by: 2).map { row in
      (0..<width).map { column in
        let (upper, lower) = (code(row, column, trueColor), code(row + 1, column, trueColor))
        return "\u{1B}[38;\(upper);48;\(lower)m▀"
      }.joined() + "\u{1B}[0m"
    }
  }

  /// What pixels are made of in cells, one cell for two pixels one above the other.
  public enum Shading: Hashable, Sendable {
    /// Half blocks in two colours or greys: needs a palette with greys.
    case halfBlocks
    /// Shade characters, for terminals without greys.
    case shades
    /// 7-bit characters.
    case characters
  }

  /// The picture at half its size: each pixel the mean of four, at odd edges of those that there are.
  public var halved: PixelImage {
    let (height, width) = ((height + 1) / 2, (width + 1) / 2)
    let means = (0..<height * width * channels).map { index in
      let (place, channel) = (index / channels, index % channels)
      let (row, column) = (2 * (place / width), 2 * (place % width))
      let group = [row, row + 1].flatMap { row in
        [column, column + 1].filter { row < self.height && $0 < self.width }
          .map { pixels[(row * self.width + $0) * channels + channel] }
      }
      return UInt8(group.reduce(0) { $0 + Int($1) } / group.count)
    }
    return PixelImage(height: height, width: width, channels: channels, pixels: means)
  }

  /// The picture, halved as often as it takes to fit into so many rows and columns of cells.
  public func fitting(rows: Int = .max, columns: Int = .max) -> PixelImage {
    var picture = self
    while picture.cellHeight > max(1, rows) || picture.width > max(1, columns) { picture = picture.halved }
    return picture
  }

  /// Rows of cells that `draw` fills; it fills as many columns as there are pixels in a row.
  public var cellHeight: Int { (height + 1) / 2 }

  /// Draws the picture with its upper left corner at a place.
  public func draw(on surface: inout Surface, x: Int, y: Int, shading: Shading) {
    for row in 0..<cellHeight {
      for column in 0..<width {
        switch shading {
        case .halfBlocks:
          let style = Style(foreground: color(2 * row, column), background: color(2 * row + 1, column))
          surface.put("▀", x: x + column, y: y + row, style: style)
        case .shades: put([" ", "░", "▒", "▓", "█"])
        case .characters: put([" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"])
        }
        func put(_ ramp: [Character]) {
          let level =
            (Int(grey(2 * row, column)) + Int(grey(2 * row + 1, column))) * (ramp.count - 1) / (2 * 255)
          surface.put(ramp[level], x: x + column, y: y + row)
        }
      }
    }
  }

  private func code(_ row: Int, _ column: Int, _ trueColor: Bool) -> String {
    guard trueColor else { return "5;\(color(row, column).palette256)" }
    let (red, green, blue) = pixel(row, column)
    return "2;\(red);\(green);\(blue)"
  }
}
