/// What a run's network says of some test images, with dropout off and in many passes with dropout.
public struct ImagesExamined: Codable, Hashable, Sendable {
  /// Where the network stands.
  public var position: RunPosition
  /// The images that were asked for.
  public var images: [ExaminedImage]

  /// Answers of a network at `position`.
  public init(position: RunPosition, images: [ExaminedImage]) {
    self.position = position
    self.images = images
  }
}

/// What a network says of one image.
public struct ExaminedImage: Codable, Hashable, Sendable {
  /// Its place among the images.
  public var image: Int
  /// The probability of each class, dropout off.
  public var probabilities: [Double]
  /// What the passes with dropout say.
  public var monteCarlo: MonteCarloPrediction

  /// The answers to one image.
  public init(image: Int, probabilities: [Double], monteCarlo: MonteCarloPrediction) {
    self.image = image
    self.probabilities = probabilities
    self.monteCarlo = monteCarlo
  }
}

/// How sure a run's network is of every test image, by passes with fresh dropout masks.
public struct UncertaintyMeasured: Codable, Hashable, Sendable {
  /// Passes over the images.
  public var passes: Int
  /// Seconds that it took.
  public var seconds: Double
  /// Where the network stands, and the means of the probabilities over the passes.
  public var answers: TestPredicted
  /// The predictive entropy of each image, in nats.
  public var predictiveEntropies: [Float]
  /// The mutual information of each image, in nats.
  public var mutualInformation: [Float]

  /// The uncertainty of a network's answers.
  public init(
    passes: Int, seconds: Double, answers: TestPredicted, predictiveEntropies: [Float],
    mutualInformation: [Float]
  ) {
    self.passes = passes
    self.seconds = seconds
    self.answers = answers
    self.predictiveEntropies = predictiveEntropies
    self.mutualInformation = mutualInformation
  }
}
