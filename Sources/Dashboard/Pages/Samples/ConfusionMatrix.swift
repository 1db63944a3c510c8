/// How often images of each class were taken for each class.
struct ConfusionMatrix: Hashable {
  /// Images, by label and then by prediction.
  let counts: [[Int]]

  init(labels: [UInt8], predictions: [UInt8], classes: Int) {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (label, prediction) in zip(labels, predictions) { counts[Int(label)][Int(prediction)] += 1 }
    self.counts = counts
  }

  /// Share of a class's images that were recognised, or `nil` if it has none.
  func recall(of label: Int) -> Double? {
    let total = counts[label].reduce(0, +)
    return total > 0 ? Double(counts[label][label]) / Double(total) : nil
  }

  /// Share of a class's images that were taken for a class, 0 if it has none.
  func share(label: Int, prediction: Int) -> Double {
    Double(counts[label][prediction]) / Double(max(1, counts[label].reduce(0, +)))
  }
}
