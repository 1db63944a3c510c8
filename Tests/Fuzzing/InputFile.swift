import Experiment
import Foundation
import Sessions

/// A file that an input is written to, for readers of files.
struct InputFile {
  let path: String

  /// The folder of this process, which the script removes.
  static let folder: RunFolder = {
    let url = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(getpid())")
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      preconditionFailure("\(error)")
    }
    return RunFolder(path: url.path)
  }()

  static let images = InputFile(path: folder.path + "/images")
  static let labels = InputFile(path: folder.path + "/labels")

  func write(_ bytes: [UInt8]) {
    guard let file = fopen(path, "wb") else { preconditionFailure("\(path) cannot be written") }
    defer { fclose(file) }
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  /// A session of which nothing but its runs matters.
  static func record(of runs: [RunRecord.Run]) -> RunRecord {
    RunRecord(
      provenance: Provenance(
        programVersion: "", created: Date(timeIntervalSince1970: 0),
        machine: Machine(host: "", system: "", architecture: "", processor: nil, processors: 1), kernels: "",
        dataSource: Provenance.DataSource(place: "", directory: "", files: [])),
      threads: 1, runs: runs)
  }
}
