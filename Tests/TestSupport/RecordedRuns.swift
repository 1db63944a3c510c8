package import Experiment
import Foundation
package import Sessions

/// A folder of recorded runs, written as a session writes them, that is removed with its owner.
package final class RecordedRuns {
  private let folder: TemporaryFolder

  package var path: String { folder.path }

  package init() throws { folder = try TemporaryFolder() }

  /// Two complete runs of three epochs, with and without dropout.
  @discardableResult
  package func complete(name: String? = nil, learningRate: Double = 0.5, seed: UInt64 = 1, age: Double = 0)
    throws
    -> RunFolder
  {
    let writer = try begin(name: name, learningRate: learningRate, seed: seed, age: age)
    try write(steps(1...3) + [ended(0), ended(1)], with: writer)
    try writer.finish(at: ScriptedRun.created.timeIntervalSince1970 + 90)
    return writer.folder
  }

  /// Two runs that have begun and are being written as long as the writer lives.
  package func begin(name: String? = nil, learningRate: Double = 0.5, seed: UInt64 = 1, age: Double = 0)
    throws
    -> RunWriter
  {
    let runs = [0, 1].map { run($0, learningRate: learningRate, seed: seed) }
    let writer = try RunWriter(
      RunFolder.claim(in: path, name: name), record: ScriptedRun.record(runs, age: age))
    try write(runs.map(\.started), with: writer)
    return writer
  }

  package func write(_ events: [TrainingEvent], with writer: RunWriter) throws {
    for event in events { try writer.record(event, at: ScriptedRun.created.timeIntervalSince1970) }
  }

  /// The steps and evaluations of some epochs of both runs; A tests better than B.
  package func steps(_ epochs: ClosedRange<Int>) -> [TrainingEvent] {
    epochs.flatMap { epoch in
      [run(0), run(1)].flatMap { [$0.stepsOfEpoch(epoch), $0.evaluated(epoch)] }
    }
  }

  package func changed(_ step: Int, from old: Double, to new: Double) -> TrainingEvent {
    run(0).changed(step, from: old, to: new)
  }

  package func ended(_ index: Int, epoch: Int = 3, _ reason: RunEnded.Reason = .completed) -> TrainingEvent {
    run(index).ended(epoch * ScriptedRun.stepsPerEpoch, reason)
  }

  private func run(_ index: Int, learningRate: Double = 0.5, seed: UInt64 = 1) -> ScriptedRun {
    var run = ScriptedRun(index, seed: seed)
    run.learningRate = learningRate
    run.testAccuracies = (1...10).map { 0.75 + 0.03125 * Double($0) - 0.0625 * Double(index) }
    return run
  }
}

extension String {
  /// The lines, each with single blanks between its words.
  package var tidyLines: [String] {
    components(separatedBy: "\n").map { $0.split(separator: " ").joined(separator: " ") }
  }
}
