package import Experiment
import Platform
package import Sessions

/// Every epoch of recorded runs as a table of comma-separated values (RFC 4180), with the settings in force at its end.
///
/// The columns are `folder`, `run` (`A`, `B`), `name`, `state`, `epoch`, `step`, the figures and counts under the names of
/// the program's JSON Lines output, and the settings under the names of their options. A figure that is not finite is
/// `nan`, `inf` or `-inf`.
package struct RunsCSV {
  package let runs: [RecordedRun]

  /// Made of its parts.
  package init(runs: [RecordedRun]) {
    self.runs = runs
  }

  /// The whole table; its first line names the columns.
  package var text: String {
    let lines = [heading] + runs.flatMap { run in run.epochs.map { line(run, $0.event, $0.configuration) } }
    return lines.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static let counts = ["samples", "training_seconds", "evaluation_seconds", "images_per_second"]

  private var heading: [String] {
    let figures = Figure.all.map(\.key)
    let settings = Setting.allCases.map(\.key)
    return ["folder", "run", "name", "state", "epoch", "step"] + figures + Self.counts + settings
  }

  private func line(
    _ run: RecordedRun, _ epoch: Positioned<EpochEvaluated>, _ configuration: RunConfiguration
  ) -> [String] {
    let event = epoch.details
    let beginning = [
      run.folder.name, run.id.letter, run.name, run.summary.state.rawValue, String(epoch.position.epoch),
      String(epoch.position.step),
    ]
    let figures = Self.fields(event.metrics)
    let counts = [
      String(event.trainedSamples), "\(event.trainingSeconds)", "\(event.evaluationSeconds)",
      event.imagesPerSecond.map { "\($0)" } ?? "",
    ]
    return beginning + figures + counts + Setting.allCases.map { $0.text(in: configuration) }
  }

  /// The fields of all figures, empty where they were not measured.
  package static func fields(_ measured: Measurements) -> [String] {
    Figure.all.map { figure in measured[figure].map { "\($0)" } ?? "" }
  }

  /// A field, in quotation marks where it needs them.
  package static func field(_ text: String) -> String {
    let text = text.printableField
    guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
    // By scalars: a mark can stand on a quotation mark, which is one of another character then.
    return String(
      String.UnicodeScalarView(
        ["\""] + text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] } + ["\""]))
  }
}
