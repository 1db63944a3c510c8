internal import Dispatch
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
        .missing, path: directory, found: "files are not what \(description.name) is learned from",
        expected: "no --data: it is made from the seed", remedy: "Leave --data out.")
    }
    let candidates = DataSource.candidates(
      of: description, directory: directory, environment: environment, executable: BundledAssets.executable)
    for source in candidates {
      guard let problem = source.problem else { return try source.load() }
      if source.isExplicit { throw problem }
    }
    throw DatasetError(
      .missing, path: candidates.map(\.directory).joined(separator: ", "),
      found: "no files of \(description.name)", expected: description.fileKind, remedy: description.remedy)
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
        .missing, path: directory, found: found, expected: "a folder with \(dataset.fileKind)",
        remedy: remedy
          ?? (dataset.instructions
            ?? "Name another folder, or get the files with '\(dataset.fetchCommand)'."))
    }
    let kind = (try? Files.status(directory))?.kind
    guard kind == .folder else {
      guard kind != nil else { return missing("no such folder") }
      let isArchive = [".tar.gz", ".tgz", ".tar", ".zip", ".gz"].contains {
        directory.lowercased().endsWithBytes(of: $0)
      }
      return missing(
        isArchive ? "an archive" : "no folder",
        remedy: isArchive ? "Unpack it, for example with 'tar -xf', and name the folder that comes out." : nil
      )
    }
    if dataset.layout == .folders {
      return ["train", "test"].first { (try? Files.status("\(directory)/\($0)"))?.kind != .folder }
        .map { missing("no folder '\($0)'") }
    }
    guard Files.isAccessible(directory, X_OK) else {
      return missing("a folder that may not be searched (permission denied)")
    }
    guard let file = dataset.files.first(where: { path(of: $0) == nil }) else { return nil }
    let archive = dataset.archive.map { "\(directory)/\($0.name)" }
    if let archive, Files.exists(archive) {
      return missing(
        "the archive, and not what is in it",
        remedy: "Unpack it with 'tar -xzf', or get the files with '\(dataset.fetchCommand)'.")
    }
    let pickled = file.name.split(separator: ".")[0]
    if dataset.layout == .records, Files.exists("\(directory)/\(pickled)") {
      return missing(
        "\(pickled), the version for Python, which is not read",
        remedy: "Get the binary version with '\(dataset.fetchCommand)'.")
    }
    return missing("no \(file.name)" + (file.name.endsWithBytes(of: "-ubyte") ? " or \(file.name).gz" : ""))
  }

  /// Loads what the folder has.
  fileprivate func load() throws(DatasetError) -> Dataset {
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
        directory, found: "the classes \(folder.classNames.joined(separator: ", "))",
        expected: "those that were learned, \(dataset.task.classNames.joined(separator: ", "))")
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
        .invalid, path: directory, found: "images of \(first.height) × \(first.width) pixels",
        expected: "\(dataset.shape.height) × \(dataset.shape.width), as those that were learned from",
        remedy: "Resize them with --image-size, or name the folder that was learned from.")
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
    let (needed, available) = (Double(images * found.shape.count), AvailableMemory.current)
    guard needed > available.bytes else { return }
    func gigabytes(_ bytes: Double) -> String { "\((bytes / 1e8).rounded() / 10) GB" }
    throw DatasetError(
      .invalid, path: directory,
      found: "\(images) images of \(found.shape.title) numbers, which need \(gigabytes(needed)) of memory",
      expected: "at most the \(gigabytes(available.bytes)) \(available.limit)",
      remedy: "Give a smaller --image-size, or fewer images.")
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
