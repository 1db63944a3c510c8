extension LabeledImages {
  /// Reads images and their labels from two IDX files.
  ///
  /// - Throws: `DatasetError` if a file is not what it should be, or if the two do not belong together.
  init(
    imagesPath: String, labelsPath: String, sampleSizes: [Int]? = nil, classes: Int
  ) throws(DatasetError) {
    let images = try IDXFile.read(imagesPath, contents: .images, sampleSizes: sampleSizes)
    let labels = try IDXFile.read(labelsPath, contents: .labels)
    let (count, height, width) = (images.sizes[0], images.sizes[1], images.sizes[2])
    guard count > 0, height > 0, width > 0 else {
      throw .invalid(
        imagesPath, found: "\(count) images of \(height) × \(width)", expected: "at least one image")
    }
    guard labels.sizes[0] == count else {
      throw .invalid(
        labelsPath, found: "\(labels.sizes[0]) labels",
        expected: "\(count), one for each image in \(imagesPath)")
    }
    if let index = labels.bytes.firstIndex(where: { $0 >= classes }) {
      throw .invalid(
        labelsPath, found: "the label \(labels.bytes[index]) at position \(index)",
        expected: "labels in 0...\(classes - 1)")
    }
    self.init(count: count, height: height, width: width, pixels: images.bytes, labels: labels.bytes)
  }
}
