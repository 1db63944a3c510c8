internal import Messages

/// A grey picture of any size that is made ready for a network.
struct GreyPicture: Hashable {
  /// Pixels per row.
  let width: Int
  /// Rows.
  let height: Int
  /// 0 black to 255 white, row by row.
  private(set) var grey: [UInt8]
  /// 0 transparent to 255 opaque, row by row.
  private var opacity: [UInt8]

  init(width: Int, height: Int, grey: [UInt8], opacity: [UInt8]) {
    precondition(grey.count == width * height && opacity.count == grey.count, "every pixel has two numbers")
    (self.width, self.height, self.grey, self.opacity) = (width, height, grey, opacity)
  }

  /// A part of a picture.
  struct Box: Hashable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  var bounds: Box { Box(x: 0, y: 0, width: width, height: height) }

  /// Puts something behind transparent parts, and tells what, if there are any.
  ///
  /// Around a cut-out garment it is what the garment stands out from: white behind a dark one, black behind a bright one.
  /// Otherwise it is the picture's own background.
  mutating func layOnBackground() -> [String] {
    guard opacity.contains(where: { $0 < 255 }) else { return [] }
    let visible = borderGreys { opacity[$0] >= 128 }
    let background: UInt8
    let note: String
    if 2 * visible.reduce(0, +) <= 2 * (width + height) {
      background = meanOfVisible > 127 ? 0 : 255
      note = says(
        "laid on \(background == 0 ? "black" : "white"), because the background is transparent",
        "背景透明，因此衬以\(background == 0 ? "黑色" : "白色")")
    } else {
      background = Self.median(visible)
      note = says("transparent parts became background", "透明部分成为背景")
    }
    for place in grey.indices {
      let visible = Int(grey[place]) * Int(opacity[place]) + Int(background) * (255 - Int(opacity[place]))
      grey[place] = UInt8((visible + 127) / 255)
      opacity[place] = 255
    }
    return [note]
  }

  /// The brightness of the background: the median of the pixels at the edges.
  var background: UInt8 { Self.median(borderGreys { _ in true }) }

  /// Makes black white and white black.
  mutating func negate() {
    for place in grey.indices { grey[place] = 255 - grey[place] }
  }

  /// Makes `background` and all that is darker black, and stretches the rest.
  mutating func darken(_ background: UInt8) {
    guard background > 0, background < 255 else { return }
    for place in grey.indices {
      grey[place] = UInt8(max(0, Int(grey[place]) - Int(background)) * 255 / (255 - Int(background)))
    }
  }

  /// The picture turned and mirrored as an Exif orientation, 1...8, says of the stored rows and columns.
  func upright(_ orientation: Int) -> GreyPicture {
    guard (2...8).contains(orientation) else { return self }
    let isTurned = orientation >= 5
    let (newWidth, newHeight) = isTurned ? (height, width) : (width, height)
    let mirrorsX = [2, 3, 7, 8].contains(orientation)
    let mirrorsY = [3, 4, 6, 7].contains(orientation)
    var turned = GreyPicture(
      width: newWidth, height: newHeight, grey: [UInt8](repeating: 0, count: grey.count),
      opacity: [UInt8](repeating: 0, count: grey.count))
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        let (column, row) = isTurned ? (y, x) : (x, y)
        let place = (mirrorsY ? height - 1 - row : row) * width + (mirrorsX ? width - 1 - column : column)
        turned.grey[y * newWidth + x] = grey[place]
        turned.opacity[y * newWidth + x] = opacity[place]
      }
    }
    return turned
  }

  /// The smallest part that holds all pixels brighter than `limit`, if there are any.
  func box(brighterThan limit: UInt8) -> Box? {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for y in 0..<height {
      for x in 0..<width where grey[y * width + x] > limit {
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), y)
      }
    }
    guard right >= 0 else { return nil }
    return Box(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  /// Only what is in `box`.
  func cropped(to box: Box) -> GreyPicture {
    let rows = (box.y..<box.y + box.height).flatMap { y in
      grey[y * width + box.x..<y * width + box.x + box.width]
    }
    return GreyPicture(width: box.width, height: box.height, grey: rows, opacity: rows.map { _ in 255 })
  }

  /// The picture in the middle of a black square: its longer side fills the square, apart from `margin` on each side.
  func fitted(into side: Int, margin: Int = 0) -> GreyPicture {
    let (longer, room) = (max(width, height), side - 2 * margin)
    let targetWidth = max(1, (width * room + longer / 2) / longer)
    let targetHeight = max(1, (height * room + longer / 2) / longer)
    let (left, top) = ((side - targetWidth) / 2, (side - targetHeight) / 2)
    var square = [UInt8](repeating: 0, count: side * side)
    let columns = (0..<targetWidth).map { Span(part: $0, of: targetWidth, size: width) }
    for y in 0..<targetHeight {
      // Every new pixel is the mean of the area that it covers.
      let rows = Span(part: y, of: targetHeight, size: height)
      for (x, columns) in columns.enumerated() {
        var sum: Float = 0
        for row in rows.places {
          let share = rows.share(of: row)
          for column in columns.places {
            sum += share * columns.share(of: column) * Float(grey[row * width + column])
          }
        }
        square[(top + y) * side + left + x] = UInt8(min(255, sum.rounded()))
      }
    }
    return GreyPicture(width: side, height: side, grey: square, opacity: square.map { _ in 255 })
  }

  /// What one of `count` equal parts of a line of pixels covers.
  private struct Span {
    private let start: Double
    private let end: Double
    let places: Range<Int>

    init(part: Int, of count: Int, size: Int) {
      let length = Double(size) / Double(count)
      start = Double(part) * length
      end = min(Double(part + 1) * length, Double(size))
      let first = min(Int(start), size - 1)
      places = first..<max(first + 1, min(Int(end.rounded(.up)), size))
    }

    /// How much of the part a pixel fills.
    func share(of place: Int) -> Float {
      Float((min(end, Double(place + 1)) - max(start, Double(place))) / (end - start))
    }
  }

  /// How many of the wanted pixels at the edges have each grey; those in the corners count twice.
  private func borderGreys(where isWanted: (_ place: Int) -> Bool) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    func count(_ place: Int) {
      if isWanted(place) { counts[Int(grey[place])] += 1 }
    }
    for x in 0..<width {
      count(x)
      count((height - 1) * width + x)
    }
    for y in 0..<height {
      count(y * width)
      count(y * width + width - 1)
    }
    return counts
  }

  /// The grey in the middle of all that were counted; black if there are none.
  private static func median(_ counts: [Int]) -> UInt8 {
    let half = counts.reduce(0, +) / 2
    var passed = 0
    for (grey, count) in counts.enumerated() {
      passed += count
      if passed > half { return UInt8(grey) }
    }
    return 0
  }

  /// The mean grey of what is to be seen, weighted by opacity.
  private var meanOfVisible: Double {
    var (sum, weight) = (0, 0)
    for place in grey.indices {
      sum += Int(grey[place]) * Int(opacity[place])
      weight += Int(opacity[place])
    }
    return weight > 0 ? Double(sum) / Double(weight) : 0
  }
}
