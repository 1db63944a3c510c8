import ArgumentParser
import Datasets
import Experiment
import Foundation
import NeuralNetwork
import Sessions
import TestSupport
import Testing
import Training

@testable import Platform
@testable import fmnist_tui

/// What is kept of a session at the moments at which its program may be killed.
@Suite struct SavingTests {
  private let runs = ResumeTests.Runs()
  private var folder: RunFolder { RunFolder(path: runs.path("exp1")) }
  private func file(_ run: Int = 0) -> CheckpointFile { CheckpointFile(folder: folder, run: RunID(run)) }

  private func train(_ arguments: [String] = []) throws {
    #expect(try runs.run(ResumeTests.Runs.settings + arguments).status == 0)
  }

  /// Trains with checkpoints after epochs 2 and 3: of several in a row a slow disk may get the last one only.
  private func trainInTwoParts() throws {
    try train(["--epochs", "2"])
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--epochs", "3"]).status == 0)
  }

  private func resume(previous: Bool = false) throws -> ResumedSession {
    let dataset = try Dataset.load(directory: Executable.sample, environment: [:])
    return try ResumedSession("exp1", in: runs.path(""), dataset: dataset, previous: previous, epochs: nil)
  }

  private func remove() { try? FileManager.default.removeItem(at: runs.folder) }

  /// Adds a line to what a person did, as if it had been done before the program was killed.
  private func add(_ event: TrainingEvent) throws {
    let line = Data((TimedEvent(event, time: 1).line + "\n").utf8)
    let file = try #require(FileHandle(forWritingAtPath: folder.commands))
    try file.seekToEnd()
    try file.write(contentsOf: line)
    try file.close()
  }

