import ArgumentParser
import Messages
import Platform
import Sessions

/// The options that say where a result goes: to standard output, or into a file that is there completely or not at all.
struct ResultFileOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write. (default: standard output)", "要写的文件。（默认：标准输出）", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: ArgumentHelp("Replace the file if there is one.", "文件已有时替换它。"))
  var force = false

  mutating func validate() throws {
    guard !force || output != nil else {
      throw ValidationError(
        says(
          "--force: there is no file to replace. Give one with -o, or leave --force out.",
          "--force：没有要替换的文件。用 -o 给一个，或去掉 --force。"))
    }
  }

  /// Writes `text`, which ends with a line break.
  ///
  /// - Throws: `Failure` if the file is there already or cannot be written.
  func write(_ text: String) throws(Failure) {
    do {
      guard let output else { return try Self.show(text) }
      try checkIsFree(output)
      try DurableFile.write(Array(text.utf8), to: output, throughLinks: true)
    } catch let failure as Failure {
      throw failure
    } catch let error as RunLogError {
      throw Failure(error)
    } catch let error as WriteError {
      throw Failure(error)
    } catch {
      throw Failure(status: .internalError, message: "\(error)")
    }
  }

  /// What a program takes as it is, such as a joined emoji or a return within a field, a terminal would obey.
  private static func show(_ text: String) throws(WriteError) {
    guard StandardStream.output.isTerminal else { return try StandardStream.output.write(verbatim: text) }
    try StandardStream.output.write(lines: text.split(whereSeparator: \.isNewline).map(String.init))
  }

  /// A device or a pipe must not be replaced by a file, whoever asks for it.
  private func checkIsFree(_ path: String) throws(Failure) {
    guard let status = try? Files.status(path) else { return }
    guard status.kind == .file else {
      throw Failure(
        status: .cannotCreate,
        message: says(
          "\(path): it is there and no file. Give another name, or leave -o out for standard output.",
          "\(path)：已存在，而且不是文件。请另取名称，或去掉 -o 写到标准输出。"))
    }
    guard force else {
      throw Failure(
        status: .cannotCreate,
        message: says(
          "\(path): there is a file already. Give another name, or --force to replace it.",
          "\(path)：文件已存在。请另取名称，或用 --force 替换它。"))
    }
  }
}
