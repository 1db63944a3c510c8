package import Experiment

/// The results of a sweep for programs: CSV with a line for each run, JSON with an object for each cell.
package struct SweepResults {
  package let progress: SweepProgress

  /// Made of its parts.
  package init(progress: SweepProgress) {
    self.progress = progress
  }

  /// A line for each run that is over (RFC 4180): its cell, how it ended, its figures, and all settings.
  package var csv: String {
    let heading =
      ["cell", "reason", "step", "epoch", "seconds"] + Figure.all.map(\.key) + Setting.allCases.map(\.key)
    let lines = progress.plan.cells.indices.flatMap { cell in progress.results(of: cell).map(line) }
    return ([heading] + lines).map { $0.map(RunsCSV.field).joined(separator: ",") + "\r\n" }.joined()
  }

  private func line(_ result: SweepResult) -> [String] {
    let configuration = configuration(of: result)
    return [
      String(result.key.cell), result.reason, String(result.step), String(result.epoch), "\(result.seconds)",
    ] + RunsCSV.fields(result.metrics ?? [:])
      + Setting.allCases.map { $0.text(in: configuration) }
  }

  /// An array of the objects that `cell` makes.
  package var json: String {
    "[\n" + progress.plan.cells.indices.map { object(ofCell: $0).text }.joined(separator: ",\n") + "\n]\n"
  }

  /// A run that is over, with all its settings.
  package func object(of result: SweepResult) -> JSONObject {
    var object = JSONObject(event: "sweep_run_ended")
    object.add("cell", result.key.cell)
    object.add(configuration(of: result))
    object.add("reason", result.reason)
    object.add("message", result.divergence)
    object.add("step", result.step)
    object.add("epoch", result.epoch)
    object.add("seconds", result.seconds)
    if let metrics = result.metrics { object.add(metrics) }
    return object
  }

  /// A cell: its settings with the first seed, how many of its runs are over, and mean and standard deviation of each
  /// figure over those that did not diverge.
  package func object(ofCell cell: Int) -> JSONObject {
    var object = JSONObject(event: "sweep_cell")
    object.add("cell", cell)
    object.add(progress.plan.cells[cell].configuration)
    object.add("seeds", progress.plan.seeds)
    object.add("runs_ended", progress.results(of: cell).count)
    object.add("runs_diverged", progress.divergedCount(of: cell))
    for figure in Figure.all {
      let mean = progress.mean(figure, of: cell)
      object.add("\(figure.key)_mean", mean?.mean)
      object.add("\(figure.key)_sd", mean?.standardDeviation)
    }
    return object
  }

  private func configuration(of result: SweepResult) -> RunConfiguration {
    var configuration = progress.plan.cells[result.key.cell].configuration
    configuration.seed = result.key.seed
    return configuration
  }
}

extension SweepResult {
  fileprivate var reason: String { metrics == nil ? "diverged" : "completed" }
}
