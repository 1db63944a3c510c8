import Foundation

@testable import Dashboard
@testable import Datasets
@testable import Experiment
@testable import NeuralNetwork
@testable import Sessions

/// What reads files that anybody may have written or damaged.
enum Reader: String, CaseIterable {
  /// IDX files of images, plain or compressed.
  case images
  /// IDX files of labels, plain or compressed.
  case labels
  /// IDX files of rows of labels, as QMNIST has them, plain or compressed.
  case labelRows
  /// CIFAR's records of a label and an image.
  case records
  /// Names of classes, a line each.
  case classNames
  /// Archives compressed with gzip.
  case tar
  /// Files compressed with gzip.
  case gzip
  /// Weights.
  case safetensors
  /// `metrics.jsonl` and `commands.jsonl`.
  case events
  /// The same, shown in the dashboard.
  case dashboard
  /// `run.json`.
  case record
  /// `summary.json`.
  case summary
  /// What a person sets in the dashboard.
  case settings
  /// Pictures.
  case png
  /// How far a run is, as its checkpoint tells.
  case place
  /// What `--record` writes, shown as `--demo` does.
  case recording
  /// `sweep.json`.
  case sweep
  /// `results.jsonl`.
  case results
  /// Settings, lists, forks, schedules and networks as a person types them.
  case words
  /// The layers of a network, which is made if it is small.
  case network
  /// TensorBoard's event files.
  case eventFiles
  /// Tables, JSON Lines, and whatever else may be a log.
  case logs
  /// The settings of a session, as `--config` names them.
  case configuration
  /// What a person wrote on a session.
  case notes
  /// What a terminal sends.
  case keys

