import Foundation

@testable import Experiment
@testable import Sessions
@testable import Training

extension Reader {
  func readPlace(_ bytes: [UInt8]) {
    let path = InputFile.folder.path + "/checkpoint"
    let text = String(decoding: bytes, as: UTF8.self)
    let metadata = ["fmnist-tui.checkpoint": "2", "optimizer.step": "1", "place": text]
    InputFile(path: path).write(SafetensorsFile([], metadata: metadata).bytes)
    guard let checkpoint = try? CheckpointFile.read(path) else { return }
    _ = try? checkpoint.check(checkpoint.progress.position.run, path: path, images: 60_000)
    let written = Array(checkpoint.progress.json.text.utf8)
    precondition((try? JSONText.decode(CheckpointProgress.self, written, path: path)) == checkpoint.progress)
  }

  func showRecording(_ bytes: [UInt8]) {
    InputFile.images.write(bytes)
    guard let recording = try? Recording(path: InputFile.images.path) else { return }
    precondition(!recording.starts.isEmpty)
    show(recording.events, variant: bytes.count)
  }

  func readConfiguration(_ bytes: [UInt8]) {
    InputFile.images.write(bytes)
    guard let prepared = try? SettingsFile.read(InputFile.images.path) else { return }
    precondition(prepared.runs.count <= RunID.largestCount)
    guard let merged = try? prepared.merged(with: GivenSettings()),
      var plans = try? RunPlans(settings: merged, named: prepared.runs, versus: [], comparing: true)
    else { return }
    _ = try? plans.add(prepared.forks)
    precondition(plans.runs.count <= RunID.largestCount)
    for plan in plans.runs { _ = try? GivenSettings(plan.configuration).configuration() }
  }

  func readNotes(_ bytes: [UInt8]) {
    InputFile(path: InputFile.folder.labelsFile).write(bytes)
    guard let labels = try? InputFile.folder.labels() else { return }
    rewrite(labels, InputFile.folder.labelsFile)
    precondition((try? InputFile.folder.labels()) == labels)
  }

  func readSweep(_ bytes: [UInt8]) {
    let folder = SweepFolder(path: InputFile.folder.path)
    InputFile(path: folder.record).write(bytes)
    guard let record = try? SweepRecord(readFrom: folder) else { return }
    let progress = SweepProgress(record.plan, trainingImages: record.trainingImages, results: [])
    precondition(progress.runs.count == record.plan.cells.count * record.plan.seeds)
    rewrite(record, folder.record)
    precondition((try? SweepRecord(readFrom: folder)) == record)
  }

  func readResults(_ bytes: [UInt8]) {
    let folder = SweepFolder(path: InputFile.folder.path)
    guard let record = Self.recorded, (try? Folder.make(folder.results)) != nil else {
      preconditionFailure("these lists make a sweep")
    }
    // As the whole log, and as what follows its first line.
    let header = Array((SweepLogHeader(record, host: "here").json.text + "\n").utf8)
    for (number, log) in [bytes, header + bytes].enumerated() {
      InputFile(path: "\(folder.results)/\(number)of2-log.jsonl").write(log)
    }
    guard let logs = try? SweepLogs(folder, record: record) else {
      preconditionFailure("logs that cannot be read are left out")
    }
    let progress = SweepProgress(record.plan, trainingImages: 60_000, results: logs.results)
    precondition(progress.results.count == logs.results.count)
  }

  private static let recorded = try? SweepRecord(
    PlannedSweep(
      SweepSpecification(
        options: GivenSettings(), over: ["dropout=0,0.5", "lr=0.1,0.5"], seeds: 2, steps: nil),
      of: .usual, trainingImages: 60_000),
    provenance: Provenance(
      programVersion: "1", created: Date(timeIntervalSince1970: 0), machine: .current, kernels: "avx2",
      dataSource: .init(place: "cache", directory: "/data", files: [])),
    probe: "0")

  /// As it is, and with a good frame around it, which chance hardly makes.
  func readEventFile(_ bytes: [UInt8]) {
    for file in [bytes, EventFile.record(bytes)] { readInParts(file, EventFileReader()) }
  }

  func readLog(_ bytes: [UInt8]) {
    readInParts(bytes, AnyLogReader(name: ""))
    readInParts(bytes, CSVLogReader())
    readInParts(bytes, JSONLinesLogReader())
    // Where a document ends depends on what is there so far.
    var (document, log) = (JSONDocumentLogReader(), LogContents())
    document.read(bytes, into: &log)
    document.finish(into: &log)
    _ = JSONFault(in: bytes)
    if let pattern = LogPattern(
      String(decoding: bytes.prefix(40).filter { $0 != UInt8(ascii: "/") }, as: UTF8.self))
    {
      precondition(pattern.places(in: ["loss/train", "x"]).count <= 2)
    }
  }

  /// However the bytes arrive, they tell the same.
  private func readInParts(_ bytes: [UInt8], _ reader: some LogReader) {
    let logs = [bytes.count, 7].map { size in
      var (reader, log) = (reader, LogContents())
      for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
        reader.read(Array(bytes[start..<min(start + max(1, size), bytes.count)]), into: &log)
      }
      reader.finish(into: &log)
      return log
    }
    let figures = logs.map { log in log.runs.map { run in run.figures.map { "\($0.name) \($0.count)" } } }
    precondition(figures[0] == figures[1] && logs[0].notes(of: "") == logs[1].notes(of: ""))
    for figure in logs[0].runs.flatMap(\.figures) {
      let points = figure.points
      precondition(points.count <= figure.count || figure.count == 0)
      precondition(zip(points, points.dropFirst()).allSatisfy { !($0.step > $1.step) })
    }
  }
}
