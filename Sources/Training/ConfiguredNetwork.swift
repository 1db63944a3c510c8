package import Experiment
package import NeuralNetwork

extension RunConfiguration {
  /// The network with its initial weights.
  ///
  /// - Throws: `SpecificationError` if it is none for samples of that shape.
  func makeNetwork(sample: Shape, classes: Int) throws(SpecificationError) -> Network {
    let network = network(outputs: classes)
    return try Network(
      network, input: network.inputShape(of: sample), initialization: initialization, seed: seed,
      inputDropout: inputDropout)
  }

  /// About how many bytes the run takes beside the data, with so many threads.
  package func trainingBytes(trainingImages: Int, threads: Int, isSaved: Bool) -> Double {
    trainingMemory(
      batchSize: min(batchSize, trainCount(available: trainingImages)), threads: threads, isSaved: isSaved
    ).bytes(of: network, input: inputShape)
  }

  /// What training with the optimiser takes of memory, with batches of so many samples.
  package func trainingMemory(batchSize: Int, threads: Int, isSaved: Bool = true) -> TrainingMemory {
    TrainingMemory(
      batchSize: batchSize, threads: threads, remembered: makeOptimizer().remembered, isSaved: isSaved)
  }

  /// The optimiser before its first step.
  func makeOptimizer() -> any Optimizer {
    optimizer.optimizer(
      OptimizerSettings(
        learningRate: learningRate, weightDecay: weightDecay,
        weightDecayScope: decaysBiases ? .allParameters : .weightsOnly, momentum: momentum,
        nesterov: nesterov))
  }

  /// The optimiser with these settings and the memory of another one of its kind.
  func makeOptimizer(goingOnFrom other: any Optimizer) -> any Optimizer {
    var optimizer = makeOptimizer()
    optimizer.state = other.state
    return optimizer
  }

  /// Gives a network what can change of it while it learns.
  func apply(to network: inout Network) {
    for (layer, probability) in dropout.enumerated() {
      network.setDropout(layer, to: probability)
    }
  }

  /// Makes of the gradients what the settings want before each update.
  func adjustGradients(of network: inout Network, team: ThreadTeam) {
    if l1 > 0 { GradientAdjustment.l1(strength: l1).apply(to: &network, team: team) }
    if let clipNorm { GradientAdjustment.clipNorm(clipNorm).apply(to: &network, team: team) }
    if let clipValue { GradientAdjustment.clipValue(clipValue).apply(to: &network, team: team) }
  }
}
