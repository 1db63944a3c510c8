/// How the layers of a run's network look while it trains.
public struct LayersObserved: Codable, Hashable, Sendable {
  /// After which step.
  public var position: RunPosition
  /// The hidden layers, input side first, then the output layer.
  public var layers: [LayerObservation]

  /// The layers at `position`.
  public init(position: RunPosition, layers: [LayerObservation]) {
    self.position = position
    self.layers = layers
  }
}

/// One layer of a network under training.
public struct LayerObservation: Codable, Hashable, Sendable {
  /// Units that it reads.
  public var inputs: Int
  /// Units that it has.
  public var units: Int
  /// Euclidean norm of its weights, without biases.
  public var weightNorm: Double
  /// Euclidean norm of the latest step's gradient of its weights.
  public var gradientNorm: Double
  /// Its activations; `nil` for the output layer.
  public var activations: ActivationObservation?

  /// One layer.
  public init(
    inputs: Int, units: Int, weightNorm: Double, gradientNorm: Double, activations: ActivationObservation?
  ) {
    self.inputs = inputs
    self.units = units
    self.weightNorm = weightNorm
    self.gradientNorm = gradientNorm
    self.activations = activations
  }
}

/// A hidden layer's activations over a few test images with dropout off, and the mask of the latest step.
public struct ActivationObservation: Codable, Hashable, Sendable {
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
