internal import Messages
internal import Platform

/// The folder that holds everything about one session, usually `runs/expN`.
public struct RunFolder: Hashable, Sendable {
  /// Where it is.
  public let path: String

  /// The folder at `path`, which need not exist.
  public init(path: String) {
    var bytes = Substring(path).utf8
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    self.path = String(Substring(bytes))
  }

  /// The last part of the path: `exp3`.
  public var name: String { path.folderAndName.name }

  /// What was asked for: settings, data, program and machine.
  public var runRecord: String { path + "/run.json" }
  /// The figures, a line each.
  public var metrics: String { path + "/metrics.jsonl" }
  /// What a person did, a line each.
  public var commands: String { path + "/commands.jsonl" }
  /// The final and best figures.
  public var summary: String { path + "/summary.json" }
  /// The folder of TensorBoard's event files.
  public var tensorBoard: String { path + "/tensorboard" }
  /// The folder of checkpoints.
  public var checkpoints: String { path + "/checkpoints" }

  /// Whether both are at one path: names that differ only in how a letter is spelt are two folders.
  public static func == (first: RunFolder, second: RunFolder) -> Bool {
    first.path.hasSameBytes(as: second.path)
  }

  /// Hashes what is compared.
  public func hash(into hasher: inout Hasher) { hasher.combine(Array(path.utf8)) }

  /// Whether a program is writing the folder now.
  public var isBeingWritten: Bool { FolderLock.isHeld(path) }

  /// Makes a new folder within `directory`, which is made too if need be.
  ///
  /// Without a name it is called by `prefix` and a number, the highest there plus one: `expN`. Making a folder is one
  /// indivisible act, so two programs that start together get different ones.
  ///
  /// - Throws: `RunLogError` if the name is taken or cannot be one, or the system refuses.
  public static func claim(
    in directory: String, name: String? = nil, prefix: String = prefix
  ) throws(RunLogError) -> RunFolder {
    let directory = RunFolder(path: directory).path
    if let name { try check(name: name, in: directory) }
    try Folder.make(directory)
    let folder: RunFolder
    if let name {
      folder = RunFolder(path: "\(directory)/\(name)")
      guard try folder.make() else {
        throw RunLogError(
          .taken, path: folder.path, problem: says("a run of this name is there already", "已有这个名字的运行"),
          remedy: says("Give another name, or none to get the next free number", "请给出另一个名字，或不给名字以取下一个空号"))
      }
    } else {
      // What was deleted may be put back.
      let names = try Folder.names(in: directory) + Folder.names(in: SessionTrash(of: directory).path)
      var number = names.compactMap { Self.number(of: $0, prefix: prefix) }.max() ?? 0
      number += 1
      while try !RunFolder(path: "\(directory)/\(prefix)\(number)").make() { number += 1 }
      folder = RunFolder(path: "\(directory)/\(prefix)\(number)")
    }
    try Folder.synchronize(directory)
    return folder
  }

  /// The run folders within `directory`, `exp2` before `exp10`; empty if there is no such directory.
  ///
  /// A folder that has lost its `run.json` is still known by its figures, and one that nobody else may read by that.
  ///
  /// - Throws: `RunLogError` if the directory cannot be read.
  public static func all(in directory: String) throws(RunLogError) -> [RunFolder] {
    let directory = RunFolder(path: directory).path
    return try Folder.names(in: directory)
      .map { (number: number(of: $0) ?? 0, folder: RunFolder(path: "\(directory)/\($0)")) }
      .filter { $0.folder.isSession }
      .sorted { ($0.number, $0.folder.name) < ($1.number, $1.folder.name) }
      .map(\.folder)
  }

  /// Whether a session is kept there, or others may not know: that it cannot be read is told where it is listed.
  package var isSession: Bool { [runRecord, metrics].contains(where: Files.mayExist) }

  /// What the names of training sessions begin with.
  public static let prefix = "exp"
  /// Longer numbers are names that a person gave.
  private static let mostDigits = 9

  /// Makes the folder; whether nobody else had.
  private func make() throws(RunLogError) -> Bool {
    do {
      try Files.makeFolder(path)
      return true
    } catch {
      guard error.code == EEXIST else {
        throw .system(.uncreatable, path, says("cannot be made", "无法建立"), error)
      }
      return false
    }
  }

  /// N of `expN`.
  static func number(of name: String, prefix: String = prefix) -> Int? {
    let digits = name.dropFirst(prefix.count)
    guard name.hasPrefix(prefix), digits.count <= mostDigits, digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int(digits)
  }

  /// Checks that a session's folder can be called so.
  static func check(name: String, in directory: String) throws(RunLogError) {
    let isName =
      !name.isEmpty && !name.beginsWithBytes(of: ".") && !name.beginsWithBytes(of: "-")
      && name.systemBytes.count <= 255
      && !name.hasFolder && !name.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    guard isName else {
      throw RunLogError(
        .invalid, path: directory,
        problem: says("'\(name)' cannot be the name of a run's folder", "'\(name)' 不能作为运行文件夹的名字"),
        remedy: says(
          "Give a name of up to 255 bytes without '/' or control characters, not beginning with '.' or '-'",
          "请给出至多 255 字节、不含 '/' 和控制字符、不以 '.' 或 '-' 开头的名字")
      )
    }
    guard name != "latest", !name.endsWithBytes(of: ".safetensors") else {
      throw RunLogError(
        .invalid, path: directory,
        problem: says("'\(name)' means something else where a run is asked for", "'\(name)' 在指明运行时另有含义"),
        remedy: says(
          "Give a name other than 'latest', not ending in '.safetensors'",
          "请给出不是 'latest'、不以 '.safetensors' 结尾的名字"))
    }
  }
}
