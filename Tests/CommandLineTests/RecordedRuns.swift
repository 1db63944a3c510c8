import Datasets
import Experiment
import Foundation
import Sessions

/// A folder of recorded runs, written as a session writes them, that is removed with its owner.
final class RecordedRuns {
  static let created = Date(timeIntervalSince1970: 1_763_710_000)
  static let stepsPerEpoch = 20

  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
      .path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Two complete runs of three epochs, with and without dropout.
  @discardableResult
  func complete(name: String? = nil, learningRate: Double = 0.5, seed: UInt64 = 1, age: Double = 0) throws
    -> RunFolder
  {
    let writer = try begin(name: name, learningRate: learningRate, seed: seed, age: age)
    try write(steps(1...3) + [ended(0), ended(1)], with: writer)
    try writer.finish(at: Self.created.timeIntervalSince1970 + 90)
    return writer.folder
  }

  /// Two runs that have begun and are being written as long as the writer lives.
  func begin(name: String? = nil, learningRate: Double = 0.5, seed: UInt64 = 1, age: Double = 0) throws
    -> RunWriter
  {
    let configurations = [0, 1].map { configuration($0, learningRate: learningRate, seed: seed) }
    let record = RunRecord(
      provenance: Provenance(
        programVersion: "0.1.0", created: Self.created.addingTimeInterval(-age),
        machine: Machine(
          host: "lab", system: "Linux 6.1", architecture: "x86_64", processor: "A \"fast\" one", processors: 2
        ),
        kernels: "avx2",
        dataSource: Provenance.DataSource(
          place: "cache", directory: "/home/ada/.cache/fmnist-tui",
          files: [Provenance.DataSource.File(name: "t10k-labels-idx1-ubyte", sha256: "00ff")])),
      threads: 2,
      runs: configurations.enumerated().map {
        RunRecord.Run(name: Self.name($0.offset), configuration: $0.element)
      })
    let writer = try RunWriter(RunFolder.claim(in: path, name: name), record: record)
    try write(
      configurations.enumerated().map { index, configuration in
        TrainingEvent(
          .runStarted(
            RunStarted(
              name: Self.name(index), configuration: configuration, parameterCount: 269_322, trainCount: 5120,
              testCount: 1000, stepsPerEpoch: Self.stepsPerEpoch, threads: 1)),
          at: .beginning(of: RunID(index)))
      }, with: writer)
    return writer
  }

  func write(_ events: [TrainingEvent], with writer: RunWriter) throws {
    for event in events { try writer.record(event, at: Self.created.timeIntervalSince1970) }
  }

  /// The steps and evaluations of some epochs of both runs; A tests better than B.
  func steps(_ epochs: ClosedRange<Int>) -> [TrainingEvent] {
    epochs.flatMap { epoch in
      [0, 1].flatMap { run -> [TrainingEvent] in
        let test = 0.75 + 0.03125 * Double(epoch) - 0.0625 * Double(run)
        let position = Self.position(run, step: epoch * Self.stepsPerEpoch)
        return [
          TrainingEvent(
            .stepsCompleted(
              StepsCompleted(
                count: Self.stepsPerEpoch, samples: 5120, lossSum: 2560, correct: 3840,
                trainingSeconds: 1.25 * Double(epoch))), at: position),
          TrainingEvent(
            .epochEvaluated(
              EpochEvaluated(
                metrics: [
                  .runningTrainLoss: 0.5,
                  .runningTrainAccuracy: 0.75,
                  .trainLoss: 0.375,
                  .trainAccuracy: 0.9375,
                  .testLoss: 1.5 - test,
                  .testAccuracy: test,
                ], trainedSamples: 5120, trainingSeconds: 1.25, evaluationSeconds: 0.5)), at: position),
        ]
      }
    }
  }

  func changed(_ step: Int, from old: Double, to new: Double) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(SettingChanged(.dropout, layer: 1, from: .number(old), to: .number(new))),
      at: Self.position(0, step: step))
  }

  func ended(_ run: Int, epoch: Int = 3, _ reason: RunEnded.Reason = .completed) -> TrainingEvent {
    TrainingEvent(.runEnded(RunEnded(reason)), at: Self.position(run, step: epoch * Self.stepsPerEpoch))
  }

  private func configuration(_ run: Int, learningRate: Double, seed: UInt64) -> RunConfiguration {
    var configuration = RunConfiguration()
    configuration.dropout = run == 0 ? [0.2, 0.5] : [0, 0]
    configuration.learningRate = learningRate
    configuration.seed = seed
    configuration.epochs = 3
    return configuration
  }

  private static func name(_ run: Int) -> String { run == 0 ? "with dropout" : "without dropout" }

  private static func position(_ run: Int, step: Int) -> RunPosition {
    RunPosition(
      run: RunID(run), step: step, epoch: max(step - 1, 0) / stepsPerEpoch + 1,
      batch: step == 0 ? 0 : (step - 1) % stepsPerEpoch + 1)
  }
}

extension String {
  /// The lines, each with single blanks between its words.
  var tidyLines: [String] {
    components(separatedBy: "\n").map { $0.split(separator: " ").joined(separator: " ") }
  }
}
