import Datasets
import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct SweepSidesTests {
  private func sides() throws -> SweepSides {
    var wide = RunConfiguration()
    wide.learningRate = 0.25
    return try SweepSides(
      [
        .init(name: "narrow", configuration: RunConfiguration()),
        .init(name: "wide", configuration: wide),
      ],
      seeds: 30)
  }

  private func record() throws -> SweepRecord {
    try SweepRecord(
      PlannedSweep(.sides(sides()), of: .usual, trainingImages: 60_000),
      provenance: Provenance(
        programVersion: "1.2.3", created: Date(timeIntervalSince1970: 1_700_000_000),
        machine: .current,
        kernels: "avx2",
        dataSource: Provenance.DataSource(
          place: "cache", directory: "/data", files: [.init(name: "train-images", sha256: "ab")])),
      shards: 4, probe: "12ab")
  }

  @Test func sidesAreKeptAndMeanTheSameRuns() throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    let record = try record()
    try record.write(to: folder.record)
    let read = try SweepRecord(readFrom: folder)
    #expect(read == record)
    #expect(read.plan.cells.count == 2 && read.plan.seeds == 30)
    #expect(read.plan.phrase(of: 1) == "side B wide")
    #expect(read.plan.sideNames == ["narrow", "wide"])
  }

  @Test(arguments: [
    ("\"seeds\": 30", "\"seeds\": 1"), ("\"seeds\": 30", "\"seeds\": 100000"),
    ("\"seed\": 1,", "\"seed\": 18446744073709551615,"), ("\"name\": \"wide\"", "\"name\": 3"),
  ])
  func damagedSidesAreRefused(text: String, other: String) throws {
    let temporary = try TemporaryFolder()
    let folder = try SweepFolder.claim(in: temporary.path)
    try record().write(to: folder.record)
    let file = try temporary.text("sweep1/sweep.json")
    #expect(file.contains(text))
    try temporary.write("sweep1/sweep.json", file.replacing(text, with: other))
    #expect(throws: RunLogError.self) { try SweepRecord(readFrom: folder) }
  }
}
