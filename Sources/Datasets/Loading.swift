internal import Dispatch
internal import Messages
internal import NeuralNetwork
internal import Platform

extension Dataset {
  /// Loads a data set from the first place that has it.
  ///
  /// Searched are `directory`, the data set's environment variable, the user's cache, the system's package and the
  /// bundled sample. A folder that a person named must hold the files; the others are passed over where they do not.
  ///
  /// One that is made has its usual size.
  ///
  /// - Throws: `DatasetError` if no place has the data, or if a file is damaged or not what it should be.
  public static func load(
    _ description: DatasetDescription = .usual, directory: String?, environment: [String: String]
  ) throws(DatasetError) -> Dataset {
    if let synthesis = description.synthesis {
      guard let directory else { return synthesis.dataset(description, synthesis.usual) }
      throw DatasetError(
        .missing, path: directory,
        found: says(
          "files are not what \(description.name) is learned from", "\(description.name) 不是从文件中学习的"),
        expected: says("no --data: it is made from the seed", "没有 --data，因为它由随机种子生成"),
        remedy: says("Leave --data out.", "请去掉 --data。"))
    }
    let candidates = DataSource.candidates(
      of: description, directory: directory, environment: environment, executable: BundledAssets.executable)
    for source in candidates {
      guard let problem = source.problem else { return try source.load() }
      if source.isExplicit { throw problem }
    }
    throw DatasetError(
      .missing, path: candidates.map(\.directory).joined(separator: ", "),
      found: says("no files of \(description.name)", "没有 \(description.name) 的文件"),
      expected: description.fileKind, remedy: description.remedy)
  }
}

extension Dataset {
  /// The data set as the folder that a person named shows it at a glance, before the images are loaded; `description` where
  /// all is known beforehand.
  ///
  /// - Throws: `DatasetError` if the folder is none of the data set.
  public static func description(
    of description: DatasetDescription, directory: String?, environment: [String: String]
  ) throws(DatasetError) -> DatasetDescription {
    guard description.layout == .folders,
      let source = DataSource.candidates(
        of: description, directory: directory, environment: environment, executable: nil
      ).first
    else { return description }
    return try ImageFolder(source.directory).description(of: description)
  }
}

extension DataSource {
  /// The path of a file in the folder, or in the one that an archive makes there, under any of its names; `nil` if it is
  /// not there.
  public func path(of file: DatasetDescription.File) -> String? {
    let folders = [directory] + (dataset.archiveFolder.map { ["\(directory)/\($0)"] } ?? [])
    return folders.flatMap { folder in file.spellings.map { folder + "/" + $0 } }.first(where: Files.exists)
  }

  /// What the folder lacks, if anything.
  fileprivate var problem: DatasetError? {
    func missing(_ found: String, remedy: String? = nil) -> DatasetError {
      DatasetError(
        .missing, path: directory, found: found,
        expected: says("a folder with \(dataset.fileKind)", "含有\(dataset.fileKind)的文件夹"),
        remedy: remedy
          ?? (dataset.instructions
            ?? says(
              "Name another folder, or get the files with '\(dataset.fetchCommand)'.",
              "请指定另一个文件夹，或用 '\(dataset.fetchCommand)' 获取文件。")))
    }
    let kind = (try? Files.status(directory))?.kind
    guard kind == .folder else {
      guard kind != nil else { return missing(says("no such folder", "没有这个文件夹")) }
      let isArchive = [".tar.gz", ".tgz", ".tar", ".zip", ".gz"].contains {
        directory.lowercased().endsWithBytes(of: $0)
      }
      return missing(
        isArchive ? says("an archive", "是一个归档文件") : says("no folder", "不是文件夹"),
        remedy: isArchive
          ? says(
            "Unpack it, for example with 'tar -xf', and name the folder that comes out.",
            "请先解包（例如用 'tar -xf'），再指定得到的文件夹。") : nil
      )
    }
    if dataset.layout == .folders {
      return ["train", "test"].first { (try? Files.status("\(directory)/\($0)"))?.kind != .folder }
        .map { missing(says("no folder '\($0)'", "没有文件夹 '\($0)'")) }
    }
    guard Files.isAccessible(directory, X_OK) else {
      return missing(says("a folder that may not be searched (permission denied)", "文件夹无法进入（权限不够）"))
    }
    guard let file = dataset.files.first(where: { path(of: $0) == nil }) else { return nil }
    let archive = dataset.archive.map { "\(directory)/\($0.name)" }
    if let archive, Files.exists(archive) {
      return missing(
        says("the archive, and not what is in it", "只有归档文件，没有其中的内容"),
        remedy: says(
          "Unpack it with 'tar -xzf', or get the files with '\(dataset.fetchCommand)'.",
          "请用 'tar -xzf' 解包，或用 '\(dataset.fetchCommand)' 获取文件。"))
    }
    let pickled = file.name.split(separator: ".")[0]
    if dataset.layout == .records, Files.exists("\(directory)/\(pickled)") {
      return missing(
        says("\(pickled), the version for Python, which is not read", "\(pickled) 是供 Python 用的版本，本程序不读它"),
        remedy: says(
          "Get the binary version with '\(dataset.fetchCommand)'.", "请用 '\(dataset.fetchCommand)' 获取二进制版本。"))
    }
    return missing(
      file.name.endsWithBytes(of: "-ubyte")
        ? says("no \(file.name) or \(file.name).gz", "没有 \(file.name) 或 \(file.name).gz")
        : says("no \(file.name)", "没有 \(file.name)"))
  }

