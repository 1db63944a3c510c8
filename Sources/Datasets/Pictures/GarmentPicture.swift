/// A picture from anywhere, made into one of the kind that Fashion-MNIST has: a bright garment on black, 28 × 28.
///
/// As the images of the data set were made (Xiao et al., 2017): cropped to the garment, its longer side scaled to 28
/// pixels, centred, and negated where the background is bright.
public struct GarmentPicture: Hashable, Sendable {
  /// Grey values, 0 black to 255 white, `[28, 28]` row by row.
  public let pixels: [UInt8]
  /// What was done to the picture, a phrase each.
  public let notes: [String]

  /// Contrast to the background from which a pixel belongs to the garment.
  private static let contrast: UInt8 = 25

  /// Reads a PNG file of any colour type, depth and size.
  ///
  /// - Throws: `DatasetError` if the file is not there, no PNG file, damaged or far too large.
  public init(pngPath path: String) throws(DatasetError) { self.init(try PNGFile(path: path)) }

  init(_ file: PNGFile) {
    var picture = GreyPicture(file)
    var notes = file.isColored ? ["colours became greys"] : []
    notes += picture.layOnBackground()
    if picture.darkenBackground() { notes.append("inverted, because the background is bright") }
    let side = FashionMNIST.side
    let garment = picture.box(brighterThan: Self.contrast)
    if garment == nil { notes.append("no garment found: the picture has one colour") }
    if picture.width == side, picture.height == side {
      (pixels, self.notes) = (picture.grey, notes)
      return
    }
    let size = "\(picture.width) × \(picture.height)"
    if let box = garment {
      if box != picture.bounds {
        notes.append(
          "cropped to the garment, \(box.width) × \(box.height) of \(size) pixels from (\(box.x), \(box.y))")
      }
      picture = picture.cropped(to: box)
    }
    notes.append("scaled from \(picture.width) × \(picture.height) to fit into \(side) × \(side)")
    pixels = picture.fitted(into: side).grey
    self.notes = notes
  }
}

extension GreyPicture {
  fileprivate init(_ file: PNGFile) {
    let bytes = file.greyAndOpacity
    self.init(
      width: file.width, height: file.height,
      grey: stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] },
      opacity: stride(from: 1, to: bytes.count, by: 2).map { bytes[$0] })
  }
}
