package import Datasets
import Dispatch
package import Experiment
import Messages
import NeuralNetwork
import Platform
import TerminalUI
import Training

/// Answers what is asked of recorded runs from the checkpoints that they kept, one question after the other in the
/// background: nobody waits for it.
package final class RecordedCheckpoints: Sendable {
  /// Where the answers of a run come from.
  package enum Origin: Hashable, Sendable {
    /// Weights, in words: `latest, step 2350`.
    case weights(String)
    /// Nothing, and why.
    case nothing(String)
  }

  /// What is known so far.
  package struct Findings: Sendable {
    /// The test images that answers are about.
    package fileprivate(set) var images: (test: LabeledImages, dataset: DatasetDescription)?
    /// Where the answers of each run come from.
    package fileprivate(set) var origins: [RunID: Origin] = [:]
  }

  /// The network of a checkpoint, and how far its run was.
  private struct Examined {
    var network: TrainedNetwork
    var position: RunPosition
  }

  private struct State {
    var findings = Findings()
    var networks: [RunID: Examined] = [:]
    /// Questions that wait for their turn.
    var waiting: Set<RunID> = []
    var isStopped = false
  }

  private let sessions: [RecordedSession]
  private let environment: [String: String]
  private let state = Guarded(State())
  private let queue = DispatchQueue(label: "checkpoints", qos: .utility)

  /// The checkpoints of sessions whose runs are numbered through.
  package init(_ sessions: [RecordedSession], environment: [String: String]) {
    self.sessions = sessions
    self.environment = environment
  }

  /// What is known so far.
  package var findings: Findings { state.withLock(\.findings) }

  /// Leaves a question about a run, whose answers go to `events`; another command has no effect.
  ///
  /// To observe a run is to read its checkpoint anew; other questions are about the one that was read last.
  package func ask(_ question: TrainingCommand, of run: RunID, answeringTo events: EventQueue) {
    if question == .observe {
      guard state.withLock({ $0.waiting.insert(run).inserted }) else { return }
    }
    queue.async { [self] in
      if question == .observe { state.withLock { _ = $0.waiting.remove(run) } }
      guard !state.withLock(\.isStopped) else { return }
      answer(question, of: run, to: events)
    }
  }

  /// Leaves what waits for its turn unanswered.
  package func stop() { state.withLock { $0.isStopped = true } }

  private func answer(_ question: TrainingCommand, of run: RunID, to events: EventQueue) {
    do throws(Obstacle) {
      let images = try images(of: run)
      if question == .observe {
        let (examined, words) = try read(run)
        state.withLock {
          $0.networks[run] = examined
          $0.findings.origins[run] = .weights(words)
        }
      }
      guard let examined = state.withLock({ $0.networks[run] }) else { return }
      let answers = examined.network.answers(to: question, step: examined.position.step, images: images)
      for answer in answers { events.publish(TrainingEvent(answer, at: examined.position)) }
    } catch {
      state.withLock { $0.findings.origins[run] = .nothing(error.words) }
    }
  }

  /// Why there is no answer.
  private struct Obstacle: Error {
    var words: String
  }

  /// The session of a run, and the run's number within it.
  private func session(of run: RunID) -> (session: RecordedSession, run: RunID)? {
    var first = 0
    for (place, session) in sessions.enumerated() {
      // Of the last one also those runs are shown that begin later.
      if run.index < first + session.runs.count || place == sessions.count - 1 {
        return (session, RunID(run.index - first))
      }
      first += session.runs.count
    }
    return nil
  }

  // MARK: Weights

  private func read(_ run: RunID) throws(Obstacle) -> (Examined, words: String) {
    guard let (session, own) = session(of: run) else {
      throw Obstacle(words: says("the run is not known", "运行未知"))
    }
    let file = CheckpointFile(folder: session.folder, run: own)
    var problem: RunLogError?
    for (path, title) in [
      (file.resume, says("latest", "最新")),
      (file.previous, says("the checkpoint before the latest", "最新之前的检查点")),
      (file.latest, says("latest", "最新")), (file.best, says("best", "最佳")),
    ] {
      do throws(RunLogError) {
        let weights = try RecordedWeights(path)
        var position = weights.position
        position.run = run
        let step = NumberText.grouped(position.step)
        let damage =
          problem.map {
            says(
              "; \($0.path.folderAndName.name): \($0.problem)", "；\($0.path.folderAndName.name)：\($0.problem)"
            )
          } ?? ""
        return (
          Examined(network: try weights.network(path: path), position: position),
          says("\(title), step \(step)", "\(title)，第 \(step) 步")
            + (weights.epoch == position.epoch
              ? "" : says(", weights of epoch \(weights.epoch)", "，第 \(weights.epoch) 轮的权重")) + damage
        )
      } catch {
        // What is damaged says more than what is not there.
        if error.kind != .missing { problem = problem ?? error }
      }
    }
    throw Obstacle(
      words: problem.map { says("\($0.path): \($0.problem)", "\($0.path)：\($0.problem)") }
        ?? says("no checkpoint in \(session.folder.checkpoints)", "\(session.folder.checkpoints) 中没有检查点"))
  }

  // MARK: Data

  private func images(of run: RunID) throws(Obstacle) -> LabeledImages {
    guard let (session, own) = session(of: run), let first = session.record.runs.first else {
      throw Obstacle(words: says("the run is not known", "运行未知"))
    }
    let runs = session.record.runs
    let wanted = (runs.indices.contains(own.index) ? runs[own.index] : first).configuration.dataset
    if wanted.synthesis != nil { return try dataset(wanted, of: session).test }
    if let (test, dataset) = state.withLock(\.findings.images) {
      guard dataset == wanted else {
        throw Obstacle(
          words: says(
            "learned \(wanted.name), and the images shown are of \(dataset.name)",
            "学习的是 \(wanted.name)，而显示的图像属于 \(dataset.name)"))
      }
      return test
    }
    let dataset = try dataset(wanted, of: session)
    state.withLock { $0.findings.images = (dataset.test, wanted) }
    return dataset.test
  }

  /// The data that a session learned from, where they are still found.
  private func dataset(
    _ wanted: DatasetDescription, of session: RecordedSession
  ) throws(Obstacle) -> Dataset {
    let source = session.record.provenance.dataSource
    let given = source.place == DataSource.Place.argument.key ? source.directory : nil
    do {
      let dataset: Dataset
      do {
        dataset = try Dataset.load(wanted, directory: given, environment: environment)
      } catch {
        // The same data may be elsewhere.
        guard given != nil, error.kind == .missing else { throw error }
        dataset = try Dataset.load(wanted, directory: nil, environment: environment)
      }
      try source.check(dataset, folder: session.folder.path)
      return dataset
    } catch let error as DatasetError {
      throw Obstacle(
        words: says("the images are not there: \(error.description)", "没有图像：\(error.description)"))
    } catch let error as RunLogError {
      throw Obstacle(words: error.description)
    } catch {
      throw Obstacle(words: "\(error)")
    }
  }
}

