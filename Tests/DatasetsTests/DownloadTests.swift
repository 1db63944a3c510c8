import Foundation
import Messages
import Platform
import TestSupport
import Testing

@testable import Datasets

@Suite struct DownloadTests {
  let folder: TemporaryFolder
  let contents = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
  var compressed: [UInt8] { gzip(contents) }
  var path: String { folder.path + "/cache/fmnist-tui/t10k-labels-idx1-ubyte.gz" }

  init() throws { folder = try TemporaryFolder() }

  /// A data set whose test labels are `contents`.
  func dataset(_ checksum: Checksum? = nil) -> DatasetDescription {
    .idx(
      key: "made-up", name: "Made-up", classNames: ["one"], counts: (1, contents.count - 8),
      files: [(Checksum, Int?)](
        repeating: (checksum ?? .contentsSHA256(SHA256.hash(contents)), 1000), count: 4),
      environmentVariable: "MADE_UP", cacheDirectory: "made-up",
      systemPackage: .init(name: "dataset-made-up", directory: "/nonexistent"), sources: [],
      license: Wording("none", "none"),
      pictureStyle: .init(subject: Wording("thing", "thing"), margin: 0), augmentations: [])
  }

  func download(from source: String, into directory: String, checksum: Checksum? = nil) -> Download {
    let dataset = dataset(checksum)
    return Download(dataset.file(.testLabels), of: dataset, from: [source], into: directory)
  }

  func run(_ server: HTTPTestServer, source: String? = nil, checksum: Checksum? = nil) throws {
    // An optimised build would let go of a server whose address is known.
    try withExtendedLifetime(server) {
      try download(
        from: source ?? server.url, into: folder.path + "/cache/fmnist-tui", checksum: checksum
      ).run { _ in true }
    }
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
    #expect(download(from: server.url, into: folder.path + "/cache/fmnist-tui").isPresent)
  }

  @Test func aRedirectIsFollowed() throws {
    let target = try HTTPTestServer([.whole(compressed)])
    let server = try HTTPTestServer([.redirect(target.url + "/elsewhere.gz")])
    try run(server)
    #expect(target.requested == ["GET /elsewhere.gz HTTP/1.1"])
    #expect(try stored() == compressed)
  }

