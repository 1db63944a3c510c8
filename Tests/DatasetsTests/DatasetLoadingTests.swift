import Foundation
import NeuralNetwork
import TestSupport
import Testing

@testable import Datasets

@Suite struct DatasetLoadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a data set of `count` images a split into a sub-folder and returns its path.
  func write(
    _ name: String = "set", count: Int = 3, labels: [UInt8]? = nil, side: Int = 28, suffix: String = ".gz",
    leavingOut: DatasetDescription.File.Role? = nil,
    of description: DatasetDescription = .fashionMNIST
  ) throws -> String {
    let directory = folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for file in description.files where file.role != leavingOut {
      let isImages = file.role == .trainImages || file.role == .testImages
      let bytes =
        isImages
        ? idx(magic: 2051, sizes: [count, side, side], (0..<count * side * side).map { UInt8($0 % 251) })
        : idx(magic: 2049, sizes: [labels?.count ?? count], labels ?? (0..<count).map { UInt8($0 % 10) })
      try folder.write("\(name)/\(file.name)\(suffix)", suffix == ".gz" ? gzip(bytes) : bytes)
    }
    return directory
  }

  func error(_ directory: String?, _ environment: [String: String] = [:]) -> DatasetError? {
    #expect(throws: DatasetError.self) { try Dataset.load(directory: directory, environment: environment) }
  }

  @Test(arguments: [".gz", ""])
  func aFolderOfPlainOrGzipFilesIsLoaded(suffix: String) throws {
    let dataset = try Dataset.load(directory: write(suffix: suffix), environment: [:])
    #expect(dataset.train.count == 3)
    #expect(dataset.test.labels == [0, 1, 2])
    #expect(dataset.train.pixels.count == 3 * 784)
    #expect(dataset.train.pixels[783 + 5] == UInt8(788 % 251))
    #expect(dataset.source.place == .argument)
  }

  @Test func namesWithADotAreFoundToo() throws {
    let directory = try write(suffix: "")
    for file in DatasetDescription.fashionMNIST.files {
      let dotted = file.name.replacingOccurrences(of: "-idx", with: ".idx")
      try FileManager.default.moveItem(atPath: "\(directory)/\(file.name)", toPath: "\(directory)/\(dotted)")
    }
    #expect(try Dataset.load(directory: directory, environment: [:]).train.count == 3)
  }

  @Test func anExplicitFolderMustHoldTheData() throws {
    let missing = error(folder.path + "/nowhere")
    #expect(missing?.kind == .missing)
    #expect(missing?.found == "no such folder")
    let incomplete = try error(write(leavingOut: .testLabels))
    #expect(incomplete?.kind == .missing)
    #expect(incomplete?.found.contains("t10k-labels-idx1-ubyte") == true)
    #expect(error(nil, ["FMNIST_DATA": folder.path + "/nowhere"])?.kind == .missing)
  }

  @Test func theArgumentComesBeforeTheEnvironmentAndThatBeforeTheCache() throws {
    let (argument, environment) = try (write("a", count: 4), write("b", count: 5))
    let cache = try write("cache/fmnist-tui", count: 6)
    let variables = ["FMNIST_DATA": environment, "XDG_CACHE_HOME": folder.path + "/cache"]
    #expect(try Dataset.load(directory: argument, environment: variables).train.count == 4)
    #expect(try Dataset.load(directory: nil, environment: variables).train.count == 5)
    let cached = try Dataset.load(directory: nil, environment: ["XDG_CACHE_HOME": folder.path + "/cache"])
    #expect(cached.train.count == 6)
    #expect(cached.source == DataSource(place: .cache, directory: cache))
    let home = try write("home/.cache/fmnist-tui", count: 7)
    let atHome = try Dataset.load(directory: nil, environment: ["HOME": folder.path + "/home"])
    #expect(atHome.source == DataSource(place: .cache, directory: home))
  }

  @Test func anIncompleteCacheIsPassedOverAndADamagedOneIsNot() throws {
    let cache = try write("cache/fmnist-tui", leavingOut: .testImages)
    let variables = ["XDG_CACHE_HOME": folder.path + "/cache"]
    #expect(try Dataset.load(directory: nil, environment: variables).source.place != .cache)
    try folder.write("cache/fmnist-tui/t10k-images-idx3-ubyte.gz", [1, 2, 3])
    let damaged = error(nil, variables)
    #expect(damaged?.kind == .invalid)
    #expect(damaged?.path.hasPrefix(cache) == true)
  }

  @Test func filesThatDoNotBelongTogetherAreRefused() throws {
    #expect(try error(write(labels: [1, 2]))?.found == "2 labels")
    #expect(try error(write(labels: [1, 10, 2]))?.found == "the label 10 at position 1")
    #expect(try error(write(side: 27))?.found == "images of 27 × 27 pixels")
    #expect(try error(write(count: 0))?.found.hasPrefix("0 images") == true)
  }

  @Test func theBundledSampleIsBalancedAndFoundFromTheProgram() throws {
    let executable = try #require(BundledAssets.executable)
    let directory = try #require(BundledAssets.sample(executable: executable))
    let sample = try Dataset.load(directory: directory, environment: [:])
    #expect(sample.train.classCounts(of: 10) == [Int](repeating: 600, count: 10))
    #expect(sample.test.classCounts(of: 10) == [Int](repeating: 100, count: 10))
    #expect(FileManager.default.fileExists(atPath: directory + "/LICENSE"))
    let path = directory + "/t10k-images-idx3-ubyte.gz"
    #expect(sample.test.imagesSHA256 == SHA256.hash(try GzipFile.read(path, limit: 1 << 30)))
    let labels = directory + "/t10k-labels-idx1-ubyte.gz"
    #expect(sample.test.labelsSHA256 == SHA256.hash(try GzipFile.read(labels, limit: 1 << 30)))
  }

  @Test(arguments: [DatasetDescription.mnist, .kmnist])
  func otherDataSetsAreLoadedFromTheirOwnPlaces(description: DatasetDescription) throws {
    let directory = try write(of: description)
    let dataset = try Dataset.load(description, directory: directory, environment: [:])
    #expect(dataset.description == description && dataset.train.count == 3)
    let variable = description.environmentVariable
    let found = try Dataset.load(description, directory: nil, environment: [variable: directory])
    #expect(found.source.description == "$\(variable) \(directory)")
    let missing = #expect(throws: DatasetError.self) {
      try Dataset.load(description, directory: nil, environment: ["XDG_CACHE_HOME": folder.path])
    }
    #expect(missing?.description.contains("'fmnist-tui data fetch \(description.key)'") == true)
  }

  @Test func everyDataSetIsWholeAndHasItsOwnPlaces() {
    let all = DatasetDescription.found
    for description in all {
      #expect(DatasetDescription(key: description.key) == description)
      #expect(!description.license.isEmpty)
      // What is fetched can be verified; of all else it is said where it comes from.
      #expect(description.sources.isEmpty == (description.instructions != nil))
      let fetched = description.archive.map { [$0] } ?? description.files
      #expect(description.sources.isEmpty || fetched.allSatisfy { $0.checksum != nil })
      if case .idx = description.layout {
        #expect(description.files.map(\.role) == [.trainImages, .trainLabels, .testImages, .testLabels])
        #expect(description.shape.count == 784)
      }
      guard description.layout != .folders else { continue }
      #expect(!description.isComplete(train: 6_000, test: 10_000))
    }
    for description in [DatasetDescription.fashionMNIST, .mnist, .kmnist] {
      #expect(description.isComplete(train: 60_000, test: 10_000) && description.task.outputCount == 10)
    }
    #expect(DatasetDescription.cifar10.isComplete(train: 50_000, test: 10_000))
    #expect(Set(all.map(\.key)).count == all.count)
    // The splits of EMNIST lie in one folder.
    let places = Set(all.map { [$0.cacheDirectory, $0.environmentVariable] })
    #expect(places.count == all.count - 5 && Set(places.map { $0[0] }).count == places.count)
    #expect(DatasetDescription(key: "nothing") == nil)
  }

  @Test func theSampleIsTheLastPlaceAndNeverMissesItsFolder() {
    let candidates = DataSource.candidates(
      directory: nil, environment: [:], executable: BundledAssets.executable)
    #expect(candidates.map(\.place) == [.system, .sample])
    #expect(BundledAssets.sample(executable: "/nonexistent/bin/fmnist-tui") == nil)
  }
}
