internal import CPNG

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A picture in grey with opacity, as it comes from a PNG file of any colour type, depth and size.
struct PNGFile {
  /// Pixels per row.
  let width: Int
  /// Rows.
  let height: Int
  /// Whether the file has colours.
  let isColored: Bool
  /// Grey, 0 black to 255 white, then opacity, 0 to 255, of each pixel, row by row.
  let greyAndOpacity: [UInt8]

  /// Far more than any camera's picture has, in 128 MB of memory.
  private static let mostPixels = 1 << 26
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// Signature and header chunk.
  private static let headerSize = 26
  private static let remedy =
    "Save the picture again as PNG, for example with 'magick PICTURE -resize 280x280 garment.png'."

  /// Reads the file at `path`.
  ///
  /// - Throws: `DatasetError` if it is not there, no PNG file, damaged, or has more than 67 million pixels.
  init(path: String) throws(DatasetError) {
    guard let file = fopen(path, "rb") else { throw Self.unreadable(path, String(cString: strerror(errno))) }
    defer { fclose(file) }
    var status = stat()
    guard fstat(fileno(file), &status) == 0 else {
      throw Self.unreadable(path, String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Self.unreadable(path, "not a file") }
    try Self.checkHeader(of: file, size: Int(status.st_size), path: path)
    rewind(file)

    // On the heap, because libpng keeps its address.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    image.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
    defer {
      png_image_free(image)
      image.deallocate()
    }
    guard png_image_begin_read_from_stdio(image, file) != 0 else { throw Self.damaged(path, image.pointee) }
    isColored = image.pointee.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
    // As of other depths, unless the file says something else.
    image.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    image.pointee.format = png_uint_32(PNG_FORMAT_GA)
    (width, height) = (Int(image.pointee.width), Int(image.pointee.height))
    var pixels = [UInt8](repeating: 0, count: 2 * width * height)
    guard png_image_finish_read(image, nil, &pixels, 0, nil) != 0 else {
      throw Self.damaged(path, image.pointee)
    }
    greyAndOpacity = pixels
  }

  /// Refuses what is no PNG file or declares more pixels than it can hold, before there is memory for them.
  private static func checkHeader(
    of file: UnsafeMutablePointer<FILE>, size: Int, path: String
  ) throws(DatasetError) {
    var header = [UInt8](repeating: 0, count: headerSize)
    guard fread(&header, 1, headerSize, file) == headerSize, header.starts(with: signature) else {
      throw invalid(path, found: "no PNG file", expected: "a picture in the PNG format")
    }
    func number(at place: Int) -> Int { header[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (width, height) = (number(at: 16), number(at: 20))
    guard width < 1 << 31, height < 1 << 31, width * height <= mostPixels else {
      throw invalid(
        path, found: "\(width) × \(height) pixels", expected: "at most \(mostPixels / 1_000_000) million")
    }
    let channels = [2: 3, 4: 2, 6: 4][header[25]] ?? 1
    let bytes = height * ((width * channels * Int(header[24]) + 7) / 8)
    guard bytes <= size * Inflater.largestRatio else {
      throw invalid(
        path, found: "\(width) × \(height) pixels declared by \(size) bytes", expected: "an intact PNG file")
    }
  }

  private static func damaged(_ path: String, _ image: png_image) -> DatasetError {
    let reason = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return invalid(path, found: "damaged (libpng: \(reason))", expected: "an intact PNG file")
  }

  private static func unreadable(_ path: String, _ reason: String) -> DatasetError {
    DatasetError(
      .missing, path: path, found: reason, expected: "a readable PNG file",
      remedy: "Check the path and its permissions.")
  }

  private static func invalid(_ path: String, found: String, expected: String) -> DatasetError {
    DatasetError(.invalid, path: path, found: found, expected: expected, remedy: remedy)
  }
}
