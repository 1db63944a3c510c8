import ArgumentParser
import Dashboard
import Experiment
import Platform

/// The options that show a recorded session instead of training.
struct DemonstrationOptions: ParsableArguments {
  @Flag(help: "Replay a recorded session in the dashboard, without training.")
  var demo = false

  @Option(
    help: ArgumentHelp("Replay a file that --record has written.", valueName: "file"), completion: .file())
  var demoEvents: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Replay so many times as fast as it was recorded.", valueName: "factor"))
  var demoSpeed: Double?

  /// Whether a recorded session is to be shown.
  var isWanted: Bool { demo || demoEvents != nil }

  /// Checks the options by themselves and against those of training, which a recording has behind it.
  func validate(against command: TrainCommand) throws {
    guard isWanted else {
      if let demoSpeed {
        throw ValidationError("--demo-speed \(demoSpeed): there is no demonstration to speed up. Add --demo.")
      }
      return
    }
    if let demoSpeed, !(0.01...1000).contains(demoSpeed) {
      throw ValidationError("--demo-speed \(demoSpeed): the factor lies in 0.01...1000. Give for example 4.")
    }
    guard command.output.wantsDashboard, command.output.record == nil, command.output.failUnder == nil,
      !command.output.exit, !command.session.lockstep, command.checks.areUntouched,
      command.settings == GivenSettings(), !command.presets.areNamed, command.session.versus.isEmpty,
      command.session.fork.isEmpty,
      !command.session.noCompare, command.cluster.on == nil, command.session.replicates == nil,
      command.session.threads == nil,
      command.session.source.data == nil && command.session.source.dataset == nil,
      command.session.source.imageSize == nil, command.saving.areUntouched
    else {
      throw ValidationError(
        "--demo shows a recorded session in the dashboard: only --demo-events, --demo-speed and --ascii go with it. "
          + "Leave the other options out.")
    }
  }

  /// The demonstration.
  ///
  /// - Throws: `Failure` if the recording is not there or damaged.
  func load(environment: [String: String]) throws(Failure) -> Demonstration {
    try Demonstration(path: demoEvents, speed: demoSpeed ?? 1, environment: environment)
  }
}
