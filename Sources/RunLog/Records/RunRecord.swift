public import TrainingEvents

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a session was asked to do and with what: the contents of `run.json`.
public struct RunRecord: Hashable, Sendable {
  /// The newest format that this version of the program knows.
  public static let format = 1

  /// The data that the runs learned from.
  public struct DataSource: Codable, Hashable, Sendable {
    /// One of its files.
    public struct File: Codable, Hashable, Sendable {
      /// The file's name.
      public var name: String
      /// SHA-256 of its uncompressed contents, in hexadecimal.
      public var sha256: String

      /// A file and its hash.
      public init(name: String, sha256: String) {
        self.name = name
        self.sha256 = sha256
      }
    }

    /// Where it was found, in one word, such as `cache`.
    public var place: String
    /// The folder.
    public var directory: String
    /// The files.
    public var files: [File]

    /// A data source.
    public init(place: String, directory: String, files: [File]) {
      self.place = place
      self.directory = directory
      self.files = files
    }
  }

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

  /// The version of the program.
  public var programVersion: String
  /// When the session began, in whole seconds.
  public var created: Date
  /// What computes.
  public var machine: Machine
  /// The matrix kernels in use, such as `avx2`.
  public var kernels: String
  /// Threads that compute, over all runs.
  public var threads: Int
  /// The known experiment that the runs are, apart from what was changed, if one was named.
  public var preset: String?
  /// The data.
  public var dataSource: DataSource
  /// The runs, A first.
  public var runs: [Run]

  /// A session's description.
  public init(
    programVersion: String, created: Date, machine: Machine, kernels: String, threads: Int,
    preset: String? = nil, dataSource: DataSource, runs: [Run]
  ) {
    self.programVersion = programVersion
    self.created = Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded(.down))
    self.machine = machine
    self.kernels = kernels
    self.threads = threads
    self.preset = preset
    self.dataSource = dataSource
    self.runs = runs
  }
}

extension RunRecord: Codable, FormattedRecord {
  /// Writes the fields of `run.json`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode(Self.format, forKey: .format)
    try fields.encode(programVersion, forKey: "version")
    try fields.encode(created, forKey: "created")
    try fields.encode(machine, forKey: "machine")
    try fields.encode(kernels, forKey: "kernels")
    try fields.encode(threads, forKey: "threads")
    try fields.encodeIfPresent(preset, forKey: "preset")
    try fields.encode(dataSource.place, forKey: "data_source")
    try fields.encode(dataSource.directory, forKey: "data_directory")
    try fields.encode(dataSource.files, forKey: "data_files")
    var runs = fields.nestedUnkeyedContainer(forKey: "runs")
    for (index, run) in self.runs.enumerated() {
      var fields = runs.nestedContainer(keyedBy: Field.self)
      try fields.encode(RunID(index).letter, forKey: "run")
      try fields.encode(run.name, forKey: "name")
      try RecordedSettings.encode(run.configuration, into: &fields)
      try fields.encode(run.forkedFrom)
      if run.isRemoved { try fields.encode(true, forKey: "removed") }
    }
  }

  /// Reads the fields of `run.json`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    programVersion = try fields.decode(String.self, forKey: "version")
    created = try fields.decode(Date.self, forKey: "created")
    machine = try fields.decode(Machine.self, forKey: "machine")
    kernels = try fields.decode(String.self, forKey: "kernels")
    threads = try fields.decode(Int.self, forKey: "threads")
    preset = try fields.decodeIfPresent(String.self, forKey: "preset")
    dataSource = try DataSource(
      place: fields.decode(String.self, forKey: "data_source"),
      directory: fields.decode(String.self, forKey: "data_directory"),
      files: fields.decode([DataSource.File].self, forKey: "data_files"))
    var runs = try fields.nestedUnkeyedContainer(forKey: "runs")
    self.runs = []
    while !runs.isAtEnd {
      let fields = try runs.nestedContainer(keyedBy: Field.self)
      try self.runs.append(
        Run(
          name: fields.decode(String.self, forKey: "name"), configuration: RecordedSettings.decode(fields),
          forkedFrom: fields.fork(of: RunID(self.runs.count)),
          isRemoved: fields.decodeIfPresent(Bool.self, forKey: "removed") ?? false))
    }
    if self.runs.isEmpty { throw fields.fault("runs", "there are none") }
  }
}
