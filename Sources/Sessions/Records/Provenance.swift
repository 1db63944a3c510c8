import Datasets

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// When, by which program, on which machine and with which data something was made.
public struct Provenance: Hashable, Sendable {
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

  /// The version of the program.
  public var programVersion: String
  /// When it began, in whole seconds.
  public var created: Date
  /// What computes.
  public var machine: Machine
  /// The matrix kernels in use, such as `avx2`.
  public var kernels: String
  /// The data.
  public var dataSource: DataSource

  /// Where something comes from; `created` loses its fraction of a second.
  public init(
    programVersion: String, created: Date, machine: Machine, kernels: String, dataSource: DataSource
  ) {
    self.programVersion = programVersion
    self.created = Date(timeIntervalSince1970: created.timeIntervalSince1970.rounded(.down))
    self.machine = machine
    self.kernels = kernels
    self.dataSource = dataSource
  }
}

extension Provenance {
  /// Writes the fields among those of a record.
  func encode(into fields: inout FieldEncoder) throws {
    try fields.encode(programVersion, forKey: "version")
    try fields.encode(created, forKey: "created")
    try fields.encode(machine, forKey: "machine")
    try fields.encode(kernels, forKey: "kernels")
    try fields.encode(dataSource.place, forKey: "data_source")
    try fields.encode(dataSource.directory, forKey: "data_directory")
    try fields.encode(dataSource.files, forKey: "data_files")
  }

  /// Reads the fields among those of a record.
  init(_ fields: FieldDecoder) throws {
    programVersion = try fields.decode(String.self, forKey: "version")
    created = try fields.decode(Date.self, forKey: "created")
    machine = try fields.decode(Machine.self, forKey: "machine")
    kernels = try fields.decode(String.self, forKey: "kernels")
    dataSource = try DataSource(
      place: fields.decode(String.self, forKey: "data_source"),
      directory: fields.decode(String.self, forKey: "data_directory"),
      files: fields.decode([DataSource.File].self, forKey: "data_files"))
  }
}
