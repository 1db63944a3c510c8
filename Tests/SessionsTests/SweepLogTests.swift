import Datasets
import Experiment
import Foundation
import Sessions
import TestSupport
import Testing

@Suite struct SweepLogTests {
  private func record() throws -> SweepRecord {
    var options = GivenSettings()
    options[.dropout] = "0,0.2/0.5"
    options[.trainSize] = "100,all"
    let plan = try SweepSpecification(options: options, over: [], seeds: 2, steps: nil)
      .plan(trainingImages: 60_000)
    return SweepRecord(
      provenance: Provenance(
        programVersion: "1.2.3", created: Date(timeIntervalSince1970: 1_700_000_000.7), machine: .current,
        kernels: "avx2",
        dataSource: Provenance.DataSource(
          place: "cache", directory: "/data", files: [.init(name: "train-images", sha256: "ab")])),
      plan: plan)
  }

  private func result(_ cell: Int, seed: UInt64, loss: Double = 0.5) -> SweepResult {
    SweepResult(
      key: SweepRunKey(cell: cell, seed: seed), step: 10, epoch: 2, seconds: 1.5,
      metrics: .alike(loss: loss, accuracy: 0.8))
  }

  @Test func whatIsWrittenIsRead() throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    #expect(folder.path == temporary.path + "/sweep1")
    let record = try record()
    let diverged = SweepResult(
      key: SweepRunKey(cell: 3, seed: 2), step: 4, epoch: 1, seconds: 0.1,
      divergence: "the training loss became \"NaN\"")
    do {
      let log = try SweepLog(folder, record: record)
      try log.record(result(0, seed: 1))
      try log.record(diverged)
      // While somebody writes there, nobody else may.
      #expect(throws: RunLogError.self) { _ = try SweepLog(continuing: folder) }
    }
    do {
      let log = try SweepLog(continuing: folder)
      try log.record(result(1, seed: 2, loss: .infinity))
    }
    #expect(try SweepRecord(readFrom: folder) == record)
    let read = try SweepLog.results(in: folder)
    #expect(read.results == [result(0, seed: 1), diverged, result(1, seed: 2, loss: .infinity)])
    #expect(read.notes.isEmpty)
  }

  @Test func figuresOfImagesHeldOutAreKept() throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    let result = SweepResult(
      key: SweepRunKey(cell: 0, seed: 1), step: 10, epoch: 2, seconds: 1.5,
      metrics: .alike(on: [.runningTrain, .train, .validation, .test], loss: 0.25, accuracy: 0.75))
    do { try SweepLog(folder, record: record()).record(result) }
    #expect(try SweepLog.results(in: folder).results == [result])
  }

  @Test func aLineThatAKillCutOffCostsOneRunOnly() throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    do {
      let log = try SweepLog(folder, record: record())
      for cell in 0..<4 { try log.record(result(cell, seed: 1)) }
    }
    let whole = try temporary.text("sweep1/results.jsonl")
    try temporary.write("sweep1/results.jsonl", String(whole.dropLast(30)))
    #expect(try SweepLog.results(in: folder).results.map(\.key.cell) == [0, 1, 2])
    do {
      let log = try SweepLog(continuing: folder)
      try log.record(result(3, seed: 1))
    }
    #expect(try temporary.text("sweep1/results.jsonl") == whole)
  }

  @Test func aDamagedLineIsToldAndItsRunIsMissing() throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    do {
      let log = try SweepLog(folder, record: record())
      try log.record(result(0, seed: 1))
    }
    try temporary.write("sweep1/results.jsonl", "{\"cell\":9}\n" + temporary.text("sweep1/results.jsonl"))
    let read = try SweepLog.results(in: folder)
    #expect(read.results == [result(0, seed: 1)])
    #expect(read.notes.count == 1)
    #expect(read.notes[0].contains("results.jsonl: line 1 is left out, its run is made again"))
  }

  @Test func sweepsAndSessionsAreCountedApart() throws {
    let temporary = try TemporaryFolder()
    _ = try RunFolder.claim(in: temporary.path)
    _ = try RunFolder.claim(in: temporary.path)
    let folder = try SweepFolder.claim(in: temporary.path)
    #expect(try temporary.names == ["exp1", "exp2", "sweep1"])
    _ = try SweepLog(folder, record: record())
    #expect(try RunFolder.all(in: temporary.path).isEmpty)
    #expect(try RunReader.latest(in: temporary.path) == nil)
  }

  @Test func theLatestSweepAndItsNameAreFound() throws {
    let temporary = try TemporaryFolder()
    for _ in 0..<3 {
      let folder = try SweepFolder.claim(in: temporary.path)
      _ = try SweepLog(folder, record: record())
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
    ("\"format_version\": 2", "\"format_version\": 9"),
    ("\"batch-size\": 256", "\"batch-size\": 0"),
  ])
  func aRecordThatCannotBeIsRefused(original: String, changed: String) throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    _ = try SweepLog(folder, record: record())
    let text = try temporary.text("sweep1/sweep.json")
    let range = try #require(text.range(of: original))
    try temporary.write("sweep1/sweep.json", text.replacingCharacters(in: range, with: changed))
    #expect(throws: RunLogError.self) { _ = try SweepRecord(readFrom: folder) }
  }
}
