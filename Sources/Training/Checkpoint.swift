package import Experiment
package import NeuralNetwork

/// All there is to a run between two steps: whoever goes on from here makes the same steps, to the bit.
///
/// Every random number depends on its position only, so the position stands for all random streams.
package struct Checkpoint: Sendable {
  /// Where the run is.
  package var place: CheckpointPlace
  /// Weights and running statistics, named as PyTorch names them.
  package var weights: [NamedTensor]
  /// What the optimiser remembers.
  package var optimizer: OptimizerState
  /// The weights of the best epoch, where a run may stop early; otherwise empty.
  package var bestWeights: [NamedTensor]

  /// A run at `place`.
  package init(
    place: CheckpointPlace, weights: [NamedTensor], optimizer: OptimizerState, bestWeights: [NamedTensor] = []
  ) {
    self.place = place
    self.weights = weights
    self.optimizer = optimizer
    self.bestWeights = bestWeights
  }
}

/// Where a run is: the part of a checkpoint that is few numbers.
package struct CheckpointPlace: Codable, Hashable, Sendable {
  /// What the person calls the run.
  package var name: String
  /// The settings in force.
  package var configuration: RunConfiguration
  /// The settings with which the epoch began that is under way.
  package var epochConfiguration: RunConfiguration
  /// Updates made, epoch and batch.
  package var position: RunPosition
  /// Epochs that are complete and measured.
  package var completedEpochs: Int
  /// The figures of the steps of the epoch that is under way.
  package var running: StepsCompleted
  /// Seconds of training since the run began.
  package var trainingSeconds: Double
  /// Seconds of training before the epoch that is under way.
  package var secondsBeforeEpoch: Double
  /// What was measured of the last step that ended an epoch.
  package var lastStep: Measurements
  /// The measured figures of the epoch that has just ended, or was restored; `nil` within an epoch.
  package var metrics: Measurements?
  /// What is known of the best epoch, where a run may stop early.
  package var earlyStopping: EarlyStopping.Place?

  /// A place in a run.
  package init(
    name: String, configuration: RunConfiguration, epochConfiguration: RunConfiguration? = nil,
    position: RunPosition, completedEpochs: Int,
    running: StepsCompleted, trainingSeconds: Double, secondsBeforeEpoch: Double,
    lastStep: Measurements = [:], metrics: Measurements?, earlyStopping: EarlyStopping.Place? = nil
  ) {
    self.name = name
    self.configuration = configuration
    self.epochConfiguration = epochConfiguration ?? configuration
    self.position = position
    self.completedEpochs = completedEpochs
    self.running = running
    self.trainingSeconds = trainingSeconds
    self.secondsBeforeEpoch = secondsBeforeEpoch
    self.lastStep = lastStep
    self.metrics = metrics
    self.earlyStopping = earlyStopping
  }
}

extension CheckpointPlace {
  /// The epoch that the weights are of, or that they are on their way to.
  package var epochOfWeights: Int {
    guard let earlyStopping, earlyStopping.hasEnded, let best = earlyStopping.best else {
      return position.epoch
    }
    return best.epoch
  }
}

extension Checkpoint {
  /// The same place as the beginning of `run`, which branches off here with the settings of `plan`.
  func beginning(_ run: RunID, of plan: RunPlan) -> Checkpoint {
    var fork = self
    fork.place.name = plan.name
    fork.place.configuration = plan.configuration
    fork.place.position.run = run
    fork.place.running.position.run = run
    guard plan.configuration.earlyStopping != nil, let search = place.earlyStopping else {
      (fork.place.earlyStopping, fork.bestWeights) = (nil, [])
      return fork
    }
    // Who changes a setting wants to see what it does.
    if plan.configuration != place.configuration {
      var continued = EarlyStopping(search, weights: bestWeights)
      continued.goOn()
      fork.place.earlyStopping = continued.place
    }
    return fork
  }
}

/// Takes checkpoints of the runs while they are made.
package struct CheckpointSink: Sendable {
  /// How long a run goes on at most without one.
  package var interval: Duration
  /// Takes one: at the end of each epoch, when a run is stopped, and as time passes.
  ///
  /// A fork's first one comes before any later one of the run that it branches off.
  package var save: @Sendable (Checkpoint) -> Void

  /// Calls `save` with each checkpoint.
  package init(interval: Duration, save: @escaping @Sendable (Checkpoint) -> Void) {
    self.interval = interval
    self.save = save
  }
}
