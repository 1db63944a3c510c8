internal import Platform

/// The files that come with the program, found from where the program is.
public enum BundledAssets {
  /// The path of the running program, without symbolic links.
  public static var executable: String? {
    #if os(Linux)
      let path = "/proc/self/exe"
    #else
      let path = CommandLine.arguments[0]
    #endif
    return try? Files.resolved(path)
  }

  /// The path of a bundled file or folder, or `nil` if it is not there.
  public static func path(of name: String) -> String? {
    executable.flatMap { path(of: name, executable: $0) }
  }

  /// The folder of the small part of a data set that comes with the program.
  public static func sample(of dataset: DatasetDescription = .usual) -> String? {
    executable.flatMap { sample(of: dataset, executable: $0) }
  }

  static func sample(of dataset: DatasetDescription = .usual, executable: String) -> String? {
    guard let name = dataset.bundledSample else { return nil }
    return path(of: "\(name)/\(dataset.files[0].fetchedName)", executable: executable)
      .map(\.folderAndName.folder)
  }

  /// Beside an installed program, or in the source tree that the program was built in.
  private static func path(of name: String, executable: String) -> String? {
    let folders = sequence(state: executable.pathComponents) {
      parts in
      parts.popLast().map { _ in "/" + parts.joined(separator: "/") }
    }
    let paths = folders.flatMap { folder in
      ["share/fmnist-tui", "assets"].map { "\(folder == "/" ? "" : folder)/\($0)/\(name)" }
    }
    return paths.first { Files.isAccessible($0, R_OK) }
  }
}
