#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The files that come with the program, found from where the program is.
public enum BundledAssets {

  /// The path of the running program, without symbolic links.
  static var executable: String? {
    #if os(Linux)
      let path = "/proc/self/exe"
    #else
      let path = CommandLine.arguments[0]
    #endif
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path of a bundled file or folder, or `nil` if it is not there.
  public static func path(of name: String) -> String? {
    executable.flatMap { path(of: name, executable: $0) }
  }

  /// The folder of a small data set.
  static func sample(executable: String) -> String? {
    let name = "fashion-mnist-sample"
    return path(of: "\(name)/\(FashionMNIST.File.trainImages.name).gz", executable: executable)
      .map { String($0[..<($0.lastIndex(of: "/") ?? $0.endIndex)]) }
  }

  /// Beside an installed program, or in the source tree that the program was built in.
  private static func path(of name: String, executable: String) -> String? {
    let folders = sequence(state: executable.split(separator: "/", omittingEmptySubsequences: true)) {
      parts in
      parts.popLast().map { _ in "/" + parts.joined(separator: "/") }
    }
    let paths = folders.flatMap { folder in
      ["share/fmnist-tui", "assets"].map { "\(folder == "/" ? "" : folder)/\($0)/\(name)" }
    }
    return paths.first { access($0, R_OK) == 0 }
  }
}
