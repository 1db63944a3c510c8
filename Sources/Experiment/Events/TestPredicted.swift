internal import Messages

/// What a run's network says of every test image, dropout off.
public struct TestPredicted: Hashable, Sendable {
  /// The class with the largest logit of each image.
  public var predictions: [UInt8]
  /// Softmax probabilities in 65,535ths, `[images, classes]` row by row: exact enough to show, a quarter of the memory.
  public var probabilities: [UInt16]

  /// Predictions of a network.
  public init(predictions: [UInt8], probabilities: [UInt16]) {
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

extension TestPredicted: EventDetails {
  package static var name: String { "test_predicted" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    predictions = try fields.decode([UInt8].self, forKey: "predictions")
    probabilities = try fields.decode([UInt16].self, forKey: "probabilities_in_65535ths")
    let classes = classes
    guard probabilities.count == predictions.count * classes, predictions.allSatisfy({ $0 < classes }) else {
      throw fields.fault("predictions", says("they do not fit the probabilities", "与概率不符"))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("predictions", predictions)
    object.add("probabilities_in_65535ths", probabilities)
  }
}
