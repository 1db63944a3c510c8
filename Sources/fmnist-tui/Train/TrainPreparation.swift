import Datasets
import Experiment
import Messages
import NeuralNetwork
import Platform
import Reports
import Sessions
import Training

/// What a session is made of before its first step, or gone on with.
extension TrainCommand {
  /// Checks what only the data can tell, before anything is written.
  private func check(_ description: SessionDescription, _ dataset: Dataset, source: String) throws {
    let plans = description.plans
    do {
      for plan in plans {
        try plan.configuration.validate()
        try plan.configuration.validate(trainingImages: dataset.train.count)
        try plan.checkFork(among: plans, trainingImages: dataset.train.count)
      }
      try ProcessRoom.demand(threads: plans.count + description.threads)
      // Before anything of their size is made.
      try description.memory(isSaved: !saving.noSave).run()
      for plan in plans {
        try plan.checkWeights(
          sample: plan.configuration.sampleShape, classes: dataset.description.task.outputCount)
      }
    } catch let error as StateDictionaryError {
      throw Failure(
        status: .badData,
        message: says(
          "\(source): these are not the weights of this network: \(error.description).",
          "\(source)：权重不属于这个网络：\(error.description)。"))
    }
  }

  /// A session that is about to begin or to go on.
  struct Prepared {
    var description: SessionDescription
    var saver: RunSaver?
    /// What happened before.
    var past: [TrainingEvent] = []
  }

  func prepare(_ dataset: Dataset) throws -> Prepared {
    var description = SessionDescription(
      version: ProgramVersion.text, dataSource: dataset.source,
      trainCount: dataset.train.count, testCount: dataset.test.count, threads: session.threadCount,
      plans: [], note: nil)
    if let name = saving.resume {
      let resumed = try ResumedSession(
        name, in: saving.runsDir, dataset: dataset, previous: saving.previous,
        epochs: settings[.epochs] == nil ? nil : plans().runs[0].configuration.epochs)
      description.plans = resumed.plans
      description.note = ([resumed.sentence] + resumed.notes).joined(separator: " ")
      try check(description, dataset, source: resumed.folder.path)
      let saver = try RunSaver(resumed, options: saving.plan)
      description.folder = saver.folder.path
      return Prepared(description: description, saver: saver, past: resumed.past)
    }
    let plans = try replicatedPlans()
    description.plans = plans.runs
    let fewer = takeWhatThereIs(of: dataset, &description.plans)
    for index in description.plans.indices {
      description.plans[index].configuration.learn(from: dataset)
    }
    let data = plans.runs.first.map { dataset.data(for: $0.configuration) } ?? dataset
    (description.trainCount, description.testCount) = (data.train.count, data.test.count)
    description.preset = presets.preset
    let idle = plans.runs.map(\.configuration.withoutEffect)
    let alwaysIdle = idle[0].filter { phrase in idle.allSatisfy { $0.contains(phrase) } }
    let notes =
      (plans.note.map { [$0] } ?? []) + (fewer.map { [$0] } ?? []) + alwaysIdle
      + (session.lockstep && plans.runs.count == 1
        ? [says("--lockstep has no effect on a run alone", "只有一个运行时 --lockstep 不起作用")] : [])
    description.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    let weights = try initialWeights()
    if let weights {
      for index in description.plans.indices where description.plans[index].forkedFrom == nil {
        description.plans[index].beginning = .weights(weights)
      }
    }
    try check(description, dataset, source: saving.initFrom ?? "")
    guard !saving.noSave else { return Prepared(description: description) }
    let saver = try RunSaver(description, dataset, options: saving.plan, initialWeights: weights)
    description.folder = saver.folder.path
    return Prepared(description: description, saver: saver)
  }

  /// A folder for the session that begins anew in the dashboard.
  func anew(_ description: SessionDescription, _ dataset: Dataset) throws(Failure) -> RunSaver? {
    guard !saving.noSave else { return nil }
    let weights = description.plans.lazy.compactMap { plan -> [NamedTensor]? in
      if case .weights(let weights) = plan.beginning { weights } else { nil }
    }.first
    return try RunSaver(description, dataset, options: saving.plan.again, initialWeights: weights)
  }

  private func initialWeights() throws(Failure) -> [NamedTensor]? {
    guard let path = saving.initFrom else { return nil }
    do {
      return try CheckpointFile.readWeights(path)
    } catch {
      throw Failure(saving: error)
    }
  }
}
