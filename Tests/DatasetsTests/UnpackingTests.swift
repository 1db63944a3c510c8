import Experiment
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Datasets
@testable import Training

/// A tar archive written by hand.
struct TarArchive {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ name: String, _ contents: [UInt8], type: Character = "0", prefix: String = "") {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      header.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put(octal(contents.count, digits: 11), at: 124)
    put(String(type), at: 156)
    put("/etc/passwd", at: 157)
    put("ustar", at: 257)
    put(prefix, at: 345)
    put("        ", at: 148)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0", at: 148)
    let padding = (512 - contents.count % 512) % 512
    bytes += header + contents + [UInt8](repeating: 0, count: padding)
  }

  var compressed: [UInt8] { gzip(bytes + [UInt8](repeating: 0, count: 1024)) }
}

@Suite struct UnpackingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let names = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"

  /// CIFAR-10 with these files, and the archive that has them.
  private func dataset(_ files: [[UInt8]], archive: TarArchive? = nil) -> (DatasetDescription, [UInt8]) {
    let names = files.indices.map { $0 == files.count - 1 ? "test_batch.bin" : "data_batch_\($0 + 1).bin" }
    var tar = archive ?? TarArchive()
    if archive == nil {
      tar.add("cifar-10-batches-bin/", [], type: "5")
      for (name, contents) in zip(names, files) { tar.add("cifar-10-batches-bin/" + name, contents) }
      tar.add("cifar-10-batches-bin/readme.html", [1, 2, 3])
      tar.add("batches.meta.txt", Array(Self.names.utf8), prefix: "cifar-10-batches-bin")
    }
    let bytes = tar.compressed
    let description = DatasetDescription.records(
      files: names, hashes: files.map { SHA256.hash($0) },
      archive: ("cifar-10-binary.tar.gz", SHA256.hash(bytes), bytes.count), sources: [])
    return (description, bytes)
  }

  private func fetch(_ description: DatasetDescription, _ answers: [HTTPTestServer.Answer]) throws {
    let server = try HTTPTestServer(answers)
    let archive = try #require(description.archive)
    func download() throws {
      try Download(archive, of: description, from: [server.url], into: folder.path).run { _ in true }
    }
    if answers.count > 1 { #expect(throws: DownloadError.self) { try download() } }
    try download()
    #expect(server.requested.first == "GET /cifar-10-binary.tar.gz HTTP/1.1")
    let unpacking = try #require(Unpacking(description, in: folder.path))
    #expect(!unpacking.isDone)
    try unpacking.run()
    #expect(unpacking.isDone)
  }

  @Test func whatIsFetchedIsUnpackedVerifiedAndAlone() throws {
    let files = (0..<3).map { RecordFolder.record(label: $0) }
    let (description, bytes) = dataset(files)
    try fetch(description, [.dropped(bytes, after: 100), .whole(bytes)])
    #expect(try folder.names == ["cifar-10-batches-bin"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cifar-10-batches-bin")
    #expect(names.sorted() == ["batches.meta.txt", "data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"])
    let dataset = try Dataset.load(description, directory: folder.path, environment: [:])
    #expect(dataset.train.labels == [0, 1] && dataset.test.labels == [2])
    #expect(dataset.description.task.classNames.last == "j")
  }

  @Test func nothingLeavesTheFolderAndNoLinkIsMade() throws {
    let file = RecordFolder.record(label: 1)
    var tar = TarArchive()
    tar.add("../escaped", [1])
    tar.add("/tmp/escaped", [1])
    tar.add("cifar-10-batches-bin/../../escaped", [1])
    tar.add("cifar-10-batches-bin", [], type: "2")
    tar.add("cifar-10-batches-bin/data_batch_1.bin", [], type: "2")
    tar.add("cifar-10-batches-bin/test_batch.bin", [], type: "1")
    let (without, bytes) = dataset([file, file], archive: tar)
    let error = #expect(throws: DownloadError.self) { try fetch(without, [.whole(bytes)]) }
    #expect(error?.kind == .invalid)
    #expect(error?.description.contains("no cifar-10-batches-bin/batches.meta.txt") == true)
    #expect(try folder.names == ["cifar-10-batches-bin", "cifar-10-binary.tar.gz"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cifar-10-batches-bin").isEmpty)
  }

  @Test func aFileThatIsNotTheOfficialOneIsNotKept() throws {
    let file = RecordFolder.record(label: 1)
    var tar = TarArchive()
    tar.add("cifar-10-batches-bin/data_batch_1.bin", file)
    tar.add("cifar-10-batches-bin/test_batch.bin", RecordFolder.record(label: 2))
    let (description, bytes) = dataset([file, file], archive: tar)
    let error = #expect(throws: DownloadError.self) { try fetch(description, [.whole(bytes)]) }
    #expect(error?.description.contains("test_batch.bin in it is not the official file") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/cifar-10-batches-bin/test_batch.bin"))
  }

  @Test func damagedArchivesAreRefused() throws {
    var tar = TarArchive()
    tar.add("one", [1, 2, 3])
    func found(_ bytes: [UInt8], size: Int = 10) throws -> String? {
      let path = try folder.write("archive", bytes)
      let error = #expect(throws: DatasetError.self) {
        try TarFile.read(path, sizes: ["one": size]) { _, _ in }
      }
      return error?.found
    }
    #expect(try found([1, 2, 3]) == "no gzip file")
    var damaged = tar.bytes
    damaged[130] ^= 1
    #expect(try found(gzip(damaged)) == "a damaged header of a member")
    #expect(try found(gzip(Array(tar.bytes.prefix(600)))) == "fewer bytes than its header declares")
    #expect(try found(tar.compressed, size: 2) == "one with 3 bytes")
    // Without the blocks at its end, the archive may have lost something.
    #expect(try found(gzip(tar.bytes)) == "fewer bytes than its header declares")
  }

  @Test func fashionMNISTWrittenAsCIFARIsFetchedAndLearned() throws {
    let sample = try Dataset.load(directory: BundledAssets.sample(), environment: [:])
    func records(_ images: LabeledImages, _ range: Range<Int>) -> [UInt8] {
      range.flatMap { image -> [UInt8] in
        var plane = [UInt8](repeating: 0, count: 1024)
        for place in 0..<784 {
          plane[(place / 28 + 2) * 32 + place % 28 + 2] = images.pixels[image * 784 + place]
        }
        return [images.labels[image]] + plane + plane + plane
      }
    }
    let files =
      (0..<2).map { records(sample.train, $0 * 300..<($0 + 1) * 300) } + [records(sample.test, 0..<100)]
    let (description, bytes) = dataset(files)
    try fetch(description, [.whole(bytes)])
    let dataset = try Dataset.load(description, directory: folder.path, environment: [:])
    var settings = GivenSettings()
    settings.dataset = dataset.description
    settings[.network] = "conv 8x3 stride 2 relu conv 8x3 stride 2 relu flatten linear 10"
    settings[.learningRate] = "0.1"
    settings[.batchSize] = "32"
    settings[.epochs] = "3"
    settings[.augment] = "flip,shift=2"
    let configuration = try settings.configuration()
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: [RunPlan(name: "run", configuration: configuration)], dataset: dataset, threads: 1, events: queue)
    engine.start()
    engine.waitUntilEnded()
    let losses = queue.drain().compactMap { event -> Double? in
      guard case .epochEvaluated(let epoch) = event.kind else { return nil }
      return epoch.metrics[.testLoss]
    }
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(losses.count == 3 && last < first && last < 2.2)
  }
}
