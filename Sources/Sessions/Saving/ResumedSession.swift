package import Datasets
package import Experiment
import Messages
import NeuralNetwork
package import Platform
import TerminalUI
package import Training

/// A session that is gone on with: where its runs are, and what was before.
package struct ResumedSession {
  /// Its folder.
  package let folder: RunFolder
  /// What it was asked to do.
  package let record: RunRecord
  /// The runs from their checkpoints on.
  package private(set) var plans: [RunPlan] = []
  /// Updates that each run has behind it.
  package private(set) var steps: [RunID: Int] = [:]
  /// What happened up to there.
  package private(set) var past: [TrainingEvent] = []
  /// The runs that are gone on with from the checkpoint before the latest one.
  package private(set) var wentBack: Set<RunID> = []
  /// What is strange about the folder, a sentence each.
  package private(set) var notes: [String] = []
  /// Held before anything is read: who goes on from what another program has since gone on from would undo that.
  let lock: FolderLock

  /// Reads the session's folder, its name within `directory`, or the latest one there.
  ///
  /// - Throws: `Failure` if there is no such session, it is damaged, or it was made with other data.
  package init(
    _ name: String, in directory: String, dataset: Dataset, previous: Bool, epochs: Int?
  ) throws(Failure) {
    do throws(RunLogError) {
      folder = try RunFolder.find(name, in: directory)
      lock = try FolderLock(folder.path)
      let reader = RunReader(folder)
      record = try reader.record()
      let recorded = try reader.events()
      let session = recorded.session(record)
      notes = recorded.notes
      try record.check(dataset, folder: folder)
      let initial = try folder.initialBeginning
      for (index, run) in record.runs.enumerated() {
        let id = RunID(index)
        let checkpoint = try checkpoint(of: id, run, previous: previous, images: dataset.train.count)
        add(
          id, run, session[id], initial: initial, checkpoint: checkpoint,
          events: recorded.events.map(\.event).filter { $0.run == id }, epochs: epochs)
      }
    } catch {
      throw Failure(saving: error)
    }
    try check(epochs: epochs)
  }

  /// Checks that no run has begun more epochs than it is to make.
  private func check(epochs: Int?) throws(Failure) {
    guard let epochs else { return }
    for (index, plan) in plans.enumerated() where !plan.isRemoved {
      guard case .checkpoint(let checkpoint) = plan.beginning else { continue }
      let begun = checkpoint.progress.position.epoch
      guard epochs < begun else { continue }
      throw Failure(
        status: .usage,
        message: says(
          "--epochs \(epochs): run \(RunID(index).letter) has begun epoch \(begun). "
            + "Give at least \(begun), or leave it out to make the epochs that were planned.",
          "--epochs \(epochs)：运行 \(RunID(index).letter) 已开始第 \(begun) 轮。请至少给出 \(begun)，或去掉它以完成原定的轮数。"))
    }
  }

  /// The figures of each run's best epoch so far, whose weights are there.
  ///
  /// - Throws: `RunLogError` if the weights cannot be read.
  package var best: [RunID: Measurements] {
    get throws(RunLogError) {
      var best: [RunID: Measurements] = [:]
      for (run, step) in steps {
        // Weights of a later epoch are made again, and written if they are there too early.
        let figures = try CheckpointFile(folder: folder, run: run).bestFigures
        if let figures, figures.step <= step { best[run] = figures.metrics }
      }
      return best
    }
  }

  /// The checkpoints that runs are gone on with from.
  package var checkpoints: [RunID: Checkpoint] {
    var checkpoints: [RunID: Checkpoint] = [:]
    for (index, plan) in plans.enumerated() {
      if case .checkpoint(let checkpoint) = plan.beginning { checkpoints[RunID(index)] = checkpoint }
    }
    return checkpoints
  }

  /// From where the session goes on, in words.
  package var sentence: String {
    let places = plans.enumerated().filter { !$1.isRemoved }.map { index, plan in
      if case .fork = plan.beginning, let fork = plan.forkedFrom {
        return says(
          "\(RunID(index).letter) from \(fork.run.letter) after step \(NumberText.grouped(fork.step))",
          "\(RunID(index).letter) 自 \(fork.run.letter) 的第 \(NumberText.grouped(fork.step)) 步之后")
      }
      return says(
        "\(RunID(index).letter) after step \(NumberText.grouped(steps[RunID(index)] ?? 0))",
        "\(RunID(index).letter) 在第 \(NumberText.grouped(steps[RunID(index)] ?? 0)) 步之后")
    }
    return says(
      "Resumed \(folder.path): \(places.joined(separator: ", ")).",
      "已恢复 \(folder.path)：\(places.joined(separator: "，"))。")
  }

  private mutating func add(
    _ id: RunID, _ run: RunRecord.Run, _ history: RunHistory, initial: RunPlan.Beginning,
    checkpoint: Checkpoint?, events: [TrainingEvent], epochs: Int?
  ) {
    var checkpoint = checkpoint
    let position = checkpoint?.progress.position ?? .beginning(of: id)
    // Figures that were not kept are measured again.
    if !history.epochs.contains(where: { $0.position == position }) { checkpoint?.progress.metrics = nil }
    // A restart may have had another seed than was planned.
    let first = RunPlan.First(
      configuration: history.initialConfiguration, beginning: run.beginning(initial))
    let configuration = checkpoint?.progress.configuration ?? first.configuration
    var changes = Self.changes(from: position.step, history)
    if let epochs {
      changes.removeAll { $0.setting == .epochs }
      let change = SettingChanged(
        .epochs, from: .integer(configuration.epochs), to: .integer(epochs))
      changes.insert(Positioned(change, at: position), at: 0)
    }
    var plan = RunPlan(
      name: run.name, configuration: configuration,
      beginning: checkpoint.map { .checkpoint($0) } ?? first.beginning,
      schedule: RunPlan.Schedule(changes: changes), forkedFrom: run.forkedFrom)
    plan.first = first
    plan.isRemoved = run.isRemoved
    plans.append(plan)
    if let checkpoint, !run.isRemoved {
      let lost = LostEpochs(behind: checkpoint, history, of: epochs ?? configuration.epochs)
      if let sentence = lost.sentence(run: id, in: folder) { notes.append(sentence) }
    }
    // A fork that was not kept is made again, from its beginning.
    if checkpoint != nil || run.forkedFrom == nil { steps[id] = position.step }
    past += events.filter { $0.isBehind(position.step) }
    if run.isRemoved {
      past += [
        TrainingEvent(.runEnded(RunEnded(.stopped)), at: position),
        TrainingEvent(.runRemoved(RunRemoved()), at: position),
      ]
    }
  }

  /// What a person changed after a step, and what was to change then but was not yet, in the order of the steps.
  private static func changes(from step: Int, _ history: RunHistory) -> [Positioned<SettingChanged>] {
    let made = history.changes
    let stepsMade = Set(made.map(\.position.step))
    let waiting = (history.started?.scheduled ?? []).filter { !stepsMade.contains($0.position.step) }
    return (made + waiting).filter { $0.position.step >= step }
      .enumerated().sorted { ($0.element.position.step, $0.offset) < ($1.element.position.step, $1.offset) }
      .map(\.element)
  }

  private mutating func checkpoint(
    of id: RunID, _ run: RunRecord.Run, previous: Bool, images: Int
  ) throws(RunLogError) -> Checkpoint? {
    let file = CheckpointFile(folder: folder, run: id)
    // A fork has one checkpoint only as long as it has just begun.
    if previous, id.index == 0 || Files.exists(file.previous) {
      let checkpoint = try CheckpointFile.read(file.previous)
      try checkpoint.check(id, path: file.previous, images: images)
      wentBack.insert(id)
      return checkpoint
    }
    // A kill can come after the older one was put aside and before the newer one was in its place.
    let paths: [String] = [file.resume, file.previous]
    guard let path = paths.first(where: Files.mayExist) else { return nil }
    do throws(RunLogError) {
      let checkpoint = try CheckpointFile.read(path)
      try checkpoint.check(id, path: path, images: images)
      return checkpoint
    } catch {
      guard error.kind == .invalid, path == file.resume else { throw error }
      throw RunLogError(
        .invalid, path: error.path, problem: error.problem,
        remedy: says(
          "The checkpoint before it can be used with --resume \(folder.path) --previous",
          "可用 --resume \(folder.path) --previous 使用它之前的检查点"))
    }
  }
}

