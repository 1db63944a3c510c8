package import Datasets
package import Experiment
package import NeuralNetwork

/// A network whose training is over, to be asked about images.
package struct TrainedNetwork: Sendable {
  /// Its layers and weights.
  package let network: Network
  private let configuration: RunConfiguration

  /// The network of `configuration`, whose seed is the key of the Monte-Carlo masks, with trained weights.
  ///
  /// - Throws: `StateDictionaryError` if the weights are of another network.
  package init(
    _ configuration: RunConfiguration, weights: [NamedTensor], sample: Shape, classes: Int
  ) throws(StateDictionaryError) {
    network = try RunPlan.Beginning.weights(weights).network(
      of: configuration, sample: sample, classes: classes)
    self.configuration = configuration
  }

  /// What it says of an image, which must exist, with dropout off and in `passes` passes with dropout.
  package func examine(_ place: Int, of images: LabeledImages, passes: Int) -> ExaminedImage {
    examination(of: images).examine(place, passes: passes)
  }

  private func examination(of images: LabeledImages) -> NetworkExamination {
    NetworkExamination(
      network: network, configuration: configuration, images: images, team: ThreadTeam(threads: 1))
  }

  /// What it tells of images in answer to a question, after so many steps of training; nothing to other commands.
  package func answers(
    to question: TrainingCommand, step: Int, images: LabeledImages
  ) -> [TrainingEvent.Kind] {
    // Data that are made are those of its own settings.
    let test =
      configuration.dataset.synthesis?.dataset(configuration.dataset, configuration.syntheticSize).test
    return examination(of: test ?? images)
      .answers(to: question, step: step)
  }
}

extension RunConfiguration {
  /// The default settings with the layers that weights have: those of the network that was published with such names, or a
  /// perceptron, of which they tell neither dropout nor activation.
  package init(shapeOf weights: [NamedTensor]) {
    self.init()
    if let network = NetworkSpecification(publishedWith: weights) {
      writtenNetwork = network
      return
    }
    let linear = weights.filter { $0.shape.count == 2 }.compactMap { tensor in
      tensor.place.map { (place: $0, units: tensor.shape[0]) }
    }
    hiddenWidths = linear.sorted { $0.place < $1.place }.dropLast().map(\.units)
    dropout = hiddenWidths.map { _ in 0 }
    batchNorm = weights.contains { $0.name.hasSuffix(".running_mean") }
    residual = weights.contains { $0.name.contains(".body.") }
  }
}

extension RunConfiguration {
  /// Whether the names of weights tell anything of layers: their places, or where a network was published.
  package static func isTold(by weights: [NamedTensor]) -> Bool {
    weights.contains { $0.place != nil } || NetworkSpecification(publishedWith: weights) != nil
  }
}

extension NamedTensor {
  /// The place of its layer, as `nn.Sequential` names it.
  fileprivate var place: Int? { name.firstIndex(of: ".").flatMap { Int(name[..<$0]) } }
}
