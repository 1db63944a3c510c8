import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Datasets

/// A data set in CIFAR's records with the names of its files.
struct RecordFolder {
  static let names = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  let folder: TemporaryFolder
  var path: String { folder.path }

  /// `count` images in each file, the value of a pixel telling its place and channel.
  init(count: Int = 2, names: String = RecordFolder.names.joined(separator: "\n") + "\n\n") throws {
    folder = try TemporaryFolder()
    for (index, file) in DatasetDescription.cifar10.files.dropLast().enumerated() {
      try folder.write(file.name, (0..<count).flatMap { Self.record(label: UInt8(($0 + index) % 10)) })
    }
    try folder.write("batches.meta.txt", names)
  }

  static func record(label: UInt8) -> [UInt8] {
    var bytes = [label]
    for channel in 0..<3 {
      for place in 0..<1024 { bytes.append(UInt8(place % 80 + 80 * channel)) }
    }
    return bytes
  }

  func load(_ description: DatasetDescription = .cifar10) throws -> Dataset {
    try Dataset.load(description, directory: path, environment: [:])
  }

  func error(_ description: DatasetDescription = .cifar10) -> DatasetError? {
    #expect(throws: DatasetError.self) { try load(description) }
  }
}

@Suite struct RecordFileTests {
  @Test func planesBecomePixelsAndFilesFollowEachOther() throws {
    let dataset = try RecordFolder().load()
    #expect(dataset.train.count == 10 && dataset.test.count == 2)
    #expect(dataset.train.labels == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
    #expect(dataset.train.shape == .image(channels: 3, height: 32, width: 32))
    #expect(Array(dataset.test.pixels[3072 + 33 * 3..<3072 + 34 * 3]) == [33, 113, 193])
    #expect(dataset.description == .cifar10 && dataset.description.foundClassNames == nil)
  }

  @Test func theFilesMayLieInTheFolderOfTheArchive() throws {
    let records = try RecordFolder()
    let outer = try TemporaryFolder()
    try FileManager.default.moveItem(atPath: records.path, toPath: outer.path + "/cifar-10-batches-bin")
    let dataset = try Dataset.load(.cifar10, directory: outer.path, environment: [:])
    #expect(dataset.train.count == 10)
    let found = try Dataset.load(.cifar10, directory: nil, environment: ["CIFAR10_DATA": outer.path])
    #expect(found.source.description == "$CIFAR10_DATA \(outer.path)")
  }

  @Test func theNamesOfTheClassesAreThoseOfTheFile() throws {
    let names = (0..<10).map { "class \($0)" }
    let dataset = try RecordFolder(names: names.joined(separator: "\r\n")).load()
    #expect(dataset.description.task.classNames == names)
    #expect(dataset.description.foundClassNames == names)
  }

  @Test(arguments: [
    "one\ntwo\n", "", (0..<11).map { "\($0)" }.joined(separator: "\n"), "a\n\nb\nc\nd\ne\nf\ng\nh\ni\n",
  ])
  func anotherNumberOfNamesIsRefused(names: String) throws {
    let error = try RecordFolder(names: names).error()
    #expect(error?.kind == .invalid && error?.path.hasSuffix("batches.meta.txt") == true)
    #expect(error?.expected.hasPrefix("10 names of classes") == true)
  }

  @Test func aFileWithoutWholeRecordsIsRefused() throws {
    let folder = try RecordFolder()
    let whole = RecordFolder.record(label: 3)
    for (bytes, found) in [
      ([], "an empty file"), (Array(whole.dropLast()), "3072 bytes"), (whole + [1], "3074 bytes"),
      ([0x1F, 0x8B] + whole, "a file compressed with gzip"),
    ] as [([UInt8], String)] {
      try folder.folder.write("data_batch_3.bin", bytes)
      let error = folder.error()
      #expect(error?.kind == .invalid && error?.found == found)
      #expect(error?.path.hasSuffix("data_batch_3.bin") == true)
    }
  }

  @Test func aLabelBeyondTheClassesIsRefused() throws {
    let folder = try RecordFolder()
    try folder.folder.write("test_batch.bin", RecordFolder.record(label: 9) + RecordFolder.record(label: 10))
    #expect(folder.error()?.found == "the label 10 in record 1")
    #expect(folder.error()?.expected == "labels in 0...9")
  }

  @Test func aFileThatIsTooLongIsRefusedUnread() throws {
    let folder = try RecordFolder()
    try folder.folder.write("data_batch_1.bin", [UInt8](repeating: 0, count: 10_001 * 3073))
    #expect(folder.error()?.found == "30733073 bytes" && folder.error()?.expected == "at most 30730000")
  }

