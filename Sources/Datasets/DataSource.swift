internal import Messages
internal import Platform

/// Where a data set was found.
public struct DataSource: Hashable, Sendable, CustomStringConvertible {
  /// The places that are searched, first to last.
  public enum Place: CaseIterable, Hashable, Sendable {
    /// The folder given with `--data`.
    case argument
    /// The folder that the data set's environment variable names.
    case environment
    /// The user's cache, which `fmnist-tui data fetch` fills.
    case cache
    /// The folder of Debian's package.
    case system
    /// The sample that comes with the program.
    case sample
    /// Nowhere: it is made.
    case synthesis
  }

  /// What was found there.
  public let dataset: DatasetDescription
  /// Which of the places.
  public let place: Place
  /// The folder.
  public let directory: String

  /// A place and its folder.
  public init(of dataset: DatasetDescription = .usual, place: Place, directory: String) {
    self.dataset = dataset
    self.place = place
    self.directory = directory
  }

  /// The place as a person reads it.
  public var description: String {
    switch place {
    case .argument: "--data \(directory)"
    case .environment: "$\(dataset.environmentVariable) \(directory)"
    case .cache: says("cache \(directory)", "缓存 \(directory)")
    case .system:
      says(
        "Debian's \(dataset.systemPackage?.name ?? "package"), \(directory)",
        "Debian 软件包 \(dataset.systemPackage?.name ?? "")，\(directory)")
    case .sample: says("bundled sample, \(directory)", "自带的小样本，\(directory)")
    case .synthesis: says("made from the seed", "由随机种子生成")
    }
  }

  /// Whether a person named the folder, so that it must hold the data.
  var isExplicit: Bool { place == .argument || place == .environment }

  /// The places to search, in order, as far as they exist.
  static func candidates(
    of dataset: DatasetDescription = .usual, directory: String?, environment: [String: String],
    executable: String?
  ) -> [DataSource] {
    func source(_ place: Place, _ directory: String) -> DataSource {
      DataSource(of: dataset, place: place, directory: directory)
    }
    if let directory { return [source(.argument, directory)] }
    if let directory = environment[dataset.environmentVariable], !directory.isEmpty {
      return [source(.environment, directory)]
    }
    return [
      dataset.cacheDirectory(environment: environment).map { source(.cache, $0) },
      dataset.systemPackage.map { source(.system, $0.directory) },
      executable.flatMap { BundledAssets.sample(of: dataset, executable: $0) }.map { source(.sample, $0) },
    ].compactMap(\.self)
  }
}

extension DatasetDescription {
  /// Its folder in the user's cache, `$XDG_CACHE_HOME` or `~/.cache`; `nil` without a home.
  public func cacheDirectory(environment: [String: String]) -> String? {
    // The XDG base directory specification says to ignore relative paths.
    if let cache = environment["XDG_CACHE_HOME"], cache.isAbsolutePath { return "\(cache)/\(cacheDirectory)" }
    guard let home = environment["HOME"], home.isAbsolutePath else { return nil }
    return "\(home)/.cache/\(cacheDirectory)"
  }
}

extension DataSource.Place {
  /// The place in one word.
  public var key: String {
    switch self {
    case .argument: "argument"
    case .environment: "environment"
    case .cache: "cache"
    case .system: "system"
    case .sample: "sample"
    case .synthesis: "made"
    }
  }
}
