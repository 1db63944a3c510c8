package import Experiment
package import Sessions

/// The results of a sweep for programs: CSV with a line for each run, JSON with an object for each cell.
package struct SweepResults {
  package let progress: SweepProgress

  /// Made of its parts.
  package init(progress: SweepProgress) {
    self.progress = progress
  }

  /// A line for each run that is over (RFC 4180): its cell, how it ended, its figures, and all settings; the same bytes
  /// wherever and whenever the runs were made.
  package var csv: String {
    let settings = Setting.allCases
    let heading = ["cell", "reason", "step", "epoch"] + Figure.all.map(\.key) + settings.map(\.key)
    var text = heading.map(RunsCSV.field).joined(separator: ",") + "\r\n"
    for cell in progress.plan.cells.indices {
      // A sweep can have a million runs, and those of a cell differ in one setting.
      let configuration = progress.plan.cells[cell].configuration
      var fields = settings.map { RunsCSV.field($0.text(in: configuration)) }
      for result in progress.results(of: cell) {
        fields[settings.firstIndex(of: .seed) ?? 0] = String(result.key.seed)
        let own = [String(cell), result.reason, String(result.step), String(result.epoch)]
        text += (own + RunsCSV.fields(result.metrics ?? [:]) + fields).joined(separator: ",") + "\r\n"
      }
    }
    return text
  }

  /// An array of the objects that `cell` makes.
  package var json: String {
    "[\n" + progress.plan.cells.indices.map { object(ofCell: $0).text }.joined(separator: ",\n") + "\n]\n"
  }

  /// A run that is over, with all its settings.
  package func object(of result: SweepResult) -> JSONObject {
    var object = JSONObject(event: "sweep_run_ended")
    object.add("cell", result.key.cell)
    object.add(progress.plan.configuration(of: result.key))
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
    if !progress.plan.sideNames.isEmpty { object.add("side", progress.plan.sideNames[cell]) }
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

  /// Makes them the files of a sweep's folder.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package func write(to folder: SweepFolder) throws(RunLogError) {
    // One after the other: of a million runs each is large.
    try DurableFile.write(Array(csv.utf8), to: folder.table)
    try DurableFile.write(Array(json.utf8), to: folder.summary)
    try DurableFile.write(Array(timings.utf8), to: folder.timings)
  }

  /// How long each run that is over took.
  package var timings: String {
    var text = "cell,seed,seconds\r\n"
    for cell in progress.plan.cells.indices {
      for result in progress.results(of: cell) { text += "\(cell),\(result.key.seed),\(result.seconds)\r\n" }
    }
    return text
  }
}

extension SweepResult {
  fileprivate var reason: String { metrics == nil ? "diverged" : "completed" }
}
