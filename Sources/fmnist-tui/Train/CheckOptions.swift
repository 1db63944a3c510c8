import ArgumentParser
import Datasets
import Experiment
import Messages
import Platform
import Reports
import Sessions

/// The options of a job that trains to check something: against an earlier session, in so much time, with a page that tells.
struct CheckOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Exit with 1 if run A's final test accuracy is lower than that of run A in this recorded session; means, where "
        + "runs have several seeds.", "如果运行 A 的最终测试精度低于这个记录的会话的运行 A，以 1 退出；有几个种子时比较均值。",
      valueName: "run"))
  var baseline: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Points that the accuracy may be lower than that of --baseline, 0...100. (default: 0)",
      "精度可比 --baseline 的低多少个百分点，0...100。（默认：0）",
      valueName: "points"),
    transform: decimalNumber)
  var maxDrop: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop all runs after so many seconds and keep them, so that --resume can go on. (default: no limit)",
      "这么多秒后停止所有运行并保存，之后可用 --resume 继续。（默认：不限）",
      valueName: "seconds"),
    transform: decimalNumber)
  var timeLimit: Double?

  @Option(
    help: ArgumentHelp(
      "Add a summary in Markdown at the end of this file, which is made if it is not there.",
      "在这个文件末尾加上 Markdown 格式的小结；没有文件时新建。",
      valueName: "file"),
    completion: .file())
  var summary: String?

  /// Whether nothing was asked for.
  var areUntouched: Bool { baseline == nil && maxDrop == nil && timeLimit == nil && summary == nil }

  mutating func validate() throws {
    if let maxDrop {
      guard (0...100).contains(maxDrop) else {
        throw ValidationError(
          says(
            "--max-drop \(maxDrop): points lie in 0...100. Give for example 0.5.",
            "--max-drop \(maxDrop)：百分点在 0...100 之内。例如用 0.5。"))
      }
      guard baseline != nil else {
        throw ValidationError(
          says(
            "--max-drop \(maxDrop): there is nothing to compare with. Add --baseline, or leave it out.",
            "--max-drop \(maxDrop)：没有可比较的。请加上 --baseline，或去掉它。"))
      }
    }
    if let timeLimit, !(0.1...31_536_000).contains(timeLimit) {
      throw ValidationError(
        says(
          "--time-limit \(timeLimit): seconds lie in 0.1...31536000. Give for example 600.",
          "--time-limit \(timeLimit)：秒数在 0.1...31536000 之内。例如用 600。"))
    }
  }

  /// What the baseline demands.
  ///
  /// - Throws: `Failure` if there is no such session, it did not come to its end, or its accuracy is one of other data.
  func demand(in place: RunsDirectoryOption, on dataset: Dataset) throws(Failure) -> Demand? {
    guard let baseline else { return nil }
    let recorded = try place.sessions([baseline])[0]
    do throws(RunLogError) {
      try recorded.record.check(dataset, folder: recorded.folder)
    } catch {
      throw Failure(saving: error)
    }
    // Its runs are there, but what the session says of them stands in its events.
    var session = SessionDescription([recorded])
    for timed in recorded.events.events { session.apply(timed.event) }
    let lead = recorded.summary.runs.first
    guard lead?.state == .completed || lead?.state == .stopped, let accuracy = session.demandedAccuracy else {
      throw Failure(
        status: .badData,
        message:
          says(
            "--baseline \(baseline): run A is \(lead?.state.rawValue ?? "not there") and has no final accuracy. "
              + "Give another session, or go on with this one: --resume \(recorded.folder.path).",
            "--baseline \(baseline)：运行 A 没有最终精度（\(lead?.state.rawValue ?? "没有这个运行")）。"
              + "请用另一个会话，或继续这一个：--resume \(recorded.folder.path)。"))
    }
    return .baseline(recorded.folder.name, accuracy: accuracy, maxDrop: maxDrop ?? 0)
  }
}
