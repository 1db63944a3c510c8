internal import Dispatch
internal import Messages
internal import NeuralNetwork
internal import Platform

/// A folder of pictures: `train` and `test`, in each a folder of PNG files for every class, in the order of their names.
///
/// Names that begin with a dot, and files that are no PNG files by their names, are passed over.
struct ImageFolder {
  let directory: String
  /// The names of the classes.
  let classNames: [String]

  /// Finds the classes of the folder.
  ///
  /// - Throws: `DatasetError` if there are fewer than two or more than 256, or one has no training image.
  init(_ directory: String) throws(DatasetError) {
    self.directory = directory
    let path = directory + "/train"
    classNames = try Self.folders(path)
    guard (2...DatasetDescription.mostClasses).contains(classNames.count) else {
      throw Self.invalid(
        path,
        found: classNames.isEmpty
          ? says("no folders", "没有文件夹")
          : says(
            "\(classNames.count) folder" + (classNames.count == 1 ? "" : "s"), "\(classNames.count) 个文件夹"),
        expected: says(
          "2 to \(DatasetDescription.mostClasses), one for each class",
          " 2 到 \(DatasetDescription.mostClasses) 个，每个类别一个"))
    }
  }

  /// What the data set is, as far as the first picture tells: others may have colours, or another size.
  func description(of dataset: DatasetDescription) throws(DatasetError) -> DatasetDescription {
    let first = "\(directory)/train/\(classNames[0])"
    let header = try PNGFile.header(try pictures(first).first ?? first)
    return dataset.found(
      classNames: classNames,
      storedShape: .image(channels: header.isColored ? 3 : 1, height: header.height, width: header.width))
  }

  /// The pictures of one of the splits, class by class.
  struct Split {
    var paths: [String] = []
    var labels: [UInt8] = []
  }

  /// The training pictures: every class has some.
  func train() throws(DatasetError) -> Split {
    var split = Split()
    for (label, name) in classNames.enumerated() {
      let path = "\(directory)/train/\(name)"
      let pictures = try pictures(path)
      guard !pictures.isEmpty else {
        let others = ((try? Files.names(in: path)) ?? []).count
        throw Self.invalid(
          path,
          found: others > 0
            ? says("no PNG files among \(others) names", "\(others) 个文件中没有 PNG 文件")
            : says("no PNG files", "没有 PNG 文件"),
          expected: says("at least one picture of the class", "该类别至少有一幅图片"))
      }
      split.paths += pictures
      split.labels += [UInt8](repeating: UInt8(label), count: pictures.count)
    }
    return split
  }

  /// The test pictures, of classes that are trained.
  func test() throws(DatasetError) -> Split {
    let path = directory + "/test"
    let names = try Self.folders(path)
    if let unknown = names.first(where: { name in !classNames.contains { $0.hasSameBytes(as: name) } }) {
      throw Self.invalid(
        "\(path)/\(unknown)", found: says("a class that 'train' does not have", "'train' 中没有的类别"),
        expected: says("the same classes in both", "两者的类别相同"))
    }
    var split = Split()
    for (label, name) in classNames.enumerated() where names.contains(where: { $0.hasSameBytes(as: name) }) {
      let pictures = try pictures("\(path)/\(name)")
      split.paths += pictures
      split.labels += [UInt8](repeating: UInt8(label), count: pictures.count)
    }
    guard !split.paths.isEmpty else {
      throw Self.invalid(
        path, found: says("no PNG files", "没有 PNG 文件"),
        expected: says("at least one picture in a class's folder", "某个类别的文件夹中至少有一幅图片"))
    }
    return split
  }

  /// The PNG files in a folder, ordered by their names.
  private func pictures(_ path: String) throws(DatasetError) -> [String] {
    try Self.names(path).filter { $0.lowercased().endsWithBytes(of: ".png") }.map { "\(path)/\($0)" }
  }

  /// The folders in a folder, ordered by their names.
  private static func folders(_ path: String) throws(DatasetError) -> [String] {
    try names(path).filter { (try? Files.status("\(path)/\($0)")?.kind) == .folder }
  }

  private static func names(_ path: String) throws(DatasetError) -> [String] {
    do {
      return try Files.names(in: path).filter { !$0.hasPrefix(".") }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw DatasetError(
        .missing, path: path, found: "\(error)",
        expected: says("a folder with a folder of PNG files for every class", "每个类别各有一个 PNG 文件夹的文件夹"),
        remedy: says("Name another folder with --data.", "请用 --data 指定另一个文件夹。"))
    }
  }

  static func invalid(_ path: String, found: String, expected: String) -> DatasetError {
    DatasetError(
      .invalid, path: path, found: found, expected: expected,
      remedy: says(
        "In 'train' and in 'test' each class has a folder of PNG files.",
        "'train' 和 'test' 中每个类别各要有一个 PNG 文件夹。"))
  }
}

extension ImageFolder.Split {
  /// What the files say of their pictures, without reading these: the size that all have, unless each may have its own,
  /// and whether any has colours.
  ///
  /// - Throws: `DatasetError` if a file is no PNG file or has another size than the first.
  func headers(sizesMayDiffer: Bool) throws(DatasetError) -> (first: PNGFile.Header, anyIsColored: Bool) {
    let first = try PNGFile.header(paths[0])
    var anyIsColored = first.isColored
    for path in paths.dropFirst() {
      let header = try PNGFile.header(path)
      anyIsColored = anyIsColored || header.isColored
      guard sizesMayDiffer || (header.width, header.height) == (first.width, first.height) else {
        throw DatasetError(
          .invalid, path: path,
          found: says("\(header.width) × \(header.height) pixels", "\(header.width) × \(header.height) 像素"),
          expected: says(
            "\(first.width) × \(first.height), as \(paths[0]) has",
            " \(first.width) × \(first.height)，与 \(paths[0]) 相同"),
          remedy: says(
            "Give one size to all with --image-size, for example 64.", "请用 --image-size 给所有图片同一尺寸，例如 64。"))
      }
    }
    return (first, anyIsColored)
  }

  /// Reads the pictures, transparent parts being black, each resized to the sides of `shape`.
  ///
  /// - Throws: `DatasetError` for the first file that cannot be read.
  func images(_ shape: Shape) throws(DatasetError) -> LabeledImages {
    let failure = Guarded<(index: Int, error: DatasetError)?>(nil)
    let size = shape.count
    let pixels = [UInt8](unsafeUninitializedCapacity: paths.count * size) { buffer, filled in
      filled = paths.count * size
      guard let target = buffer.baseAddress else { return }
      nonisolated(unsafe) let output = target
      let parts = min(paths.count, 64)
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        for index in paths.count * part / parts..<paths.count * (part + 1) / parts {
          let picture: [UInt8]
          do throws(DatasetError) {
            let file = try PNGFile(path: paths[index], channels: shape.channels)
            picture = Resizing(
              height: file.height, width: file.width, channels: shape.channels, toHeight: shape.height,
              toWidth: shape.width
            ).resized(file.pixelsOnBlack)
          } catch {
            picture = [UInt8](repeating: 0, count: size)
            failure.withLock { if $0.map({ index < $0.index }) ?? true { $0 = (index, error) } }
          }
          (output + index * size).update(from: picture, count: size)
          if failure.withLock({ $0 != nil }) { return }
        }
      }
    }
    if let error = failure.withLock(\.self)?.error { throw error }
    return LabeledImages(
      count: paths.count, height: shape.height, width: shape.width, channels: shape.channels, pixels: pixels,
      labels: labels)
  }
}
