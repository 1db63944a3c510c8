import Datasets
import Experiment

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// When, by which program, on which machine and with which data something was made.
public struct Provenance: Hashable, Sendable {
  /// The data that the runs learned from.
  public struct DataSource: Hashable, Sendable {
    /// One of its files.
    public struct File: Decodable, Hashable, Sendable {
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
  /// Adds the fields to those of a record.
  func add(to object: inout JSONObject) {
    object.add("version", programVersion)
    object.add("created", created.formatted(.iso8601))
    object.add("machine", machine.json)
    object.add("kernels", kernels)
    object.add("data_source", dataSource.place)
    object.add("data_directory", dataSource.directory)
    object.add(
      "data_files",
      dataSource.files.map { file in
        var object = JSONObject()
        object.add("name", file.name)
        object.add("sha256", file.sha256)
        return object
      })
  }

  /// Reads the fields among those of a record.
  init(_ fields: FieldDecoder) throws {
    programVersion = try fields.decode(String.self, forKey: "version")
    created = try fields.named("created") { try fields.decode(Date.self, forKey: "created") }
    machine = try fields.decode(Machine.self, forKey: "machine")
    kernels = try fields.decode(String.self, forKey: "kernels")
    dataSource = try DataSource(
      place: fields.decode(String.self, forKey: "data_source"),
      directory: fields.decode(String.self, forKey: "data_directory"),
      files: fields.decode([DataSource.File].self, forKey: "data_files"))
  }
}
