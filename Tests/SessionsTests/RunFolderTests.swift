import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct RunFolderTests {
  let folder: TemporaryFolder
  var runs: String { folder.path + "/a/runs" }

  init() throws { folder = try TemporaryFolder() }

  @Test func foldersAreNumberedFromTheHighest() throws {
    #expect(try RunFolder.claim(in: runs).path == runs + "/exp1")
    #expect(try RunFolder.claim(in: runs).name == "exp2")
    for name in ["exp9", "exp10", "exp", "expx", "exp99x", "exp+77", "exp99999999999999999999", "Exp50"] {
      try FileManager.default.createDirectory(atPath: runs + "/" + name, withIntermediateDirectories: true)
    }
    #expect(try RunFolder.claim(in: runs).name == "exp11")
    try Data().write(to: URL(filePath: runs + "/exp12"))
    #expect(try RunFolder.claim(in: runs).name == "exp13")
  }

  @Test func noTwoClaimersGetTheSameFolder() async throws {
    let runs = runs
    let names = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { try RunFolder.claim(in: runs).name } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(names == Set((1...100).map { "exp\($0)" }))
  }

  @Test func aGivenNameIsUsedOnce() throws {
    #expect(try RunFolder.claim(in: runs, name: "wide net").path == runs + "/wide net")
    let error = #expect(throws: RunLogError.self) { try RunFolder.claim(in: runs, name: "wide net") }
    #expect(error?.kind == .taken)
    #expect(
      error?.description
        == "\(runs)/wide net: a run of this name is there already. "
        + "Give another name, or none to get the next free number.")
  }

  @Test(arguments: ["", ".", "..", ".x", "a/b", "/", "a\nb", "a\u{0}b", String(repeating: "x", count: 256)])
  func whatIsNoNameIsRefused(name: String) {
    let error = #expect(throws: RunLogError.self) { try RunFolder.claim(in: runs, name: name) }
    #expect(error?.kind == .invalid)
    #expect(!FileManager.default.fileExists(atPath: runs))
  }

  @Test func aDirectoryThatCannotBeMadeIsNamed() throws {
    try folder.write("a", "")
    let error = #expect(throws: RunLogError.self) { try RunFolder.claim(in: runs) }
    #expect(error?.description == "\(runs): cannot be made: Not a directory.")
  }

  @Test func foldersWithARecordAreListedInTheirOrder() throws {
    #expect(try RunFolder.all(in: runs) == [])
    let names = ["exp1", "exp10", "exp2", "baseline"]
    for name in names {
      try Data().write(to: URL(filePath: RunFolder.claim(in: runs, name: name).runRecord))
    }
    // A folder that lost its record is not forgotten.
    try Data().write(to: URL(filePath: RunFolder.claim(in: runs, name: "lost").metrics))
    _ = try RunFolder.claim(in: runs, name: "empty")
    #expect(try RunFolder.all(in: runs).map(\.name) == ["baseline", "lost", "exp1", "exp2", "exp10"])
  }

  @Test func aFolderHasOneWriterAtATime() throws {
    let run = try RunFolder.claim(in: runs)
    #expect(!run.isBeingWritten)
    func write() throws {
      let lock = try FolderLock(run.path)
      #expect(run.isBeingWritten)
      let error = #expect(throws: RunLogError.self) { _ = try FolderLock(run.path) }
      #expect(error?.kind == .taken)
      withExtendedLifetime(lock) {}
    }
    try write()
    #expect(!run.isBeingWritten)
    try write()
  }
}
