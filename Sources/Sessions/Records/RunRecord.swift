public import Experiment
internal import Messages

/// What a session was asked to do and with what: the contents of `run.json`.
public struct RunRecord: Hashable, Sendable {
  /// The format that this version of the program writes and reads.
  public static let format = 2

  /// One of the runs.
  public struct Run: Hashable, Sendable {
    /// What the person calls it.
    public var name: String
    /// Its settings.
    public var configuration: RunConfiguration
    /// Where it branched off another run, if it did.
    public var forkedFrom: ForkPoint?
    /// Whether a person took it out of the session.
    public var isRemoved: Bool

    /// A run.
    public init(
      name: String, configuration: RunConfiguration, forkedFrom: ForkPoint? = nil, isRemoved: Bool = false
    ) {
      self.name = name
      self.configuration = configuration
      self.forkedFrom = forkedFrom
      self.isRemoved = isRemoved
    }
  }

  /// When, by which program, on which machine and with which data.
  public var provenance: Provenance
  /// Threads that compute, over all runs.
  public var threads: Int
  /// The known experiment that the runs are, apart from what was changed, if one was named.
  public var preset: String?
  /// How figures are laid out for TensorBoard.
  public var tensorBoardLayout: TensorBoardLayout
  /// The runs, A first.
  public var runs: [Run]

  /// A session's description.
  public init(
    provenance: Provenance, threads: Int, preset: String? = nil, tensorBoardLayout: TensorBoardLayout = .runs,
    runs: [Run]
  ) {
    self.provenance = provenance
    self.threads = threads
    self.preset = preset
    self.tensorBoardLayout = tensorBoardLayout
    self.runs = runs
  }
}

extension RunRecord: FormattedRecord {
  /// The contents of `run.json`.
  var json: JSONObject {
    var object = Self.formatted
    provenance.add(to: &object)
    object.add("threads", threads)
    object.add("preset", preset)
    object.add("tensorboard_layout", tensorBoardLayout.rawValue)
    object.add("runs", runs.indices.map(json))
    return object
  }

  private func json(ofRun index: Int) -> JSONObject {
    let run = runs[index]
    var object = JSONObject()
    object.add("run", RunID(index).letter)
    object.add("name", run.name)
    object.add(run.configuration)
    object.add(run.forkedFrom)
    object.add("removed", run.isRemoved)
    return object
  }

  /// Reads the fields of `run.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    provenance = try Provenance(fields)
    threads = try fields.count("threads")
    preset = try fields.decodeIfPresent(String.self, forKey: "preset")
    let layout = try fields.decode(String.self, forKey: "tensorboard_layout")
    guard let known = TensorBoardLayout(rawValue: layout) else {
      throw fields.fault("tensorboard_layout", says("'\(layout)' is not known", "'\(layout)' 未知"))
    }
    tensorBoardLayout = known
    runs = try fields.runs { fields, run in
      try Run(
        name: fields.decode(String.self, forKey: "name"), configuration: RunConfiguration(fields),
        forkedFrom: fields.fork(of: run), isRemoved: fields.decode(Bool.self, forKey: "removed"))
    }
  }

  /// The runs as they were planned, of which no event has told yet.
  package var session: SessionState {
    SessionState(
      runs.enumerated().map { index, run in
        RunHistory(
          RunID(index), name: run.name, configuration: run.configuration, forkedFrom: run.forkedFrom,
          isRemoved: run.isRemoved)
      })
  }
}

extension FieldDecoder {
  /// Reads the list of a session's runs, each by its fields; there is at least one, and no more than a session has.
  func runs<Value>(_ read: (FieldDecoder, RunID) throws -> Value) throws -> [Value] {
    var list = try nestedUnkeyedContainer(forKey: "runs")
    var runs: [Value] = []
    while !list.isAtEnd {
      guard runs.count < RunID.largestCount else {
        throw fault(
          "runs",
          says("a session has at most \(RunID.largestCount) runs", "一个会话至多有 \(RunID.largestCount) 个运行"))
      }
      try runs.append(read(list.nestedContainer(keyedBy: Field.self), RunID(runs.count)))
    }
    if runs.isEmpty { throw fault("runs", says("there are none", "一个也没有")) }
    return runs
  }
}
