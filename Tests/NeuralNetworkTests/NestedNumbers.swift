import Foundation
import Testing

@testable import NeuralNetwork

/// Numbers as files of PyTorch's have them: lists in lists, of any depth.
enum NestedNumbers: Decodable {
  case number(Float)
  case list([NestedNumbers])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let list = try? container.decode([NestedNumbers].self) {
      self = .list(list)
    } else {
      self = .number(try container.decode(Float.self))
    }
  }

  /// A file among the fixtures.
  static func fixture<Case: Decodable>(_ name: String, as type: Case.Type) throws -> Case {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    return try JSONDecoder().decode(type, from: Data(contentsOf: #require(url, "no fixture \(name)")))
  }

  var dimensions: [Int] {
    guard case .list(let list) = self else { return [] }
    return [list.count] + (list.first?.dimensions ?? [])
  }

  var elements: [Float] {
    switch self {
    case .number(let number): [number]
    case .list(let list): list.flatMap(\.elements)
    }
  }

  /// A batch of units, or of images, whose channels are outermost in files.
  var samples: Tensor {
    let sizes = dimensions
    guard sizes.count == 4 else { return Tensor(rows: sizes[0], columns: sizes[1], elements: elements) }
    let shape = Shape.image(channels: sizes[1], height: sizes[2], width: sizes[3])
    var tensor = Tensor(rows: sizes[0], shape: shape)
    tensor.elements = Tensor(rows: sizes[0], columns: shape.count, elements: elements)
      .elements(exchanging: shape.channels, shape.height * shape.width)
    return tensor
  }
}

extension Network {
  /// The network of a text with the weights and statistics of a file.
  init(_ text: String, weights: [String: NestedNumbers], for shape: Shape) throws {
    try self.init(NetworkSpecification(text: text), input: shape, initialization: .pytorch, seed: 1)
    try load(
      weights.map { NamedTensor(name: $0.key, shape: $0.value.dimensions, values: $0.value.elements) })
  }

  /// The gradients of all parameters, as the state dictionary has the parameters.
  var gradients: [NamedTensor] {
    var copy = self
    copy.updateParameters { parameter, _ in parameter.values = parameter.gradient }
    return copy.stateDictionary.filter { !$0.name.contains(".running_") }
  }
}

/// Expects numbers that differ by at most a share of the largest one, and by no more than `rounding`.
func expectAlike(
  _ numbers: [Float], _ expected: [Float], _ share: Float, rounding: Float = 0, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(numbers.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  let largest = expected.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
  let difference = zip(numbers, expected).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
  #expect(difference <= max(share * largest, rounding), "\(what)", sourceLocation: sourceLocation)
}
