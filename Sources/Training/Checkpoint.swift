package import Experiment
internal import Messages
package import NeuralNetwork

/// All there is to a run between two steps: whoever goes on from here makes the same steps, to the bit.
///
/// Every random number depends on its position only, so the position stands for all random streams.
package struct Checkpoint: Sendable {
  /// How far the run is.
  package var progress: CheckpointProgress
  /// Weights and running statistics, named as PyTorch names them.
  package var weights: [NamedTensor]
  /// What the optimiser remembers.
  package var optimizer: OptimizerState
  /// The weights of the best epoch, where a run may stop early; otherwise empty.
  package var bestWeights: [NamedTensor]

  /// A run at `progress`.
  package init(
    progress: CheckpointProgress, weights: [NamedTensor], optimizer: OptimizerState,
    bestWeights: [NamedTensor] = []
  ) {
    self.progress = progress
    self.weights = weights
    self.optimizer = optimizer
    self.bestWeights = bestWeights
  }
}

/// How far a run is: the part of a checkpoint that is few numbers.
package struct CheckpointProgress: Hashable, Sendable {
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
  package var earlyStopping: EarlyStopping.Progress?

  /// A run at `position`.
  package init(
    name: String, configuration: RunConfiguration, epochConfiguration: RunConfiguration? = nil,
    position: RunPosition, completedEpochs: Int,
    running: StepsCompleted, trainingSeconds: Double, secondsBeforeEpoch: Double,
    lastStep: Measurements = [:], metrics: Measurements?, earlyStopping: EarlyStopping.Progress? = nil
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

extension CheckpointProgress {
  /// The epoch that the weights are of, or that they are on their way to.
  package var epochOfWeights: Int {
    guard let earlyStopping, earlyStopping.hasEnded, let best = earlyStopping.best else {
      return position.epoch
    }
    return best.epoch
  }
}

extension Checkpoint {
  /// The same as the beginning of `run`, which branches off here with the settings of `plan`.
  func beginning(_ run: RunID, of plan: RunPlan) -> Checkpoint {
    var fork = self
    fork.progress.name = plan.name
    fork.progress.configuration = plan.configuration
    fork.progress.position.run = run
    guard plan.configuration.earlyStopping != nil, let search = progress.earlyStopping else {
      (fork.progress.earlyStopping, fork.bestWeights) = (nil, [])
      return fork
    }
    // Who changes a setting wants to see what it does.
    if plan.configuration != progress.configuration {
      var continued = EarlyStopping(search, weights: bestWeights)
      continued.goOn()
      fork.progress.earlyStopping = continued.progress
    }
    return fork
  }
}

extension CheckpointProgress: Decodable {
  private static let fields: Set = [
    "name", "configuration", "epoch_configuration", "position", "completed_epochs", "running",
    "training_seconds",
    "seconds_before_epoch", "last_step", "metrics", "early_stopping",
  ]

  /// Reads the fields, and checks all that can be known without the data.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    try fields.checkFields(Self.fields)
    func inner(_ field: Field) throws -> FieldDecoder {
      try fields.nestedContainer(keyedBy: Field.self, forKey: field)
    }
    name = try fields.decode(String.self, forKey: "name")
    func settings(_ field: Field) throws -> RunConfiguration {
      let settings = try inner(field)
      try settings.checkFields(FieldDecoder.ofDataset.union(Setting.allCases.map(\.key)))
      return try RunConfiguration(settings)
    }
    configuration = try settings("configuration")
    epochConfiguration = try settings("epoch_configuration")
    position = try inner("position").position()
    completedEpochs = try fields.count("completed_epochs")
    running = try StepsCompleted(inner("running"))
    trainingSeconds = try fields.seconds("training_seconds")
    secondsBeforeEpoch = try fields.seconds("seconds_before_epoch")
    lastStep = try inner("last_step").measurements()
    metrics = fields.contains("metrics") ? try inner("metrics").measurements() : nil
    earlyStopping =
      fields.contains("early_stopping") ? try EarlyStopping.Progress(inner("early_stopping")) : nil
    guard position.epoch <= RunConfiguration.largestEpochCount,
      completedEpochs == position.epoch || completedEpochs == position.epoch - 1
    else { throw fields.fault("completed_epochs", says("they do not fit the epoch", "与轮数不符")) }
    guard earlyStopping?.best.map({ $0.epoch <= completedEpochs }) ?? true else {
      throw fields.fault("early_stopping", says("the best epoch is not complete", "最佳的一轮尚未完成"))
    }
  }

  package var json: JSONObject {
    var object = JSONObject()
    var inner = (
      settings: JSONObject(), epochSettings: JSONObject(), position: JSONObject(), running: JSONObject()
    )
    object.add("name", name)
    inner.settings.add(configuration)
    object.add("configuration", inner.settings)
    inner.epochSettings.add(epochConfiguration)
    object.add("epoch_configuration", inner.epochSettings)
    inner.position.add(position)
    object.add("position", inner.position)
    object.add("completed_epochs", completedEpochs)
    running.add(to: &inner.running)
    object.add("running", inner.running)
    object.add("training_seconds", trainingSeconds)
    object.add("seconds_before_epoch", secondsBeforeEpoch)
    var last = JSONObject()
    last.add(lastStep)
    object.add("last_step", last)
    if let metrics {
      var figures = JSONObject()
      figures.add(metrics)
      object.add("metrics", figures)
    }
    if let earlyStopping { object.add("early_stopping", earlyStopping.json) }
    return object
  }

  /// Whether a run that learns from `trainCount` images can have come so far: no epoch has more steps than images.
  package func isReachable(trainCount: Int) -> Bool {
    let batchSize = epochConfiguration.batchSize
    let stepsPerEpoch = (trainCount + batchSize - 1) / batchSize
    let earlier = position.step - position.batch
    return position.batch <= stepsPerEpoch && running.samples <= trainCount
      && (completedEpochs < position.epoch || position.batch > 0)
      && (position.epoch - 1...(position.epoch - 1) * trainCount).contains(earlier)
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
