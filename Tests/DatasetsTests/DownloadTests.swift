import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct DownloadTests {
  let folder: TemporaryFolder
  let contents = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
  var compressed: [UInt8] { gzip(contents) }
  var path: String { folder.path + "/cache/fmnist-tui/t10k-labels-idx1-ubyte.gz" }

  init() throws { folder = try TemporaryFolder() }

  func run(_ server: HTTPTestServer, source: String? = nil) throws {
    try Download(
      .testLabels, from: source ?? server.url, into: folder.path + "/cache/fmnist-tui",
      sha256: SHA256.hash(contents)
    ).run { _ in true }
  }

  func stored() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

  func expectNoFile(part: Bool = false) {
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(FileManager.default.fileExists(atPath: path + ".part") == part)
  }

  @Test func aWholeFileIsVerifiedAndStored() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    try run(server)
    #expect(try stored() == compressed)
    #expect(server.requested == ["GET /t10k-labels-idx1-ubyte.gz HTTP/1.1"])
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    #expect(
      Download(
        .testLabels, from: server.url, into: folder.path + "/cache/fmnist-tui", sha256: SHA256.hash(contents)
      ).isPresent)
  }

  @Test func aRedirectIsFollowed() throws {
    let target = try HTTPTestServer([.whole(compressed)])
    let server = try HTTPTestServer([.redirect(target.url + "/elsewhere.gz")])
    try run(server)
    #expect(target.requested == ["GET /elsewhere.gz HTTP/1.1"])
    #expect(try stored() == compressed)
  }

  @Test func aBrokenTransferGoesOnWhereItStopped() throws {
    let server = try HTTPTestServer([.dropped(compressed, after: 1000), .whole(compressed)])
    let error = #expect(throws: DownloadError.self) { try run(server) }
    #expect(error?.kind == .unavailable)
    #expect(error?.description.contains(server.url) == true)
    expectNoFile(part: true)
    try run(server)
    #expect(server.requested.last == "GET /t10k-labels-idx1-ubyte.gz HTTP/1.1 from 1000")
    #expect(try stored() == compressed)
  }

  @Test func aPartOutlivesFurtherFailures() throws {
    let server = try HTTPTestServer([
      .dropped(compressed, after: 1000), .notFound, .dropped(compressed, after: 500), .whole(compressed),
    ])
    #expect(throws: DownloadError.self) { try run(server) }
    #expect(throws: DownloadError.self) { try run(server, source: "http://127.0.0.1:1") }
    #expect(throws: DownloadError.self) { try run(server) }
    expectNoFile(part: true)
    #expect(throws: DownloadError.self) { try run(server) }
    try run(server)
    let request = "GET /t10k-labels-idx1-ubyte.gz HTTP/1.1"
    #expect(
      server.requested
        == [request, request + " from 1000", request + " from 1000", request + " from 1500"])
    #expect(try stored() == compressed)
  }

  @Test func aWholePartIsFetchedAnewIfTheServerHasNothingAfterIt() throws {
    let server = try HTTPTestServer([.nothingAfter, .whole(compressed)])
    try FileManager.default.createDirectory(
      atPath: folder.path + "/cache/fmnist-tui", withIntermediateDirectories: true)
    try folder.write("cache/fmnist-tui/t10k-labels-idx1-ubyte.gz.part", compressed)
    try run(server)
    #expect(try stored() == compressed)
  }

  @Test func anEndOfCurlIsAnInterruptionIfAPersonAskedForIt() throws {
    let server = try HTTPTestServer([.notFound])
    let download = Download(.testLabels, from: server.url, into: folder.path, sha256: SHA256.hash(contents))
    var hasRunLong = false
    let error = #expect(throws: DownloadError.self) {
      try download.run { _ in
        defer { hasRunLong = true }
        if !hasRunLong { Thread.sleep(forTimeInterval: 0.5) }
        return !hasRunLong
      }
    }
    #expect(error?.kind == .interrupted)
  }

  @Test func aServerThatCannotGoOnIsAskedFromTheBeginning() throws {
    let server = try HTTPTestServer([.dropped(compressed, after: 1000), .withoutRanges(compressed)])
    #expect(throws: DownloadError.self) { try run(server) }
    try run(server)
    #expect(try stored() == compressed)
  }

  @Test func aPartOfAnotherFileIsReplaced() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    try FileManager.default.createDirectory(
      atPath: folder.path + "/cache/fmnist-tui", withIntermediateDirectories: true)
    try folder.write("cache/fmnist-tui/t10k-labels-idx1-ubyte.gz.part", [UInt8](repeating: 7, count: 100))
    try run(server)
    #expect(try stored() == compressed)
  }

  @Test func wrongContentsAreNotKept() throws {
    for body in [gzip([1, 2, 3]), Array("<html>".utf8), Array(compressed.dropLast(3))] {
      let error = #expect(throws: DownloadError.self) { try run(try HTTPTestServer([.whole(body)])) }
      #expect(error?.kind == .invalid)
      expectNoFile()
    }
  }

  @Test func whatIsNotThereIsSaidWithItsAddress() throws {
    let server = try HTTPTestServer([.notFound])
    let error = #expect(throws: DownloadError.self) { try run(server) }
    #expect(error?.kind == .unavailable)
    #expect(error?.description.contains("404") == true)
    #expect(error?.description.contains(server.url + "/t10k-labels-idx1-ubyte.gz") == true)
    expectNoFile()
  }

  @Test func noServerIsAnErrorThatNamesTheAlternatives() throws {
    let server = try HTTPTestServer([.notFound])
    let error = #expect(throws: DownloadError.self) { try run(server, source: "http://127.0.0.1:1") }
    #expect(error?.kind == .unavailable)
    #expect(error?.description.contains("dataset-fashion-mnist") == true)
  }

  @Test func givingUpKeepsNoFinalFile() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    let download = Download(.testLabels, from: server.url, into: folder.path, sha256: SHA256.hash(contents))
    let error = #expect(throws: DownloadError.self) { try download.run { _ in false } }
    #expect(error?.kind == .interrupted)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/t10k-labels-idx1-ubyte.gz"))
  }

  @Test func anUnwritableFolderIsSaidToBe() throws {
    let file = try folder.write("file", [1])
    let server = try HTTPTestServer([.whole(compressed)])
    let download = Download(.testLabels, from: server.url, into: file + "/sub", sha256: SHA256.hash(contents))
    let error = #expect(throws: DownloadError.self) { try download.run { _ in true } }
    #expect(error?.kind == .unwritable)
  }
}

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-4.
  @Test(arguments: [
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func hashesAreThePublishedOnes(text: String, hash: String) {
    #expect(SHA256.hash(Array(text.utf8)) == hash)
  }
}
