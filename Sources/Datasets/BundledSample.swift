#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The small data set that comes with the program, found from where the program is.
enum BundledSample {
  private static let name = "fashion-mnist-sample"

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

  /// The sample's folder: beside an installed program, or in the source tree that the program was built in.
  static func directory(executable: String) -> String? {
    let folders = sequence(state: executable.split(separator: "/", omittingEmptySubsequences: true)) {
      parts in
      parts.popLast().map { _ in "/" + parts.joined(separator: "/") }
    }
    return Array(folders).flatMap { folder in
      let prefix = folder == "/" ? "" : folder
      return ["\(prefix)/share/fmnist-tui/\(name)", "\(prefix)/assets/\(name)"]
    }.first { access($0 + "/" + FashionMNIST.File.trainImages.name + ".gz", R_OK) == 0 }
  }
}
