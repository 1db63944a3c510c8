public import Experiment

/// What a session was asked to do and with what: the contents of `run.json`.
public struct RunRecord: Hashable, Sendable {
  /// The newest format that this version of the program knows.
  public static let format = 1

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
  /// The runs, A first.
  public var runs: [Run]

  /// A session's description.
  public init(provenance: Provenance, threads: Int, preset: String? = nil, runs: [Run]) {
    self.provenance = provenance
    self.threads = threads
    self.preset = preset
    self.runs = runs
  }
}

extension RunRecord: Codable, FormattedRecord {
  /// Writes the fields of `run.json`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode(Self.format, forKey: .format)
    try provenance.encode(into: &fields)
    try fields.encode(threads, forKey: "threads")
    try fields.encodeIfPresent(preset, forKey: "preset")
    var runs = fields.nestedUnkeyedContainer(forKey: "runs")
    for (index, run) in self.runs.enumerated() {
      var fields = runs.nestedContainer(keyedBy: Field.self)
      try fields.encode(RunID(index).letter, forKey: "run")
      try fields.encode(run.name, forKey: "name")
      try fields.encode(run.configuration)
      try fields.encode(run.forkedFrom)
      if run.isRemoved { try fields.encode(true, forKey: "removed") }
    }
  }

  /// Reads the fields of `run.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    provenance = try Provenance(fields)
    threads = try fields.decode(Int.self, forKey: "threads")
    preset = try fields.decodeIfPresent(String.self, forKey: "preset")
    var runs = try fields.nestedUnkeyedContainer(forKey: "runs")
    self.runs = []
    while !runs.isAtEnd {
      let fields = try runs.nestedContainer(keyedBy: Field.self)
      try self.runs.append(
        Run(
          name: fields.decode(String.self, forKey: "name"), configuration: fields.configuration(),
          forkedFrom: fields.fork(of: RunID(self.runs.count)),
          isRemoved: fields.decodeIfPresent(Bool.self, forKey: "removed") ?? false))
    }
    if self.runs.isEmpty { throw fields.fault("runs", "there are none") }
  }
}
