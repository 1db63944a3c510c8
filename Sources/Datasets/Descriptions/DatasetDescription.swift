internal import Messages
public import NeuralNetwork

/// What is fixed about a data set: what it holds, where it is found, and how it is fetched.
///
/// A further data set is a value of this type in `all`. Nothing else knows any data set by its name.
public struct DatasetDescription: Hashable, Sendable {
  /// One of the files that make up a data set.
  public struct File: Hashable, Sendable {
    /// What a file holds.
    public enum Role: Hashable, Sendable {
      case trainImages, trainLabels, testImages, testLabels
      /// Images with their labels.
      case train, test
      /// The names of the classes, a line each.
      case classNames
      /// All files.
      case archive
    }

    /// What it holds.
    public let role: Role
    /// The official name, without the `.gz` of a file that is published alone.
    public let name: String
    /// By what the official file is known, where anybody has published that.
    public let checksum: Checksum?
    /// Bytes of the official file as it is fetched, compressed with gzip, where they are known.
    public let compressedSize: Int?
    /// The most bytes that what it holds has.
    public let contentsSize: Int

    /// The name of what is fetched.
    public var fetchedName: String { role == .archive ? name : name + ".gz" }
  }

  /// How the files hold images and labels.
  public enum Layout: Hashable, Sendable {
    /// Images and labels in IDX files of their own.
    case idx(IDXStyle)
    /// Records of a label and three planes, red, green and blue.
    case records
    /// A folder `train` and a folder `test`, each with a folder of PNG files for every class.
    case folders
  }

  /// How IDX files differ from those of MNIST.
  public struct IDXStyle: Hashable, Sendable {
    /// Whether images lie on their side: rows and columns are exchanged.
    public var isTransposed = false
    /// The label of the first class.
    public var firstLabel = 0
    /// Whether a label is a row of eight numbers, of which the first is the class.
    public var hasLabelRows = false

    /// A style, by default MNIST's.
    public init(isTransposed: Bool = false, firstLabel: Int = 0, hasLabelRows: Bool = false) {
      (self.isTransposed, self.firstLabel, self.hasLabelRows) = (isTransposed, firstLabel, hasLabelRows)
    }
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
    public var subject: String { subjects.text }
    let subjects: Wording
    /// Rows and columns that the subject leaves free on each side.
    public let margin: Int
    /// Whether a sample is the whole picture, and not the subject cut out and laid on black.
    public var isWhole = false

    init(subject: Wording, margin: Int, isWhole: Bool = false) {
      (subjects, self.margin, self.isWhole) = (subject, margin, isWhole)
    }
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
  /// The shape of an image as the files have it.
  public internal(set) var storedShape: Shape
  /// The side of the square to which images are resized when they are loaded, if they are.
  public internal(set) var imageSize: Int?
  /// What is to be learned.
  public internal(set) var task: Task
  /// How its files hold it.
  public let layout: Layout
  /// Its files, in the order of their roles.
  public let files: [File]
  /// The archive in which the files are published, if not each by itself.
  public let archive: File?
  /// The folder in which the archive has the files.
  public let archiveFolder: String?
  /// Training and test images that there are in all, where that is fixed.
  public let counts: [Int]
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
  /// How a person gets the files that are not fetched, a sentence.
  public var instructions: String? { instructing?.text }
  let instructing: Wording?
  /// The terms under which it may be used, and who gives them; that they are not known, if so.
  public var license: String { licensing.text }
  let licensing: Wording
  /// How pictures become samples.
  public let pictureStyle: PictureStyle
  /// The changes that make further samples of a class out of its samples.
  public let augmentations: Set<Change>
  /// How it is made, if it is not found anywhere.
  public var synthesis: Synthesis?
}

extension DatasetDescription {
  /// All data sets, the usual one first.
  public static let all =
    [fashionMNIST, mnist, kmnist, qmnist] + emnist + [cifar10, folder, polynomial, linear]

  /// Those that are found somewhere, in files.
  public static var found: [DatasetDescription] { all.filter { $0.synthesis == nil } }

  /// The one that is meant where none is named.
  public static var usual: DatasetDescription { all[0] }

  /// The data set that is called `key` in options and files.
  public init?(key: String) {
    guard let description = Self.all.first(where: { $0.key == key }) else { return nil }
    self = description
  }

  /// The names of all data sets, as a sentence has them.
  public static var names: String {
    // Those of a kind once.
    found.reduce(into: [String]()) { names, description in
      let name = description.name.split(separator: " ").first.map(String.init) ?? ""
      if description.layout != .folders, !names.contains(name) { names.append(name) }
    }.joined(separator: says(", ", "、")) + says(" and your own pictures", "和您自己的图片")
  }

  /// The shape of a sample.
  public var shape: Shape {
    imageSize.map { .image(channels: storedShape.channels, height: $0, width: $0) } ?? storedShape
  }

  /// The files of some roles.
  public func files(_ roles: File.Role...) -> [File] { files.filter { roles.contains($0.role) } }

