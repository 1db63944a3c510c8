import Foundation
import TestSupport
import Testing

@testable import Sessions

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
    #expect(error?.kind == .uncreatable)
    #expect(error?.description == "\(path): cannot be replaced: Is a directory.")
    #expect(try folder.names == ["folder"])
  }

  @Test func aNameThatNoFileCanHaveIsNoFailureToWrite() throws {
    let file = try folder.write("file", "")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: "loop")
    let names = [
      file + "/x", folder.path + "/" + String(repeating: "n", count: 256), folder.path + "/none/x", "",
    ]
    for (path, throughLinks) in names.flatMap({ [($0, false), ($0, true)] }) + [(folder.path + "/loop", true)]
    {
      let error = #expect(throws: RunLogError.self) {
        try DurableFile.write([1], to: path, throughLinks: throughLinks)
      }
      #expect(error?.kind == .uncreatable, "\(path) \(throughLinks)")
    }
    #expect(try folder.names == ["file", "loop"])
  }

  @Test func whatIsNoFileIsNotReplaced() throws {
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    for throughLinks in [false, true] {
      let error = #expect(throws: RunLogError.self) {
        try DurableFile.write([1], to: path, throughLinks: throughLinks)
      }
      #expect(error?.kind == .taken)
      #expect(error?.problem == "it is there and no file")
    }
    #expect(try folder.names == ["pipe"])
  }

  @Test(arguments: [0o600, 0o640, 0o755])
  func aReplacedFileKeepsItsPermissions(permissions: Int) throws {
    let path = folder.path + "/file"
    try DurableFile.write([1], to: path)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    try DurableFile.write([2], to: path)
    let kept = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(kept == permissions)
  }

  @Test func theFileBehindLinksIsWrittenWhereAPersonNamedThem() throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.path + "/behind", withIntermediateDirectories: false)
    try manager.createSymbolicLink(atPath: folder.path + "/first", withDestinationPath: "second")
    try manager.createSymbolicLink(
      atPath: folder.path + "/second", withDestinationPath: folder.path + "/behind/file")
    for contents: [UInt8] in [[1], [2, 3]] {
      // The first time there is no file behind them.
      try DurableFile.write(contents, to: folder.path + "/first", throughLinks: true)
      #expect(try DurableFile.read(folder.path + "/behind/file") == contents)
      #expect(try manager.destinationOfSymbolicLink(atPath: folder.path + "/first") == "second")
    }
    // A session's folder may come from anybody, and its links lead anywhere.
    try DurableFile.write([4], to: folder.path + "/first")
    #expect(try DurableFile.read(folder.path + "/behind/file") == [2, 3])
    #expect(try DurableFile.read(folder.path + "/first") == [4])
  }

  @Test func linksInACircleAreAnError() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/a", withDestinationPath: "b")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/b", withDestinationPath: "a")
    #expect(throws: RunLogError.self) {
      try DurableFile.write([1], to: folder.path + "/a", throughLinks: true)
    }
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

  /// Two machines share a folder, and processes of both have the same numbers.
  @Test func whatAnotherMayStillBeWritingStays() throws {
    let own = Writer.current
    let dead = "\(own.host)-\(Int32.max)-abc-1"
    let earlier = "\(own.host)-\(own.process)-\(own.nonce)0-1"
    let staying = ["\(own.name)-7", "\(own.host)-1-abc-1", "elsewhere-\(own.process)-\(own.nonce)-1"]
    for writer in [dead, earlier] + staying { try folder.write(".run.json.\(writer).incomplete", "{") }
    try DurableFile.removeLeftovers(in: folder.path)
    #expect(try folder.names == staying.map { ".run.json.\($0).incomplete" }.sorted())
  }
}