extension RunFolder {
  /// The weights that the session began with, if they were made elsewhere.
  package var initialWeights: String { checkpoints + "/initial.safetensors" }

  /// How the session's runs began that are no forks.
  ///
  /// - Throws: `RunLogError` if the weights are there and cannot be read.
  package var initialBeginning: RunPlan.Beginning {
    get throws(RunLogError) {
      do {
        return try .weights(CheckpointFile.readWeights(initialWeights))
      } catch {
        guard error.kind == .missing else { throw error }
        return .initialization
      }
    }
  }
}

extension RunRecord.Run {
  /// How the run began, where those that are no forks began so.
  package func beginning(_ initial: RunPlan.Beginning) -> RunPlan.Beginning {
    forkedFrom == nil ? initial : .fork
  }
}

extension Checkpoint {
  /// Checks that a run with so many images in the training set can go on from here, before anything is made as large as
  /// the settings say.
  func check(_ run: RunID, path: String, images: Int) throws(RunLogError) {
    func fail(_ problem: String) -> RunLogError { RunLogError(.invalid, path: path, problem: problem) }
    let configuration = progress.configuration
    do {
      try configuration.validate(trainingImages: images)
    } catch {
      throw fail(error.problem)
    }
    guard progress.position.run == run else {
      throw fail(
        says(
          "the checkpoint is of run \(progress.position.run.letter)",
          "检查点属于运行 \(progress.position.run.letter)"))
    }
    guard progress.isReachable(trainCount: configuration.trainCount(available: images)) else {
      throw fail(says("the run cannot have come so far", "运行不可能到达这里"))
    }
    guard let needed = configuration.networkEstimate?.parameters,
      needed <= weights.reduce(0, { $0 + $1.values.count })
    else {
      throw fail(says("the weights are of a smaller network than the settings", "权重属于比设置更小的网络"))
    }
    guard !optimizer.numbers.values.contains(where: { $0.contains { $0.contains(where: \.isNaN) } }) else {
      throw fail(says("what the optimizer remembers has a number that is NaN", "优化器记住的内容中有 NaN"))
    }
  }
}

extension TrainingEvent {
  /// Whether it tells of something up to a step that can be shown again.
  fileprivate func isBehind(_ step: Int) -> Bool {
    switch kind {
    case .runStarted, .runRenamed: true
    case .stepsCompleted, .epochEvaluated: position.step <= step
    case .settingChanged: position.step < step
    default: false
    }
  }
}
