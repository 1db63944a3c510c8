internal import Platform

/// The jobs that were sent to make a sweep's runs: an empty file for each, named by its number.
package enum SentJobs {
  /// Notes a job.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package static func add(_ job: String, to folder: SweepFolder) throws(RunLogError) {
    try Folder.make(folder.jobs)
    try DurableFile.write([], to: "\(folder.jobs)/\(job)")
  }

  /// Their numbers, which are digits.
  ///
  /// - Throws: `RunLogError` if the folder cannot be read.
  package static func all(in folder: SweepFolder) throws(RunLogError) -> [String] {
    try Folder.names(in: folder.jobs).filter { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
      .sorted { ($0.count, $0) < ($1.count, $1) }
  }
}
