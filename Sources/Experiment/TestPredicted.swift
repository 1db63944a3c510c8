/// What a run's network says of every test image, dropout off.
public struct TestPredicted: Codable, Hashable, Sendable {
  /// Where the network stands.
  public var position: RunPosition
  /// The class with the largest logit of each image.
  public var predictions: [UInt8]
  /// Softmax probabilities in 65,535ths, `[images, classes]` row by row: exact enough to show, a quarter of the memory.
  public var probabilities: [UInt16]

  /// Predictions of a network at `position`.
  public init(position: RunPosition, predictions: [UInt8], probabilities: [UInt16]) {
    self.position = position
    self.predictions = predictions
    self.probabilities = probabilities
  }

  /// Classes of the task.
  public var classes: Int { predictions.isEmpty ? 0 : probabilities.count / predictions.count }

  /// The probability that the network gives to a class of an image.
  public func probability(image: Int, class: Int) -> Double {
    Double(probabilities[image * classes + `class`]) / Double(UInt16.max)
  }

  /// The probability of the class that the network chose.
  public func confidence(image: Int) -> Double {
    probability(image: image, class: Int(predictions[image]))
  }
}
