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
}
