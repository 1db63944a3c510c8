import Experiment
import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import Sessions

@Suite struct LogReaderTests {
  /// Event files that tensorboardX, PyTorch and, in the manner of Keras, TensorBoard wrote: `make-logs.py`.
  static func fixtures() throws -> String {
    try #require(Bundle.module.url(forResource: "Fixtures/logs", withExtension: nil)).path
  }

  static func read(_ paths: String...) throws -> FoundLogs { try LogFollower.read(paths) { true } }

  static func contents(_ reader: some LogReader, _ bytes: [UInt8], partSize: Int = .max) -> LogContents {
    var (reader, log) = (reader, LogContents())
    var rest = bytes[...]
    while !rest.isEmpty {
      reader.read(Array(rest.prefix(partSize)), into: &log)
      rest = rest.dropFirst(partSize)
    }
    reader.finish(into: &log)
    return log
  }

  static func contents(_ reader: some LogReader, _ text: String, partSize: Int = .max) -> LogContents {
    contents(reader, Array(text.utf8), partSize: partSize)
  }

  @Test func runsAreInTheOrderOfTheirNamesAndNumbers() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "logs-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["run10", "run2", "run1b", "other", "run2a"] {
      let run = folder.appending(path: name)
      try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
      try Data("step,loss\n1,2\n".utf8).write(to: run.appending(path: "metrics.csv"))
    }
    #expect(try Self.read(folder.path).runs.map(\.name) == ["other", "run1b", "run2", "run2a", "run10"])
    // Whose first line comes first is chance.
    let session = folder.appending(path: "events.jsonl")
    let lines = ["B", "A", "C"].map { #"{"run":"\#($0)","step":1,"loss":2}"# }
    try Data(lines.joined(separator: "\n").utf8).write(to: session)
    let names = try Self.read(session.path).runs.map(\.name)
    #expect(names == names.sorted() && !names.isEmpty)
  }

  @Test func theScalarsAreThoseThatTensorBoardFinds() throws {
    let folder = try Self.fixtures()
    let file = URL(filePath: folder + "/tensorboard.json")
    let judge = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: [[Any]]]])
    let found = try Self.read(folder)
    #expect(Set(found.runs.map(\.name)) == Set(judge.keys))
    for run in found.runs {
      let expected = try #require(judge[run.name])
      #expect(Set(run.figures.map(\.name)) == Set(expected.keys), "\(run.name)")
      for (tag, points) in expected {
        let figure = try #require(run[tag])
        #expect(figure.count == points.count)
        for (point, expected) in zip(figure.points, points) {
          #expect(point.step == (expected[0] as? NSNumber)?.doubleValue)
          let time = try #require(expected[1] as? NSNumber)
          #expect(abs(point.time - time.doubleValue) < 1e-6)
          let value = try #require((expected[2] as? String).flatMap(Double.init))
          #expect(point.value == value || point.value.isNaN && value.isNaN, "\(run.name) \(tag)")
        }
      }
    }
  }

  @Test func whatIsNoScalarIsCountedByKindAndName() throws {
    let found = try Self.read(Self.fixtures())
    let run = try #require(found.runs.first { $0.name == "tensorboardX" })
    #expect(
      Set(run.others.map { "\($0.kind) \($0.tag)" }) == [
        "histograms weights", "texts note/text_summary", "images picture",
      ])
    let parameters = try #require(found.runs.first { $0.name == "torch/hparams" })
    #expect(parameters.otherKinds.map(\.kind) == ["hparams"])
    #expect(
      found.notes.contains { $0.contains("1 value is NaN or infinite and shown as gaps, the first in 'lr'") })
  }

  static func eventFile() throws -> [UInt8] {
    let folder = try fixtures() + "/torch"
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder).first { $0.contains("tfevents") })
    return Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
  }

  @Test(arguments: [1, 7, 100]) func filesMayArriveInPartsOfAnySize(partSize: Int) throws {
    let bytes = try Self.eventFile()
    let (whole, parts) = (
      Self.contents(EventFileReader(), bytes), Self.contents(EventFileReader(), bytes, partSize: partSize)
    )
    #expect(whole.runs[0].figures.map(\.points.count) == [5, 5, 5])
    #expect(parts.runs[0].figures.map(\.points.count) == [5, 5, 5])
    #expect(whole.notes(of: "").isEmpty && parts.notes(of: "").isEmpty)
  }

  @Test func anIncompleteRecordIsWaitedFor() throws {
    let bytes = try Self.eventFile()
    var (reader, log) = (EventFileReader(), LogContents())
    reader.read(Array(bytes.dropLast(20)), into: &log)
    #expect(log.runs[0].figures.map(\.count) == [5, 5, 4] && log.notes(of: "").isEmpty)
    reader.read(Array(bytes.suffix(20)), into: &log)
    #expect(log.runs[0].figures.map(\.count) == [5, 5, 5] && log.notes(of: "").isEmpty)
  }

  @Test func behindDamageTheNextRecordIsFound() throws {
    let bytes = try Self.eventFile()
    var broken = bytes
    // The length of the record at byte 24 + 40 or so, then what is told in a later one.
    broken.replaceSubrange(100..<130, with: [UInt8](repeating: 0xFF, count: 30))
    let log = Self.contents(EventFileReader(), broken)
    #expect(log.runs[0].figures.map(\.count).reduce(0, +) > 10)
    #expect(
      log.notes(of: "x").contains { $0.hasPrefix("x: it is damaged at byte") || $0.contains("check sum") })
    var flipped = bytes
    flipped[bytes.count - 10] ^= 1
    #expect(
      Self.contents(EventFileReader(), flipped).notes(of: "x")[0].contains(
        "x: 1 record has a wrong check sum"))
  }

  @Test func aLongRecordIsPassedOver() throws {
    let record = EventFile.record([UInt8](repeating: 0, count: 1 << 24 + 1))
    let log = Self.contents(EventFileReader(), record + (try Self.eventFile()), partSize: 1 << 20)
    #expect(log.runs[0].figures.map(\.count) == [5, 5, 5])
    #expect(log.notes(of: "x") == ["x: 1 part is too long to be read and left out: byte 0."])
  }

  @Test func linesOfJSONArePoints() {
    let log = Self.contents(
      JSONLinesLogReader(),
      """
      Epoch 1 of 3
      {"step": 10, "loss": 0.5, "eval": {"acc": 0.25, "note": "x"}, "time": 1700000000}
      {"step": 20, "loss": NaN, "eval": {"acc": 3e-1}, "list": [1, {"a": 2}], "epoch": 1.5, "done": true}
      {"step": 30, "loss": "Infinity"} trailing
      {"step": 30, "loss": 0.125
      """, partSize: 5)
    let run = log.runs[0]
    #expect(run.figures.map(\.name) == ["loss", "eval/acc", "epoch"])
    #expect(run["loss"]?.points.map(\.step) == [10, 20])
    #expect(run["loss"]?.nonFiniteCount == 1 && run["loss"]?.lowest?.value == 0.5)
    #expect(run["eval/acc"]?.points.map(\.value) == [0.25, 0.3])
    #expect(run.epochs.map(\.value) == [1.5])
    #expect(run.others.map(\.tag) == ["eval/note", "done", "list"])
    #expect(
      log.notes(of: "x") == [
        "x: 3 lines are no JSON and left out: the first is line 1.",
        "x: 1 value is NaN or infinite and shown as gaps, the first in 'loss'.",
      ])
  }

  @Test func aMarkBeforeTheFirstLineIsNoPartOfIt() {
    let line = #"{"step": 1, "loss": 0.5}"# + "\n"
    for text in ["\u{FEFF}\(line)\(line)", "\(line)\u{FEFF}\(line)"] {
      let log = Self.contents(JSONLinesLogReader(), text, partSize: 1)
      #expect(log.runs[0]["loss"]?.points.count == (text.hasPrefix("{") ? 1 : 2))
    }
  }

  @Test func aTableHasItsStepsEpochsAndGaps() {
    let log = Self.contents(
      CSVLogReader(),
      "epoch,step,train loss,\"val \"\"x\"\"\",note\r\n0,9,0.5,,a\r\n1,19,nan,0.25,\"two\r\nlines\"\n"
        + "epoch,step,train loss,\"val \"\"x\"\"\",note\n2,29,0.25,0.125,,7\n", partSize: 3)
    let run = log.runs[0]
    #expect(run.figures.map(\.name) == ["epoch", "train loss", "val \"x\""])
    #expect(run["train loss"]?.points.map(\.step) == [9, 19, 29])
    #expect(run["val \"x\""]?.points.map(\.value) == [0.25, 0.125])
    #expect(run.others.map(\.tag) == ["note"] && log.notes(of: "").count == 2)
    let tabs = Self.contents(CSVLogReader(), "Wall time\tStep\tValue\n1700000000.5\t3\t0.25\n")
    #expect(tabs.runs[0]["Value"]?.last?.time == 1_700_000_000.5)
    let runs = Self.contents(CSVLogReader(), "run,epoch,loss\na,1,2\nb,1,3\n")
    #expect(runs.runs.map(\.name) == ["a", "b"] && runs.runs[1]["loss"]?.last?.step == 1)
  }

  @Test func timesInWordsAreNoFault() {
    let log = Self.contents(CSVLogReader(), "time,step,loss\n2026-01-02T03:04:05Z,7,0.5\n")
    #expect(log.runs[0]["loss"]?.last?.step == 7 && log.notes(of: "").isEmpty)
    #expect(log.runs[0].others.map(\.tag) == ["time"])
  }

  @Test func hexadecimalNumbersAreNamesOfCommits() {
    let log = Self.contents(CSVLogReader(), "step,commit,loss\n1,0x1f,0.5\n2,0xAB,0.25\n")
    #expect(log.runs[0].figures.map(\.name) == ["loss"] && log.runs[0].others.map(\.tag) == ["commit"])
  }

  @Test func aNameThatIsGivenTwiceIsTwoFigures() {
    let table = Self.contents(CSVLogReader(), "step,loss,loss,Loss\n1,0.5,0.25,2\n2,0.4,0.2,1\n").runs[0]
    #expect(table.figures.map(\.name) == ["loss", "loss (2)", "Loss"])
    #expect(table["loss (2)"]?.points.map(\.value) == [0.25, 0.2])
    let lines = Self.contents(
      JSONLinesLogReader(), #"{"step":1,"a":{"b":1},"a/b":2,"loss":3,"loss":4,"\u00e9":5,"e\u0301":6}"# + "\n"
    ).runs[0]
    #expect(lines.figures.map(\.count) == [1, 1, 1, 1, 1, 1])
    #expect(lines.figures.prefix(4).map(\.name) == ["a/b", "a/b (2)", "loss", "loss (2)"])
    // A step is a place, and not a figure, however often it is told.
    let steps = Self.contents(JSONLinesLogReader(), #"{"step":1,"step":2,"loss":3}"# + "\n").runs[0]
    #expect(steps.figures.map(\.name) == ["loss"] && steps["loss"]?.last?.step == 1)
  }

  @Test func aLineWithoutAPlaceIsLeftOutAndTold() {
    for (reader, text) in [
      (AnyLogReader(CSVLogReader()), "step,loss\n1,0.5\nnan,0.4\ninf,0.3\n4,0.2\n"),
      (
        AnyLogReader(JSONLinesLogReader()),
        "{\"step\":1,\"loss\":0.5}\n{\"step\":NaN,\"loss\":0.4}\n{\"step\":Infinity,\"loss\":1}\n{\"step\":4,\"loss\":0.2}\n"
      ),
    ] {
      let log = Self.contents(reader, text)
      #expect(log.runs[0]["loss"]?.points.map(\.step) == [1, 4])
      let notes = log.notes(of: "x")
      #expect(
        notes.count == 1
          && notes[0].hasPrefix("x: 2 lines have a step that is NaN or infinite, and are left out"))
    }
  }

  /// As spreadsheets once wrote them, and as progress bars stand before what is logged.
  @Test(arguments: [1, 2, 3, 100]) func aCarriageReturnByItselfEndsALine(partSize: Int) {
    let table = Self.contents(
      CSVLogReader(), "step,loss,note\r1,2,\"a\rb\"\r\n2,3,c\r3,4,d", partSize: partSize)
    #expect(table.runs[0]["loss"]?.points.map(\.step) == [1, 2, 3] && table.notes(of: "").isEmpty)
    let bars = Self.contents(
      JSONLinesLogReader(), "\r 10%\r 20%\r{\"step\":1,\"loss\":2}\n{\"step\":2,\"loss\":1}\r\n",
      partSize: partSize)
    #expect(bars.runs[0]["loss"]?.points.map(\.value) == [2, 1])
  }

  @Test(arguments: [1, 100]) func textOfTwoBytesACharacterIsToldAsSuch(partSize: Int) {
    let text = "step,loss\n1,2\n"
    for (mark, isLittle) in [([0xFF, 0xFE], true), ([0xFE, 0xFF], false)] as [([UInt8], Bool)] {
      let bytes = mark + text.utf8.flatMap { isLittle ? [$0, 0] : [0, $0] }
      for name in ["log.csv", "log.jsonl", ""] {
        let log = Self.contents(AnyLogReader(name: name), bytes, partSize: partSize)
        #expect(log.runs.isEmpty)
        #expect(log.notes(of: "x") == ["x: it is text in UTF-16, which is not read: save it as UTF-8."])
      }
    }
  }

  /// Two names to the system, one text to Swift.
  @Test func namesAreToldApartByTheirBytes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "logs-\(UUID())").path
    for name in ["\u{E9}", "e\u{301}"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      let file = fopen("\(folder)/\(name)/metrics.csv", "w")
      fputs("step,loss\n1,2\n", file)
      fclose(file)
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let found = try Self.read(folder)
    #expect(found.runs.map { Array($0.name.utf8) }.count == 2)
    #expect(Set(found.runs.map { Array($0.name.utf8) }).count == 2)
    let named = try Self.read("\(folder)/\u{E9}", "\(folder)/e\u{301}")
    #expect(Set(named.runs.map { Array($0.name.utf8) }).count == 2)
    #expect(RunFolder(path: "a/\u{E9}") != RunFolder(path: "a/e\u{301}"))
  }

  @Test func theKindOfALogIsSeenFromItsBeginning() throws {
    for (bytes, count) in [
      (try Self.eventFile(), 3), (Array("step,loss\n1,2\n".utf8), 1), (Array("{\"loss\": 1}\n".utf8), 1),
      (Array("hello, world: 3\n{\"loss\": 1}\n".utf8), 1),
    ] {
      #expect(Self.contents(AnyLogReader(name: ""), bytes, partSize: 4).runs.first?.figures.count == count)
    }
  }

  @Test func thisProgramsRunsHaveTheNamesOfItsTensorBoardFiles() throws {
    let run = """
      {"schema":2,"event":"epoch_evaluated","time":5,"run":"A","step":2,"epoch":1,"batch":2,"running_train_loss":1,\
      "running_train_accuracy":0.5,"train_loss":0.9,"train_accuracy":0.5,"test_loss":1.1,"test_accuracy":0.4,\
      "generalization_gap":0.1,"weight_norm":1,"gradient_norm":1,"samples":10,"training_seconds":1,\
      "evaluation_seconds":1,"images_per_second":10}
      """
    let log = Self.contents(JSONLinesLogReader(), run + "\n")
    #expect(log.runs[0]["loss/test"]?.last?.value == 1.1)
    #expect(log.runs[0]["accuracy/train"]?.last?.step == 2)
  }

  @Test func veryManyPointsKeepTheirExtremes() {
    var figure = LoggedFigure(name: "loss")
    for step in 0..<100_000 {
      _ = figure.add(
        LoggedPoint(
          step: Double(step), value: step == 54_321 ? -7 : step == 77_777 ? .nan : Double(step % 100)),
        part: 0)
    }
    #expect(figure.count == 100_000 && figure.points.count < 3 * 2048)
    #expect(figure.lowest?.step == 54_321 && figure.lowest?.value == -7 && figure.highest?.value == 99)
    #expect(figure.points.count { $0.value.isNaN } == 1)
    let points = figure.points
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.step <= $1.step })
  }

  @Test func aLaterFileThatBeginsAgainTakesBackTheEnd() throws {
    let folder = try TemporaryFolder()
    for (number, steps) in [0..<6, 3..<5].enumerated() {
      let file = try EventFile(in: folder.path, time: Double(number))
      for step in steps {
        var event = Tensorboard_Event()
        event.step = Int64(step)
        var value = Tensorboard_Summary.Value()
        (value.tag, value.simpleValue) = ("loss", Float(10 * number + step))
        event.summary.value = [value]
        // Without the start that this program writes at the beginning of a later file.
        try file.append(event)
      }
    }
    let found = try Self.read(folder.path)
    #expect(found.runs[0]["loss"]?.points.map(\.value) == [13, 14])
  }

  @Test func aFileThatIsReplacedIsReadAnew() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("log.csv", "step,loss\n1,1\n2,2\n")
    var logs = try LogCollection([folder.path])
    #expect(logs.read() && !logs.read())
    try folder.write("log.csv", "step,loss\n1,5\n")
    while logs.read() {}
    #expect(logs.found.runs[0]["loss"]?.points.map(\.value) == [5])
    #expect(logs.found.notes == ["\(path): it was replaced or shortened, and is read anew."])
    try FileManager.default.removeItem(atPath: path)
    #expect(!logs.read() && logs.found.runs[0]["loss"]?.count == 1)
  }

  @Test func loopsOfLinksAndWhatIsNoFileArePassedOver() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/loop", withDestinationPath: folder.path)
    #expect(mkfifo(folder.path + "/events.out.tfevents.1.pipe", 0o600) == 0)
    try FileManager.default.createDirectory(atPath: folder.path + "/a10", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: folder.path + "/a9", withIntermediateDirectories: true)
    for name in ["a9/log.csv", "a10/log.csv"] { try folder.write(name, "step,loss\n1,1\n") }
    try folder.write("data.csv", "width,height\n1,1\n")
    #expect(try Self.read(folder.path).runs.map(\.name) == ["a9", "a10"])
    #expect(throws: RunLogError.self) { try LogCollection(["/dev/zero"]) }
    #expect(throws: RunLogError.self) { try LogCollection([folder.path + "/none"]) }
  }

  @Test func anyNamesCanBeChosen() throws {
    let names = ["loss/train", "loss/test", "acc/test", "Lr"]
    func chosen(_ text: String) throws -> [String] {
      try #require(LogPattern(text)).places(in: names).map { names[$0] }
    }
    #expect(try chosen("") == names)
    #expect(try chosen("loss") == ["loss/train", "loss/test"])
    #expect(try chosen("*/test lr") == ["loss/test", "acc/test", "Lr"])
    #expect(try chosen("[a-k]*") == ["acc/test"])
    #expect(try chosen("????/t[!e]*") == ["loss/train"])
    #expect(try chosen("/^(loss|acc).test$/") == ["loss/test", "acc/test"])
    #expect(LogPattern("/(") == nil)
    #expect(
      try #require(LogPattern(String(repeating: "*a", count: 50) + "b")).places(in: [
        String(repeating: "a", count: 500)
      ]) == [])
  }

  @Test func theLargestStepsAreTold() throws {
    let folder = try TemporaryFolder()
    for step in [Int64.max, .max, .min] {
      let file = try EventFile(in: folder.path, firstStep: Int(step), time: 1)
      var event = Tensorboard_Event()
      event.step = step
      var value = Tensorboard_Summary.Value()
      (value.tag, value.simpleValue) = ("loss", 1)
      event.summary.value = [value, value]
      try file.append(event)
    }
    let found = try Self.read(folder.path)
    #expect(found.runs.isEmpty)
    #expect(
      found.notes.count == 1
        && found.notes[0].hasSuffix(
          "6 values are at a step of 2^53 or more, which would be rounded, and left out: the first is step 9.223372036854776e+18."
        ))
    var log = LogContents()
    log.add("loss", LoggedPoint(step: 0x1p53 - 1, value: 1), at: "")
    log.part = 1
    var reader = EventFileReader()
    var event = Tensorboard_Event()
    event.step = .max
    var value = Tensorboard_Summary.Value()
    (value.tag, value.simpleValue) = ("loss", 1)
    event.summary.value = [value]
    let record = EventFile.record(try event.serializedBytes())
    reader.read(record, into: &log)
    log.part = 2
    reader.read(record, into: &log)
    #expect(
      log.notes(of: "x") == [
        "x: 2 values are at a step of 2^53 or more, which would be rounded, and left out: the first is step 9.223372036854776e+18."
      ])
  }
}
