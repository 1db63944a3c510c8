internal import Messages
internal import NeuralNetwork

/// What a network says of one image in many passes with fresh dropout masks (Gal and Ghahramani, 2016).
public struct MonteCarloPrediction: Hashable, Sendable {
  /// How many passes there were.
  public var passes: Int
  /// The mean over the passes of each class's probability.
  public var means: [Double]
  /// The standard deviation over the passes of each class's probability: √(Σ (p - mean)² / (passes - 1)), 0 for one pass.
  public var standardDeviations: [Double]
  /// Share of the passes whose most probable class is that of the means.
  public var agreement: Double
  /// The entropy of the means, -Σ mean · ln mean, in nats: 0 when one class has all, ln(classes) when all are alike.
  public var predictiveEntropy: Double
  /// The entropy of the means minus the mean of the passes' entropies, in nats (BALD; Houlsby et al., 2011).
  ///
  /// What the thinned networks disagree about: it is small where each of them is unsure of the same classes.
  public var mutualInformation: Double

  /// The statistics of `probabilities` `[passes, classes]`, row by row.
  public init(probabilities: [Float], classes: Int) {
    let passes = classes > 0 ? probabilities.count / classes : 0
    precondition(passes > 0 && probabilities.count == passes * classes, "every pass has all classes")
    var means = [Double](repeating: 0, count: classes)
    var entropySum = 0.0
    for pass in 0..<passes {
      for index in 0..<classes {
        let probability = Double(probabilities[pass * classes + index])
        means[index] += probability
        entropySum += Self.information(probability)
      }
    }
    for index in 0..<classes { means[index] /= Double(passes) }
    var squares = [Double](repeating: 0, count: classes)
    let top = Self.largest(of: means[...])
    var votes = 0
    for pass in 0..<passes {
      let row = probabilities[pass * classes..<(pass + 1) * classes]
      for (index, probability) in row.enumerated() {
        let difference = Double(probability) - means[index]
        squares[index] += difference * difference
      }
      if Self.largest(of: row) == top { votes += 1 }
    }
    self.passes = passes
    standardDeviations = squares.map { ($0 / Double(max(1, passes - 1))).squareRoot() }
    // Who has no answer agrees with nobody.
    agreement = Self.prediction(of: means) == nil ? .nan : Double(votes) / Double(passes)
    predictiveEntropy = means.reduce(0) { $0 + Self.information($1) }
    // Rounding must not make it negative.
    let information = predictiveEntropy - entropySum / Double(passes)
    mutualInformation = information < 0 ? 0 : information
    self.means = means
  }

  /// The class with the largest mean, the first of equal ones; `nil` where the network has no answer.
  public var prediction: Int? { Self.prediction(of: means) }

  /// The class with the largest probability, the first of equal ones; `nil` if one is NaN, which is no answer.
  public static func prediction(of probabilities: [Double]) -> Int? {
    probabilities.isEmpty || probabilities.contains(where: \.isNaN) ? nil : largest(of: probabilities[...])
  }

  /// The entropy of some probabilities, in nats.
  public static func entropy(of probabilities: [Double]) -> Double {
    probabilities.reduce(0) { $0 + information($1) }
  }

  /// -p · ln p, which is 0 at 0 and NaN at NaN.
  private static func information(_ probability: Double) -> Double {
    probability == 0 ? 0 : -probability * Elementary.log(probability)
  }

  /// The index of the largest number, the first of equal ones.
  private static func largest(of numbers: ArraySlice<some Comparable>) -> Int {
    var place = numbers.startIndex
    for index in numbers.indices where numbers[index] > numbers[place] { place = index }
    return place - numbers.startIndex
  }
}

extension MonteCarloPrediction {
  /// Reads the fields among those of an image.
  init(_ fields: FieldDecoder) throws {
    passes = try fields.count("mc_passes")
    means = try fields.numbers("mc_mean_probabilities")
    standardDeviations = try fields.numbers("mc_standard_deviations")
    agreement = try fields.number("mc_agreement")
    predictiveEntropy = try fields.number("mc_predictive_entropy_nats")
    mutualInformation = try fields.number("mc_mutual_information_nats")
    guard !means.isEmpty, means.count == standardDeviations.count else {
      throw fields.fault("mc_mean_probabilities", says("they do not fit the deviations", "与标准差不符"))
    }
  }

  /// Adds the fields to those of an image.
  func add(to object: inout JSONObject) {
    object.add("mc_passes", passes)
    object.add("mc_mean_probabilities", means)
    object.add("mc_standard_deviations", standardDeviations)
    object.add("mc_agreement", agreement)
    object.add("mc_predictive_entropy_nats", predictiveEntropy)
    object.add("mc_mutual_information_nats", mutualInformation)
  }
}
