/// What the tensors of a network are called by the program that it was published with.
///
/// Where there is such a program, weights can be brought from there and back under its names.
struct PublishedNames {
  private let names: [String: String]

  /// The names of a network's tensors, if it has such.
  init?(of network: NetworkSpecification) {
    guard let names = network.named?.publishedNames, !names.isEmpty else { return nil }
    self.names = names
  }

  /// The name of the tensor that is called `name` after its place.
  func name(of name: String) -> String {
    let (place, rest) = Self.parts(of: name)
    return names[place].map { "\($0).\(rest)" } ?? name
  }

  /// Whether some of the tensors have such names.
  func areUsed(by tensors: [NamedTensor]) -> Bool {
    let published = Set(names.values)
    return tensors.contains { published.contains(Self.parts(of: $0.name).place) }
  }

  /// The place of a layer, and what the tensor is there.
  private static func parts(of name: String) -> (place: String, tensor: Substring) {
    guard let dot = name.lastIndex(of: ".") else { return (name, "") }
    return (String(name[..<dot]), name[name.index(after: dot)...])
  }
}

extension Network {
  /// Weights and running statistics under the names that they were published with; `stateDictionary` if there are none.
  public var publishedStateDictionary: [NamedTensor] {
    guard let names = PublishedNames(of: specification) else { return stateDictionary }
    return stateDictionary.map {
      NamedTensor(name: names.name(of: $0.name), shape: $0.shape, values: $0.values)
    }
  }
}

extension NetworkSpecification {
  /// The network that was published with tensors of these names; `nil` if none is known.
  public init?(publishedWith tensors: [NamedTensor]) {
    for network in NamedNetwork.all {
      guard let usual = try? NetworkSpecification(text: network.text()),
        PublishedNames(of: usual)?.areUsed(by: tensors) == true
      else { continue }
      // The first convolution has as many filters as the network is wide.
      let first = network.publishedNames["1"].map { "\($0).weight" }
      let width = tensors.first { $0.name == first }?.shape.first ?? network.width
      guard let width, NamedNetwork.widths.contains(width),
        let named = try? NetworkSpecification(text: network.text(width: width))
      else { continue }
      self = named
      return
    }
    return nil
  }
}
