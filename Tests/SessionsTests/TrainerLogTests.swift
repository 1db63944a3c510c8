import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Logs as the trainers that people use write them.
@Suite struct TrainerLogTests {
  /// What Keras and Lightning wrote: `make-trainer-logs.py`.
  private static func fixtures() throws -> String {
    try #require(Bundle.module.url(forResource: "Fixtures/trainers", withExtension: nil)).path
  }

  @Test func everyFigureOfKerasAndLightningIsFoundWithItsValues() throws {
    let folder = try Self.fixtures()
    let expected = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: folder + "/expected.json")))
        as? [String: [String: [[Any]]]])
    let found = try LogReaderTests.read(folder)
    #expect(Set(found.runs.map(\.name)) == Set(expected.keys) && found.notes.isEmpty)
    for run in found.runs {
      let figures = try #require(expected[run.name])
      #expect(Set(run.figures.map(\.name)) == Set(figures.keys), "\(run.name)")
      for (name, points) in figures {
        let figure = try #require(run[name])
        #expect(figure.points.map(\.step) == points.compactMap { ($0[0] as? NSNumber)?.doubleValue })
        #expect(figure.points.map(\.value) == points.compactMap { ($0[1] as? String).flatMap(Double.init) })
      }
    }
  }

  @Test func whatIsNoFigureIsNamed() throws {
    let runs = try LogReaderTests.read(Self.fixtures()).runs
    let keras = try #require(runs.first { $0.name == "keras/train" })
    #expect(Set(keras.others.map(\.kind)) == ["graph_keras_model", "histograms", "images"])
    #expect(keras.others.contains { $0.kind == "histograms" && $0.tag.hasSuffix("out/kernel/histogram") })
    let lightning = try #require(runs.first { $0.name == "lightning/version_0" })
    #expect(lightning.others.map(\.kind) == ["hparams", "hparams", "hparams"])
  }

  @Test(arguments: [
    ("train.csv", "step,loss\n1,2\n"), ("losses.tsv", "Epoch\tloss\n1\t2\n"),
    ("training.log", "epoch;loss\r\n1;2\r\n"), ("train.jsonl", "Starting\n{\"step\": 1, \"loss\": 2}\n"),
    ("a.ndjson", "{\"time\": 5, \"step\": 1, \"loss\": 2}"),
    ("history.json", "{\"epoch\": [1], \"loss\": [2]}"),
    ("trainer_state.json", "{\"epoch\": 1.0, \"log_history\": [\n{\"step\": 1, \"loss\": 2}\n]}"),
    ("log.json", "[{\"step\": 1, \"loss\": 2}]"), ("metrics.json", "{\"step\": 1, \"loss\": 2}\n{}\n"),
  ]) func aLogIsFoundWhateverItIsCalled(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, text)
    for data in ["iris.csv", "labels.jsonl", "install.log", "package.json", "empty.csv"] {
      try folder.write(
        data,
        [
          "iris.csv": "width,height\n1,2\n", "labels.jsonl": "{\"label\": 1}\n",
          "package.json": "{\"step\": 1}",
          "install.log": "step 1: done\n",
        ][data, default: ""])
    }
    let found = try LogReaderTests.read(folder.path)
    #expect(found.logs == 1 && found.runs.count == 1)
    #expect(found.runs.first?["loss"]?.points.map(\.step) == [1])
    #expect(found.runs.first?["loss"]?.points.map(\.value) == [2])
  }

  @Test func aFileThatBecomesALogLaterIsFoundThen() throws {
    let folder = try TemporaryFolder()
    try folder.write("train.csv", "")
    var logs = try LogCollection([folder.path])
    #expect(logs.found.logs == 0)
    try folder.write("train.csv", "step,loss\n1,2\n")
    logs.scan()
    while logs.read() {}
    #expect(logs.found.runs.first?["loss"]?.count == 1)
  }

  @Test func aHistoryThatIsWrittenAnewIsReadAnew() throws {
    let folder = try TemporaryFolder()
    try folder.write("history.json", #"{"loss": [3, null]}"#)
    var logs = try LogCollection([folder.path])
    while logs.read() {}
    #expect(logs.found.runs[0]["loss"]?.nonFiniteCount == 1)
    try folder.write("history.json", #"{"loss": [3, 2.5, 2]}"#)
    while logs.read() {}
    #expect(logs.found.runs[0]["loss"]?.points.map(\.value) == [3, 2.5, 2])
  }

  // 2^53 + 1 is no floating-point number.
  @Test(arguments: [
    "{\"step\": 9007199254740993, \"loss\": 1}\n{\"step\": 5, \"tokens\": -9007199254740993, \"loss\": 2}\n",
    "step,loss,tokens\n9007199254740993,1,\n5,2,9007199254740993\n",
  ]) func noWholeNumberIsRounded(text: String) {
    let log = LogReaderTests.contents(AnyLogReader(name: ""), text)
    #expect(log.runs.count == 1 && log.runs[0].figures.map(\.name) == ["loss"])
    #expect(log.runs[0]["loss"]?.points.map(\.step) == [5])
    #expect(log.runs[0].others.map { "\($0.kind): \($0.tag)" } == ["whole numbers from 2^53 on: tokens"])
    #expect(log.notes(of: "x").count { $0.contains("1 value is at a step of 2^53 or more") } == 1)
  }

  @Test func largeNumbersThatAreMeasuredStay() {
    let log = LogReaderTests.contents(
      JSONLinesLogReader(),
      "{\"step\": 1, \"loss\": 1.5e23, \"time_ns\": 1, \"time\": 1700000000123456789}\n"
        + "{\"step\": 9007199254740991, \"loss\": 12345678901234567890.0, \"time\": 1700000000123456}\n")
    #expect(log.runs[0]["loss"]?.points.map(\.value) == [1.5e23, 12_345_678_901_234_567_890.0])
    #expect(log.runs[0]["loss"]?.points.map(\.step) == [1, 9_007_199_254_740_991])
    #expect(log.runs[0]["loss"]?.points.map { $0.time.rounded() } == [1_700_000_000, 1_700_000_000])
  }
}
