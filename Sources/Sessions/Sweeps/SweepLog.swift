public import Experiment

/// Keeps a sweep's results in its folder, each as soon as it is known.
///
/// Whenever the program is killed, every run that was over is there. Only one program at a time writes in a folder.
public struct SweepLog: ~Copyable {
  private let lock: FolderLock
  private let file: LineFile

  /// Begins a folder with its record.
  ///
  /// - Throws: `RunLogError` if somebody else writes there or the system refuses.
  public init(_ folder: SweepFolder, record: SweepRecord) throws(RunLogError) {
    let lock = try FolderLock(folder.path)
    try record.write(to: folder.record)
    let file = try LineFile(appendingTo: folder.results)
    self.lock = lock
    self.file = file
  }

  /// Goes on in the folder of a sweep that was left.
  ///
  /// - Throws: `RunLogError` if somebody else writes there or the system refuses.
  public init(continuing folder: SweepFolder) throws(RunLogError) {
    try self.init(continuing: folder, lock: FolderLock(folder.path))
  }

  /// Goes on with a sweep that was read under `lock`.
  init(continuing folder: SweepFolder, lock: FolderLock) throws(RunLogError) {
    try DurableFile.removeLeftovers(in: folder.path)
    let file = try LineFile(appendingTo: folder.results)
    self.lock = lock
    self.file = file
  }

  /// Writes a result, and waits until it would survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func record(_ result: SweepResult) throws(RunLogError) {
    try file.append([RecordedSweepResult(result: result).json.text])
    try file.synchronize()
  }

  /// The results in a folder, and a sentence for each line that could not be read and is left out.
  ///
  /// - Throws: `RunLogError` if the file cannot be read; a missing one is empty.
  public static func results(
    in folder: SweepFolder
  ) throws(RunLogError) -> (results: [SweepResult], notes: [String]) {
    let lines: [[UInt8]]
    do {
      lines = try LineFile.read(folder.results).lines
    } catch {
      guard error.kind == .missing else { throw error }
      return ([], [])
    }
    var results: [SweepResult] = []
    var leftOut = LeftOutLines(of: folder.results, consequence: ", its run is made again")
    for (index, line) in lines.enumerated() {
      do {
        try results.append(JSONText.decode(RecordedSweepResult.self, line, path: folder.results).result)
      } catch {
        leftOut.add(index, error.problem)
      }
    }
    return (results, leftOut.notes)
  }
}

/// A result as a line of `results.jsonl`.
private struct RecordedSweepResult: Decodable {
  let result: SweepResult

  init(result: SweepResult) { self.result = result }

  var json: JSONObject {
    var object = JSONObject()
    object.add("cell", result.key.cell)
    object.add("seed", result.key.seed)
    object.add("step", result.step)
    object.add("epoch", result.epoch)
    object.add("seconds", result.seconds)
    object.add("reason", result.metrics == nil ? "diverged" : "completed")
    if let metrics = result.metrics { object.add(metrics) } else { object.add("message", result.divergence) }
    return object
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let key = try SweepRunKey(
      cell: fields.count("cell"), seed: fields.decode(UInt64.self, forKey: "seed"))
    let (step, epoch, seconds) = try (fields.count("step"), fields.count("epoch"), fields.seconds("seconds"))
    switch try fields.decode(String.self, forKey: "reason") {
    case "completed":
      let metrics = try fields.measurements([.selection(isValidated: false)])
      result = SweepResult(key: key, step: step, epoch: epoch, seconds: seconds, metrics: metrics)
    case "diverged":
      let message = try fields.decode(String.self, forKey: "message")
      result = SweepResult(key: key, step: step, epoch: epoch, seconds: seconds, divergence: message)
    case let other: throw fields.fault("reason", "'\(other)' is not known")
    }
  }
}
