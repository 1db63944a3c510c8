import ArgumentParser
import Dashboard
import Experiment
import Messages
import Platform

/// The options that show a recorded session instead of training.
struct DemonstrationOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp("Replay a recorded session in the dashboard, without training.", "在仪表板中回放录制的会话，不训练。"))
  var demo = false

  @Option(
    help: ArgumentHelp("Replay a file that --record has written.", "回放 --record 写出的文件。", valueName: "file"),
    completion: .file())
  var demoEvents: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Replay so many times as fast as it was recorded.", "以录制时这么多倍的速度回放。", valueName: "factor"),
    transform: decimalNumber)
  var demoSpeed: Double?

  /// Whether a recorded session is to be shown.
  var isWanted: Bool { demo || demoEvents != nil }

  /// Checks the options by themselves and against those of training, which a recording has behind it.
  func validate(against command: TrainCommand) throws {
    guard isWanted else {
      if let demoSpeed {
        throw ValidationError(
          says(
            "--demo-speed \(demoSpeed): there is no demonstration to speed up. Add --demo.",
            "--demo-speed \(demoSpeed)：没有可加速的演示。请加上 --demo。"))
      }
      return
    }
    if let demoSpeed, !(0.01...1000).contains(demoSpeed) {
      throw ValidationError(
        says(
          "--demo-speed \(demoSpeed): the factor lies in 0.01...1000. Give for example 4.",
          "--demo-speed \(demoSpeed)：倍数在 0.01...1000 之内。例如用 4。"))
    }
    guard command.output.wantsDashboard, command.isUntouched
    else {
      throw ValidationError(
        says(
          "--demo shows a recorded session in the dashboard: only --demo-events, --demo-speed and --ascii go with it. "
            + "Leave the other options out.",
          "--demo 在仪表板中显示录制的会话：只能与 --demo-events、--demo-speed 和 --ascii 一起用。"
            + "请去掉其他选项。"))
    }
  }

  /// The demonstration.
  ///
  /// - Throws: `Failure` if the recording is not there or damaged.
  func load(environment: [String: String]) throws(Failure) -> Demonstration {
    try Demonstration(path: demoEvents, speed: demoSpeed ?? 1, environment: environment)
  }
}

extension TrainCommand {
  /// Whether nothing was said of a session that is trained; how it is shown does not count.
  var isUntouched: Bool {
    output.record == nil && output.failUnder == nil && !output.exit && !session.lockstep
      && checks.areUntouched
      && settings == GivenSettings() && !presets.areNamed && session.versus.isEmpty && session.fork.isEmpty
      && !session.noCompare && cluster.on == nil && session.replicates == nil && session.threads == nil
      && session.source.data == nil && session.source.dataset == nil && session.source.imageSize == nil
      && saving.areUntouched
  }
}
