import Testing

@testable import NeuralNetwork

/// Convolutions, pooling and batch norm of images, as PyTorch computes them in double precision.
@Suite struct ImageOperatorTests {
  struct File: Decodable { let examples: [Example] }

  struct Example: Decodable {
    let text: String
    let images: NestedNumbers
    let initial: [String: NestedNumbers]
    let output: NestedNumbers
    let above: NestedNumbers
    let imageGradient: NestedNumbers
    let gradients: [String: NestedNumbers]
    let after: [String: NestedNumbers]
    let evaluation: NestedNumbers
  }

  static let files = ["convolutions", "poolings", "batch-norm-images"]

  @Test(arguments: files, [1, 3]) func aLayerIsThatOfPyTorch(file: String, threads: Int) throws {
    let examples = try NestedNumbers.fixture(file, as: File.self).examples
    #expect(!examples.isEmpty)
    let team = ThreadTeam(threads: threads)
    for example in examples {
      let what = "\(example.text): "
      var network = try Network(example.text, weights: example.initial, for: example.images.samples.shape)
      var pass = Pass(for: network)
      pass.input = example.images.samples
      pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: 0), team: team)
      expectAlike(pass.output.elements, example.output.samples.elements, 1e-5, what + "output")
      pass.outputGradient = example.above.samples
      pass.backward(&network, needsInputGradient: true, team: team)
      expectAlike(
        pass.inputGradient.elements, example.imageGradient.samples.elements, 1e-5, what + "gradient of images"
      )
      for tensor in network.gradients {
        expectAlike(
          tensor.values, try #require(example.gradients[tensor.name]).elements, 1e-5,
          what + "gradient of \(tensor.name)")
      }
      for tensor in network.stateDictionary {
        expectAlike(
          tensor.values, try #require(example.after[tensor.name]).elements, 1e-5, what + tensor.name)
      }
      pass.input = example.images.samples
      pass.forward(network, team: team)
      expectAlike(pass.output.elements, example.evaluation.samples.elements, 1e-5, what + "evaluation")
    }
  }
}
