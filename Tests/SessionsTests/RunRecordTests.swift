import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct RunRecordTests {
  let temporary: TemporaryFolder
  var folder: RunFolder { RunFolder(path: temporary.path) }
  var record: RunRecord { ScriptedRun.record([ScriptedRun(0), ScriptedRun(1)]) }

  init() throws { temporary = try TemporaryFolder() }

  func write(_ record: RunRecord) throws -> String {
    try String(contentsOfFile: temporary.write("run.json", record.json.file), encoding: .utf8)
  }

  func read(replacing old: String, by new: String) throws -> RunRecord {
    let text = try write(record)
    #expect(text.contains(old))
    try temporary.write("run.json", text.replacingOccurrences(of: old, with: new))
    return try RunReader(folder).record()
  }

  func error(replacing old: String, by new: String) -> RunLogError? {
    #expect(throws: RunLogError.self) { try read(replacing: old, by: new) }
  }

  @Test func aRecordIsReadBack() throws {
    _ = try write(record)
    #expect(try RunReader(folder).record() == record)
  }

  @Test func thePresetIsReadBackIfThereIsOne() throws {
    var record = record
    #expect(try write(record).contains("\"preset\": null"))
    record.preset = "best"
    _ = try write(record)
    #expect(try RunReader(folder).record() == record)
  }

  @Test func everySettingIsReadBack() throws {
    let changes: [Setting: String] = [
      .hidden: "7,8,9", .dropout: "0.1,0.30000000000000004,0", .inputDropout: "0.05",
      .activation: "leaky-relu",
      .initialization: "normal=0.02", .batchNorm: "true", .optimizer: "sgd", .learningRate: "0.1",
      .momentum: "0.9", .nesterov: "true", .weightDecay: "1e-05", .noBiasDecay: "true", .l1: "1e-7",
      .clipNorm: "1.5", .clipValue: "0.25", .labelSmoothing: "0.1", .batchSize: "33", .epochs: "99999",
      .seed: "18446744073709551615", .trainSize: "3000", .schedule: "step=7:0.5", .warmup: "0.25",
      .augment: "flip,shift=3", .validation: "5000", .earlyStopping: "4", .evaluationInterval: "2",
      .normalize: "0.5/0.25", .residual: "true", .labelNoise: "0.2",
    ]
    #expect(
      Set(changes.keys).union([.network])
        == Set(Setting.allCases.filter { $0.applies(to: RunConfiguration()) }))
    var given = GivenSettings()
    for (setting, text) in changes { given[setting] = text }
    var written = GivenSettings()
    written[.network] = "linear 7 prelu dropout 0.25 batch-norm linear 10"
    var record = record
    record.runs = try [given, written].map {
      RunRecord.Run(name: "e\u{301}\n\"", configuration: try $0.configuration())
    }
    for setting in changes.keys where setting != .optimizer {
      #expect(
        setting.text(in: record.runs[0].configuration) != setting.text(in: RunConfiguration()), "\(setting)")
    }
    _ = try write(record)
    #expect(try RunReader(folder).record() == record)
  }

  @Test func aRecordWithoutRunsIsRefused() throws {
    var record = record
    record.runs = []
    _ = try write(record)
    let error = #expect(throws: RunLogError.self) { try RunReader(folder).record() }
    #expect(error?.problem == "the field 'runs' is wrong: there are none")
  }

  @Test func theFieldsAreThoseOfTheJSONLinesOutput() throws {
    let text = try write(ScriptedRun.record([ScriptedRun(0)]))
    #expect(
      text == """
        {
          "format_version": 2,
          "version": "0.1.0",
          "created": "2025-11-21T07:26:40Z",
          "machine": {
            "host": "lab",
            "system": "Linux 6.1",
            "architecture": "x86_64",
            "processor": "A \\"fast\\" one",
            "processors": 2
          },
          "kernels": "avx2",
          "data_source": "cache",
          "data_directory": "/home/ada/.cache/fmnist-tui",
          "data_files": [
            {
              "name": "t10k-labels-idx1-ubyte",
              "sha256": "00ff"
            }
          ],
          "threads": 2,
          "preset": null,
          "tensorboard_layout": "runs",
          "runs": [
            {
              "run": "A",
              "name": "with dropout",
              "dataset": "fashion-mnist",
              "network": null,
              "hidden": [256,256],
              "dropout": [0.2,0.5],
              "input-dropout": 0.0,
              "activation": "relu",
              "init": "normal=0.01",
              "batch-norm": false,
              "optimizer": "sgd",
              "lr": 0.5,
              "schedule": "constant",
              "warmup": 0.0,
              "momentum": 0.0,
              "nesterov": false,
              "weight-decay": 0.0,
              "no-bias-decay": false,
              "l1": 0.0,
              "clip-norm": null,
              "clip-value": null,
              "label-smoothing": 0.0,
              "augment": "none",
              "batch-size": 256,
              "epochs": 3,
              "seed": 1,
              "train-size": null,
              "validation": null,
              "early-stopping": null,
              "evaluate-every": 1,
              "removed": false
            }
          ]
        }

        """)
  }

  @Test func unknownFieldsAreIgnored() throws {
    #expect(try read(replacing: "\"kernels\"", by: "\"new\": [{}], \"kernels\"") == record)
  }

  @Test(
    arguments: Setting.allCases.filter {
      $0.applies(to: RunConfiguration()) && ![.normalize, .residual, .labelNoise].contains($0)
    })
  func aRecordWithoutASettingIsRefused(setting: Setting) {
    let error = error(replacing: "\"\(setting.key)\":", by: "\"other-\(setting.key)\":")
    #expect(error?.problem == "the field 'runs[0].\(setting.key)' is missing")
  }

  @Test(arguments: [
    ("1", RunLogError.Kind.older, "or train anew"), ("3", .newer, "or a later one"),
    ("-9223372036854775808", .older, "or train anew"),
  ])
  func anotherFormatIsRefusedWithTheReason(format: String, kind: RunLogError.Kind, remedy: String) {
    let error = error(replacing: "\"format_version\": 2", by: "\"format_version\": \(format)")
    #expect(error?.kind == kind)
    #expect(
      error?.description
        == "\(temporary.path)/run.json: it has format \(format), and this version of the program reads format 2. "
        + "Use the version of the program that wrote it, \(remedy).")
  }

  @Test(arguments: [27, 300, 100_000])
  func moreRunsThanLettersAreRefusedAtOnce(count: Int) throws {
    var object = JSONObject()
    object.add("name", "run")
    object.add(RunConfiguration())
    object.add("removed", false)
    let text = try write(ScriptedRun.record([ScriptedRun(0)]))
    let start = try #require(text.range(of: "\"runs\": ["))
    let runs = Array(repeating: object.text, count: count).joined(separator: ",\n")
    try temporary.write("run.json", text[..<start.upperBound] + runs + "]}")
    let error = #expect(throws: RunLogError.self) { try RunReader(folder).record() }
    #expect(error?.problem == "the field 'runs' is wrong: a session has at most 26 runs")
  }

  @Test(arguments: [
    ("\"lr\"", "\"rl\"", "the field 'runs[0].lr' is missing"),
    ("\"seed\": 1", "\"seed\": \"1\"", "the field 'runs[0].seed' is of another type"),
    ("\"seed\": 1", "\"seed\": -1", "seed' is wrong: an impossible number"),
    ("\"kernels\": \"avx2\"", "\"kernels\": null", "the field 'kernels' is null"),
    ("normal=0.01", "normal=x", "the field 'runs[0].init' is wrong: 'normal=x' is not known"),
    (
      "\"schedule\": \"constant\"", "\"schedule\": \"steep\"",
      "runs[0].schedule' is wrong: 'steep' is not known"
    ),
    ("\"augment\": \"none\"", "\"augment\": \"flop\"", "runs[0].augment' is wrong: 'flop' is not known"),
    ("\"lr\": 0.5", "\"lr\": -1", "the field 'runs[0].lr' is wrong: "),
    ("2025-11-21", "yesterday", "the field 'created' is wrong: an impossible number or date"),
    ("\"format_version\"", "\"format\"", "the field 'format_version' is missing"),
  ])
  func aWrongFieldIsNamed(old: String, new: String, problem: String) throws {
    let found = try #require(error(replacing: old, by: new))
    #expect(found.kind == .invalid)
    #expect(found.problem.contains(problem), "\(found)")
  }

  @Test func everyTruncationIsAnError() throws {
    let text = try write(record)
    for length in 0..<text.utf8.count - 1 {
      try temporary.write("run.json", String(text.prefix(length)))
      let error = #expect(throws: RunLogError.self) { try RunReader(folder).record() }
      #expect(error?.problem.hasPrefix("it is not complete JSON: it ") == true)
    }
  }

  @Test func theLatestSessionIsTheOneWithTheHighestNumberWhateverTheClockSaid() throws {
    #expect(try RunReader.latest(in: temporary.path + "/runs")?.folder == nil)
    for (name, second) in [("exp9", 5), ("exp10", 3), ("zoo", 2), ("damaged", 9)] {
      var record = record
      record.provenance.created += Double(second)
      let folder = try RunFolder.claim(in: temporary.path + "/runs", name: name)
      let text = Array(record.json.file.utf8)
      try DurableFile.write(name == "damaged" ? Array(text.dropLast(9)) : text, to: folder.runRecord)
    }
    #expect(try RunReader.latest(in: temporary.path + "/runs")?.folder.name == "exp10")
  }

  @Test func theMachineIsDescribed() {
    let machine = Machine.current
    #expect(machine.processors > 0)
    #expect(!machine.host.isEmpty)
    #expect(machine.system.contains(" "))
  }
}
