/// A network as operators of the ONNX standard (https://onnx.ai/onnx/operators).
package struct OperatorGraph: Sendable {
  /// An attribute of an operator.
  package enum Attribute: Hashable, Sendable {
    case integer(Int)
    case number(Float)
    case integers([Int])
  }

  /// One operator.
  package struct Node: Sendable {
    /// What it does, for example `Gemm`.
    package var type: String
    /// Its name, that of its layer's place.
    package var name: String
    /// What it reads.
    package var inputs: [GraphValue]
    /// What it gives.
    package var output: GraphValue
    /// Settings, by their names.
    package var attributes: [String: Attribute]
  }

  /// The operators, in the order in which they are computed.
  package private(set) var nodes: [Node] = []
  /// What the operators read beside what other operators give.
  package private(set) var constants: [NamedTensor] = []
  /// The name of the layer that adds operators at present.
  private var place = ""
  /// How many it has added.
  private var added = 0

  /// The operators of `network`, from the value `input`, pixels as fractions of 255, to the value `output`.
  package init(
    _ network: Network, normalization: PixelNormalization? = nil, input: GraphValue, output: GraphValue
  ) {
    var last = input
    if let normalization { last = addOperators(of: normalization, for: network.inputShape, input: last) }
    last = addLayers(of: network, under: "", input: last)
    if last == input || nodes.isEmpty { last = add("Identity", [last]) }
    nodes[nodes.count - 1].output = output
  }

  /// Adds the operators that normalise images: in rows, the channels of a pixel lie side by side.
  private mutating func addOperators(
    of normalization: PixelNormalization, for shape: Shape, input: GraphValue
  ) -> GraphValue {
    place = "pixels"
    func tensor(_ name: String, _ values: [Float]) -> NamedTensor {
      let repeats = shape.isImage || values.count == 1 ? 1 : shape.count / values.count
      let all = [[Float]](repeating: values, count: repeats).flatMap(\.self)
      return NamedTensor(name: name, shape: shape.isImage ? [values.count, 1, 1] : [all.count], values: all)
    }
    let centered = add("Sub", [input, add(tensor("mean", normalization.means))])
    return add("Div", [centered, add(tensor("deviation", normalization.deviations))])
  }

  /// Adds the operators of a layer's part and returns what they give.
  package mutating func add(_ part: Network, named name: String, input: GraphValue) -> GraphValue {
    let layer = (place, added)
    defer { (place, added) = layer }
    return addLayers(of: part, under: "\(place).\(name).", input: input)
  }

  private mutating func addLayers(of network: Network, under prefix: String, input: GraphValue) -> GraphValue
  {
    var last = input
    for (place, layer) in network.layers.enumerated() {
      (self.place, added) = ("\(prefix)\(place)", 0)
      last = layer.addOperators(to: &self, input: last)
    }
    return last
  }

  /// Adds an operator and returns what it gives.
  package mutating func add(_ type: String, _ inputs: [GraphValue], attributes: [String: Attribute] = [:])
    -> GraphValue
  {
    let name = added == 0 ? place : "\(place).\(added)"
    added += 1
    let output = GraphValue("\(name).output")
    nodes.append(Node(type: type, name: name, inputs: inputs, output: output, attributes: attributes))
    return output
  }

  /// Adds the numbers of a parameter.
  package mutating func constant(_ parameter: Parameter) -> GraphValue {
    add(NamedTensor(name: parameter.name, shape: parameter.shapeInFiles, values: parameter.valuesInFiles))
  }

  /// Adds numbers in a row.
  package mutating func constant(_ name: String, _ values: [Float]) -> GraphValue {
    add(NamedTensor(name: name, shape: [values.count], values: values))
  }

  private mutating func add(_ tensor: NamedTensor) -> GraphValue {
    let name = "\(place).\(tensor.name)"
    constants.append(NamedTensor(name: name, shape: tensor.shape, values: tensor.values))
    return GraphValue(name)
  }
}

/// Numbers in a graph of operators, by their name.
package struct GraphValue: Hashable, Sendable {
  /// The name.
  package let name: String

  /// Numbers of that name.
  package init(_ name: String) { self.name = name }
}
