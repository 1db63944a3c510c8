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
    let border = borderPlaces
    let transparent = border.count { opacity[$0] < 128 }
    let background: UInt8
    let note: String
    if 2 * transparent >= border.count {
      background = meanOfVisible > 127 ? 0 : 255
      note = "laid on \(background == 0 ? "black" : "white"), because the background is transparent"
    } else {
      background = median(border.filter { opacity[$0] >= 128 }.map { grey[$0] })
      note = "transparent parts became background"
    }
    for place in grey.indices {
      let visible = Int(grey[place]) * Int(opacity[place]) + Int(background) * (255 - Int(opacity[place]))
      grey[place] = UInt8((visible + 127) / 255)
      opacity[place] = 255
    }
    return [note]
  }

  /// Makes the background black, and negates the picture if that was bright; returns whether it was.
  ///
  /// The background is the median of the pixels at the edges.
  mutating func darkenBackground() -> Bool {
    let edge = median(borderPlaces.map { grey[$0] })
    let isBright = edge > 127
    let background = Int(isBright ? 255 - edge : edge)
    for place in grey.indices {
      let value = Int(isBright ? 255 - grey[place] : grey[place])
      grey[place] = UInt8(max(0, value - background) * 255 / (255 - background))
    }
    return isBright
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

  func cropped(to box: Box) -> GreyPicture {
    let rows = (box.y..<box.y + box.height).flatMap { y in
      grey[y * width + box.x..<y * width + box.x + box.width]
    }
    return GreyPicture(width: box.width, height: box.height, grey: rows, opacity: rows.map { _ in 255 })
  }

  /// The picture on a black square: its longer side fills the square, and it lies in the middle.
  func fitted(into side: Int) -> GreyPicture {
    let longer = max(width, height)
    let targetWidth = max(1, (width * side + longer / 2) / longer)
    let targetHeight = max(1, (height * side + longer / 2) / longer)
    let scaled = scaled(width: targetWidth, height: targetHeight)
    let (left, top) = ((side - targetWidth) / 2, (side - targetHeight) / 2)
    var square = [UInt8](repeating: 0, count: side * side)
    for y in 0..<targetHeight {
      for x in 0..<targetWidth { square[(top + y) * side + left + x] = scaled[y * targetWidth + x] }
    }
    return GreyPicture(width: side, height: side, grey: square, opacity: square.map { _ in 255 })
  }

  /// Every new pixel is the mean of the area that it covers.
  private func scaled(width newWidth: Int, height newHeight: Int) -> [UInt8] {
    let columns = Self.shares(of: width, among: newWidth)
    let rows = Self.shares(of: height, among: newHeight)
    return rows.flatMap { row in
      // The rows together, then the columns.
      var line = [Float](repeating: 0, count: width)
      for (y, share) in row {
        for x in 0..<width { line[x] += share * Float(grey[y * width + x]) }
      }
      return columns.map { column in
        UInt8(min(255, column.reduce(0) { $0 + $1.share * line[$1.place] }.rounded()))
      }
    }
  }

  /// For each of `count` equal parts of a line of pixels: which pixels it covers, and how much of the part each fills.
  private static func shares(of size: Int, among count: Int) -> [[(place: Int, share: Float)]] {
    let length = Double(size) / Double(count)
    return (0..<count).map { part in
      let (start, end) = (Double(part) * length, min(Double(part + 1) * length, Double(size)))
      return (Int(start)..<max(Int(start) + 1, Int(end.rounded(.up)))).map { place in
        (
          min(place, size - 1),
          Float((min(end, Double(place + 1)) - max(start, Double(place))) / (end - start))
        )
      }
    }
  }

  /// The places of the pixels at the edges.
  private var borderPlaces: [Int] {
    let top = (0..<width).flatMap { x in [x, (height - 1) * width + x] }
    return top + (0..<height).flatMap { y in [y * width, y * width + width - 1] }
  }

  /// The mean grey of what is to be seen, weighted by opacity.
  private var meanOfVisible: Double {
    let (sum, weight) = zip(grey, opacity).reduce((0, 0)) { sums, pixel in
      (sums.0 + Int(pixel.0) * Int(pixel.1), sums.1 + Int(pixel.1))
    }
    return weight > 0 ? Double(sum) / Double(weight) : 0
  }

  private func median(_ values: [UInt8]) -> UInt8 { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
}