  /// Loads what the folder has.
  fileprivate func load() throws(DatasetError) -> Dataset {
    if dataset.layout != .folders { try checkMemoryOfFiles() }
    let (found, train, test) =
      switch dataset.layout {
      case .idx(let style): try loadIDX(style)
      case .records: try loadRecords()
      case .folders: try loadFolders()
      }
    return Dataset(
      train: train, test: test, source: DataSource(of: found, place: place, directory: directory))
  }

  private typealias Loaded = (dataset: DatasetDescription, train: LabeledImages, test: LabeledImages)

  private func loadIDX(_ style: DatasetDescription.IDXStyle) throws(DatasetError) -> Loaded {
    let paths = dataset.files.compactMap { path(of: $0) }
    return try resized(dataset) { split throws(DatasetError) in
      try LabeledImages(
        imagesPath: paths[2 * split], labelsPath: paths[2 * split + 1],
        sampleSizes: Array(dataset.storedShape.dimensions.dropFirst()), style: style,
        classes: dataset.task.outputCount)
    }
  }

  private func loadRecords() throws(DatasetError) -> Loaded {
    let (shape, classes) = (dataset.storedShape, dataset.task.outputCount)
    var names = dataset.task.classNames
    for file in dataset.files(.classNames) {
      guard let path = path(of: file) else { continue }
      names = try RecordFile.readNames(path, count: classes, limit: file.contentsSize)
    }
    return try resized(dataset.found(classNames: names, storedShape: shape)) { split throws(DatasetError) in
      var contents = RecordFile.Contents()
      for file in dataset.files(split == 0 ? .train : .test) {
        guard let path = path(of: file) else { continue }
        try RecordFile.read(path, shape: shape, classes: classes, limit: file.contentsSize, into: &contents)
      }
      return LabeledImages(
        count: contents.labels.count, height: shape.height, width: shape.width, channels: shape.channels,
        pixels: contents.pixels, labels: contents.labels)
    }
  }

  private func loadFolders() throws(DatasetError) -> Loaded {
    let folder = try ImageFolder(directory)
    let isLearned = dataset != .folder.resized(to: dataset.imageSize)
    guard !isLearned || dataset.task.classNames == folder.classNames else {
      throw ImageFolder.invalid(
        directory,
        found: says(
          "the classes \(folder.classNames.joined(separator: ", "))",
          "类别 \(folder.classNames.joined(separator: ", "))"),
        expected: says(
          "those that were learned, \(dataset.task.classNames.joined(separator: ", "))",
          "学习时的类别 \(dataset.task.classNames.joined(separator: ", "))"))
    }
    let splits = try [folder.train(), folder.test()]
    var all = splits[0]
    all.paths += splits[1].paths
    let (first, anyIsColored) = try all.headers(sizesMayDiffer: dataset.imageSize != nil)
    // Networks get as many channels as they have learned from.
    let channels = isLearned ? dataset.storedShape.channels : anyIsColored ? 3 : 1
    let found = dataset.found(
      classNames: folder.classNames,
      storedShape: .image(channels: channels, height: first.height, width: first.width))
    guard !isLearned || found.shape == dataset.shape else {
      throw DatasetError(
        .invalid, path: directory,
        found: says(
          "images of \(first.height) × \(first.width) pixels", "\(first.height) × \(first.width) 像素的图像"),
        expected: says(
          "\(dataset.shape.height) × \(dataset.shape.width), as those that were learned from",
          " \(dataset.shape.height) × \(dataset.shape.width)，与学习时的图像相同"),
        remedy: says(
          "Resize them with --image-size, or name the folder that was learned from.",
          "请用 --image-size 缩放，或指定学习时的文件夹。"))
    }
    try checkMemory(images: all.paths.count, of: found)
    return (found, try splits[0].images(found.shape), try splits[1].images(found.shape))
  }