  private func change(at step: Int, to rate: Double) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(SettingChanged(.learningRate, from: .number(0.5), to: .number(rate))),
      at: RunPosition(run: RunID(0), step: step, epoch: (step - 1) / 8 + 1, batch: (step - 1) % 8 + 1))
  }

  private func changesOfRate(_ session: ResumedSession) -> [Double] {
    session.plans[0].schedule.changes.filter { $0.setting == .learningRate }.compactMap(\.newValue.number)
  }

  @Test func aLiveChangeAfterTheCheckpointIsMadeAgain() throws {
    defer { remove() }
    try trainInTwoParts()
    let hashes = try runs.hashes("exp1")
    try add(change(at: 20, to: 0.125))
    #expect(try changesOfRate(resume()).isEmpty, "it was before the latest checkpoint")
    #expect(try changesOfRate(resume(previous: true)) == [0.125])
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--previous"]).status == 0)
    #expect(try runs.hashes("exp1")[0] != hashes[0])
    #expect(try runs.hashes("exp1")[1] == hashes[1])
    #expect(try runs.replay(["exp1"]).status == 0)
  }

  @Test func aChangeThatWasToComeIsNotLostByASecondKill() throws {
    defer { remove() }
    try trainInTwoParts()
    try add(change(at: 20, to: 0.125))
    do {
      let resumed = try resume(previous: true)
      // Killed after the runs have told of their start.
      let saver = try RunSaver(resumed, options: SavingOptions.parse([]).plan)
      for (index, plan) in resumed.plans.enumerated() {
        saver.events.publish(
          TrainingEvent(
            .runStarted(
              RunStarted(
                name: plan.name, configuration: plan.configuration, parameterCount: 1, trainCount: 512,
                testCount: 1000, stepsPerEpoch: 8, threads: 1, scheduled: plan.schedule.changes)),
            at: RunPosition(run: RunID(index), step: 16, epoch: 2, batch: 8)))
      }
      try saver.finish()
    }
    #expect(
      try RunReader(folder).events().events.allSatisfy { $0.event.position.step != 20 }, "it is taken back")
    #expect(try changesOfRate(resume()) == [0.125])
  }

  @Test func oneProgramAtATimeReadsWhatItGoesOnFrom() throws {
    defer { remove() }
    try train()
    do {
      let resumed = try resume()
      let failure = #expect(throws: Failure.self) { try resume() }
      #expect(failure?.status == .cannotCreate)
      #expect(failure?.message?.contains("another program is writing this run") == true)
      #expect(try runs.run(["--no-tui", "--resume", "exp1"]).status == 73)
      withExtendedLifetime(resumed) {}
    }
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1"]).status == 0)
  }

  @Test func whoGoesBackStaysBack() throws {
    defer { remove() }
    try trainInTwoParts()
    #expect(try resume().steps[RunID(0)] == 24)
    do { _ = try RunSaver(resume(previous: true), options: SavingOptions.parse([]).plan) }
    #expect(try resume().steps[RunID(0)] == 16)
  }

  @Test func aForkThatNobodyKnowsOfLeavesItsLetter() throws {
    defer { remove() }
    try train()
    try FileManager.default.copyItem(atPath: file().resume, toPath: file(2).resume)
    let saver = try RunSaver(resume(), options: SavingOptions.parse([]).plan)
    #expect(!FileManager.default.fileExists(atPath: file(2).resume))
    #expect(FileManager.default.fileExists(atPath: file(1).resume))
    withExtendedLifetime(saver) {}
  }

  @Test func whatCannotBeMadeIsStatus73() throws {
    defer { remove() }
    let short = [
      "--no-tui", "--quiet", "--train-size", "600", "--hidden", "16", "--dropout", "0", "--epochs", "1",
    ]
    let nowhere = try Executable.run(short + ["--runs-dir", "/proc/nowhere"])
    #expect(nowhere.status == 73 && nowhere.error.contains("cannot be made"))
    try train()
    #expect(try Executable.run(["runs", "plot", folder.path, "-o", "/nowhere/chart.svg"]).status == 73)
  }

  @Test func aRestartOfAResumedRunIsItsFirstBeginning() throws {
    defer { remove() }
    try train(["--init-from", try initialWeights(), "--lr", "0.25"])
    try add(change(at: 24, to: 0.125))
    let plan = try resume().plans[0]
    guard case .checkpoint = plan.beginning else {
      Issue.record("it goes on from its checkpoint")
      return
    }
    let first = plan.fromTheBeginning
    guard case .weights(let weights) = first.beginning else {
      Issue.record("it begins with the weights that were given")
      return
    }
    #expect(try weights == CheckpointFile.readWeights(folder.initialWeights))
    #expect(first.configuration.learningRate == 0.25 && first.schedule.changes.isEmpty)
    #expect(first.withSeed(5).fromTheBeginning.configuration.seed == 5)
  }

  @Test func theBestEpochIsThatOfTheFileThatIsThere() throws {
    defer { remove() }
    try train()
    let best = try #require(RunReader(folder).summary().runs[0].best)
    #expect(try resume().best[RunID(0)] == best.metrics)
    try FileManager.default.removeItem(atPath: file().best)
    #expect(try resume().best[RunID(0)] == nil)
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--epochs", "4"]).status == 0)
    #expect(FileManager.default.fileExists(atPath: file().best))
  }

  /// A new session with nothing in it.
  private func newSession() throws -> RunSaver {
    let dataset = try Dataset.load(directory: Executable.sample, environment: [:])
    let options = try SavingOptions.parse(["--runs-dir", runs.path(""), "--name", "new"])
    let description = SessionDescription(
      version: "1", dataSource: dataset.source, trainCount: 512, testCount: 1000, threads: 1,
      plans: [RunPlan(name: "run", configuration: RunConfiguration())])
    return try RunSaver(description, dataset, options: options.plan, initialWeights: nil)
  }

  @Test func aFailureToWriteIsOverOnceItGoesWell() throws {
    defer { remove() }
    try train()
    let saver = try newSession()
    let checkpoint = try CheckpointFile.read(file().resume)
    let place = saver.folder.checkpoints
    try? FileManager.default.removeItem(atPath: place)
    try Data().write(to: URL(filePath: place))
    saver.checkpoints.save(checkpoint)
    #expect(throws: Failure.self) { try saver.finish() }
    #expect(saver.problem != nil)
    try FileManager.default.removeItem(atPath: place)
    try saver.finish()
    #expect(saver.problem == nil)
    let kept = CheckpointFile(folder: saver.folder, run: RunID(0))
    #expect(try CheckpointFile.read(kept.resume).progress == checkpoint.progress)
    #expect(FileManager.default.fileExists(atPath: kept.best))
  }

  @Test func aForkThatCannotBeKeptHoldsItsParentBack() throws {
    defer { remove() }
    try train()
    let saver = try newSession()
    let checkpoint = try CheckpointFile.read(file().resume)
    var fork = checkpoint
    fork.progress.position.run = RunID(2)
    let files = [0, 2].map { CheckpointFile(folder: saver.folder, run: RunID($0)) }
    for path in [files[1].resume, files[1].previous] {
      try FileManager.default.createDirectory(atPath: path + "/in the way", withIntermediateDirectories: true)
    }
    saver.checkpoints.save(fork)
    saver.checkpoints.save(checkpoint)
    #expect(throws: Failure.self) { try saver.finish() }
    #expect(!FileManager.default.fileExists(atPath: files[0].resume))
    for path in [files[1].resume, files[1].previous] { try FileManager.default.removeItem(atPath: path) }
    try saver.finish()
    #expect(
      try files.map { try CheckpointFile.read($0.resume).progress } == [checkpoint.progress, fork.progress])
  }

  @Test func checkpointsAreNeverAheadOfTheFigures() throws {
    defer { remove() }
    try train()
    let dataset = try Dataset.load(directory: Executable.sample, environment: [:])
    for path in [file().resume, file().previous] { try? FileManager.default.removeItem(atPath: path) }
    let resumed = try resume()
    let saver = try RunSaver(resumed, options: SavingOptions.parse([]).plan)
    let queue = EventQueue(copyingTo: saver.events)
    let plan = RunPlan(name: "again", configuration: resumed.plans[0].fromTheBeginning.configuration)
    let engine = TrainingEngine(
      runs: [plan], dataset: dataset, threads: 1, events: queue, checkpoints: saver.checkpoints)
    engine.start()
    engine.waitUntilEnded()
    // Nobody has looked at the queue, and nobody has asked for anything to be written.
    func keptStep() -> Int? { try? CheckpointFile.read(file().resume).progress.position.step }
    for _ in 0..<3000 where keptStep() != 24 { usleep(20_000) }
    #expect(keptStep() == 24)
    #expect(try RunReader(folder).events().session(RunReader(folder).record())[RunID(0)].step == 24)
    withExtendedLifetime(saver) {}
  }

  @Test func theLatestWeightsAreThoseThatAreGoneOnFromWhereverTheProgramWasKilled() throws {
    defer { remove() }
    try train(["--epochs", "2"])
    let older = try Data(contentsOf: URL(filePath: file().latest))
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--epochs", "3"]).status == 0)
    let (newer, summary) = try (Data(contentsOf: URL(filePath: file().latest)), RunReader(folder).summary())
    // Killed after the one and before the other.
    try older.write(to: URL(filePath: file().latest))
    #expect(try WeightsOptions.parse(["--weights", "latest"]).path(of: folder.path) == file().resume)
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1"]).status == 0)
    #expect(try Data(contentsOf: URL(filePath: file().latest)) == newer)
    #expect(try RunReader(folder).summary().runs == summary.runs)
    // And before the one was in its place.
    try FileManager.default.removeItem(atPath: file().resume)
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1"]).status == 0)
    #expect(try Data(contentsOf: URL(filePath: file().latest)) == newer)
  }

  @Test func aCheckpointIsWrittenWithTheLatestWeightsOrNotAtAll() throws {
    defer { remove() }
    try train(["--epochs", "2"])
    let resume = try Data(contentsOf: URL(filePath: file().resume))
    try FileManager.default.removeItem(atPath: file().latest)
    let writer = try CheckpointWriter(
      folder, log: SessionLog(RunWriter(continuing: folder)), latest: [:])
    try FileManager.default.createDirectory(atPath: file().latest, withIntermediateDirectories: true)
    var checkpoint = try CheckpointFile.read(file().resume)
    checkpoint.progress.position.step += 1
    writer.save(checkpoint)
    #expect(throws: RunLogError.self) { try writer.finish() }
    #expect(try Data(contentsOf: URL(filePath: file().resume)) == resume)
    #expect(try Folder.names(in: folder.checkpoints).allSatisfy { !$0.hasSuffix(".incomplete") })
  }

  private func initialWeights() throws -> String {
    #expect(try runs.run(ResumeTests.Runs.settings + ["--name", "before", "--epochs", "1"]).status == 0)
    return runs.path("before/checkpoints/A-latest.safetensors")
  }
}
