internal import Messages
internal import NeuralNetwork

/// How the layers of a run's network look while it trains.
public struct LayersObserved: Hashable, Sendable {
  /// The hidden layers, input side first, then the output layer.
  public var layers: [LayerObservation]

  /// The layers of a network.
  public init(layers: [LayerObservation]) {
    self.layers = layers
  }
}

/// One layer of a network under training.
public struct LayerObservation: Hashable, Sendable {
  /// Units that it reads.
  public var inputs: Int
  /// Units that it has.
  public var units: Int
  /// Euclidean norm of its weights, without biases.
  public var weightNorm: Double
  /// Euclidean norm of the latest step's gradient of its weights; `nil` where no step was made of the network that is seen.
  public var gradientNorm: Double?
  /// Its activations; `nil` for the output layer.
  public var activations: ActivationObservation?

  /// One layer.
  public init(
    inputs: Int, units: Int, weightNorm: Double, gradientNorm: Double?, activations: ActivationObservation?
  ) {
    self.inputs = inputs
    self.units = units
    self.weightNorm = weightNorm
    self.gradientNorm = gradientNorm
    self.activations = activations
  }
}

/// A hidden layer's activations over a few test images with dropout off, and the mask of the latest step.
public struct ActivationObservation: Hashable, Sendable {
  /// Share of activations that are 0.
  public var zeroShare: Double
  /// Units that are 0 for every one of the images.
  public var silentUnits: Int
  /// The smallest activation.
  public var smallest: Double
  /// The largest activation.
  public var largest: Double
  /// Activations in bins of equal width from `smallest` to `largest`.
  public var histogram: [Int]
  /// Which units the latest step kept for the first image of its batch; empty where no unit was dropped.
  public var mask: [Bool]

  /// The activations of a layer.
  public init(
    zeroShare: Double, silentUnits: Int, smallest: Double, largest: Double, histogram: [Int], mask: [Bool]
  ) {
    self.zeroShare = zeroShare
    self.silentUnits = silentUnits
    self.smallest = smallest
    self.largest = largest
    self.histogram = histogram
    self.mask = mask
  }
}

extension LayersObserved: EventDetails {
  package static var name: String { "layers_observed" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    var list = try fields.nestedUnkeyedContainer(forKey: "layers")
    layers = []
    while !list.isAtEnd { try layers.append(LayerObservation(list.nestedContainer(keyedBy: Field.self))) }
  }

  package func add(to object: inout JSONObject) { object.add("layers", layers.map(\.json)) }
}

extension LayerObservation {
  private static let largestWidth = NetworkSpecification.largestParameterCount

  fileprivate init(_ fields: FieldDecoder) throws {
    inputs = try fields.count("inputs", upTo: Self.largestWidth)
    units = try fields.count("units", upTo: Self.largestWidth)
    weightNorm = try fields.number("weight_norm")
    gradientNorm = fields.contains("gradient_norm") ? try fields.number("gradient_norm") : nil
    activations =
      fields.contains("histogram") ? try ActivationObservation(fields, units: units) : nil
  }

  fileprivate var json: JSONObject {
    var object = JSONObject()
    object.add("inputs", inputs)
    object.add("units", units)
    object.add("weight_norm", weightNorm)
    if let gradientNorm { object.add("gradient_norm", gradientNorm) }
    activations?.add(to: &object)
    return object
  }
}

extension ActivationObservation {
  private static let mostBins = 1024

  fileprivate init(_ fields: FieldDecoder, units: Int) throws {
    zeroShare = try fields.number("zero_share")
    silentUnits = try fields.count("silent_units", upTo: units)
    smallest = try fields.number("smallest")
    largest = try fields.number("largest")
    histogram = try fields.counts("histogram")
    mask = try fields.decode([Bool].self, forKey: "mask")
    guard histogram.count <= Self.mostBins else {
      throw fields.fault("histogram", says("it has too many bins", "区间太多"))
    }
    guard mask.isEmpty || mask.count == units else {
      throw fields.fault("mask", says("it is of another number of units", "单元数不符"))
    }
  }

  fileprivate func add(to object: inout JSONObject) {
    object.add("zero_share", zeroShare)
    object.add("silent_units", silentUnits)
    object.add("smallest", smallest)
    object.add("largest", largest)
    object.add("histogram", histogram)
    object.add("mask", mask)
  }
}
