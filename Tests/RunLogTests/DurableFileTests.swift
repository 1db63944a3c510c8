import Foundation
import Testing

@testable import RunLog

@Suite struct DurableFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func whatIsWrittenIsReadAndNothingElseIsLeft() throws {
    let path = folder.path + "/größe x"
    for contents in [[], [1, 2, 3], [UInt8](repeating: 7, count: 3_000_000), [9]] {
      try DurableFile.write(contents, to: path)
      #expect(try DurableFile.read(path) == contents)
    }
    #expect(try folder.names == ["größe x"])
  }

  @Test func aFileThatCannotBeReplacedIsNamedAndNothingIsLeft() throws {
    let path = folder.path + "/folder"
    try FileManager.default.createDirectory(atPath: path + "/full", withIntermediateDirectories: true)
    let error = #expect(throws: RunLogError.self) { try DurableFile.write([1], to: path) }
    #expect(error?.kind == .unwritable)
    #expect(error?.description == "\(path): cannot be replaced: Is a directory.")
    #expect(try folder.names == ["folder"])
  }

  @Test func aMissingFolderIsNamedWithTheSystemsReason() {
    let path = folder.path + "/none/file"
    let error = #expect(throws: RunLogError.self) { try DurableFile.write([1], to: path) }
    #expect(error?.description == "\(path): cannot be opened: No such file or directory.")
    let missing = #expect(throws: RunLogError.self) { try DurableFile.read(path) }
    #expect(missing?.kind == .missing)
  }

  @Test func whatIsNoFileIsNotRead() throws {
    #expect(throws: RunLogError.self) { try DurableFile.read(folder.path) }
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let error = #expect(throws: RunLogError.self) { try DurableFile.read(folder.path + "/pipe") }
    #expect(error?.problem == "it is not a file")
    #expect(throws: RunLogError.self) { try DurableFile.read("/dev/zero") }
  }

  @Test func aReaderSeesTheOldOrTheNewContentsWhileTheyAreReplaced() async throws {
    let path = folder.path + "/file"
    try DurableFile.write([UInt8](repeating: 0, count: 100_000), to: path)
    try await withThrowingTaskGroup { group in
      group.addTask {
        for value in 1...UInt8(50) {
          try DurableFile.write([UInt8](repeating: value, count: 100_000), to: path)
        }
      }
      group.addTask {
        for _ in 0..<50 {
          let contents = try DurableFile.read(path)
          #expect(contents.count == 100_000)
          #expect(Set(contents).count == 1)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func manyWritersOfOneFileLeaveOneOfTheirContents() async throws {
    let path = folder.path + "/file"
    try await withThrowingTaskGroup { group in
      for value in 0..<UInt8(20) {
        group.addTask { try DurableFile.write([UInt8](repeating: value, count: 1000), to: path) }
      }
      try await group.waitForAll()
    }
    let contents = try DurableFile.read(path)
    #expect(contents == [UInt8](repeating: contents[0], count: 1000))
    #expect(try folder.names == ["file"])
  }

  @Test func leftoversOfKilledWritersAreRemoved() throws {
    try folder.write(".run.json.12-1.incomplete", "{")
    try folder.write(".hidden", "")
    try folder.write("run.incomplete", "")
    try DurableFile.removeLeftovers(in: folder.path)
    #expect(try folder.names == [".hidden", "run.incomplete"])
  }
}
