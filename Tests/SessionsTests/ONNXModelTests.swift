import Experiment
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Sessions

/// What `Python/run-onnx.py` prints of a model.
private struct Outcome: Decodable {
  /// A size, or the name of one that may vary.
  enum Size: Decodable, Equatable {
    case fixed(Int)
    case named(String)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      self = try (try? value.decode(Int.self)).map(Size.fixed) ?? .named(value.decode(String.self))
    }
  }

  var logits: [[Double]]
  var first: [[Double]]
  var input: [Size]
  var output: [Size]
  var operators: [String]
  var producer: [String]
  var versions: [Int]
}

@Suite struct ONNXModelTests {
  @Test func theLogitsInONNXRuntimeAreThoseOfThePlainComputation() throws {
    guard let python = PythonPackages.shared else { return }
    let perceptrons = Activation.allCases.flatMap { activation in
      [[], [1], [33], [17, 5], [31, 64, 7]].flatMap { hidden in
        [false, true].map { ScriptedPerceptron(hidden: hidden, activation: activation, hasBatchNorm: $0) }
      }
    }
    let folder = try TemporaryFolder()
    let images = StoredTensor("images", shape: [3, 784], .float32(ScriptedPerceptron.images.flatMap(\.self)))
    try SafetensorsFile([images]).write(to: folder.path + "/images.safetensors")
    for perceptron in perceptrons {
      let model = try ONNXModel(perceptron.network(), programVersion: "1.2.3", path: "")
      try model.write(to: "\(folder.path)/\(perceptron.name).onnx")
    }
    let outcomes = try JSONDecoder().decode(
      [String: Outcome].self, from: python.run("run-onnx.py", folder.path))
    #expect(outcomes.count == perceptrons.count)
    for perceptron in perceptrons {
      let outcome = try #require(outcomes[perceptron.name])
      let expected = ScriptedPerceptron.images.map(perceptron.logits)
      let name = Comment(rawValue: perceptron.name)
      for (logits, expected) in zip(outcome.logits + outcome.first, expected + expected.prefix(1)) {
        let errors = zip(logits, expected).map { abs($0 - $1) / max(1, abs($1)) }
        #expect(errors.count == 10 && errors.allSatisfy { $0 <= 1e-5 }, name)
      }
      #expect(outcome.logits.count == 3 && outcome.first.count == 1, name)
      #expect(outcome.input == [.named("N"), .fixed(784)], name)
      #expect(outcome.output == [.named("N"), .fixed(10)], name)
      #expect(outcome.operators == perceptron.operators, name)
      #expect(outcome.producer == ["fmnist-tui", "1.2.3"], name)
      #expect(outcome.versions == [8, 17], name)
    }
  }

  @Test func networksOfImagesGiveTheSameLogitsInONNXRuntime() throws {
    guard let python = PythonPackages.shared else { return }
    let texts = [
      "lenet", "lenet-relu", "pooled", "resnet8", "resnet20 width 4", "resnet18-cifar width 4",
      "conv 7x5 stride 2 padding 1 batch-norm gelu average-pool 3 stride 2 padding 1 "
        + "residual(conv 9x2 padding 0 prelu pool 2 stride 1 | conv 9x3 padding 0) flatten linear 10",
    ]
    let folder = try TemporaryFolder()
    let images = StoredTensor("images", shape: [3, 784], .float32(ScriptedPerceptron.images.flatMap(\.self)))
    try SafetensorsFile([images]).write(to: folder.path + "/images.safetensors")
    let shape = Shape.image(channels: 1, height: 28, width: 28)
    let networks = try texts.map {
      try Network(NetworkSpecification(text: $0), input: shape, initialization: .he, seed: 1)
    }
    // The model normalises pixels itself.
    let normalization = PixelNormalization(means: [0.3], deviations: [0.4])
    for (index, network) in networks.enumerated() {
      let isNormalized = !index.isMultiple(of: 2)
      try ONNXModel(network, normalization: isNormalized ? normalization : nil, programVersion: "1", path: "")
        .write(to: "\(folder.path)/\(index).onnx")
    }
    let outcomes = try JSONDecoder().decode(
      [String: Outcome].self, from: python.run("run-onnx.py", folder.path))
    for (index, network) in networks.enumerated() {
      let outcome = try #require(outcomes["\(index)"])
      var pass = Pass(for: network)
      pass.resize(rows: 3)
      pass.input.elements = ScriptedPerceptron.images.flatMap(\.self)
        .map { index.isMultiple(of: 2) ? $0 : ($0 - 0.3) / 0.4 }
      pass.forward(network, team: ThreadTeam(threads: 1))
      let largest = pass.output.elements.map(abs).max() ?? 0
      for (found, expected) in zip(outcome.logits.flatMap(\.self), pass.output.elements) {
        #expect(abs(found - Double(expected)) <= 1e-5 * Double(max(1, largest)), "\(texts[index])")
      }
      #expect(outcome.logits.flatMap(\.self).count == 30, "\(texts[index])")
      #expect(outcome.input == [.named("N"), .fixed(1), .fixed(28), .fixed(28)])
    }
  }
}