/// The weights in a file of a recorded run, and what it tells of them.
private struct RecordedWeights {
  let configuration: RunConfiguration
  let weights: [NamedTensor]
  /// How far the run was.
  let position: RunPosition
  /// The epoch that the weights are of.
  let epoch: Int

  /// Reads a file of any kind that a session keeps.
  init(_ path: String) throws(RunLogError) {
    let file = try SafetensorsFile(path: path)
    weights = try CheckpointFile.readWeights(of: file, path: path)
    if let progress = CheckpointFile.progress(of: file) {
      (configuration, position, epoch) = (progress.configuration, progress.position, progress.epochOfWeights)
      return
    }
    guard let configuration = CheckpointFile.configuration(of: file),
      let step = file.metadata["step"].flatMap(Int.init), let epoch = file.metadata["epoch"].flatMap(Int.init)
    else {
      throw RunLogError(
        .invalid, path: path, problem: says("the file does not tell what its weights are", "文件没有说明它的权重是什么"))
    }
    self.configuration = configuration
    self.epoch = epoch
    position = RunPosition(run: RunID(0), step: step, epoch: epoch, batch: 0)
  }

  func network(path: String) throws(RunLogError) -> TrainedNetwork {
    let dataset = configuration.dataset
    do {
      return try TrainedNetwork(
        configuration, weights: weights, sample: configuration.sampleShape, classes: dataset.task.outputCount)
    } catch {
      throw RunLogError(.invalid, path: path, problem: "\(error)")
    }
  }
}
