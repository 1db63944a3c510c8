/// What a layer of a network gives and costs.
public struct LayerSummary: Hashable, Sendable {
  /// Its place, as the state dictionary has it: `3`, `4.body.0`.
  public let place: String
  /// How it is spelt; of a residual only its name, as its layers precede it.
  public let text: String
  /// The shape of what it gives.
  public let output: Shape
  /// Numbers that are trained.
  public let parameters: Int
  /// Multiplications and additions for a sample, forward.
  public let operations: Int
}

extension NetworkSpecification {
  /// Its layers in order, for samples of a shape.
  ///
  /// - Throws: `SpecificationError` if a layer cannot read what comes before it.
  public func summary(for input: Shape) throws(SpecificationError) -> [LayerSummary] {
    // Place 0 is that of the input's dropout.
    try summary(for: input, under: "", from: 1)
  }

  private func summary(
    for input: Shape, under prefix: String, from first: Int
  ) throws(SpecificationError) -> [LayerSummary] {
    var lines: [LayerSummary] = []
    var shape = input
    for (index, layer) in layers.enumerated() {
      let place = "\(prefix)\(first + index)"
      let output = try layer.output(for: shape)
      for (part, name) in zip(layer.parts, ["body", "shortcut"]) {
        lines += try part.summary(for: shape, under: "\(place).\(name).", from: 0)
      }
      let cost = layer.parts.isEmpty ? layer.estimate(for: shape) : LayerEstimate(operations: output.count)
      lines.append(
        LayerSummary(
          place: place, text: layer.parts.isEmpty ? layer.text : "residual", output: output,
          parameters: cost.parameters, operations: cost.operations))
      shape = output
    }
    return lines
  }
}
