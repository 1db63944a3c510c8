import ArgumentParser
import Experiment
import Messages
import Platform
import Sessions

/// The options that say which of a session's weights are meant.
struct WeightsOptions: ParsableArguments {
  /// Which of a run's weights.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case best
    case latest
  }

  @Option(help: ArgumentHelp("Which run of the session. (default: A)", "会话的哪个运行。（默认：A）", valueName: "letter"))
  var of: String?

  @Option(
    help: ArgumentHelp(
      "The weights of the best epoch, by images held out or else by the test set, or the latest ones. (default: best)",
      "best 是最佳轮的权重（按留出的图像，没有则按测试集），latest 是最近的。（默认：best）"))
  var weights: Choice?

  @OptionGroup var directory: RunsDirectoryOption

  /// Refuses a choice where a file leaves none.
  func validate(for session: String) throws {
    try directory.validate(for: [session])
    guard !isFile(session) || (of == nil && weights == nil) else {
      throw ValidationError(
        says(
          "--of and --weights choose among the weights of a session, and \(session) is one file. Leave them out.",
          "--of 和 --weights 在会话的权重中选择，而 \(session) 是一个文件。请去掉它们。")
      )
    }
  }

  /// Whether a file of weights is meant: by what its name ends in, or because it is one and no session is called so.
  private func isFile(_ session: String) -> Bool {
    guard !session.endsWithBytes(of: ".safetensors") else { return true }
    guard session.hasFolder || !Files.exists("\(directory.runsDir)/\(session)") else { return false }
    return (try? Files.status(session))??.kind == .file
  }

  /// The file with the weights of a session, or the file itself.
  ///
  /// - Throws: `RunLogError` if there is no such session or run.
  func path(of session: String) throws(RunLogError) -> String {
    if isFile(session) { return session }
    let of = of ?? "A"
    let folder = try RunFolder.find(session, in: directory.runsDir)
    let letters = try RunReader(folder).record().runs.indices.map { RunID($0).letter }
    guard let index = letters.firstIndex(of: of.uppercased()) else {
      throw RunLogError(
        .missing, path: folder.path, problem: says("the session has no run \(of)", "会话没有运行 \(of)"),
        remedy: says(
          "Give one of \(letters.joined(separator: ", ")) with --of",
          "用 --of 给 \(letters.joined(separator: "、")) 之一"))
    }
    let file = CheckpointFile(folder: folder, run: RunID(index))
    return weights == .latest ? file.newest : file.best
  }
}
