internal import Messages
internal import Platform

/// A file that is on the disk under a name of its own, and has yet to take the one that it is for.
///
/// What belongs together is prepared first, and then takes its names one right after the other: what can fail or take long
/// is over by then. If it never takes its name, nothing is left of it.
struct PreparedFile: ~Copyable {
  /// The name that it takes, behind links that are followed.
  let target: String
  private let path: String
  private let incomplete: String
  private var isPlaced = false

  private init(target: String, path: String) {
    self.target = target
    self.path = path
    incomplete = DurableFile.incomplete(target)
  }

  /// Writes `bytes` beside the file at `path`, with the permissions that it has, and waits until they are on the disk.
  ///
  /// - Throws: `RunLogError` if the system refuses, or the name is that of something other than a file.
  static func write(
    _ bytes: [UInt8], for path: String, throughLinks: Bool = false
  ) throws(RunLogError) -> PreparedFile {
    let target = throughLinks ? try DurableFile.behindLinks(path) : path
    let former = try DurableFile.replaceable(target, for: path)
    let prepared = PreparedFile(target: target, path: path)
    do throws(RunLogError) {
      let file = try OpenFile(
        prepared.incomplete, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, failure: .unwritable,
        permissions: former == nil ? 0o666 : 0o600)
      try file.put(bytes)
      if let former { try file.take(former) }
      try file.synchronize()
    } catch {
      throw RunLogError(error.kind, path: path, problem: error.problem, remedy: error.remedy)
    }
    return prepared
  }

  deinit {
    if !isPlaced { try? Files.remove(incomplete) }
  }

  /// Takes the name; whether that survives a power failure is up to the folder.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  consuming func takeName() throws(RunLogError) {
    do {
      try Files.rename(incomplete, to: target)
    } catch {
      throw .making(path, says("cannot be replaced", "无法替换"), error)
    }
    isPlaced = true
  }
}