  @Test func whatLiesThereInsteadIsNamed() throws {
    let folder = try TemporaryFolder()
    func error(_ directory: String) -> DatasetError? {
      #expect(throws: DatasetError.self) {
        try Dataset.load(.cifar10, directory: directory, environment: [:])
      }
    }
    let archive = try folder.write("cifar-10-binary.tar.gz", gzip([1]))
    #expect(error(archive)?.found == "an archive" && error(archive)?.remedy.contains("tar -xf") == true)
    #expect(error(folder.path)?.found == "the archive, and not what is in it")
    let python = try TemporaryFolder()
    try python.write("data_batch_1", [0x80, 2])
    #expect(error(python.path)?.found.contains("for Python") == true)
    #expect(error(try folder.write("data_batch_1.bin", [1]))?.found == "no folder")
    let complete = try RecordFolder()
    try FileManager.default.removeItem(atPath: complete.path + "/data_batch_4.bin")
    #expect(complete.error()?.found == "no data_batch_4.bin")
    #expect(complete.error()?.kind == .missing)
  }

  @Test func imagesAreResizedWhenTheyAreLoaded() throws {
    let dataset = try RecordFolder().load(.cifar10.resized(to: 48))
    #expect(dataset.train.shape == .image(channels: 3, height: 48, width: 48))
    #expect(dataset.description.shape == dataset.train.shape)
    #expect(try RecordFolder().load().train.resized(to: 48) == dataset.train)
  }
}

@Suite struct OtherIDXTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func write(_ description: DatasetDescription, labels: [UInt8], images: [UInt8]? = nil) throws {
    for file in description.files {
      let isImages = file.role == .trainImages || file.role == .testImages
      try folder.write(
        file.name + ".gz",
        gzip(
          isImages
            ? idx(
              magic: 2051, sizes: [labels.count, 28, 28],
              images ?? (0..<labels.count * 784).map { UInt8($0 % 251) })
            : description == .qmnist ? Self.rows(labels) : idx(magic: 2049, sizes: [labels.count], labels)))
    }
  }

  /// Rows of eight integers, the first of each the class.
  static func rows(_ labels: [UInt8]) -> [UInt8] {
    idx(
      magic: 0x0C02, sizes: [labels.count, 8],
      labels.flatMap { [0, 0, 0, $0] + [UInt8](repeating: 9, count: 28) })
  }

  private func load(_ description: DatasetDescription) throws -> Dataset {
    try Dataset.load(description, directory: folder.path, environment: [:])
  }

  @Test func lettersStandUprightAndBeginWithA() throws {
    let letters = try #require(DatasetDescription(key: "emnist-letters"))
    // One bright pixel in the first row as the file has it, the fifth column.
    var images = [UInt8](repeating: 0, count: 3 * 784)
    images[784 + 5] = 255
    try write(letters, labels: [1, 2, 26], images: images)
    let dataset = try load(letters)
    #expect(dataset.test.labels == [0, 1, 25])
    #expect(dataset.test.pixels[784 + 5 * 28] == 255 && dataset.test.pixels[784 + 5] == 0)
    #expect(letters.task.classNames.first == "Aa" && letters.task.outputCount == 26)
    try write(letters, labels: [1, 0, 26])
    let error = #expect(throws: DatasetError.self) { try load(letters) }
    #expect(error?.found == "the label 0 at position 1" && error?.expected == "labels in 1...26")
  }

  @Test func everySplitHasItsClassesAndFiles() throws {
    let classes = ["balanced": 47, "byclass": 62, "bymerge": 47, "digits": 10, "letters": 26, "mnist": 10]
    for (split, count) in classes {
      let description = try #require(DatasetDescription(key: "emnist-\(split)"))
      #expect(description.task.outputCount == count && Set(description.task.classNames).count == count)
      #expect(description.files.map(\.name).contains("emnist-\(split)-test-labels-idx1-ubyte"))
      let missing = #expect(throws: DatasetError.self) { try load(description) }
      #expect(missing?.remedy.contains("gzip.zip") == true)
    }
  }

  @Test func aDigitOfQMNISTIsTheFirstOfEightNumbers() throws {
    try write(.qmnist, labels: [7, 0, 9])
    let dataset = try load(.qmnist)
    #expect(dataset.test.labels == [7, 0, 9] && dataset.train.count == 3)
    #expect(DatasetDescription.qmnist.isComplete(train: 60_000, test: 60_000))
  }

  @Test func labelsOfAnotherKindAreRefused() throws {
    try write(.qmnist, labels: [7, 0, 9])
    let path = folder.path + "/qmnist-test-labels-idx2-int.gz"
    func error(_ bytes: [UInt8]) throws -> DatasetError? {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return #expect(throws: DatasetError.self) { try load(.qmnist) }
    }
    #expect(
      try error(idx(magic: 2049, sizes: [20], [UInt8](repeating: 7, count: 20)))?.found.contains(
        "a file of labels") == true)
    #expect(try error(Self.rows([7, 0]))?.found == "2 labels")
    #expect(try error(Self.rows([7, 0, 10]))?.found == "the label 10 at position 2")
    #expect(try error(Array(Self.rows([7, 0, 9]).dropLast(4)))?.kind == .invalid)
    #expect(try error(idx(magic: 0x0C02, sizes: [3, 7], [UInt8](repeating: 0, count: 84)))?.kind == .invalid)
    var negative = Self.rows([7, 0, 9])
    negative.replaceSubrange(12..<16, with: [255, 255, 255, 255])
    #expect(try error(negative)?.found == "the label -1 at position 0")
  }
}
