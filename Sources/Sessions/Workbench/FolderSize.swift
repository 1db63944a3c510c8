internal import Platform

extension RunFolder {
  /// Bytes of the files in the folder, as far as they can be seen.
  package var bytes: Int { Self.bytes(path, depth: 0) }

  /// A session's folder has folders with files; deeper ones are somebody else's.
  private static func bytes(_ path: String, depth: Int) -> Int {
    guard let status = try? Files.status(path, followingLinks: false) else { return 0 }
    guard status.kind == .folder else { return status.size }
    guard depth < 4, let names = try? Files.names(in: path) else { return 0 }
    return names.reduce(0) { $0 + bytes("\(path)/\($1)", depth: depth + 1) }
  }
}
