import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Notes, tags, names and the trash.
@Suite struct WorkbenchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A session's folder that nobody writes.
  private func session(_ name: String? = nil) throws -> RunFolder {
    let session = try RunFolder.claim(in: folder.path, name: name)
    try Data("{}".utf8).write(to: URL(filePath: session.runRecord))
    return session
  }

  @Test func labelsAreKeptAndReadAgain() throws {
    let session = try session()
    #expect(try session.labels() == SessionLabels())
    var labels = SessionLabels()
    try labels.write(note: "two\nlines, \u{1F469}\u{200D}\u{1F52C} and \"quotes\"")
    for tag in ["b", "a", "b"] { try labels.add(tag: tag) }
    try session.keep(labels)
    let read = try session.labels()
    #expect(read == labels && read.tags == ["b", "a"] && read.note.hasPrefix("two lines, "))
    labels.remove(tag: "b")
    try session.keep(labels)
    #expect(try session.labels().tags == ["a"])
  }

  @Test(arguments: ["", "two words", "a,b", "a\u{9B}b", String(repeating: "x", count: 41)])
  func whatIsNoWordIsNoTag(tag: String) {
    var labels = SessionLabels()
    #expect(throws: LabelError.self) { try labels.add(tag: tag) }
    #expect(labels.tags.isEmpty)
  }

  @Test(arguments: [
    #"{"format_version": 1, "note": 3, "tags": []}"#, #"{"format_version": 9, "note": "", "tags": []}"#, "[]",
    #"{"format_version": 1, "note": "", "tags": ["a b"]}"#, "",
    #"{"format_version": 1, "note": "\#(String(repeating: "x", count: 1001))", "tags": []}"#,
    #"{"format_version": 1, "note": "", "tags": [\#((0..<33).map { "\"\($0)\"" }.joined(separator: ","))]}"#,
  ]) func damagedLabelsAreToldAndStopNothingElse(text: String) throws {
    let session = try session()
    try Data(text.utf8).write(to: URL(filePath: session.labelsFile))
    #expect(throws: RunLogError.self) { try session.labels() }
    let listed = ListedSession(session)
    #expect(listed.note.isEmpty && listed.tags.isEmpty)
  }

  @Test func aDeletedSessionIsPutBack() throws {
    let first = try session()
    let place = try SessionTrash.delete(first)
    #expect(try folder.names == [".trash"] && RunFolder.all(in: folder.path).isEmpty)
    #expect(place.path.hasSuffix("/.trash/exp1"))
    // Its number is not given to another one meanwhile.
    #expect(try session().name == "exp2")
    let trash = SessionTrash(of: folder.path)
    #expect(try trash.folders().map(\.name) == ["exp1"])
    #expect(try trash.restore("exp1").path == first.path)
    #expect(try RunFolder.all(in: folder.path).map(\.name) == ["exp1", "exp2"])
  }

  @Test func sessionsOfOneNameLieSideBySide() throws {
    for _ in 0..<3 { _ = try SessionTrash.delete(session("same")) }
    let trash = SessionTrash(of: folder.path)
    #expect(Set(try trash.folders().map(\.name)) == ["same", "same-2", "same-3"])
    #expect(try trash.restore("same-2", as: "same").name == "same")
    #expect(throws: RunLogError.self) { try trash.restore("same") }
    #expect(throws: RunLogError.self) { try trash.restore("../same", as: "other") }
    #expect(throws: RunLogError.self) { try trash.restore("same", as: "a/b") }
    #expect(try trash.empty() == 2)
    #expect(try folder.names == ["same"])
    #expect(try trash.empty() == 0)
  }

  @Test func emptyingTheTrashFollowsNoLink() throws {
    let mine = try folder.write("mine.txt", [1])
    let session = try session()
    try FileManager.default.createSymbolicLink(atPath: session.path + "/link", withDestinationPath: mine)
    try FileManager.default.createSymbolicLink(
      atPath: session.path + "/folder", withDestinationPath: folder.path)
    _ = try SessionTrash.delete(session)
    #expect(try SessionTrash(of: folder.path).empty() == 1)
    #expect(try folder.names == ["mine.txt"])
    // A trash that is a link to somewhere else is left alone.
    let elsewhere = try TemporaryFolder()
    try elsewhere.write("theirs.txt", [1])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/.trash", withDestinationPath: elsewhere.path)
    #expect(throws: RunLogError.self) { try SessionTrash(of: folder.path).empty() }
    #expect(try elsewhere.names == ["theirs.txt"])
  }

  @Test func nothingIsMovedThatIsWrittenOrNoFolder() throws {
    let session = try session()
    let lock = try FolderLock(session.path)
    #expect(throws: RunLogError.self) { try SessionTrash.delete(session) }
    #expect(throws: RunLogError.self) { try session.renamed(to: "other") }
    withExtendedLifetime(lock) {}
    let link = RunFolder(path: folder.path + "/link")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: session.path)
    #expect(throws: RunLogError.self) { try SessionTrash.delete(link) }
    #expect(FileManager.default.fileExists(atPath: session.runRecord))
  }

  @Test func aNameThatIsTakenIsRefused() throws {
    let (first, second) = (try session("first"), try session("second"))
    #expect(throws: RunLogError.self) { try first.renamed(to: "second") }
    for name in ["", ".", "a/b", "latest", "-x", "w.safetensors"] {
      #expect(throws: RunLogError.self) { try first.renamed(to: name) }
    }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: false)
    #expect(throws: RunLogError.self) { try first.renamed(to: "empty") }
    #expect(try first.renamed(to: "third").name == "third")
    #expect(try RunFolder.all(in: folder.path).map(\.name) == ["second", "third"])
    _ = second
  }
}
