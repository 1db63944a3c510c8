internal import Messages

/// What the network of a regression gives, after some steps.
public struct SamplesFitted: Hashable, Sendable {
  /// What it predicts for each test sample.
  public var predictions: [Double]
  /// What it predicts at the places of `grid`, if the samples are powers of one number; otherwise empty.
  public var curve: [Double]
  /// The weight of each feature, if it is one linear layer; otherwise empty.
  public var weights: [Double]
  /// The bias of that layer, if it has one.
  public var bias: Double?

  /// What a network gives.
  public init(predictions: [Double], curve: [Double], weights: [Double], bias: Double?) {
    (self.predictions, self.curve, self.weights, self.bias) = (predictions, curve, weights, bias)
  }

  /// Where curves are known: 3 standard deviations of the inputs to each side.
  public static let grid = (0...120).map { -3 + Double($0) / 20 }
}

extension SamplesFitted: EventDetails {
  package static var name: String { "samples_fitted" }
  package static var isPassing: Bool { true }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    try self.init(
      predictions: fields.numbers("predictions"), curve: fields.numbers("curve"),
      weights: fields.numbers("weights"),
      bias: fields.named("bias") { try fields.decodeIfPresent(Double.self, forKey: "bias") })
    guard curve.isEmpty || curve.count == Self.grid.count else {
      throw fields.fault("curve", says("it has \(Self.grid.count) places", "它应有 \(Self.grid.count) 处"))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("predictions", predictions)
    object.add("curve", curve)
    object.add("weights", weights)
    if let bias, bias.isFinite { object.add("bias", bias) }
  }
}
