import Experiment
import Foundation
import NeuralNetwork
import Sessions
import TestSupport
import Testing

@testable import Reports
@testable import fmnist_tui

@Suite struct RunsListTests {
  @Test func eachRunHasARowWithWhatDiffers() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try runs.complete(learningRate: 0.1)
    let result = try Executable.run(["runs", "--runs-dir", runs.path], environment: ["TZ": "UTC0"])
    #expect(result.status == 0)
    #expect(
      result.output.tidyLines == [
        "run when state best test final test gap settings",
        "exp1 A 2025-11-21 07:26 completed 84.38% @3 84.38% @3 +9.38 default",
        "B completed 78.13% @3 78.13% @3 +15.63 dropout 0,0",
        "exp2 A 2025-11-21 07:26 completed 84.38% @3 84.38% @3 +9.38 lr 0.1",
        "B completed 78.13% @3 78.13% @3 +15.63 dropout 0,0, lr 0.1",
        "", "all runs: epochs 3", "",
      ])
  }

  /// The workbench and the filter took the validation accuracy of the best epoch, beside test accuracies.
  @Test func theBestEpochHasItsTestFigureWhereImagesAreHeldOut() throws {
    let runs = try RecordedRuns()
    let trained = try Executable.run(
      Executable.short + ["--validation", "40", "--epochs", "2", "--runs-dir", runs.path, "--name", "held"])
    #expect(trained.status == 0, "\(trained.error)")
    let session = try #require(ListedSession.read(try RunFolder.all(in: runs.path), countsBytes: false).first)
    let contents = try #require(session.known)
    let best = try #require(contents.runs.first?.summary.best?.metrics)
    let (test, held) = (try #require(best[.testAccuracy]), try #require(best[.validationAccuracy]))
    try #require(test != held)
    let told = Figure.testAccuracy.text(test)
    let line = try #require(SessionRuns(contents).lines.first)
    #expect(line.contains("best \(told) at epoch"), "\(line)")
    #expect(RunsTable([session], width: nil).lines.contains { $0.contains("\(told) @") })
    let filter = "best>\((test + held) / 2)"
    let found = try Executable.run(["runs", "list", "--runs-dir", runs.path, "--filter", filter])
    #expect(found.output.contains("held") == (test > held), "\(filter): \(found.output)")
  }

  @Test func everyStateIsTold() throws {
    let runs = try RecordedRuns()
    let writing = try runs.begin(name: "writing")
    try runs.write(runs.steps(1...1), with: writing)
    try withExtendedLifetime(writing) {
      try runs.write(runs.steps(1...1), with: runs.begin(name: "killed"))
      let ended = try runs.begin(name: "ended")
      try runs.write(
        [runs.ended(0, epoch: 1, .diverged(message: "NaN")), runs.ended(1, epoch: 1, .stopped)], with: ended)
      try ended.finish(at: 0)
      let lines = try Executable.run(["runs", "list", "--runs-dir", runs.path]).output.tidyLines
      #expect(lines[1].contains("diverged - - - default") && lines[1].hasPrefix("ended A"))
      #expect(lines[2].hasPrefix("B stopped"))
      #expect(lines[3].contains("interrupted 78.13% @1") && lines[3].hasPrefix("killed A"))
      #expect(lines[5].contains("running 78.13% @1") && lines[5].hasPrefix("writing A"))
    }
  }

  @Test func aDamagedFolderIsListedAndStopsNobody() throws {
    let runs = try RecordedRuns()
    for name in ["cut", "good", "lost", "newer", "older", "summary"] { try runs.complete(name: name) }
    func edit(_ file: String, _ change: (String) -> String) throws {
      let url = URL(filePath: runs.path + "/" + file)
      try Data(change(String(decoding: Data(contentsOf: url), as: UTF8.self)).utf8).write(to: url)
    }
    try edit("cut/run.json") { String($0.prefix(100)) }
    try FileManager.default.removeItem(atPath: runs.path + "/lost/run.json")
    try edit("newer/run.json") { $0.replacing("\"format_version\": 2", with: "\"format_version\": 99") }
    try edit("older/run.json") { $0.replacing("\"format_version\": 2", with: "\"format_version\": 1") }
    try edit("summary/summary.json") { $0.replacing("\"step\"", with: "\"steps\"") }
    let result = try Executable.run(["runs", "--runs-dir", runs.path])
    let lines = result.output.tidyLines
    #expect(result.status == 0)
    #expect(lines.contains { $0.hasPrefix("cut damaged run.json: it is not complete JSON") })
    #expect(lines.contains { $0.hasPrefix("lost damaged run.json: cannot be opened") })
    // Nothing is wrong with what another version wrote.
    #expect(lines.contains { $0.hasPrefix("newer newer format run.json: it has format 99") })
    #expect(lines.contains { $0.hasPrefix("older older format run.json: it has format 1,") })
    for (state, names) in [("older", ["older"]), ("damaged", ["cut", "lost", "summary"])] {
      let filter = ["--filter", "state=\(state)"]
      let filtered = try Executable.run(["runs", "list", "--runs-dir", runs.path] + filter)
      let found = filtered.output.tidyLines.dropFirst().compactMap { $0.split(separator: " ").first }
      #expect(found.map(String.init) == names)
    }
    #expect(
      lines.contains { $0.hasPrefix("summary damaged summary.json: the field 'runs[0].step' is missing") })
    #expect(lines.contains { $0.hasPrefix("good A") })
  }

  @Test func jsonLinesHaveEverySettingAndFigure() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try FileManager.default.removeItem(atPath: runs.complete().runRecord)
    let result = try Executable.run(["runs", "--format", "jsonl", "--runs-dir", runs.path])
    let objects = try result.output.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.count == 3)
    #expect(objects[1]["run"] as? String == "B")
    #expect(objects[1]["state"] as? String == "completed")
    #expect(objects[1]["dropout"] as? [Double] == [0, 0])
    #expect(objects[1]["final_test_accuracy"] as? Double == 0.78125)
    #expect(objects[1]["best_epoch"] as? Int == 3)
    #expect(objects[1]["created"] as? String == "2025-11-21T07:26:40Z")
    #expect(objects[1]["problem"] is NSNull)
    #expect((objects[2]["problem"] as? String)?.hasPrefix("run.json: ") == true)
  }

  @Test func whatAllShareIsToldOnceUnlessItIsTheDefault() {
    var (first, second) = (RunConfiguration(), RunConfiguration())
    #expect(SettingsOverview([first, second]).commonPhrases.isEmpty)
    (first.batchSize, second.batchSize) = (64, 64)
    second.optimizer = .adam
    let overview = SettingsOverview([first, second])
    // 0.5 is the default of SGD only.
    #expect(overview.commonPhrases == ["lr 0.5", "batch-size 64"])
    #expect(overview.differing == [.optimizer])
    #expect(overview.phrases(first).isEmpty)
    #expect(overview.phrases(second) == ["adam"])
    #expect(SettingsOverview([]).differing.isEmpty)
  }

  @Test func longSettingsStayInTheirColumn() throws {
    let runs = try RecordedRuns()
    for rate in [0.1, 0.2] { try runs.complete(learningRate: rate) }
    let sessions = ListedSession.read(try RunFolder.all(in: runs.path))
    for width in [80, 100] {
      let lines = RunsTable(sessions, width: width).lines
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.contains { $0.contains("gap") } == (width == 100))
    }
    #expect(RunsTable(sessions, width: 20).lines.count > RunsTable(sessions, width: nil).lines.count)
  }

  @Test func noRunsAreNoError() throws {
    let result = try Executable.run(["runs", "--runs-dir", "/nonexistent"])
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("/nonexistent: no runs here yet. Train one"))
  }
}
