internal import CNcurses

/// The control groups of this process on Linux: what they allow holds beside what the machine has.
struct ControlGroup: Hashable {
  /// The folder with its files.
  let folder: String
  /// Whether it is one of version 2, whose files have other names.
  let isUnified: Bool

  /// Where the system has the folders of all groups.
  static let root = "/sys/fs/cgroup"

  /// The groups of this process as the system lists them, lines `number:controllers:path`.
  static var listed: String { text(of: "/proc/self/cgroup") }

  /// The groups in which a controller such as `cpu` limits a process, and those above them; `listed` is what the system says
  /// of the process.
  ///
  /// Groups of version 2 are folders of `root`, those of version 1 folders of what is called there as the controller.
  static func all(of controller: String, listed: String, root: String) -> [ControlGroup] {
    listed.split(separator: "\n").flatMap { line -> [ControlGroup] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3,
        parts[1].isEmpty || parts[1].split(separator: ",").contains(Substring(controller))
      else { return [] }
      let names = parts[2].split(separator: "/")
      let isUnified = parts[1].isEmpty
      // A container may see a group's path from outside and its files from inside: those at the root then.
      return (0...names.count).map { depth in
        let top = root + (isUnified ? "" : "/\(controller)")
        return ControlGroup(
          folder: names.prefix(depth).reduce(top) { "\($0)/\($1)" }, isUnified: isUnified)
      }
    }
  }

  /// The words of one of its files; none if there is no such file.
  func words(_ file: String) -> [Substring] {
    Self.text(of: "\(folder)/\(file)").split { $0 == " " || $0 == "\n" }
  }

  /// The contents of a file of the system, which has no size to read by; nothing if there is none.
  static func text(of path: String) -> String {
    guard let file = try? Descriptor(path, flags: O_RDONLY),
      let bytes = try? file.bytes(at: 0, count: 65_536)
    else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
