public import Experiment
internal import Messages
internal import Platform

/// Keeps the results of one attempt at a sweep's runs, each as soon as it is known.
///
/// Each attempt has a file of its own, which nobody else writes: on a network's file system what two machines add to one
/// file overwrites one another. Whenever the program is killed, every run that was over is there.
public struct SweepLog: ~Copyable {
  private let file: LineFile
  /// The file's name.
  public let name: String

  /// Begins the log of an attempt at `shard` in the folder of a sweep.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public init(
    _ folder: SweepFolder, record: SweepRecord, shard: SweepShard = .all, environment: [String: String] = [:]
  ) throws(RunLogError) {
    let attempt = SweepAttempt(shard, environment: environment)
    try Folder.make(folder.results)
    let name = Self.free(attempt.name, in: folder.results)
    let file = try LineFile(beginning: "\(folder.results)/\(name)")
    try Folder.synchronize(folder.results)
    try file.append([SweepLogHeader(record, host: Machine.hostName).json.text])
    self.file = file
    self.name = name
  }

  /// A name that no file has; one process can make several attempts.
  private static func free(_ name: String, in folder: String) -> String {
    var (file, number) = (name + ".jsonl", 2)
    while Files.exists("\(folder)/\(file)") { (file, number) = ("\(name)-\(number).jsonl", number + 1) }
    return file
  }

  /// Writes a result, and waits until it would survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func record(_ result: SweepResult) throws(RunLogError) { try record([result]) }

  /// Writes results, a line each, and waits once until all would survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func record(_ results: [SweepResult]) throws(RunLogError) {
    guard !results.isEmpty else { return }
    try file.append(results.map { RecordedSweepResult.json(of: $0).text })
    try file.synchronize()
  }

  /// Writes that a run went wrong in a way that is no result of its settings.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func record(failureOf key: SweepRunKey, _ message: String) throws(RunLogError) {
    try file.append([RecordedSweepResult.json(ofFailure: key, message).text])
    try file.synchronize()
  }
}

/// The first line of a log: with what its results were made.
struct SweepLogHeader: Decodable, Hashable {
  static let format = 1
  let created: String
  let version: String
  let probe: String
  let host: String

  init(_ record: SweepRecord, host: String) {
    created = record.identity
    version = ProgramVersion.text
    probe = record.probe
    self.host = host
  }

  var json: JSONObject {
    var object = JSONObject()
    object.add(Field.format.stringValue, Self.format)
    object.add("sweep", created)
    object.add("version", version)
    object.add("probe", probe)
    object.add("host", host)
    return object
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let format = try fields.named(.format) { try fields.decode(Int.self, forKey: .format) }
    guard format == Self.format else {
      throw fields.fault(.format, says("\(format) is another format", "\(format) 是另一种格式"))
    }
    created = try fields.decode(String.self, forKey: "sweep")
    version = try fields.decode(String.self, forKey: "version")
    probe = try fields.decode(String.self, forKey: "probe")
    host = try fields.decode(String.self, forKey: "host")
  }
}

/// What a line of a log tells of a run.
enum RecordedSweepResult: Decodable, Hashable {
  case result(SweepResult)
  case failure(SweepRunKey, message: String)

  static func json(of result: SweepResult) -> JSONObject {
    var object = key(result.key)
    object.add("step", result.step)
    object.add("epoch", result.epoch)
    object.add("seconds", result.seconds)
    object.add("reason", result.metrics == nil ? "diverged" : "completed")
    if let metrics = result.metrics { object.add(metrics) } else { object.add("message", result.divergence) }
    return object
  }

  static func json(ofFailure key: SweepRunKey, _ message: String) -> JSONObject {
    var object = self.key(key)
    object.add("reason", "failed")
    object.add("message", message)
    return object
  }

  private static func key(_ key: SweepRunKey) -> JSONObject {
    var object = JSONObject()
    object.add("cell", key.cell)
    object.add("seed", key.seed)
    return object
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    let key = try SweepRunKey(
      cell: fields.count("cell"),
      seed: fields.named("seed") { try fields.decode(UInt64.self, forKey: "seed") })
    let reason = try fields.decode(String.self, forKey: "reason")
    guard reason != "failed" else {
      self = try .failure(key, message: fields.decode(String.self, forKey: "message"))
      return
    }
    let (step, epoch, seconds) = try (fields.count("step"), fields.count("epoch"), fields.seconds("seconds"))
    switch reason {
    case "completed":
      let metrics = try fields.measurements(requiringResult: true)
      self = .result(SweepResult(key: key, step: step, epoch: epoch, seconds: seconds, metrics: metrics))
    case "diverged":
      let message = try fields.decode(String.self, forKey: "message")
      self = .result(SweepResult(key: key, step: step, epoch: epoch, seconds: seconds, divergence: message))
    default: throw fields.fault("reason", says("'\(reason)' is not known", "'\(reason)' 未知"))
    }
  }
}