  /// Loads both sets, side by side, as inflating the files takes most of the time, and makes the images as large as wanted.
  private func resized(
    _ found: DatasetDescription, _ load: @Sendable (_ split: Int) throws(DatasetError) -> LabeledImages
  ) throws(DatasetError) -> Loaded {
    let loaded = Guarded<[Int: Result<LabeledImages, DatasetError>]>([:])
    DispatchQueue.concurrentPerform(iterations: 2) { split in
      let result = Result { () throws(DatasetError) in try load(split) }
      loaded.withLock { $0[split] = result }
    }
    let sets = loaded.withLock { $0 }
    guard let first = sets[0], let second = sets[1] else { preconditionFailure("both sets were loaded") }
    let (train, test) = try (first.get(), second.get())
    guard let side = found.imageSize else { return (found, train, test) }
    try checkMemory(images: train.count + test.count, of: found)
    return (found, train.resized(to: side), test.resized(to: side))
  }

  /// Checks that so many images have room in the machine's memory.
  private func checkMemory(images: Int, of found: DatasetDescription) throws(DatasetError) {
    try checkMemory(
      Double(images * found.shape.count),
      of: says(
        "\(images) images of \(found.shape.title) numbers", "\(images) 幅图像，各有 \(found.shape.title) 个数"),
      remedy: says("Give a smaller --image-size, or fewer images.", "请给出更小的 --image-size，或减少图像。"))
  }

  /// Checks that the files have room in memory, with what is read out of them; a part of the data needs less.
  private func checkMemoryOfFiles() throws(DatasetError) {
    let needed = dataset.files.reduce(0.0) { sum, file in
      guard let path = path(of: file), let size = (try? Files.status(path))??.size else { return sum }
      let most = Double(file.contentsSize)
      let stored = min(Double(size), most)
      // Images shrink to a tenth at best.
      return sum + stored + (path.endsWithBytes(of: ".gz") ? min(10 * stored, most) : 0)
    }
    try checkMemory(
      needed,
      of: says("\(dataset.files.count) files of images and labels", "\(dataset.files.count) 个图像和标签文件"),
      remedy: says("End other programs, or raise the limit.", "请结束其他程序，或提高限额。"))
  }

  private func checkMemory(
    _ needed: Double, of title: String, remedy: String
  ) throws(DatasetError) {
    let available = AvailableMemory.current
    guard needed > available.bytes else { return }
    func gigabytes(_ bytes: Double) -> String { "\((bytes / 1e8).rounded() / 10) GB" }
    throw DatasetError(
      .invalid, path: directory,
      found: says(
        "\(title), which need \(gigabytes(needed)) of memory", "\(title)，共需 \(gigabytes(needed)) 内存"),
      expected: says(
        "at most the \(gigabytes(available.bytes)) \(available.limit)",
        "至多 \(gigabytes(available.bytes))（\(available.limit)）"),
      remedy: remedy)
  }
}

extension DatasetDescription.File {
  /// Names under which the file is found: as it is or compressed, also with the dot that some tools write.
  fileprivate var spellings: [String] {
    guard role != .train, role != .test, role != .classNames else { return [name] }
    let words = name.split(separator: "-")
    let dotted = words.dropLast(2).joined(separator: "-") + "." + words.suffix(2).joined(separator: "-")
    return [name, name + ".gz", dotted, dotted + ".gz"]
  }
}
