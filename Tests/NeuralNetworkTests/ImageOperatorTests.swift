import Foundation
import Testing

@testable import NeuralNetwork

/// Convolutions, pooling and batch norm of images, as PyTorch computes them in double precision.
@Suite struct ImageOperatorTests {
  /// Numbers as PyTorch has them: lists in lists.
  enum Numbers: Decodable {
    case number(Float)
    case list([Numbers])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Numbers].self) {
        self = .list(list)
      } else {
        self = .number(try container.decode(Float.self))
      }
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

    /// A batch of images, whose channels are outermost in the file.
    var images: Tensor {
      let sizes = dimensions + [1, 1]
      let shape = Shape.image(channels: sizes[1], height: sizes[2], width: sizes[3])
      var tensor = Tensor(rows: sizes[0], shape: shape)
      tensor.elements = Tensor(rows: sizes[0], columns: shape.count, elements: elements)
        .elements(exchanging: shape.channels, shape.height * shape.width)
      return tensor
    }
  }

  struct File<Case: Decodable>: Decodable { let cases: [Case] }

  struct ConvolutionCase: Decodable {
    let outputChannels: Int
    let kernel: Int
    let stride: Int
    let padding: Int
    let input: Numbers
    let weight: Numbers
    let bias: [Float]?
    let output: Numbers
    let upstream: Numbers
    let inputGradient: Numbers
    let weightGradient: Numbers
    let biasGradient: [Float]?
  }

  struct PoolingCase: Decodable {
    let kind: String
    let kernel: Int?
    let stride: Int?
    let padding: Int?
    let input: Numbers
    let output: Numbers
    let upstream: Numbers
    let inputGradient: Numbers
  }

  struct BatchNormCase: Decodable {
    struct Mode: Decodable {
      let output: Numbers
      let inputGradient: Numbers
      let scaleGradient: [Float]
      let shiftGradient: [Float]
      let runningMeanAfter: [Float]
      let runningVarianceAfter: [Float]
    }
    let scale: [Float]
    let shift: [Float]
    let runningMean: [Float]
    let runningVariance: [Float]
    let input: Numbers
    let upstream: Numbers
    let evaluation: Mode
    let training: Mode
  }

  static func cases<Case: Decodable>(_ name: String) throws -> [Case] {
    let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    return try JSONDecoder().decode(File<Case>.self, from: Data(contentsOf: #require(url))).cases
  }

  /// Makes a layer of `text`, its parameters those of the case, forward and backward.
  private func run(
    _ text: String, _ tensors: [NamedTensor], _ input: Tensor, upstream: Tensor, threads: Int
  ) throws -> (network: Network, output: Tensor, inputGradient: Tensor) {
    var network = try Network(
      NetworkSpecification(text: text), input: input.shape, initialization: .pytorch, seed: 1)
    try network.load(tensors)
    var pass = Pass(for: network)
    pass.input = input
    let team = ThreadTeam(threads: threads)
    pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: 0), team: team)
    pass.outputGradient = Tensor(rows: upstream.rows, shape: pass.output.shape)
    pass.outputGradient.elements = upstream.elements
    let output = pass.output
    pass.backward(&network, needsInputGradient: true, team: team)
    return (network, output, pass.inputGradient)
  }

  @Test(arguments: ["conv2d-1x1", "conv2d-3x3-stride1", "conv2d-3x3-stride2", "conv2d-other"], [1, 3])
  func convolutionsAreThoseOfPyTorch(name: String, threads: Int) throws {
    for example: ConvolutionCase in try Self.cases(name) {
      let text =
        "conv \(example.outputChannels)x\(example.kernel) stride \(example.stride) padding \(example.padding)"
        + (example.bias == nil ? " no-bias" : "")
      let weight = NamedTensor(
        name: "1.weight", shape: example.weight.dimensions, values: example.weight.elements)
      let bias = example.bias.map { NamedTensor(name: "1.bias", shape: [$0.count], values: $0) }
      let result = try run(
        text, [weight] + (bias.map { [$0] } ?? []), example.input.images, upstream: example.upstream.images,
        threads: threads)
      expectAlike(result.output.elements, example.output.images.elements, 1e-5, name)
      expectAlike(result.inputGradient.elements, example.inputGradient.images.elements, 1e-5, name)
      var gradients: [[Float]] = []
      result.network.forEachParameter {
        var parameter = $0
        parameter.values = $0.gradient
        gradients.append(parameter.valuesInFiles)
      }
      expectAlike(gradients[0], example.weightGradient.elements, 1e-5, name)
      if let expected = example.biasGradient { expectAlike(gradients[1], expected, 1e-5, name) }
    }
  }

  @Test func poolingIsThatOfPyTorch() throws {
    for example: PoolingCase in try Self.cases("pool2d") {
      let word = ["max": "pool", "average": "average-pool", "globalAverage": "gap"][example.kind]
      var text = try #require(word, "an unknown kind \(example.kind)")
      if text != "gap", let kernel = example.kernel {
        text += " \(kernel) stride \(example.stride ?? kernel) padding \(example.padding ?? 0)"
      }
      let result = try run(
        text, [], example.input.images, upstream: example.upstream.images, threads: 2)
      expectAlike(result.output.elements, example.output.images.elements, 1e-6, text)
      expectAlike(result.inputGradient.elements, example.inputGradient.images.elements, 1e-6, text)
    }
  }

  @Test func batchNormOfImagesIsThatOfPyTorch() throws {
    for example: BatchNormCase in try Self.cases("batch-norm-2d") {
      let vectors = [
        ("weight", example.scale), ("bias", example.shift), ("running_mean", example.runningMean),
        ("running_var", example.runningVariance),
      ]
      let tensors = vectors.map { NamedTensor(name: "1.\($0)", shape: [$1.count], values: $1) }
      let result = try run(
        "batch-norm flatten", tensors, example.input.images,
        upstream: {
          var upstream = Tensor(rows: example.upstream.images.rows, columns: example.upstream.images.columns)
          upstream.elements = example.upstream.elements
          return upstream
        }(), threads: 2)
      let expected = example.training
      expectAlike(result.output.elements, expected.output.elements, 1e-5, "output")
      expectAlike(result.inputGradient.elements, expected.inputGradient.images.elements, 1e-5, "gradient")
      let state = Dictionary(
        uniqueKeysWithValues: result.network.stateDictionary.map { ($0.name, $0.values) })
      expectAlike(state["1.running_mean"] ?? [], expected.runningMeanAfter, 1e-5, "mean")
      expectAlike(state["1.running_var"] ?? [], expected.runningVarianceAfter, 1e-5, "variance")
      var gradients: [[Float]] = []
      result.network.forEachParameter { gradients.append($0.gradient.elements) }
      expectAlike(gradients[0], expected.scaleGradient, 1e-5, "scale")
      expectAlike(gradients[1], expected.shiftGradient, 1e-5, "shift")
      var network = try Network(
        NetworkSpecification(text: "batch-norm flatten"), input: example.input.images.shape,
        initialization: .pytorch, seed: 1)
      try network.load(tensors)
      var pass = Pass(for: network)
      pass.input = example.input.images
      pass.forward(network, team: ThreadTeam(threads: 1))
      expectAlike(pass.output.elements, example.evaluation.output.elements, 1e-5, "evaluation")
    }
  }
}

/// Expects numbers that differ by at most a share of the largest one.
func expectAlike(
  _ numbers: [Float], _ expected: [Float], _ share: Float, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(numbers.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  let largest = expected.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
  let difference = zip(numbers, expected).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
  #expect(difference <= share * largest, "\(what)", sourceLocation: sourceLocation)
}
