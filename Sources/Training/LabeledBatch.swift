internal import Datasets
internal import NeuralNetwork

/// The samples of a batch, those of a class side by side: they share black pixels, which products skip.
struct LabeledBatch {
  /// The places of the samples in their data set.
  private(set) var samples: [Int32] = []
  /// Their labels.
  private(set) var labels: [UInt8] = []

  /// The numbers that belong to them, `[batch, 1]`, where they have no labels.
  private(set) var targets = Tensor(rows: 0, columns: 1)
  /// Of each class that a byte can name, where its next sample belongs.
  private var places = [Int](repeating: 0, count: 256)

  /// Takes the samples at `indices`, ordered by class and otherwise as they come; memory once reserved is kept.
  mutating func take(_ indices: ArraySlice<Int32>, of images: LabeledImages) {
    if let numbers = images.numbers { return take(indices, of: numbers) }
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

  /// Takes the samples at `indices` as they come.
  private mutating func take(_ indices: ArraySlice<Int32>, of numbers: SampleNumbers) {
    samples.removeAll(keepingCapacity: true)
    samples.append(contentsOf: indices)
    targets.resize(rows: indices.count)
    for (row, index) in indices.enumerated() { targets.elements[row] = numbers.targets[Int(index)] }
  }
}

extension Tensor {
  /// Copies the samples at `places` into the rows: pixels as fractions of 255, other numbers as they are.
  ///
  /// `normalization` is of pixels.
  mutating func gather(
    _ places: [Int32], of images: LabeledImages, normalization: PixelNormalization?, team: ThreadTeam
  ) {
    guard let numbers = images.numbers else {
      return gather(
        places, of: images.pixels, channels: images.channels, normalization: normalization, team: team)
    }
    for (row, place) in places.enumerated() {
      let first = Int(place) * columns
      elements.replaceSubrange(
        row * columns..<(row + 1) * columns, with: numbers.inputs[first..<first + columns])
    }
  }
}
