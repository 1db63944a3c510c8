/// Where a data set was found.
public struct DataSource: Hashable, Sendable, CustomStringConvertible {
  /// The places that are searched, first to last.
  public enum Place: CaseIterable, Hashable, Sendable {
    /// The folder given with `--data`.
    case argument
    /// The folder that the environment variable `FMNIST_DATA` names.
    case environment
    /// The user's cache, which `fmnist-tui data fetch` fills.
    case cache
    /// The folder of Debian's package.
    case system
    /// The sample that comes with the program.
    case sample
  }

  /// Which of the places.
  public let place: Place
  /// The folder.
  public let directory: String

  /// A place and its folder.
  public init(place: Place, directory: String) {
    self.place = place
    self.directory = directory
  }

  /// The place as a person reads it.
  public var description: String {
    switch place {
    case .argument: "--data \(directory)"
    case .environment: "$FMNIST_DATA \(directory)"
    case .cache: "cache \(directory)"
    case .system: "Debian's dataset-fashion-mnist, \(directory)"
    case .sample: "bundled sample, \(directory)"
    }
  }

  /// Whether a person named the folder, so that it must hold the data.
  var isExplicit: Bool { place == .argument || place == .environment }

  /// The places to search, in order, as far as they exist.
  static func candidates(
    directory: String?, environment: [String: String], executable: String?
  ) -> [DataSource] {
    if let directory { return [DataSource(place: .argument, directory: directory)] }
    if let directory = environment["FMNIST_DATA"], !directory.isEmpty {
      return [DataSource(place: .environment, directory: directory)]
    }
    return [
      FashionMNIST.cacheDirectory(environment: environment).map { DataSource(place: .cache, directory: $0) },
      DataSource(place: .system, directory: "/usr/share/datasets/fashion-mnist"),
      executable.flatMap(BundledAssets.sample).map { DataSource(place: .sample, directory: $0) },
    ].compactMap(\.self)
  }
}

extension FashionMNIST {
  /// The user's cache: `$XDG_CACHE_HOME/fmnist-tui`, or `~/.cache/fmnist-tui`; `nil` without a home.
  public static func cacheDirectory(environment: [String: String]) -> String? {
    // The XDG base directory specification says to ignore relative paths.
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/fmnist-tui" }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return home + "/.cache/fmnist-tui"
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
    }
  }
}
