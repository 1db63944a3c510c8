public import NeuralNetwork

/// What is fixed about a data set: what it holds, where it is found, and how it is fetched.
///
/// A further data set is a value of this type in `all`. Nothing else knows any data set by its name.
public struct DatasetDescription: Hashable, Sendable {
  /// One of the files that make up a data set.
  public struct File: Hashable, Sendable {
    /// What a file holds.
    public enum Role: CaseIterable, Hashable, Sendable {
      case trainImages, trainLabels, testImages, testLabels
    }

    /// What it holds.
    public let role: Role
    /// The official name, without `.gz`.
    public let name: String
    /// By what the official file is known.
    public let checksum: Checksum
    /// Bytes of the official file, which is compressed with gzip.
    public let compressedSize: Int
    /// Bytes of what it holds.
    public let contentsSize: Int
  }

  /// A package of Debian that has the data.
  public struct SystemPackage: Hashable, Sendable {
    /// The package's name.
    public let name: String
    /// The folder that it fills.
    public let directory: String
  }

  /// How pictures became samples when the data set was made.
  public struct PictureStyle: Hashable, Sendable {
    /// What a picture shows, such as `garment`.
    public let subject: String
    /// Rows and columns that the subject leaves free on each side.
    public let margin: Int
  }

  /// A change that leaves a sample in its class.
  public enum Change: String, Hashable, Sendable {
    /// Mirrored left to right.
    case flip
    /// Moved by some pixels.
    case shift
  }

  /// The name in options and files.
  public let key: String
  /// The name that people call it by.
  public let name: String
  /// The shape of a sample.
  public let shape: Shape
  /// What is to be learned.
  public let task: Task
  /// Its files, in the order of their roles.
  public let files: [File]
  /// The environment variable that names a folder with the files.
  public let environmentVariable: String
  /// The folder in the user's cache.
  public let cacheDirectory: String
  /// The system's package, if there is one.
  public let systemPackage: SystemPackage?
  /// The folder of a small part that comes with the program, if one does.
  public let bundledSample: String?
  /// Folders on the network that have the files, to be asked in turn.
  public let sources: [String]
  /// The terms under which it may be used, and who gives them.
  public let license: String
  /// How pictures become samples.
  public let pictureStyle: PictureStyle
  /// The changes that make further samples of a class out of its samples.
  public let augmentations: Set<Change>
}

extension DatasetDescription {
  /// All data sets, the usual one first.
  public static let all = [fashionMNIST, mnist, kmnist]

  /// The one that is meant where none is named.
  public static var usual: DatasetDescription { all[0] }

  /// The data set that is called `key` in options and files.
  public init?(key: String) {
    guard let description = Self.all.first(where: { $0.key == key }) else { return nil }
    self = description
  }

  /// The names of all data sets, as a sentence has them.
  public static var names: String { all.map(\.name).joined(separator: ", ") }

  /// The file with that role.
  public func file(_ role: File.Role) -> File {
    guard let file = files.first(where: { $0.role == role }) else {
      preconditionFailure("a data set has a file of each role")
    }
    return file
  }

  /// Whether so many training and test samples are all that there are.
  public func isComplete(train: Int, test: Int) -> Bool {
    let header = IDXFile.headerSize(dimensions: 1)
    return train == file(.trainLabels).contentsSize - header
      && test == file(.testLabels).contentsSize - header
  }

  /// What a folder of it has, in a sentence.
  public var fileKind: String { "the \(files.count) files of \(name)" }

  /// The command that gets the files.
  public var fetchCommand: String { "fmnist-tui data fetch" + (self == Self.usual ? "" : " \(key)") }
}

extension DatasetDescription: Codable {
  /// Reads the key.
  public init(from decoder: any Decoder) throws {
    let key = try decoder.singleValueContainer().decode(String.self)
    guard let description = DatasetDescription(key: key) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "no data set is called '\(key)'"))
    }
    self = description
  }

  /// Writes the key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(key)
  }
}

extension DatasetDescription {
  /// A data set of grey images in the four IDX files that MNIST introduced, with its names.
  ///
  /// `files` gives checksum and compressed size of training images and labels, then test images and labels.
  static func idx(
    key: String, name: String, classNames: [String], counts: (train: Int, test: Int) = (60_000, 10_000),
    side: Int = 28, files: [(checksum: Checksum, compressedSize: Int)], environmentVariable: String,
    cacheDirectory: String, systemPackage: SystemPackage? = nil, bundledSample: String? = nil,
    sources: [String], license: String, pictureStyle: PictureStyle, augmentations: Set<Change>
  ) -> DatasetDescription {
    let names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
    let sizes = [counts.train, counts.test].flatMap { count in
      [
        IDXFile.headerSize(dimensions: 3) + count * side * side, IDXFile.headerSize(dimensions: 1) + count,
      ]
    }
    return DatasetDescription(
      key: key, name: name, shape: .image(channels: 1, height: side, width: side),
      task: .classification(classNames: classNames),
      files: File.Role.allCases.indices.map { index in
        File(
          role: File.Role.allCases[index], name: names[index] + "-ubyte", checksum: files[index].checksum,
          compressedSize: files[index].compressedSize, contentsSize: sizes[index])
      },
      environmentVariable: environmentVariable, cacheDirectory: cacheDirectory, systemPackage: systemPackage,
      bundledSample: bundledSample, sources: sources, license: license, pictureStyle: pictureStyle,
      augmentations: augmentations)
  }
}
