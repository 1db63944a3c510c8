internal import Messages

extension LabeledImages {
  /// Reads images and their labels from two IDX files.
  ///
  /// - Throws: `DatasetError` if a file is not what it should be, or if the two do not belong together.
  init(
    imagesPath: String, labelsPath: String, sampleSizes: [Int]? = nil,
    style: DatasetDescription.IDXStyle = DatasetDescription.IDXStyle(), classes: Int
  ) throws(DatasetError) {
    let images = try IDXFile.read(imagesPath, contents: .images, sampleSizes: sampleSizes)
    var labels =
      style.hasLabelRows
      ? try IDXFile.readLabelRows(labelsPath) : try IDXFile.read(labelsPath, contents: .labels).bytes
    let (count, height, width) = (images.sizes[0], images.sizes[1], images.sizes[2])
    guard count > 0, height > 0, width > 0 else {
      throw .invalid(
        imagesPath,
        found: says("\(count) images of \(height) × \(width)", "\(count) 幅 \(height) × \(width) 的图像"),
        expected: says("at least one image", "至少一幅图像"))
    }
    guard labels.count == count else {
      throw .invalid(
        labelsPath, found: says("\(labels.count) labels", "\(labels.count) 个标签"),
        expected: says("\(count), one for each image in \(imagesPath)", " \(count) 个，\(imagesPath) 中每幅图像一个"))
    }
    let known = style.firstLabel..<style.firstLabel + classes
    if let index = labels.firstIndex(where: { !known.contains(Int($0)) }) {
      throw .invalid(
        labelsPath,
        found: says("the label \(labels[index]) at position \(index)", "位置 \(index) 的标签 \(labels[index])"),
        expected: says(
          "labels in \(known.lowerBound)...\(known.upperBound - 1)",
          " \(known.lowerBound)...\(known.upperBound - 1) 的标签"))
    }
    if style.firstLabel > 0 { labels = labels.map { $0 - UInt8(style.firstLabel) } }
    guard style.isTransposed else {
      self.init(count: count, height: height, width: width, pixels: images.bytes, labels: labels)
      return
    }
    self.init(
      count: count, height: width, width: height,
      pixels: Self.transposed(images.bytes, rows: height, columns: width), labels: labels)
  }

  /// Images of `rows` × `columns` pixels with rows and columns exchanged.
  private static func transposed(_ pixels: [UInt8], rows: Int, columns: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pixels.count) { turned, count in
      let size = rows * columns
      for image in stride(from: 0, to: pixels.count, by: size) {
        for row in 0..<rows {
          for column in 0..<columns {
            turned[image + column * rows + row] = pixels[image + row * columns + column]
          }
        }
      }
      count = pixels.count
    }
  }
}