  /// The file with that role.
  public func file(_ role: File.Role) -> File {
    guard let file = files(role).first else {
      preconditionFailure("\(name) has no file of that role")
    }
    return file
  }

  /// Whether so many training and test samples are all that there are.
  public func isComplete(train: Int, test: Int) -> Bool { counts.isEmpty || counts == [train, test] }

  /// What a folder of it has, in a sentence.
  public var fileKind: String {
    layout == .folders
      ? says(
        "'train' and 'test', each with a folder of PNG files for every class",
        " 'train' 和 'test'（其中每个类别各有一个 PNG 文件夹）")
      : says("the \(files.count) files of \(name)", " \(name) 的 \(files.count) 个文件")
  }

  /// The command that gets the files.
  public var fetchCommand: String { "fmnist-tui data fetch" + (self == Self.usual ? "" : " \(key)") }

  /// How to get the files, a sentence.
  public var remedy: String {
    instructions
      ?? says(
        "Get them with '\(fetchCommand)', or name their folder with --data.",
        "请用 '\(fetchCommand)' 获取，或用 --data 指定它们的文件夹。")
  }
}

// MARK: - What the data tell

extension DatasetDescription {
  /// The sides to which images can be resized.
  public static let imageSizes = 4...512
  /// The most classes: a label is a byte.
  public static let mostClasses = 256

  /// The data set with images resized to squares of so many pixels, or as the files have them.
  public func resized(to imageSize: Int?) -> DatasetDescription {
    var resized = self
    resized.imageSize = imageSize
    return resized
  }

  /// The data set with the classes and the shape that its files have.
  func found(classNames: [String], storedShape: Shape) -> DatasetDescription {
    var found = self
    (found.task, found.storedShape) = (.classification(classNames: classNames), storedShape)
    return found
  }

  /// The names of the classes, where the files say others than are known here.
  public var foundClassNames: [String]? {
    task == Self(key: key)?.task ? nil : task.classNames
  }

  /// The shape that the files have, channels, rows and columns, where it is another than is known here.
  public var foundShape: [Int]? {
    storedShape == Self(key: key)?.storedShape ? nil : storedShape.dimensions
  }

  /// The data set of that key as its files were found; `nil` if no files can be such.
  public init?(key: String, foundClassNames: [String]?, foundShape: [Int]?, imageSize: Int?) {
    self.init(key: key)
    if let names = foundClassNames {
      guard (2...Self.mostClasses).contains(names.count),
        layout == .folders || names.count == task.outputCount
      else { return nil }
      task = .classification(classNames: names)
    }
    if let shape = foundShape {
      guard shape.count == 3, [1, 3].contains(shape[0]), shape.dropFirst().allSatisfy((1...1 << 15).contains),
        layout == .folders
      else { return nil }
      storedShape = .image(channels: shape[0], height: shape[1], width: shape[2])
    }
    if let imageSize {
      guard Self.imageSizes.contains(imageSize) else { return nil }
      self.imageSize = imageSize
    }
  }
}

extension DatasetDescription {
  /// A data set of grey images in four IDX files, by default of MNIST's kind and with its names.
  ///
  /// `files` gives checksum and compressed size of training images and labels, then test images and labels, where they
  /// are known.
  static func idx(
    key: String, name: String, classNames: [String], counts: (train: Int, test: Int) = (60_000, 10_000),
    side: Int = 28, style: IDXStyle = IDXStyle(),
    names: [String] = [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte",
    ],
    files: [(checksum: Checksum, compressedSize: Int?)]? = nil, environmentVariable: String,
    cacheDirectory: String, systemPackage: SystemPackage? = nil, bundledSample: String? = nil,
    archiveFolder: String? = nil, sources: [String] = [], instructions: Wording? = nil, license: Wording,
    pictureStyle: PictureStyle, augmentations: Set<Change>
  ) -> DatasetDescription {
    let roles: [File.Role] = [.trainImages, .trainLabels, .testImages, .testLabels]
    let labels = style.hasLabelRows ? (dimensions: 2, size: IDXFile.labelRowSize) : (dimensions: 1, size: 1)
    let sizes = [counts.train, counts.test].flatMap { count in
      [
        IDXFile.headerSize(dimensions: 3) + count * side * side,
        IDXFile.headerSize(dimensions: labels.dimensions) + count * labels.size,
      ]
    }
    return DatasetDescription(
      key: key, name: name, storedShape: .image(channels: 1, height: side, width: side), imageSize: nil,
      task: .classification(classNames: classNames), layout: .idx(style),
      files: roles.indices.map { index in
        File(
          role: roles[index], name: names[index], checksum: files?[index].checksum,
          compressedSize: files?[index].compressedSize, contentsSize: sizes[index])
      },
      archive: nil, archiveFolder: archiveFolder, counts: [counts.train, counts.test],
      environmentVariable: environmentVariable, cacheDirectory: cacheDirectory, systemPackage: systemPackage,
      bundledSample: bundledSample, sources: sources, instructing: instructions, licensing: license,
      pictureStyle: pictureStyle, augmentations: augmentations)
  }
}
