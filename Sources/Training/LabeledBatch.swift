internal import Datasets

/// The samples of a batch, those of a class side by side: they share black pixels, which products skip.
struct LabeledBatch {
  /// The places of the samples in their data set.
  private(set) var samples: [Int32] = []
  /// Their labels.
  private(set) var labels: [UInt8] = []

  /// Takes the samples at `indices`, ordered by class and otherwise as they come; memory once reserved is kept.
  mutating func take(_ indices: ArraySlice<Int32>, of images: LabeledImages) {
    samples.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    for label in 0..<UInt8(FashionMNIST.classNames.count) {
      for index in indices where images.labels[Int(index)] == label {
        samples.append(index)
        labels.append(label)
      }
    }
  }
}
