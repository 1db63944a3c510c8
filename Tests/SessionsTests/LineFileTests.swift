import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct LineFileTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/lines" }

  init() throws { folder = try TemporaryFolder() }

  func lines() throws -> [String] {
    try LineFile.read(path).lines.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func linesOfSeveralWritersAfterEachOtherAreRead() throws {
    for round in 0..<3 {
      let file = try LineFile(appendingTo: path)
      try file.append(["größe \(round)", ""])
      try file.append([])
      try file.synchronize()
    }
    #expect(try lines() == ["größe 0", "", "größe 1", "", "größe 2", ""])
    #expect(try LineFile.read(path).isCutOff == false)
  }

  @Test func nothingIsWrittenThroughALinkNorBehindMoreThanAnySessionWrites() throws {
    let target = folder.path + "/elsewhere"
    try Data("no line".utf8).write(to: URL(filePath: target))
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(throws: RunLogError.self) { try LineFile(appendingTo: path).append(["line"]) }
    #expect(try Data(contentsOf: URL(filePath: target)) == Data("no line".utf8))
    #expect(truncate(target, 1 << 43) == 0)
    #expect(throws: RunLogError.self) { try LineFile(appendingTo: target).append(["line"]) }
    #expect(throws: RunLogError.self) { try LineFile.read(target) }
  }

  @Test func anIncompleteLastLineIsLeftOutAndToldOf() throws {
    let text = "one\ntwo\nthree\n"
    for length in 0...text.utf8.count {
      try folder.write("lines", String(text.prefix(length)))
      let complete = text.prefix(length).count { $0 == "\n" }
      #expect(try lines() == Array(["one", "two", "three"].prefix(complete)))
      #expect(try LineFile.read(path).isCutOff == ![0, 4, 8, 14].contains(length))
    }
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 10_000])
  func aNewWriterCutsOffAnIncompleteLine(length: Int) throws {
    try folder.write("lines", "one\n" + String(repeating: "x", count: length))
    try LineFile(appendingTo: path).append(["two"])
    #expect(try folder.text("lines") == "one\ntwo\n")
  }

  @Test func aFileThatIsNothingButAnIncompleteLineBecomesEmpty() throws {
    try folder.write("lines", String(repeating: "x", count: 9000))
    try LineFile(appendingTo: path).append(["one"])
    #expect(try lines() == ["one"])
  }

  @Test func aReaderSeesWholeLinesWhileTheyAreWritten() async throws {
    let path = path
    try LineFile(appendingTo: path).append(["0"])
    try await withThrowingTaskGroup { group in
      group.addTask {
        let file = try LineFile(appendingTo: path)
        for number in 1..<500 { try file.append(["\(number)"]) }
      }
      group.addTask {
        for _ in 0..<50 {
          let lines = try LineFile.read(path).lines
          #expect(lines == lines.indices.map { Array("\($0)".utf8) })
        }
      }
      try await group.waitForAll()
    }
    #expect(try lines().count == 500)
  }

  @Test func aFullDiskIsNamedAndLeavesWholeLines() throws {
    guard let disk = SmallDisk(kilobytes: 64) else { return }
    let file = try LineFile(appendingTo: disk.path + "/lines")
    var written = 0
    let line = String(repeating: "x", count: 2999)
    let error = #expect(throws: RunLogError.self) {
      for _ in 0..<100 {
        try file.append([line])
        written += 1
      }
    }
    #expect(error?.description == "\(disk.path)/lines: cannot be written: No space left on device.")
    let read = try LineFile.read(disk.path + "/lines")
    #expect(read.lines.count == written)
    #expect(!read.isCutOff)
    #expect(throws: RunLogError.self) {
      try DurableFile.write([UInt8](repeating: 0, count: 50_000), to: disk.path + "/file")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["lines"])
  }
}

/// A file system in memory that is soon full; only where the test may mount one.
final class SmallDisk {
  private let folder: TemporaryFolder
  var path: String { folder.path }

  init?(kilobytes: Int) {
    guard let folder = try? TemporaryFolder() else { return nil }
    self.folder = folder
    guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path) else {
      print("skipped: a full disk, because no small file system can be mounted here")
      return nil
    }
  }

  deinit { _ = Self.run("umount", path) }

  private static func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
