internal import Messages
internal import NeuralNetwork

/// A picture from anywhere, made into a sample of the kind that a data set has: a bright subject on black.
///
/// As the images of the data set were made (Xiao et al., 2017): cropped to what it shows, whose longer
/// side is scaled to fill the sample, centred, and negated where the background is bright.
public struct SamplePicture: Hashable, Sendable {
  /// Rows of pixels.
  public let height: Int
  /// Pixels per row.
  public let width: Int
  /// Numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// Values, 0 none to 255 all, `[height, width, channels]` row by row.
  public let pixels: [UInt8]
  /// What was done to the picture, a phrase each.
  public let notes: [String]

  /// Contrast to the background from which a pixel belongs to the subject.
  private static let contrast: UInt8 = 25

  /// Reads a PNG file of any colour type, depth and size.
  ///
  /// - Throws: `DatasetError` if the file is not there, no PNG file, damaged or far too large.
  public init(pngPath path: String, for dataset: DatasetDescription = .usual) throws(DatasetError) {
    self.init(try PNGFile(path: path, channels: dataset.shape.channels), for: dataset)
  }

  init(_ file: PNGFile, for dataset: DatasetDescription) {
    let (shape, style) = (dataset.shape, dataset.pictureStyle)
    (height, width, channels) = (shape.height, shape.width, shape.channels)
    guard !style.isWhole else {
      (pixels, notes) = Self.whole(file, shape: shape)
      return
    }
    let side = shape.width
    var picture = GreyPicture(file).upright(file.chunks.orientation?.number ?? 1)
    var notes = file.chunks.notes + (file.isColored ? [says("colours became greys", "彩色变为灰度")] : [])
    notes += picture.layOnBackground()
    if picture.background > 127 {
      picture.negate()
      notes.append(says("inverted, because the background is bright", "背景明亮，因此反转"))
    }
    let size = "\(picture.width) × \(picture.height)"
    // What has the size of a sample may be one, and is none any more if anything else is done to it.
    let isSample = picture.width == side && picture.height == side
    if !isSample, picture.background > 0 {
      notes.append(
        says("the background, grey \(picture.background), became black", "灰度 \(picture.background) 的背景变为黑色"))
      picture.darken(picture.background)
    }
    let subject = picture.box(brighterThan: Self.contrast)
    if subject == nil {
      notes.append(
        says("no \(style.subject) found: the picture has one colour", "没有找到\(style.subject)：图片只有一种颜色"))
    }
    guard !isSample else {
      (pixels, self.notes) = (picture.grey, notes)
      return
    }
    if let box = subject {
      if box != picture.bounds {
        notes.append(
          says(
            "cropped to the \(style.subject), \(box.width) × \(box.height) of \(size) pixels from (\(box.x), \(box.y))",
            "裁剪到\(style.subject)：\(size) 像素中自 (\(box.x), \(box.y)) 起的 \(box.width) × \(box.height)")
        )
      }
      picture = picture.cropped(to: box)
    }
    notes.append(
      says(
        "scaled from \(picture.width) × \(picture.height) to fit into \(side) × \(side)",
        "由 \(picture.width) × \(picture.height) 缩放到 \(side) × \(side) 之内"))
    pixels = picture.fitted(into: side, margin: style.margin).grey
    self.notes = notes
  }
}

extension SamplePicture {
  /// The whole picture as the images of such data sets are loaded, and what was done to it.
  private static func whole(_ file: PNGFile, shape: Shape) -> (pixels: [UInt8], notes: [String]) {
    let resizing = Resizing(
      height: file.height, width: file.width, channels: shape.channels, toHeight: shape.height,
      toWidth: shape.width)
    var notes: [String] = []
    if file.isColored, shape.channels == 1 { notes.append(says("colours became greys", "彩色变为灰度")) }
    if !file.isColored, shape.channels == 3 {
      notes.append(says("a grey picture: red, green and blue are alike", "灰度图片：红、绿、蓝相同"))
    }
    if file.hasTransparency { notes.append(says("laid on black, where it is transparent", "透明处衬以黑色")) }
    if file.height != shape.height || file.width != shape.width {
      notes.append(
        says(
          "scaled from \(file.width) × \(file.height) to \(shape.width) × \(shape.height), as the images of the data set",
          "由 \(file.width) × \(file.height) 缩放到 \(shape.width) × \(shape.height)，与数据集的图像相同")
      )
    }
    return (resizing.resized(file.pixelsOnBlack), notes)
  }
}

extension PNGChunks {
  /// What is done to the picture because of the chunks.
  fileprivate var notes: [String] {
    var notes: [String] = []
    if let orientation, orientation.number > 1 {
      notes.append(
        says(
          "turned upright, as its \(orientation.source.name) orientation \(orientation.number) says",
          "按 \(orientation.source.name) 方向 \(orientation.number) 转正"))
    }
    // Within this, libpng takes the brightness as it is.
    if let gamma, gamma > 0, abs(gamma * 2.2 - 1) > 0.05 {
      notes.append(
        says(
          "brightness changed, as the file's gamma is \((gamma * 100).rounded() / 100)",
          "文件的 gamma 是 \((gamma * 100).rounded() / 100)，因此调整了亮度"))
    }
    return notes
  }
}

extension GreyPicture {
  fileprivate init(_ file: PNGFile) {
    let bytes = file.pixels
    self.init(
      width: file.width, height: file.height,
      grey: stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] },
      opacity: stride(from: 1, to: bytes.count, by: 2).map { bytes[$0] })
  }
}
