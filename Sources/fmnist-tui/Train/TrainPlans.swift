import Datasets
import Experiment
import Messages
import Sessions
import TerminalUI
import Training

/// The runs that the options of a session ask for.
extension TrainCommand {
  /// What was said about run A.
  var settings: GivenSettings {
    var settings = GivenSettings()
    settings.dataset = session.source.named
    for given in [network.given, optimizer.given, schedule.given, made.given] {
      settings = settings.changed(by: given)
    }
    return settings
  }

  /// The runs that were asked for, each with as many seeds as were asked for.
  func replicatedPlans() throws -> RunPlans {
    try plans().replicated(session.replicates ?? 1)
  }

  /// The runs as a cluster makes them.
  func sides(on dataset: Dataset? = nil) throws -> SweepSides {
    try plans().sides(seeds: session.replicates ?? 1, on: dataset)
  }

  /// The runs that were asked for.
  func plans() throws -> RunPlans {
    let versus = try versus()
    guard let prepared = try presets.prepared() else {
      var plans = try RunPlans(settings: settings, versus: versus, comparing: !session.noCompare)
      try plans.add(session.fork)
      return plans
    }
    let merged = try prepared.merged(with: settings)
    do {
      var plans: RunPlans
      if prepared.runs.isEmpty {
        let alone = presets.preset.flatMap { $0.isComparison ? nil : $0 }
        plans = try RunPlans(settings: merged, versus: versus, comparing: !session.noCompare && alone == nil)
        if let alone, !session.noCompare, versus.isEmpty {
          plans.note =
            says(
              "the preset \(alone.rawValue) trains alone; --versus KEY=VALUE, for example dropout=none, gives a run B",
              "预设 \(alone.rawValue) 单独训练；用 --versus KEY=VALUE，例如 dropout=none，得到运行 B")
        }
      } else {
        plans = try RunPlans(
          settings: merged, named: prepared.runs(with: settings), versus: versus,
          comparing: !session.noCompare)
      }
      try plans.add((session.noCompare ? [] : prepared.forks) + session.fork)
      return plans
    } catch {
      throw prepared.reworded(error, given: settings)
    }
  }

  func versus() throws(ConfigurationError) -> [VersusSpecification] {
    var runs: [VersusSpecification] = []
    for text in session.versus { runs.append(try VersusSpecification(run: text)) }
    return runs
  }

  /// Lets runs learn all images where a preset names more than there are; returns a note that says so.
  func takeWhatThereIs(of dataset: Dataset, _ plans: inout [RunPlan]) -> String? {
    guard let preset = presets.preset, settings[.trainSize] == nil else { return nil }
    var wanted = 0
    for index in plans.indices {
      let configuration = plans[index].configuration
      let available = dataset.train.count - (configuration.validationSize ?? 0)
      guard let size = configuration.trainSize, size > available else { continue }
      plans[index].configuration.trainSize = nil
      wanted = max(wanted, size)
    }
    guard wanted > 0 else { return nil }
    return
      says(
        "--preset \(preset.rawValue) is made for \(NumberText.grouped(wanted)) training images: all that there are here are "
          + "used, and figures will differ",
        "--preset \(preset.rawValue) 是为 \(NumberText.grouped(wanted)) 幅训练图像准备的：这里有的全部用上，"
          + "指标会有所不同")
  }
}