  @Test func theNextSourceIsAskedWhereOneDoesNotHaveTheFile() throws {
    let first = try HTTPTestServer([.notFound])
    let second = try HTTPTestServer([.whole(gzip([1, 2, 3]))])
    let third = try HTTPTestServer([.whole(compressed)])
    let dataset = dataset()
    func run(_ servers: [HTTPTestServer]) throws {
      try Download(
        dataset.file(.testLabels), of: dataset, from: servers.map(\.url),
        into: folder.path + "/cache/fmnist-tui"
      ).run { _ in true }
    }
    try run([first, second, third])
    #expect(try stored() == compressed)
    #expect([first, second, third].map(\.requested.count) == [1, 1, 1])
    let error = #expect(throws: DownloadError.self) {
      try FileManager.default.removeItem(atPath: path)
      try run([first, second])
    }
    #expect(error?.kind == .unavailable && error?.description.contains(first.url) == true)
    expectNoFile()
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
    let download = download(from: server.url, into: folder.path)
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
    #expect(error?.description.contains("dataset-made-up") == true)
  }

  @Test func givingUpKeepsNoFinalFile() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    let download = download(from: server.url, into: folder.path)
    let error = #expect(throws: DownloadError.self) { try download.run { _ in false } }
    #expect(error?.kind == .interrupted)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/t10k-labels-idx1-ubyte.gz"))
  }

  @Test func aChecksumOfTheCompressedFileIsVerifiedToo() throws {
    // By md5sum of "abc".
    let body = Array("abc".utf8)
    try run(
      try HTTPTestServer([.whole(body)]), checksum: .compressedMD5("900150983cd24fb0d6963f7d28e17f72"))
    #expect(try stored() == body)
    let error = #expect(throws: DownloadError.self) {
      try run(
        try HTTPTestServer([.whole(body)]), checksum: .compressedMD5("900150983cd24fb0d6963f7d28e17f73"))
    }
    #expect(error?.kind == .invalid)
    #expect(
      error?.description.contains("MD5 of the compressed file is 900150983cd24fb0d6963f7d28e17f72") == true)
  }

  @Test(arguments: [DatasetDescription.mnist, .kmnist])
  func whatIsNotTheOfficialFileOfADataSetIsRefused(description: DatasetDescription) throws {
    let server = try HTTPTestServer([.whole(gzip([1, 2, 3]))])
    let file = description.file(.testLabels)
    let error = #expect(throws: DownloadError.self) {
      try Download(file, of: description, from: [server.url], into: folder.path).run { _ in true }
    }
    #expect(error?.kind == .invalid && error?.description.contains(file.checksum?.text ?? "") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func anEndlessAnswerIsGivenUpAtWhatTheFileCanHave() throws {
    let server = try HTTPTestServer([.endless])
    let most = Guarded(0)
    let error = #expect(throws: DownloadError.self) {
      try download(from: server.url, into: folder.path + "/cache/fmnist-tui").run { bytes in
        most.withLock { $0 = max($0, bytes) }
        return true
      }
    }
    #expect(error?.kind == .invalid)
    #expect(error?.description.contains("more than") == true)
    #expect(most.withLock { $0 } < 2 * contents.count)
    expectNoFile()
  }

  @Test func twoDownloadsOfAFileTransferItOnce() throws {
    let server = try HTTPTestServer([.slowly(compressed)])
    let download = download(from: server.url, into: folder.path + "/cache/fmnist-tui")
    let failures = Guarded(0)
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      do { try download.run { _ in true } } catch { failures.withLock { $0 += 1 } }
    }
    #expect(failures.withLock { $0 } == 0)
    #expect(server.requested.count == 1)
    #expect(try stored() == compressed)
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test func whoWaitsForAnotherDownloadCanGiveUp() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    let part = try folder.write("t10k-labels-idx1-ubyte.gz.part", [])
    let holder = open(part, O_RDWR)
    defer { close(holder) }
    #expect(flock(holder, LOCK_EX) == 0)
    let error = #expect(throws: DownloadError.self) {
      try download(from: server.url, into: folder.path).run { _ in false }
    }
    #expect(error?.kind == .interrupted && server.requested.isEmpty)
  }

  @Test func aFileBehindALinkIsReplacedThereWithItsPermissions() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    try FileManager.default.createDirectory(
      atPath: folder.path + "/cache/fmnist-tui", withIntermediateDirectories: true)
    let elsewhere = try folder.write("elsewhere.gz", [1, 2, 3])
    #expect(chmod(elsewhere, 0o640) == 0 && symlink(elsewhere, path) == 0)
    try run(server)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == elsewhere)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: elsewhere))) == compressed)
    var status = stat()
    #expect(stat(elsewhere, &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  @Test func whatIsNoFileIsNeverReplaced() throws {
    let server = try HTTPTestServer([.whole(compressed)])
    let destination = folder.path + "/t10k-labels-idx1-ubyte.gz"
    for name in [destination, destination + ".part"] {
      #expect(mkfifo(name, 0o600) == 0)
      let error = #expect(throws: DownloadError.self) {
        try download(from: server.url, into: folder.path).run { _ in true }
      }
      #expect(error?.kind == .unwritable)
      var status = stat()
      #expect(lstat(name, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
      unlink(name)
    }
    let elsewhere = try folder.write("elsewhere", [7])
    #expect(symlink(elsewhere, destination + ".part") == 0)
    let error = #expect(throws: DownloadError.self) {
      try download(from: server.url, into: folder.path).run { _ in true }
    }
    #expect(error?.kind == .unwritable)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: elsewhere))) == [7])
  }

  @Test func anUnwritableFolderIsSaidToBe() throws {
    let file = try folder.write("file", [1])
    let server = try HTTPTestServer([.whole(compressed)])
    let download = download(from: server.url, into: file + "/sub")
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
