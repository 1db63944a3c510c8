package import Experiment
internal import Messages
package import NeuralNetwork

/// A run to be made: its name, its settings, and where it begins.
package struct RunPlan: Sendable {
  /// What the person calls it, for example `with dropout`.
  package var name: String
  /// All settings.
  package var configuration: RunConfiguration
  /// Where it begins.
  package var beginning: Beginning
  /// What is to happen at given steps without anybody asking.
  package var schedule: Schedule
  /// Where it branches off another run, if it does.
  package var forkedFrom: ForkPoint?
  /// How it once began, if it is gone on with.
  package var first: First?
  /// Whether it was removed from the session: it keeps its letter, and nothing is done.
  package var isRemoved = false

  /// Where a run begins.
  package enum Beginning: Sendable {
    /// With weights drawn as the settings say.
    case initialization
    /// With weights made elsewhere.
    case weights([NamedTensor])
    /// Where it was left.
    case checkpoint(Checkpoint)
    /// With all that the run has that it is forked from, once that one is there.
    case fork
  }

  /// How a run began that is gone on with.
  package struct First: Sendable {
    /// Its settings then.
    package var configuration: RunConfiguration
    /// Where it began.
    package var beginning: Beginning

    /// A beginning of a run.
    package init(configuration: RunConfiguration, beginning: Beginning) {
      self.configuration = configuration
      self.beginning = beginning
    }
  }

  /// Live changes that are made again, and a stop.
  package struct Schedule: Hashable, Sendable {
    /// The changes, by increasing step.
    package var changes: [Positioned<SettingChanged>]
    /// Updates after which the run stops.
    package var stop: Int?

    /// Changes to be made again, and a stop if there was one.
    package init(changes: [Positioned<SettingChanged>] = [], stop: Int? = nil) {
      self.changes = changes
      self.stop = stop
    }
  }

  /// A run to be made.
  package init(
    name: String, configuration: RunConfiguration, beginning: Beginning = .initialization,
    schedule: Schedule = Schedule(), forkedFrom: ForkPoint? = nil
  ) {
    self.name = name
    self.configuration = configuration
    self.beginning = beginning
    self.schedule = schedule
    self.forkedFrom = forkedFrom
  }

  /// Checks that the network of the settings can begin with the weights that are given.
  ///
  /// - Throws: `StateDictionaryError` if they are of another network.
  package func checkWeights(sample: Shape, classes: Int) throws(StateDictionaryError) {
    var configuration = configuration
    // To draw weights takes long, and tells nothing.
    configuration.initialization = .constant(0)
    _ = try beginning.network(of: configuration, sample: sample, classes: classes)
  }
}

extension RunPlan.Beginning {
  /// The network at the beginning.
  func network(of configuration: RunConfiguration, sample: Shape, classes: Int) throws(StateDictionaryError)
    -> Network
  {
    var network: Network
    do throws(SpecificationError) {
      network = try configuration.makeNetwork(sample: sample, classes: classes)
    } catch {
      throw StateDictionaryError(description: error.description)
    }
    switch self {
    case .initialization, .fork: break
    case .weights(let tensors): try network.load(tensors)
    case .checkpoint(let checkpoint):
      try network.check(bestOf: checkpoint)
      try network.load(checkpoint.weights)
      guard checkpoint.optimizer.fits(network) else {
        throw StateDictionaryError(
          description: says("what the optimiser remembers is of another network", "优化器记住的内容属于另一个网络"))
      }
    }
    return network
  }
}

extension Network {
  /// Checks that the best epoch's weights can be gone back to; the network has these then.
  fileprivate mutating func check(bestOf checkpoint: Checkpoint) throws(StateDictionaryError) {
    guard checkpoint.progress.earlyStopping?.best != nil else { return }
    do {
      try load(checkpoint.bestWeights)
    } catch {
      throw StateDictionaryError(
        description: says(
          "of the best epoch's weights, \(error.description)", "最佳一轮的权重有误：\(error.description)"))
    }
  }
}
