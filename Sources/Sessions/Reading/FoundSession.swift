import Messages
import Platform

extension RunFolder {
  /// The folder of the session that a person means: a path, a name within `directory`, or `latest` for the latest one there.
  ///
  /// - Throws: `RunLogError` if there is no such session.
  package static func find(_ name: String, in directory: String) throws(RunLogError) -> RunFolder {
    if name == "latest" {
      guard let latest = try RunReader.latest(in: directory) else {
        throw RunLogError(
          .missing, path: directory, problem: says("there is no session here", "这里没有会话"),
          remedy: says("Name another folder with --runs-dir", "请用 --runs-dir 指定另一个文件夹"))
      }
      return latest.folder
    }
    let places = (name.hasFolder ? [] : ["\(directory)/\(name)"]) + [name]
    guard let path = places.first(where: Files.mayExist) else {
      throw RunLogError(
        .missing, path: places[0], problem: says("there is no such session", "没有这个会话"),
        remedy: says(
          "'fmnist-tui runs' lists those there are; or name another folder with --runs-dir",
          "'fmnist-tui runs' 会列出已有的会话；或用 --runs-dir 指定另一个文件夹"))
    }
    let folder = RunFolder(path: path)
    guard !folder.isSession else { return folder }
    guard !Files.exists(SweepFolder(path: path).record) else {
      throw RunLogError(
        .missing, path: path, problem: says("it is a sweep, and no session", "这是扫描，不是会话"),
        remedy: says(
          "'fmnist-tui sweep --help' says what can be done with it", "'fmnist-tui sweep --help' 说明可以用它做什么"))
    }
    throw RunLogError(
      .missing, path: path, problem: says("there is no session (no run.json)", "没有会话（没有 run.json）"),
      remedy: says(
        "Give the folder of a session, its name within --runs-dir, or latest",
        "请给出会话的文件夹、它在 --runs-dir 中的名字，或 latest"))
  }
}
