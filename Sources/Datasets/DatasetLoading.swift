internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Dataset {
  /// Loads Fashion-MNIST from the first place that has it.
  ///
  /// Searched are `directory`, `$FMNIST_DATA`, the user's cache, Debian's package and the bundled sample. A folder that a
  /// person named must hold the four files; the others are passed over where they do not.
  ///
  /// - Throws: `DatasetError` if no place has the data, or if a file is damaged or not what it should be.
  public static func load(
    directory: String?, environment: [String: String]
  ) throws(DatasetError) -> Dataset {
    let candidates = DataSource.candidates(
      directory: directory, environment: environment, executable: BundledAssets.executable)
    for source in candidates {
      let paths = FashionMNIST.File.allCases.map { source.path(of: $0) }
      guard let missing = paths.firstIndex(of: nil) else { return try load(source, paths.compactMap(\.self)) }
      if source.isExplicit { throw source.missing(FashionMNIST.File.allCases[missing]) }
    }
    throw DatasetError(
      .missing, path: candidates.map(\.directory).joined(separator: ", "), found: "no Fashion-MNIST files",
      expected: "the four IDX files",
      remedy: "Get them with 'fmnist-tui data fetch', or name their folder with --data.")
  }

  /// Loads both sets, side by side: inflating the files takes most of the time.
  private static func load(_ source: DataSource, _ paths: [String]) throws(DatasetError) -> Dataset {
    let loaded = Mutex<[Int: Result<LabeledImages, DatasetError>]>([:])
    DispatchQueue.concurrentPerform(iterations: 2) { split in
      let result = Result { () throws(DatasetError) in
        try LabeledImages(
          imagesPath: paths[2 * split], labelsPath: paths[2 * split + 1], side: FashionMNIST.side,
          classes: FashionMNIST.classNames.count)
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
  public func path(of file: FashionMNIST.File) -> String? {
    file.spellings.map { directory + "/" + $0 }.first { access($0, F_OK) == 0 }
  }

  fileprivate func missing(_ file: FashionMNIST.File) -> DatasetError {
    let exists = access(directory, F_OK) == 0
    return DatasetError(
      .missing, path: directory, found: exists ? "no \(file.name) or \(file.name).gz" : "no such folder",
      expected: "a folder with the four files of Fashion-MNIST",
      remedy: "Name another folder, or get the files with 'fmnist-tui data fetch'.")
  }
}
