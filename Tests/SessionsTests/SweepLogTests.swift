import Datasets
import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct SweepLogTests {
  private func record(probe: String = "12ab") throws -> SweepRecord {
    var options = GivenSettings()
    options[.dropout] = "0,0.2/0.5"
    options[.trainSize] = "100,all"
    return try SweepRecord(
      PlannedSweep(
        SweepSpecification(options: options, over: [], seeds: 2, steps: nil), of: .usual,
        trainingImages: 60_000),
      provenance: Provenance(
        programVersion: "1.2.3", created: Date(timeIntervalSince1970: 1_700_000_000.7), machine: .current,
        kernels: "avx2",
        dataSource: Provenance.DataSource(
          place: "cache", directory: "/data", files: [.init(name: "train-images", sha256: "ab")])),
      probe: probe)
  }

  /// A folder with the record.
  private func begin(_ temporary: TemporaryFolder) throws -> SweepFolder {
    let folder = try SweepFolder.claim(in: temporary.path)
    try record().write(to: folder.record)
    return folder
  }

  private func logs(_ folder: SweepFolder, shard: SweepShard? = nil) throws -> SweepLogs {
    try SweepLogs(folder, record: record(), shard: shard)
  }

  private func result(_ cell: Int, seed: UInt64, loss: Double = 0.5) -> SweepResult {
    SweepResult(
      key: SweepRunKey(cell: cell, seed: seed), step: 10, epoch: 2, seconds: 1.5,
      metrics: .alike(loss: loss, accuracy: 0.8))
  }

  @Test func whatIsWrittenIsRead() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    #expect(folder.path == temporary.path + "/sweep1")
    let diverged = SweepResult(
      key: SweepRunKey(cell: 3, seed: 2), step: 4, epoch: 1, seconds: 0.1,
      divergence: "the training loss became \"NaN\"")
    let first = try SweepLog(folder, record: record())
    try first.record(result(0, seed: 1))
    try first.record(diverged)
    // Another attempt at the same time writes a file of its own.
    let second = try SweepLog(folder, record: record())
    try second.record(result(1, seed: 2, loss: .infinity))
    try first.record(result(2, seed: 1))
    #expect(try SweepRecord(readFrom: folder) == record())
    let logs = try logs(folder)
    #expect(logs.names.count == 2)
    #expect(
      Set(logs.results) == [
        result(0, seed: 1), diverged, result(1, seed: 2, loss: .infinity), result(2, seed: 1),
      ])
    #expect(logs.notes.isEmpty && logs.conflicts.isEmpty)
    try logs.expectAgreement()
  }

  @Test func figuresOfImagesHeldOutAreKept() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let result = SweepResult(
      key: SweepRunKey(cell: 0, seed: 1), step: 10, epoch: 2, seconds: 1.5,
      metrics: .alike(on: [.runningTrain, .train, .validation, .test], loss: 0.25, accuracy: 0.75))
    try SweepLog(folder, record: record()).record(result)
    #expect(try logs(folder).results == [result])
  }

  @Test func aLineThatAKillCutOffCostsOneRunOnly() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let log = try SweepLog(folder, record: record())
    for cell in 0..<4 { try log.record(result(cell, seed: 1)) }
    let name = "sweep1/results/\(log.name)"
    try temporary.write(name, String(temporary.text(name).dropLast(30)))
    #expect(try logs(folder).results.map(\.key.cell) == [0, 1, 2])
    // Another one may be writing that line: nobody touches it.
    let before = try temporary.text(name)
    try SweepLog(folder, record: record()).record(result(3, seed: 1))
    #expect(try temporary.text(name) == before)
    #expect(try logs(folder).results.map(\.key.cell).sorted() == [0, 1, 2, 3])
  }

  @Test func aDamagedLineIsToldAndItsRunIsMissing() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let log = try SweepLog(folder, record: record())
    try log.record(result(0, seed: 1))
    let name = "sweep1/results/\(log.name)"
    try temporary.write(name, temporary.text(name) + "{\"cell\":9}\n")
    let logs = try logs(folder)
    #expect(logs.results == [result(0, seed: 1)])
    #expect(logs.notes.count == 1)
    #expect(logs.notes[0].contains("\(log.name): line 3 is left out, its run is made again"))
    #expect(throws: RunLogError.self) { try logs.expectAgreement() }
  }

  @Test func ofARunThatWasMadeTwiceOneResultCountsIfBothAgree() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let first = try SweepLog(folder, record: record())
    let second = try SweepLog(folder, record: record())
    var later = result(0, seed: 1)
    later = SweepResult(
      key: later.key, step: later.step, epoch: later.epoch, seconds: 99, metrics: try #require(later.metrics))
    try first.record(result(0, seed: 1))
    try second.record(later)
    #expect(try logs(folder).results.count == 1)
    try logs(folder).expectAgreement()
    try second.record(result(1, seed: 1, loss: 0.5))
    try first.record(result(1, seed: 1, loss: 0.5.nextUp))
    let error = #expect(throws: RunLogError.self) { try logs(folder).expectAgreement() }
    #expect(error?.problem.contains(first.name) == true)
    #expect(error?.problem.contains(second.name) == true)
    #expect(error?.problem.contains("disagree on the run dropout 0, train-size all, seed 1") == true)
  }

  @Test func aLogOfAnotherSweepOrOfOtherBitsIsLeftOut() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    try SweepLog(folder, record: record(probe: "34cd")).record(result(0, seed: 1))
    try temporary.write("sweep1/results/0of1-x.jsonl", "no JSON\n")
    try temporary.write("sweep1/results/0of1-begun.jsonl", "{\"format_ver")
    let logs = try logs(folder)
    #expect(logs.results.isEmpty)
    #expect(logs.notes.count == 2)
    #expect(logs.notes.contains { $0.contains("belongs to another sweep") })
    #expect(throws: RunLogError.self) { try logs.expectAgreement() }
  }

  @Test func aRunThatTheSweepLacksIsRefused() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let log = try SweepLog(folder, record: record())
    for (cell, seed) in [(4, UInt64(1)), (0, 3), (0, 0), (1 << 40, 1)] {
      try log.record(result(cell, seed: seed))
    }
    #expect(try logs(folder).results.isEmpty)
    #expect(try logs(folder).notes.count == 4)
  }

  @Test func whatFailedIsToldUnlessAnotherAttemptMadeIt() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let log = try SweepLog(folder, record: record())
    for cell in [0, 1] { try log.record(failureOf: SweepRunKey(cell: cell, seed: 1), "no memory") }
    try SweepLog(folder, record: record()).record(result(1, seed: 1))
    #expect(try logs(folder).failures == [SweepRunKey(cell: 0, seed: 1): "no memory"])
  }

  @Test func aWorkerReadsWhatCanTellOfItsPart() throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let shard = SweepShard(index: 1, count: 3)
    for (part, cell) in [(shard, 0), (SweepShard(index: 2, count: 3), 1), (.all, 2)] {
      try SweepLog(folder, record: record(), shard: part).record(result(cell, seed: 1))
    }
    #expect(try Set(logs(folder, shard: shard).results.map(\.key.cell)) == [0, 2])
  }

  @Test func sweepsAndSessionsAreCountedApart() throws {
    let temporary = try TemporaryFolder()
    _ = try RunFolder.claim(in: temporary.path)
    _ = try RunFolder.claim(in: temporary.path)
    let folder = try SweepFolder.claim(in: temporary.path)
    #expect(try temporary.names == ["exp1", "exp2", "sweep1"])
    try record().write(to: folder.record)
    #expect(try RunFolder.all(in: temporary.path).isEmpty)
    #expect(try RunReader.latest(in: temporary.path) == nil)
  }

  @Test func theLatestSweepAndItsNameAreFound() throws {
    let temporary = try TemporaryFolder()
    for _ in 0..<3 {
      _ = try begin(temporary)
    }
    _ = try SweepFolder.claim(in: temporary.path)
    #expect(try SweepFolder.find("latest", in: temporary.path).path == temporary.path + "/sweep3")
    #expect(try SweepFolder.find("sweep2", in: temporary.path).path == temporary.path + "/sweep2")
    #expect(
      try SweepFolder.find(temporary.path + "/sweep1/", in: "elsewhere").path == temporary.path + "/sweep1")
    for name in ["sweep4", "sweep9"] {
      #expect(throws: RunLogError.self) { _ = try SweepFolder.find(name, in: temporary.path) }
    }
    #expect(throws: RunLogError.self) { _ = try SweepFolder.find("latest", in: temporary.path + "/none") }
  }

  @Test(arguments: [
    ("\"seeds\": 2", "\"seeds\": 0"), ("\"all\"", "\"some\""),
    ("\"format_version\": 3", "\"format_version\": 9"), ("\"shards\": 1", "\"shards\": 0"),
    ("\"training_images\": 60000", "\"training_images\": 50"),
    ("\"setting\": \"dropout\"", "\"setting\": \"train-size\""),
    ("\"batch-size\": 256", "\"batch-size\": 0"),
  ])
  func aRecordThatCannotBeIsRefused(original: String, changed: String) throws {
    let temporary = try TemporaryFolder()
    let folder = try begin(temporary)
    let text = try temporary.text("sweep1/sweep.json")
    let range = try #require(text.range(of: original))
    try temporary.write("sweep1/sweep.json", text.replacingCharacters(in: range, with: changed))
    #expect(throws: RunLogError.self) { _ = try SweepRecord(readFrom: folder) }
  }
}
