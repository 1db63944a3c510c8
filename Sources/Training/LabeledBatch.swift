internal import Datasets

/// The samples of a batch, those of a class side by side: they share black pixels, which products skip.
struct LabeledBatch {
  /// The places of the samples in their data set.
  private(set) var samples: [Int32] = []
  /// Their labels.
  private(set) var labels: [UInt8] = []

  /// Of each class that a byte can name, where its next sample belongs.
  private var places = [Int](repeating: 0, count: 256)

  /// Takes the samples at `indices`, ordered by class and otherwise as they come; memory once reserved is kept.
  mutating func take(_ indices: ArraySlice<Int32>, of images: LabeledImages) {
    for label in places.indices { places[label] = 0 }
    for index in indices { places[Int(images.labels[Int(index)])] += 1 }
    var first = 0
    for label in places.indices {
      let count = places[label]
      places[label] = first
      first += count
    }
    samples.removeAll(keepingCapacity: true)
    samples.append(contentsOf: repeatElement(0, count: indices.count))
    labels.removeAll(keepingCapacity: true)
    labels.append(contentsOf: repeatElement(0, count: indices.count))
    for index in indices {
      let label = images.labels[Int(index)]
      samples[places[Int(label)]] = index
      labels[places[Int(label)]] = label
      places[Int(label)] += 1
    }
  }
}
