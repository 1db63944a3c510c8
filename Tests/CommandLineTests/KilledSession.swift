import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// A command that is killed, what was there before, and the command that goes on after it.
struct KilledSession: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The command that is killed.
  let killed: [String]
  /// What makes the folder that it begins in; `nil` for an empty one.
  var before: [String]?
  /// Lines that a person has added to `commands.jsonl` by then.
  var changes: [TrainingEvent] = []
  /// The command that goes on; with `killed` if it is itself one that goes on.
  let resume: [String]

  /// Whether the data are made.
  var isMade = false

  private static let quiet = ["--no-tui", "--quiet"]

  /// A training session that is killed.
  init(_ title: String, _ settings: [String]) {
    testDescription = title
    killed = ResumeTests.Runs.settings + ["--checkpoint-every", "0.1", "--name", "session"] + settings
    resume = Self.quiet + ["--resume", "session"]
  }

  /// A session that has ended, is gone on with, and is killed then.
  init(_ title: String, after settings: [String], changes: [TrainingEvent] = [], resume: [String]) {
    testDescription = title
    before = ResumeTests.Runs.settings + ["--name", "session"] + settings
    self.changes = changes
    killed = Self.quiet + ["--checkpoint-every", "0.1", "--resume", "session"] + resume
    self.resume = killed
  }

  /// A regression that is killed.
  init(_ title: String, regression settings: [String]) {
    testDescription = title
    killed =
      Self.quiet + ["--dataset", "linear", "--checkpoint-every", "0.1", "--name", "session"] + settings
    resume = Self.quiet + ["--resume", "session"]
    isMade = true
  }

  /// A sweep that is killed.
  init(_ title: String, sweep: [String]) {
    testDescription = title
    killed = ["sweep"] + Self.quiet + ["--name", "session"] + sweep
    resume = ["sweep"] + Self.quiet + ["--resume", "session"]
  }

  /// Sessions that differ in what they keep.
  static let all: [KilledSession] = [
    KilledSession("as by default", []),
    KilledSession("Adam and batch norm", ["--optimizer", "adam", "--lr", "0.01", "--batch-norm"]),
    KilledSession(
      "momentum, weight decay, L1 and clipping",
      ["--momentum", "0.9", "--lr", "0.1", "--weight-decay", "0.001", "--l1", "0.0001", "--clip-norm", "1"]),
    KilledSession(
      "augmentation, label smoothing and noise",
      ["--augment", "flip,shift=1", "--label-smoothing", "0.1", "--label-noise", "0.2"]),
    KilledSession(
      "held-out images, early stopping and a schedule",
      ["--validation", "64", "--early-stopping", "2", "--schedule", "cosine", "--warmup", "0.5"]),
    KilledSession(
      "a regression on data that are made",
      regression: [
        "--samples", "2000", "--epochs", "6", "--momentum", "0.5", "--lr", "0.001", "--versus",
        "weight-decay=0.5",
      ]),
    KilledSession("forks", ["--fork", "12:lr=0.1", "--fork", "C@14:"]),
    KilledSession("replicates", ["--replicates", "3"]),
    KilledSession(
      "a sweep",
      sweep: [
        "--train-size", "512", "--batch-size", "64", "--hidden", "16", "--dropout", "0,0.5", "--lr",
        "0.1,0.5",
        "--epochs", "2", "--threads", "2",
      ]),
    KilledSession(
      "dropout changed on the way", after: ["--epochs", "2"],
      changes: [
        TrainingEvent(
          .settingChanged(SettingChanged(.dropout, layer: 0, from: .number(0.3), to: .number(0.6))),
          at: RunPosition(run: RunID(0), step: 18, epoch: 3, batch: 2))
      ], resume: ["--epochs", "4"]),
    KilledSession("further epochs", after: ["--epochs", "2", "--no-compare"], resume: ["--epochs", "6"]),
  ]

  /// Makes what is there before.
  func prepare(_ runs: ResumeTests.Runs) throws {
    try FileManager.default.createDirectory(at: runs.folder, withIntermediateDirectories: true)
    guard let before else { return }
    #expect(try runs.run(before).status == 0)
    guard !changes.isEmpty else { return }
    let lines = changes.map { TimedEvent($0, time: 1).line }
    try LineFile(appendingTo: RunFolder(path: runs.path("session")).commands).append(lines)
  }

  /// What the session has left, apart from times.
  func kept(_ runs: ResumeTests.Runs) throws -> Kept {
    if killed.first == "sweep" {
      let results = try SweepTests.Sweeps.results(in: SweepFolder(path: runs.path("session")))
      return Kept(cells: Set(results.map { Kept.Cell(key: $0.key, step: $0.step, metrics: $0.metrics) }))
    }
    let folder = RunFolder(path: runs.path("session"))
    let reader = RunReader(folder)
    let summary = try reader.summary().runs
    let history = try reader.events().session(reader.record()).runs
    return try Kept(
      runs: zip(summary, history).enumerated().map { index, run in
        let file = CheckpointFile(folder: folder, run: RunID(index))
        return try Kept.Run(
          weights: run.0.weightsSHA256, latest: CheckpointFile.hash(CheckpointFile.readWeights(file.latest)),
          newest: CheckpointFile.hash(CheckpointFile.readWeights(file.newest)),
          best: CheckpointFile.hash(CheckpointFile.readWeights(file.best)),
          epochs: run.1.epochs.map { Kept.Epoch(position: $0.position, metrics: $0.metrics) },
          changes: run.1.changes)
      })
  }

  /// What a session has left, apart from times.
  struct Kept: Hashable {
    struct Run: Hashable {
      var weights: String?
      var latest, newest, best: String
      var epochs: [Epoch]
      var changes: [Positioned<SettingChanged>]
    }
    struct Epoch: Hashable {
      var position: RunPosition
      var metrics: Measurements
    }
    struct Cell: Hashable {
      var key: SweepRunKey
      var step: Int
      var metrics: Measurements?
    }

    var runs: [Run] = []
    var cells: Set<Cell> = []
  }
}
