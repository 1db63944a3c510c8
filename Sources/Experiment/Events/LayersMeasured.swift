internal import Messages

/// Gradients and activations of a step, layer by layer: before it is made, so those of step 1 are of the initial weights.
///
/// Which steps are measured depends on nothing but their number: every one of the first, and then fewer and fewer.
public struct LayersMeasured: Hashable, Sendable {
  /// Euclidean norm of the gradient of each layer's weights over the batch, before penalties and clipping.
  public var gradientNorms: [Double]
  /// Euclidean norm of the gradient with respect to each hidden layer's weighted sums, over the batch: what comes back to it.
  public var signalNorms: [Double]
  /// Standard deviation of the activations of each hidden layer over the batch.
  public var activationSpreads: [Double]

  /// What was measured of the layers, input side first.
  public init(gradientNorms: [Double], signalNorms: [Double], activationSpreads: [Double]) {
    self.gradientNorms = gradientNorms
    self.signalNorms = signalNorms
    self.activationSpreads = activationSpreads
  }

  /// Steps that are measured while their number doubles.
  private static let stepsPerDoubling = 16

  /// Whether a step, counted from 1, is measured.
  public static func measures(step: Int) -> Bool {
    guard step > 0 else { return false }
    var distance = 1
    while step / distance >= 2 * stepsPerDoubling { distance *= 2 }
    return step.isMultiple(of: distance)
  }
}

extension LayersMeasured: EventDetails {
  package static var name: String { "layers_measured" }

  /// More layers than any network has.
  private static let mostLayers = 10_000

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    gradientNorms = try fields.numbers("weight_gradient_norms")
    signalNorms = try fields.numbers("signal_norms")
    activationSpreads = try fields.numbers("activation_spreads")
    guard gradientNorms.count <= Self.mostLayers,
      signalNorms.count == max(0, gradientNorms.count - 1),
      activationSpreads.count == signalNorms.count
    else {
      throw fields.fault("weight_gradient_norms", says("they are of another number of layers", "层数不符"))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("weight_gradient_norms", gradientNorms)
    object.add("signal_norms", signalNorms)
    object.add("activation_spreads", activationSpreads)
  }
}
