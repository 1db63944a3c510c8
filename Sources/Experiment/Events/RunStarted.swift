internal import Messages

/// A run's description, complete before its first step.
public struct RunStarted: Hashable, Sendable {
  /// What the person calls it, for example `with dropout`.
  public var name: String
  /// All settings.
  public var configuration: RunConfiguration
  /// Trainable numbers of the network.
  public var parameterCount: Int
  /// Images trained on.
  public var trainCount: Int
  /// Images tested on.
  public var testCount: Int
  /// Updates per epoch.
  public var stepsPerEpoch: Int
  /// Threads that compute this run, at its start.
  public var threads: Int
  /// Where it branched off another run, if it did.
  public var forkedFrom: ForkPoint?
  /// Changes that it will make at their steps without anybody asking.
  public var scheduled: [Positioned<SettingChanged>]

  /// Describes a run.
  public init(
    name: String, configuration: RunConfiguration, parameterCount: Int, trainCount: Int,
    testCount: Int, stepsPerEpoch: Int, threads: Int, forkedFrom: ForkPoint? = nil,
    scheduled: [Positioned<SettingChanged>] = []
  ) {
    self.name = name
    self.configuration = configuration
    self.parameterCount = parameterCount
    self.trainCount = trainCount
    self.testCount = testCount
    self.stepsPerEpoch = stepsPerEpoch
    self.threads = threads
    self.forkedFrom = forkedFrom
    self.scheduled = scheduled
  }

  /// Updates of the whole run.
  public var totalSteps: Int { stepsPerEpoch * configuration.epochs }
}

extension RunStarted: EventDetails {
  package static var name: String { "run_started" }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    try self.init(
      name: fields.decode(String.self, forKey: "name"), configuration: RunConfiguration(fields),
      parameterCount: fields.count("parameters"), trainCount: fields.count("train_images"),
      testCount: fields.count("test_images"), stepsPerEpoch: fields.count("steps_per_epoch"),
      threads: fields.count("threads"), forkedFrom: fields.fork(of: position.run))
    guard stepsPerEpoch <= trainCount else {
      throw fields.fault(
        "steps_per_epoch",
        says("an epoch of \(trainCount) images has not so many steps", "\(trainCount) 张图像的一轮没有这么多步"))
    }
    guard fields.contains("scheduled_changes") else { return }
    var list = try fields.nestedUnkeyedContainer(forKey: "scheduled_changes")
    while !list.isAtEnd {
      let fields = try list.nestedContainer(keyedBy: Field.self)
      let position = try fields.position()
      try scheduled.append(Positioned(SettingChanged(fields, at: position), at: position))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("name", name)
    object.add(configuration)
    object.add("parameters", parameterCount)
    object.add("train_images", trainCount)
    object.add("test_images", testCount)
    object.add("steps_per_epoch", stepsPerEpoch)
    object.add("threads", threads)
    object.add(forkedFrom)
    guard !scheduled.isEmpty else { return }
    object.add(
      "scheduled_changes",
      scheduled.map { change in
        var object = JSONObject()
        object.add(change.position)
        change.details.add(to: &object)
        return object
      })
  }
}
