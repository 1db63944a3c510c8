internal import CPNG
internal import Messages

/// A picture in grey or in colour, with opacity, as it comes from a PNG file of any colour type, depth and size.
struct PNGFile {
  /// What a file says of itself before its pixels.
  struct Header: Hashable {
    var width: Int
    var height: Int
    /// Whether it has colours, or a palette.
    var isColored: Bool
  }

  /// Pixels per row.
  let width: Int
  /// Rows.
  let height: Int
  /// Whether the file has colours.
  let isColored: Bool
  /// What else the file says of it.
  let chunks: PNGChunks
  /// Numbers of a pixel before its opacity: 1 for grey, 3 for red, green and blue.
  let channels: Int
  /// Grey or red, green and blue, 0 black to 255 white, then opacity, 0 to 255, of each pixel, row by row.
  let pixels: [UInt8]

  /// Far more than any file of a picture this large has.
  private static let mostBytes = 1 << 28
  /// As many as the largest cameras' pictures have.
  private static let mostPixels = 1 << 26
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// Signature and header chunk.
  private static let headerSize = 26
  private static var remedy: String {
    says(
      "Save the picture again as PNG, for example with 'magick PICTURE -auto-orient -resize 280x280 picture.png'.",
      "请把图片重新保存为 PNG，例如用 'magick PICTURE -auto-orient -resize 280x280 picture.png'。")
  }

  /// What the file at `path` says of itself, nothing else being read.
  ///
  /// - Throws: `DatasetError` if it is not there, no PNG file, or has more than 67 million pixels.
  static func header(_ path: String) throws(DatasetError) -> Header {
    try header(try FileBytes.readBeginning(path, count: headerSize), path: path)
  }

  /// Reads the file at `path`, in grey (1 channel) or in colour (3).
  ///
  /// - Throws: `DatasetError` if it is not there, no PNG file, damaged, or has more than 67 million pixels.
  init(path: String, channels: Int = 1) throws(DatasetError) {
    self.channels = channels
    let file = try FileBytes.read(path, limit: Self.mostBytes)
    try Self.checkSize(file, Self.header(file, path: path), path: path)
    chunks = PNGChunks(file)
    // The library would make room for all of it before it reads.
    if let length = chunks.overlongChunk {
      throw Self.invalid(
        path,
        found: says(
          "damaged: a part of \(length) bytes in a file of \(file.count)",
          "已损坏：\(file.count) 字节的文件中有一块声称有 \(length) 字节"),
        expected: says("an intact PNG file", "完好的 PNG 文件"))
    }

    // On the heap, because libpng keeps its address.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    image.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
    defer {
      png_image_free(image)
      image.deallocate()
    }
    var isColored = false
    let pixels: [UInt8]? = file.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(image, file.baseAddress, file.count) != 0 else { return nil }
      isColored = image.pointee.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
      // As of other depths, unless the file says something else.
      image.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      image.pointee.format = png_uint_32(
        channels == 1 ? PNG_FORMAT_GA : PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
      var pixels = [UInt8](
        repeating: 0, count: (channels + 1) * Int(image.pointee.width) * Int(image.pointee.height))
      return png_image_finish_read(image, nil, &pixels, 0, nil) != 0 ? pixels : nil
    }
    guard let pixels else { throw Self.damaged(path, image.pointee) }
    (width, height) = (Int(image.pointee.width), Int(image.pointee.height))
    (self.isColored, self.pixels) = (isColored, pixels)
  }

  /// Whether anything shows through.
  var hasTransparency: Bool {
    stride(from: channels, to: pixels.count, by: channels + 1).contains { pixels[$0] < 255 }
  }

  /// What the pixels show before black, without opacity.
  var pixelsOnBlack: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: width * height * channels) { shown, count in
      for place in 0..<width * height {
        let opacity = Int(pixels[place * (channels + 1) + channels])
        for channel in 0..<channels {
          let value = Int(pixels[place * (channels + 1) + channel])
          shown[place * channels + channel] = UInt8((value * opacity + 127) / 255)
        }
      }
      count = width * height * channels
    }
  }

  /// Refuses what is no PNG file or has too many pixels.
  private static func header(_ file: [UInt8], path: String) throws(DatasetError) -> Header {
    guard file.count >= headerSize, file.starts(with: signature) else {
      throw invalid(
        path, found: says("no PNG file", "不是 PNG 文件"),
        expected: says("a picture in the PNG format", "PNG 格式的图片"))
    }
    func number(at place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (width, height) = (number(at: 16), number(at: 20))
    guard width < 1 << 31, height < 1 << 31, width * height <= mostPixels else {
      throw invalid(
        path, found: says("\(width) × \(height) pixels", "\(width) × \(height) 像素"),
        expected: says("at most \(mostPixels / 1_000_000) million", "至多 \(mostPixels / 1_000_000) 百万像素"))
    }
    return Header(width: width, height: height, isColored: file[25] & 2 != 0)
  }

  /// Refuses what declares more pixels than it can hold, before there is memory for them.
  private static func checkSize(_ file: [UInt8], _ header: Header, path: String) throws(DatasetError) {
    let (width, height) = (header.width, header.height)
    let channels = [2: 3, 4: 2, 6: 4][file[25]] ?? 1
    let bytes = height * ((width * channels * Int(file[24]) + 7) / 8)
    // A picture that shows anything has no thousand pixels in a byte, and one of a single bit each could have 8000.
    guard bytes <= file.count * Inflater.largestRatio, width * height <= 1 << 22 + 1000 * file.count else {
      throw invalid(
        path,
        found: says(
          "\(width) × \(height) pixels declared by \(file.count) bytes",
          "\(file.count) 字节的文件声称有 \(width) × \(height) 像素"),
        expected: says("an intact PNG file", "完好的 PNG 文件"))
    }
  }

  private static func damaged(_ path: String, _ image: png_image) -> DatasetError {
    let reason = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return invalid(
      path, found: says("damaged (libpng: \(reason))", "已损坏（libpng：\(reason)）"),
      expected: says("an intact PNG file", "完好的 PNG 文件"))
  }

  private static func invalid(_ path: String, found: String, expected: String) -> DatasetError {
    DatasetError(.invalid, path: path, found: found, expected: expected, remedy: remedy)
  }
}