  /// Reads `bytes`, and checks what can be known of the outcome; that they cannot be read is as good as that they can.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .images: readImages(bytes)
    case .labels: readLabels(bytes)
    case .labelRows: readLabelRows(bytes)
    case .records: readRecords(bytes)
    case .classNames: readClassNames(bytes)
    case .tar: readTar(bytes)
    case .gzip: readGzip(bytes)
    case .safetensors: readSafetensors(bytes)
    case .events: readEvents(bytes)
    case .dashboard: showEvents(bytes)
    case .record: readRecord(bytes)
    case .summary: readSummary(bytes)
    case .settings: readSettings(bytes)
    case .png: readPicture(bytes)
    case .place: readPlace(bytes)
    case .recording: showRecording(bytes)
    case .sweep: readSweep(bytes)
    case .results: readResults(bytes)
    case .words: readWords(String(decoding: bytes, as: UTF8.self))
    case .network: readNetwork(String(decoding: bytes, as: UTF8.self))
    case .eventFiles: readEventFile(bytes)
    case .logs: readLog(bytes)
    case .configuration: readConfiguration(bytes)
    case .notes: readNotes(bytes)
    case .keys: readKeys(bytes)
    }
  }

  private func readImages(_ bytes: [UInt8]) {
    InputFile.images.write(bytes)
    guard let file = try? IDXFile.read(InputFile.images.path, contents: .images) else { return }
    precondition(file.sizes.count == 3 && file.sizes.reduce(1, *) == file.bytes.count)
    InputFile.labels.write([0, 0, 8, 1, 0, 0, 0, 1, 9])
    _ = try? LabeledImages(
      imagesPath: InputFile.images.path, labelsPath: InputFile.labels.path, classes: 10)
  }

  private func readLabels(_ bytes: [UInt8]) {
    InputFile.labels.write(bytes)
    guard let file = try? IDXFile.read(InputFile.labels.path, contents: .labels) else { return }
    precondition(file.sizes == [file.bytes.count])
    InputFile.images.write([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4])
    let set = try? LabeledImages(
      imagesPath: InputFile.images.path, labelsPath: InputFile.labels.path, classes: 10)
    precondition(set?.classCounts(of: 10).reduce(0, +) ?? 2 == 2)
  }

  private func readLabelRows(_ bytes: [UInt8]) {
    InputFile.labels.write(bytes)
    guard let labels = try? IDXFile.readLabelRows(InputFile.labels.path) else { return }
    precondition(labels.count * IDXFile.labelRowSize <= bytes.count * 1032)
  }

  private func readRecords(_ bytes: [UInt8]) {
    InputFile.images.write(bytes)
    let shape = Shape.image(channels: 3, height: 2, width: 3)
    var contents = RecordFile.Contents()
    try? RecordFile.read(
      InputFile.images.path, shape: shape, classes: 10, limit: 1 << 20, into: &contents)
    precondition(contents.pixels.count == contents.labels.count * shape.count)
    precondition(contents.labels.allSatisfy { $0 < 10 })
  }

  private func readClassNames(_ bytes: [UInt8]) {
    InputFile.labels.write(bytes)
    guard let names = try? RecordFile.readNames(InputFile.labels.path, count: 3, limit: 4096) else { return }
    precondition(names.count == 3 && !names.contains(""))
  }

  private func readTar(_ bytes: [UInt8]) {
    InputFile.images.write(bytes)
    try? TarFile.read(InputFile.images.path, sizes: ["folder/one": 100, "two": 1000]) { name, contents in
      precondition(contents.count <= (name == "two" ? 1000 : 100))
    }
  }

  private func readGzip(_ bytes: [UInt8]) {
    let limit = 1 << 20
    InputFile.images.write(bytes)
    guard let contents = try? GzipFile.read(InputFile.images.path, limit: limit) else { return }
    precondition(contents.count <= limit)
  }

  private func readSafetensors(_ bytes: [UInt8]) {
    guard let file = try? SafetensorsFile(bytes, path: "") else { return }
    // Numbers may be NaN, which is not equal to itself, but bytes are.
    let written = file.bytes
    precondition((try? SafetensorsFile(written, path: ""))?.bytes == written)
  }

  private func readPicture(_ bytes: [UInt8]) {
    InputFile.images.write(bytes)
    guard let picture = try? SamplePicture(pngPath: InputFile.images.path) else { return }
    precondition(picture.pixels.count == 28 * 28)
  }

  private func readEvents(_ bytes: [UInt8]) {
    for path in [InputFile.folder.metrics, InputFile.folder.commands] { InputFile(path: path).write(bytes) }
    let reader = RunReader(InputFile.folder)
    guard let events = try? reader.events(), let commands = try? reader.commands() else {
      preconditionFailure("lines that cannot be read are left out")
    }
    precondition(commands.events.allSatisfy { $0.event.run.index < 26 })
    let runs = (0..<2).map { RunRecord.Run(name: "\($0)", configuration: RunConfiguration()) }
    let session = events.session(InputFile.record(of: runs))
    precondition(RunSummary(session, isBeingWritten: false).runs.count >= 2)
    for run in session.runs { _ = (run.imagesPerSecond, run.best, run.totalSteps) }
  }

  private func showEvents(_ bytes: [UInt8]) {
    InputFile(path: InputFile.folder.metrics).write(bytes)
    guard let events = try? RunReader(InputFile.folder).events().events else { return }
    show(events, variant: bytes.count)
  }

  /// Shows events on some pages, in one of several ways.
  func show(_ events: [TimedEvent], variant: Int) {
    for page in ["Charts", "Comparison", "Layers"] {
      var settings = DashboardSettings()
      settings.page = page
      settings.charts = variant.isMultiple(of: 2) ? nil : ["loss", String(variant)]
      var dashboard = DashboardScreen(
        DashboardState(caption: "", settings: settings, terminalGlyphs: .braille, origin: .recording))
      for recorded in events { dashboard.record(recorded.event, at: recorded.time) }
      precondition(dashboard.render(width: 100, height: 30).width == 100)
    }
  }

  private func readRecord(_ bytes: [UInt8]) {
    InputFile(path: InputFile.folder.runRecord).write(bytes)
    guard let record = try? RunReader(InputFile.folder).record() else { return }
    rewrite(record, InputFile.folder.runRecord)
    precondition((try? RunReader(InputFile.folder).record()) == record)
  }

  private func readSummary(_ bytes: [UInt8]) {
    InputFile(path: InputFile.folder.summary).write(bytes)
    guard let summary = try? RunReader(InputFile.folder).summary() else { return }
    rewrite(summary, InputFile.folder.summary)
    precondition((try? RunReader(InputFile.folder).summary())?.runs.count == summary.runs.count)
  }

  func rewrite(_ value: some FormattedRecord, _ path: String) {
    InputFile(path: path).write(Array(value.json.file.utf8))
  }

  private func readSettings(_ bytes: [UInt8]) {
    guard let settings = try? JSONDecoder().decode(DashboardSettings.self, from: Data(bytes)) else { return }
    precondition((0..<1).contains(settings.smoothing))
    guard let written = try? JSONEncoder().encode(settings) else {
      preconditionFailure("what was read can be written")
    }
    precondition((try? JSONDecoder().decode(DashboardSettings.self, from: written)) == settings)
  }
}
