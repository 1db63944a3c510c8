import Experiment
import Foundation
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
  func problem(_ tensors: [Tensor]) -> String? {
    let error = #expect(throws: RunLogError.self) {
      try ONNXModel(tensors, activation: .relu, programVersion: "1.2.3", path: "runs/x.safetensors")
    }
    #expect(error?.kind == .invalid)
    #expect(error?.path == "runs/x.safetensors")
    return error?.problem
  }

  /// The tensors of a network, with one of them replaced or left out.
  func tensors(hasBatchNorm: Bool = false, _ name: String, _ replacement: Tensor? = nil) -> [Tensor] {
    let perceptron = ScriptedPerceptron(hidden: [5, 3], hasBatchNorm: hasBatchNorm)
    #expect(perceptron.tensors.contains { $0.name == name })
    return perceptron.tensors.compactMap { $0.name == name ? replacement : $0 }
  }

  @Test func theLogitsInONNXRuntimeAreThoseOfThePlainComputation() throws {
    guard let python = PythonPackages.shared else { return }
    let perceptrons = ActivationKind.allCases.flatMap { activation in
      [[], [1], [33], [17, 5], [31, 64, 7]].flatMap { hidden in
        [false, true].map { ScriptedPerceptron(hidden: hidden, activation: activation, hasBatchNorm: $0) }
      }
    }
    let folder = try TemporaryFolder()
    let images = Tensor("images", shape: [3, 784], .float32(ScriptedPerceptron.images.flatMap(\.self)))
    try SafetensorsFile([images]).write(to: folder.path + "/images.safetensors")
    for perceptron in perceptrons {
      let model = try ONNXModel(
        perceptron.tensors.reversed(), activation: perceptron.activation, programVersion: "1.2.3", path: "")
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

  @Test(arguments: [false, true])
  func aMissingTensorIsNamed(hasBatchNorm: Bool) {
    for tensor in ScriptedPerceptron(hidden: [5, 3], hasBatchNorm: hasBatchNorm).tensors
    where tensor.name.hasSuffix(".bias") || tensor.name.contains("running") {
      let found = problem(tensors(hasBatchNorm: hasBatchNorm, tensor.name))
      #expect(found?.contains("'\(tensor.name)' is missing") == true)
    }
    for tensors in [tensors(hasBatchNorm: hasBatchNorm, "1.weight"), []] {
      #expect(problem(tensors)?.contains("'1.weight' is missing") == true)
    }
  }

  @Test func aTensorWithoutAPlaceIsNamed() {
    let perceptron = ScriptedPerceptron(hidden: [5], hasBatchNorm: true).tensors
    for name in ["fc.weight", "0.weight", "1.scale", "6.weight", "x"] {
      let found = problem(perceptron + [Tensor(name, shape: [1], .float32([0]))])
      #expect(found?.contains("'\(name)' has no place in the model") == true)
    }
    #expect(problem(perceptron + perceptron.prefix(1))?.contains("'1.weight' is there twice") == true)
  }

  @Test func aWrongShapeIsNamed() {
    func zeros(_ name: String, _ shape: [Int]) -> Tensor {
      Tensor(name, shape: shape, .float32([Float](repeating: 0, count: shape.reduce(1, *))))
    }
    #expect(
      problem(tensors("4.weight", zeros("4.weight", [3, 4])))?.contains(
        "'4.weight' has the shape [3, 4], but its layer has 5 inputs, so [outputs, 5] is expected") == true)
    #expect(problem(tensors("1.weight", zeros("1.weight", [784])))?.contains("the shape [784]") == true)
    let empty = zeros("1.weight", [0, 784])
    #expect(problem(tensors("1.weight", empty))?.contains("the shape [0, 784]") == true)
    #expect(
      problem(tensors("4.bias", zeros("4.bias", [4])))?.contains(
        "'4.bias' has the shape [4], but its layer has 3 outputs") == true)
    #expect(
      problem(tensors(hasBatchNorm: true, "6.running_var", zeros("6.running_var", [1, 3])))?.contains(
        "'6.running_var' has the shape [1, 3], but its layer has 3 outputs") == true)
    #expect(
      problem([zeros("1.weight", [9, 784]), zeros("1.bias", [9])])?.contains(
        "'1.weight' has the shape [9, 784], but the last layer has 10 outputs") == true)
  }

  @Test func numbersOfAnotherTypeAreNamed() {
    let integers = Tensor("7.bias", shape: [10], .int64([Int64](repeating: 0, count: 10)))
    #expect(
      problem(tensors("7.bias", integers))?.contains(
        "'7.bias' has numbers of type I64, but F32 is expected") == true)
  }
}
