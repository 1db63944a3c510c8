import Foundation
import TestSupport
import Testing

@testable import Platform

struct SystemUseTests {
  @Test func theFieldsOfAProcessAreThoseBehindItsName() {
    let text =
      "42 (a (b) c) S 1 42 42 0 -1 4194304 500 0 3 0 250 50 0 0 20 0 7 0 12345 99999999 2048 18446744073709551615 1 1"
    let use = SystemUse.ofProcess(text, ticks: 100, page: 4096)
    #expect(
      use == SystemUse(processorSeconds: 3, memory: 2048 * 4096, threads: 7, available: 1, temperature: nil))
  }

  @Test(arguments: [
    "", "42 (x", "42 (x) S 1", "42 (x) S " + Array(repeating: "x", count: 40).joined(separator: " "),
  ])
  func whatTellsNothingIsNothing(text: String) {
    #expect(SystemUse.ofProcess(text, ticks: 100, page: 4096) == nil)
  }

  @Test func aProcessorsHighestTemperatureCounts() throws {
    let folder = try TemporaryFolder()
    #expect(SystemUse.temperature(in: folder.path) == nil && SystemUse.temperature(in: "/nonexistent") == nil)
    for (number, zone) in [
      ("acpitz", "99000"), ("x86_pkg_temp", "61500"), ("cpu-thermal", "64000"), ("cpu", "-274000"),
      ("cpu", "hot"),
    ].enumerated() {
      let path = "\(folder.path)/thermal_zone\(number)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      try Data((zone.0 + "\n").utf8).write(to: URL(filePath: path + "/type"))
      try Data((zone.1 + "\n").utf8).write(to: URL(filePath: path + "/temp"))
    }
    #expect(SystemUse.temperature(in: folder.path) == 64)
  }

  @Test func thisProcessUsesMoreAndMoreTime() throws {
    let first = try #require(SystemUse.current)
    #expect(first.memory > 1e6 && first.threads >= 1)
    var (sum, later) = (0.0, first)
    while later.processorSeconds == first.processorSeconds {
      for number in 0..<100_000 { sum += Double(number).squareRoot() }
      later = try #require(SystemUse.current)
    }
    #expect(sum > 0 && later.processorSeconds > first.processorSeconds)
  }
}
