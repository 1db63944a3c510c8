internal import Messages

/// What a run's network says of some test images, with dropout off and in many passes with dropout.
public struct ImagesExamined: Hashable, Sendable {
  /// The images that were asked for.
  public var images: [ExaminedImage]

  /// Answers of a network.
  public init(images: [ExaminedImage]) {
    self.images = images
  }
}

/// What a network says of one image.
public struct ExaminedImage: Hashable, Sendable {
  /// Its number among the images.
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
public struct UncertaintyMeasured: Hashable, Sendable {
  /// Passes over the images.
  public var passes: Int
  /// Seconds that it took.
  public var seconds: Double
  /// The means of the probabilities over the passes.
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

extension ImagesExamined: EventDetails {
  package static var name: String { "images_examined" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    var list = try fields.nestedUnkeyedContainer(forKey: "images")
    images = []
    while !list.isAtEnd { try images.append(ExaminedImage(list.nestedContainer(keyedBy: Field.self))) }
  }

  package func add(to object: inout JSONObject) { object.add("images", images.map(\.json)) }
}

extension ExaminedImage {
  fileprivate init(_ fields: FieldDecoder) throws {
    image = try fields.count("image")
    probabilities = try fields.numbers("probabilities")
    monteCarlo = try MonteCarloPrediction(fields)
    guard probabilities.count == monteCarlo.means.count else {
      throw fields.fault("probabilities", says("they are of another number of classes", "类别数不符"))
    }
  }

  fileprivate var json: JSONObject {
    var object = JSONObject()
    object.add("image", image)
    object.add("probabilities", probabilities)
    monteCarlo.add(to: &object)
    return object
  }
}

extension UncertaintyMeasured: EventDetails {
  package static var name: String { "uncertainty_measured" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    passes = try fields.count("passes")
    seconds = try fields.seconds("seconds")
    answers = try TestPredicted(fields, at: position)
    predictiveEntropies = try fields.numbers("predictive_entropies_nats").map(Float.init)
    mutualInformation = try fields.numbers("mutual_information_nats").map(Float.init)
    let count = answers.predictions.count
    guard predictiveEntropies.count == count, mutualInformation.count == count else {
      throw fields.fault("predictions", says("they are of another number of images", "图像数不符"))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("passes", passes)
    object.add("seconds", seconds)
    answers.add(to: &object)
    object.add("predictive_entropies_nats", predictiveEntropies.map(Double.init))
    object.add("mutual_information_nats", mutualInformation.map(Double.init))
  }
}
