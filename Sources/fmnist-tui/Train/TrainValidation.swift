import ArgumentParser
import Experiment
import Messages
import Reports
import Sessions

/// What options of a session contradict each other.
extension TrainCommand {
  /// Weights that are given are not drawn.
  func validateBeginning() throws(ConfigurationError) {
    guard saving.initFrom != nil else { return }
    let runs = try versus().map { ($0.changes, "--versus ") }
    for (given, prefix) in [(settings, "--")] + runs {
      guard let initialization = given[.initialization] else { continue }
      throw ConfigurationError(
        setting: nil, given: "\(prefix)init=\(initialization)",
        problem: says("--init-from gives the initial weights", "--init-from 已给出初始权重"),
        remedy: says("Leave one of them out", "请去掉其中一个"))
    }
  }

  /// What a resumed session is has been said when it began.
  func validateResumption() throws {
    guard saving.resume != nil else { return }
    var given = settings
    given[.epochs] = nil
    guard given.texts.isEmpty, !presets.areNamed, session.versus.isEmpty, !session.noCompare,
      session.fork.isEmpty, session.replicates == nil
    else {
      throw ValidationError(
        says(
          "--resume goes on with the session's own settings: only --epochs may be given anew. Leave the others out.",
          "--resume 沿用会话自己的设置：只有 --epochs 可以重新给。请去掉其他的。")
      )
    }
  }

  /// Refuses what only a session on this machine can do.
  func validateSending() throws {
    guard cluster.on != nil else { return }
    guard session.replicates ?? 1 > 1 else {
      throw ValidationError(
        says(
          "--on slurm sends runs with several seeds: add --replicates, for example --replicates 20. Lists of settings are "
            + "sent by 'fmnist-tui sweep'.",
          "--on slurm 发送有几个种子的运行：请加上 --replicates，例如 --replicates 20。多种设置的列表由 "
            + "'fmnist-tui sweep' 发送。"))
    }
    try cluster.refuse([
      ("--resume", saving.resume != nil), ("--fork", !session.fork.isEmpty),
      ("--lockstep", session.lockstep), ("--threads", session.threads != nil),
      ("--no-save", saving.noSave), ("--init-from", saving.initFrom != nil),
      ("--checkpoint-every", saving.checkpointEvery != nil),
      ("--tensorboard-layout", saving.tensorboardLayout != nil),
      ("--record", output.record != nil), ("--exit", output.exit),
      ("--format jsonl", output.format == .jsonLines), ("--fail-under", output.failUnder != nil),
      ("--baseline", checks.baseline != nil), ("--time-limit", checks.timeLimit != nil),
      ("--summary", checks.summary != nil),
    ])
  }
  /// Refuses two files at one place, of which the one that is written last would be left.
  func validateFiles() throws {
    guard let record = output.record, let summary = checks.summary, DurableFile.areSame(record, summary)
    else { return }
    throw ValidationError(
      says("--record and --summary are the same file. Give two names.", "--record 和 --summary 是同一个文件。请给两个名称。")
    )
  }
}
