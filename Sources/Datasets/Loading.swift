internal import Dispatch
internal import NeuralNetwork
internal import Platform
internal import Synchronization

extension Dataset {
  /// Loads a data set from the first place that has it.
  ///
  /// Searched are `directory`, the data set's environment variable, the user's cache, the system's package and the
  /// bundled sample. A folder that a person named must hold the files; the others are passed over where they do not.
  ///
  /// - Throws: `DatasetError` if no place has the data, or if a file is damaged or not what it should be.
  public static func load(
    _ description: DatasetDescription = .usual, directory: String?, environment: [String: String]
  ) throws(DatasetError) -> Dataset {
    let candidates = DataSource.candidates(
      of: description, directory: directory, environment: environment, executable: BundledAssets.executable)
    for source in candidates {
      let paths = description.files.map { source.path(of: $0) }
      guard let missing = paths.firstIndex(of: nil) else { return try load(source, paths.compactMap(\.self)) }
      if source.isExplicit { throw source.missing(description.files[missing]) }
    }
    throw DatasetError(
      .missing, path: candidates.map(\.directory).joined(separator: ", "),
      found: "no files of \(description.name)", expected: description.fileKind,
      remedy: "Get them with '\(description.fetchCommand)', or name their folder with --data.")
  }

  /// Loads both sets, side by side: inflating the files takes most of the time.
  private static func load(_ source: DataSource, _ paths: [String]) throws(DatasetError) -> Dataset {
    let description = source.dataset
    let loaded = Mutex<[Int: Result<LabeledImages, DatasetError>]>([:])
    DispatchQueue.concurrentPerform(iterations: 2) { split in
      let result = Result { () throws(DatasetError) in
        try LabeledImages(
          imagesPath: paths[2 * split], labelsPath: paths[2 * split + 1],
          sampleSizes: Array(description.shape.dimensions.dropFirst()), classes: description.task.outputCount)
      }
      loaded.withLock { $0[split] = result }
    }
    let sets = loaded.withLock { $0 }
    guard let train = sets[0], let test = sets[1] else { preconditionFailure("both sets were loaded") }
    return Dataset(train: try train.get(), test: try test.get(), source: source)
  }
}

extension DataSource {
  /// The path of a file in the folder, under any of its names, or `nil` if it is not there.
  public func path(of file: DatasetDescription.File) -> String? {
    file.spellings.map { directory + "/" + $0 }.first(where: Files.exists)
  }

  fileprivate func missing(_ file: DatasetDescription.File) -> DatasetError {
    DatasetError(
      .missing, path: directory,
      found: !Files.exists(directory)
        ? "no such folder"
        : Files.isAccessible(directory, X_OK)
          ? "no \(file.name) or \(file.name).gz" : "a folder that may not be searched (permission denied)",
      expected: "a folder with \(dataset.fileKind)",
      remedy: "Name another folder, or get the files with '\(dataset.fetchCommand)'.")
  }
}

extension DatasetDescription.File {
  /// Names under which the file is found: as it is or compressed, also with the dot that some tools write.
  fileprivate var spellings: [String] {
    let words = name.split(separator: "-")
    let dotted = words.dropLast(2).joined(separator: "-") + "." + words.suffix(2).joined(separator: "-")
    return [name, name + ".gz", dotted, dotted + ".gz"]
  }
}
