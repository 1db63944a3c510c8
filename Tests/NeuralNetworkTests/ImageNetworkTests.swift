import Foundation
import Testing

@testable import NeuralNetwork

/// Three steps of whole networks and residual blocks, as PyTorch makes them in double precision.
@Suite struct ImageNetworkTests {
  typealias Numbers = ImageOperatorTests.Numbers

  struct Case: Decodable {
    struct Parameters: Decodable {
      let parameters: [String: Numbers]
      let statistics: [String: [Float]]
    }
    struct Step: Decodable {
      let input: Numbers
      let labels: [UInt8]?
      let target: Numbers?
      let logits: Numbers?
      let output: Numbers?
      let loss: Double
      let gradients: [String: Numbers]
      let evaluationLogitsAfter: Numbers?
      let evaluationOutputAfter: Numbers?
      let after: Parameters
    }
    struct Optimizer: Decodable {
      let name: String
      let learningRate: Double
      let momentum: Double?
      let weightDecay: Double
      let nesterov: Bool?
      let decayWeightsOnly: Bool?
    }
    let optimizer: Optimizer
    let initial: Parameters
    let steps: [Step]
  }

  /// A case's network as a text, and how the file calls a tensor of ours.
  struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let fileName: @Sendable (String) -> String
    var testDescription: String { name }
  }

  private static func block(
    _ outputs: Int, stride: Int = 1, projects: Bool = false, bias: Bool = false, endsWithReLU: Bool = false,
    shortcut: String = "no-bias bn"
  ) -> String {
    let bias = bias ? "" : " no-bias"
    let projection = projects ? " | conv \(outputs)x1 stride \(stride) \(shortcut)" : ""
    return "residual(conv \(outputs)x3 stride \(stride)\(bias) bn relu conv \(outputs)x3\(bias) bn"
      + "\(endsWithReLU ? " relu" : "")\(projection)) relu"
  }

  /// `body.3.weight` is what a file calls `conv2.weight`.
  @Sendable private static func blockName(_ name: Substring) -> String {
    for (ours, theirs) in [
      ("body.0", "conv1"), ("body.1", "bn1"), ("body.3", "conv2"), ("body.4", "bn2"), ("shortcut.0", "conv3"),
      ("shortcut.1", "bn3"),
    ] where name.hasPrefix(ours) {
      return theirs + name.dropFirst(ours.count)
    }
    return String(name)
  }

  /// Of a sequence of which the file's layers are called by their places.
  @Sendable private static func sequenceName(_ name: String, places: [Int: String]) -> String {
    let parts = name.split(separator: ".", maxSplits: 1)
    let place = Int(parts[0]) ?? 0
    let name = blockName(parts[1])
    return (places[place] ?? "\(place - 1)") + (places[place] == "" ? "" : ".") + name
  }

  private static let lenet = "flatten linear 8 F linear 6 F linear 4"

  static let examples: [Example] = [
    Example(name: "residual-block-identity", text: block(5)) { sequenceName($0, places: [1: ""]) },
    Example(name: "residual-block-projection", text: block(5, stride: 2, projects: true)) {
      sequenceName($0, places: [1: ""])
    },
    Example(
      name: "residual-block-d2l-projection",
      text: block(4, stride: 2, projects: true, bias: true, shortcut: "")
    ) { sequenceName($0, places: [1: ""]) },
    Example(name: "residual-block-resnet18-cifar-identity", text: block(4, endsWithReLU: true)) {
      sequenceName($0, places: [1: ""])
    },
    Example(
      name: "residual-block-resnet18-cifar-projection",
      text: block(5, stride: 2, projects: true, endsWithReLU: true, shortcut: "")
    ) { sequenceName($0, places: [1: ""]) },
    Example(
      name: "tiny-lenet-sigmoid",
      text: ("conv 2x5 F average-pool 2 conv 3x5 padding 0 F average-pool 2 " + lenet)
        .replacingOccurrences(of: "F", with: "sigmoid")
    ) { sequenceName($0, places: [:]) },
    Example(
      name: "tiny-lenet-relu-max",
      text: ("conv 2x5 F pool 2 conv 3x5 padding 0 F pool 2 " + lenet)
        .replacingOccurrences(of: "F", with: "relu")
    ) { sequenceName($0, places: [:]) },
    Example(
      name: "tiny-resnet",
      text: "conv 4x3 no-bias bn relu \(block(4)) "
        + "\(block(6, stride: 2, projects: true)) gap linear 3"
    ) {
      sequenceName($0, places: [4: "3", 6: "4", 9: "7"])
    },
    Example(
      name: "tiny-resnet-decay-weights-only",
      text: "conv 3x3 no-bias bn relu \(block(3)) "
        + "\(block(5, stride: 2, projects: true)) gap linear 4"
    ) {
      sequenceName($0, places: [4: "3", 6: "4", 9: "7"])
    },
    Example(
      name: "resnet18-cifar",
      text: "conv 3x7 stride 2 padding 0 pool 3 stride 2 "
        + [3, 3, 4, 4, 5, 5, 6, 6].enumerated().map { index, width in
          block(
            width, stride: index > 1 && index % 2 == 0 ? 2 : 1, projects: index > 1 && index % 2 == 0,
            endsWithReLU: true, shortcut: "")
        }.joined(separator: " ") + " gap linear 4"
    ) {
      sequenceName(
        $0,
        places: [
          1: "block1", 3: "block2.1", 5: "block2.2", 7: "block3.0", 9: "block3.1", 11: "block4.0",
          13: "block4.1", 15: "block5.0", 17: "block5.1", 20: "classifier",
        ])
    },
  ]

  private func optimizer(_ settings: Case.Optimizer) -> any Optimizer {
    let scope = settings.decayWeightsOnly == true ? WeightDecayScope.weightsOnly : .allParameters
    if settings.name == "adamW" {
      return Adam(
        learningRate: settings.learningRate, weightDecay: settings.weightDecay, decouplesWeightDecay: true,
        weightDecayScope: scope)
    }
    return SGD(
      learningRate: settings.learningRate, momentum: settings.momentum ?? 0,
      nesterov: settings.nesterov ?? false, weightDecay: settings.weightDecay, weightDecayScope: scope)
  }

  /// Sets the gradient of the mean loss.
  private func setGradient(_ pass: inout Pass, of step: Case.Step, team: ThreadTeam) throws {
    if let labels = step.labels {
      SoftmaxCrossEntropy().gradient(
        logits: pass.output, labels: labels, into: &pass.outputGradient, team: team)
      return
    }
    let target = try #require(step.target).images
    let scale = 2 / Float(target.elements.count)
    for (place, value) in pass.output.elements.enumerated() {
      pass.outputGradient.elements[place] = scale * (value - target.elements[place])
    }
  }

  @Test(arguments: examples) func everyStepAgreesWithPyTorch(example: Example) throws {
    let url = Bundle.module.url(forResource: example.name, withExtension: "json", subdirectory: "Fixtures")
    let reference = try JSONDecoder().decode(Case.self, from: Data(contentsOf: #require(url)))
    let team = ThreadTeam(threads: 2)
    var network = try Network(
      NetworkSpecification(text: example.text), input: reference.steps[0].input.images.shape,
      initialization: .pytorch, seed: 1)
    try network.load(
      network.stateDictionary.map { tensor in
        let name = example.fileName(tensor.name)
        let numbers = reference.initial.parameters[name]
        let values = try #require(numbers?.elements ?? reference.initial.statistics[name], "\(name)")
        return NamedTensor(
          name: tensor.name, shape: numbers?.dimensions ?? [values.count], values: values)
      })
    var optimizer = optimizer(reference.optimizer)
    var pass = Pass(for: network)
    for (number, step) in reference.steps.enumerated() {
      let what = "\(example.name), step \(number): "
      pass.input = step.input.images
      pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: number), team: team)
      let expected = step.logits?.elements ?? step.output?.images.elements ?? []
      expectAlike(pass.output.elements, expected, 1e-5, what + "output")
      try setGradient(&pass, of: step, team: team)
      pass.backward(&network, team: team)

      var gradients = network
      gradients.updateParameters { parameter, _ in parameter.values = parameter.gradient }
      // The bias of a convolution before batch norm has no effect, and its gradient is rounding beside the others.
      let largest = step.gradients.values.flatMap(\.elements).reduce(Float(0)) { max($0, abs($1)) }
      for tensor in gradients.stateDictionary {
        guard let expected = step.gradients[example.fileName(tensor.name)]?.elements else { continue }
        let own = expected.reduce(Float(0)) { max($0, abs($1)) }
        expectAlike(
          tensor.values, expected, own < 1e-6 * largest ? 1e-6 * largest / max(own, 1e-30) : 3e-5,
          what + "gradient of \(tensor.name)")
      }
      optimizer.update(&network, team: team)
      for tensor in network.stateDictionary {
        let name = example.fileName(tensor.name)
        let expected = step.after.parameters[name]?.elements ?? step.after.statistics[name] ?? []
        expectAlike(tensor.values, expected, 5e-5, what + tensor.name)
      }
      var evaluation = Pass(for: network)
      evaluation.input = step.input.images
      evaluation.forward(network, team: team)
      expectAlike(
        evaluation.output.elements,
        step.evaluationLogitsAfter?.elements ?? step.evaluationOutputAfter?.images.elements ?? [], 2e-5,
        what + "evaluation")
    }
  }
}
