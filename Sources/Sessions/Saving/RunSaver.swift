package import Datasets
package import Experiment
internal import Messages
package import NeuralNetwork
package import Platform
package import Training

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Keeps a session in its folder: figures, live changes, TensorBoard's files and checkpoints.
package struct RunSaver {
  /// The folder.
  package let folder: RunFolder
  private let log: SessionLog
  private let writer: CheckpointWriter
  private let interval: Duration

  /// Begins a folder for a new session.
  ///
  /// - Throws: `Failure` if the name is taken or the system refuses.
  package init(
    _ description: SessionDescription, _ dataset: Dataset, options: SavingPlan,
    initialWeights: [NamedTensor]?
  ) throws(Failure) {
    do throws(RunLogError) {
      folder = try RunFolder.claim(in: options.directory, name: options.name)
    } catch {
      throw Failure(saving: error)
    }
    do throws(RunLogError) {
      if let initialWeights {
        try Folder.make(folder.checkpoints)
        try CheckpointFile.file(initialWeights).write(to: folder.initialWeights)
      }
      log = try SessionLog(
        RunWriter(folder, record: RunRecord(description, dataset, options)),
        tensorBoard: TensorBoardLog(folder.tensorBoard, layout: options.tensorBoardLayout))
    } catch {
      // A session that could not begin leaves nothing that would be listed as a damaged one.
      folder.discard()
      throw Failure(saving: error)
    }
    writer = CheckpointWriter(folder, log: log)
    interval = options.checkpointInterval
  }

  /// Goes on with the folder of a session that was left.
  ///
  /// - Throws: `Failure` if somebody else writes there or the system refuses.
  package init(_ resumed: ResumedSession, options: SavingPlan) throws(Failure) {
    folder = resumed.folder
    let best: [RunID: Measurements]
    do throws(RunLogError) {
      best = try resumed.best
      log = try SessionLog(
        RunWriter(continuing: folder, lock: resumed.lock),
        tensorBoard: TensorBoardLog(folder.tensorBoard, layout: resumed.record.tensorBoardLayout))
      // Only now, as the only one who writes here: what is gone on from is the newest from here on.
      for run in resumed.wentBack { try CheckpointFile(folder: folder, run: run).removeNewest() }
      for (run, checkpoint) in resumed.checkpoints {
        try CheckpointFile(folder: folder, run: run).bringLatest(to: checkpoint)
      }
      // A fork may have been killed after it was kept and before it was listed: its letter is free.
      for run in (resumed.plans.count..<RunID.largestCount).map(RunID.init) {
        try CheckpointFile(folder: folder, run: run).remove()
      }
    } catch {
      throw Failure(saving: error)
    }
    writer = CheckpointWriter(folder, log: log, best: best, latest: resumed.checkpoints.mapValues(\.weights))
    interval = options.checkpointInterval
  }

  /// Takes the checkpoints of the engine.
  package var checkpoints: CheckpointSink {
    let writer = writer
    return CheckpointSink(interval: interval) { writer.save($0) }
  }

  /// What cannot be written at present.
  package var problem: RunLogError? { log.problems.current }

  /// Sentences about what could not be written since this was asked the last time, and is tried again.
  package func takeWarnings() -> [String] {
    log.problems.takeUntold().map {
      says("Warning: \($0.description) It is tried again with what follows.", "警告：\($0.description)之后会再次尝试。")
    }
  }

  /// Whatever is published here is kept.
  package var events: EventQueue { log.events }

  /// Has what was published written; returns at once.
  package func wake() { log.wake() }

  /// Writes what is left and waits until all of it is on the disk.
  ///
  /// - Throws: `Failure` if something could not be written.
  package func finish() throws(Failure) {
    var hashes: [RunID: String] = [:]
    var failure: RunLogError?
    do throws(RunLogError) { hashes = try writer.finish() } catch { failure = error }
    // Where there is no room for a checkpoint there may be some for the figures.
    do throws(RunLogError) { try log.finish(weightsSHA256: hashes) } catch { failure = error }
    if let failure { throw Failure(saving: failure) }
  }
}

extension RunSaver {
  /// Writes what is left, and tells a person where all of it is.
  ///
  /// - Throws: `Failure` if something could not be written.
  package func finishAndTell() throws(Failure) {
    try finish()
    do {
      try StandardStream.output.write(lines: [says("Saved in \(folder.path).", "已保存在 \(folder.path)。")])
    } catch {
      throw Failure(error)
    }
  }
}

extension RunPlan {
  /// The same run without anything that a former session has left.
  package var fromTheBeginning: RunPlan {
    var plan = self
    if let first { (plan.configuration, plan.beginning) = (first.configuration, first.beginning) }
    plan.first = nil
    plan.schedule = Schedule()
    return plan
  }
}

extension Failure {
  /// A failure to keep a session, and how to do without.
  package init(saving error: RunLogError) {
    self.init(error)
    if error.kind == .unwritable || error.kind == .uncreatable {
      message =
        error.description + says(" --no-save trains without keeping anything.", "--no-save 训练而不保存任何内容。")
    }
  }
}

extension RunRecord {
  /// What a session is asked to do.
  package init(_ description: SessionDescription, _ dataset: Dataset, _ options: SavingPlan) {
    self.init(
      provenance: .now(dataset), threads: description.threads, preset: description.preset?.rawValue,
      tensorBoardLayout: options.tensorBoardLayout,
      runs: description.plans.map {
        Run(name: $0.name, configuration: $0.configuration, forkedFrom: $0.forkedFrom)
      })
  }
}

extension Provenance {
  /// That of what this program makes now with these data.
  package static func now(_ dataset: Dataset) -> Provenance {
    Provenance(
      programVersion: ProgramVersion.text, created: Date(), machine: .current, kernels: Kernels.name,
      dataSource: DataSource(
        place: dataset.source.place.key, directory: dataset.source.directory, files: dataset.files))
  }
}

extension Dataset {
  /// The files by their official names, with the hashes of their contents; of other files than MNIST's kind, images and
  /// labels as they are learned from, with the hashes that such files would have.
  package var files: [Provenance.DataSource.File] {
    let isPlain = description.layout == .idx(DatasetDescription.IDXStyle()) && description.imageSize == nil
    let names =
      isPlain
      ? description.files.map(\.name) : ["training images", "training labels", "test images", "test labels"]
    let hashes = [train.imagesSHA256, train.labelsSHA256, test.imagesSHA256, test.labelsSHA256]
    return zip(names, hashes).map(Provenance.DataSource.File.init)
  }
}
