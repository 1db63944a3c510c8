package import Experiment
internal import Messages
package import Platform

/// Writes every event with its time to a file.
package struct EventRecorder {
  private let stream: StandardStream

  /// A recorder that makes a new file.
  ///
  /// - Throws: `Failure` if the file exists or cannot be made.
  package init(path: String) throws(Failure) {
    do {
      stream = try StandardStream.file(path)
    } catch {
      throw Failure(
        status: .cannotCreate,
        message: says(
          "--record \(error.description). Give the path of a file that is not there yet.",
          "--record \(error.description)。请给出尚不存在的文件的路径。")
      )
    }
  }

  /// Writes an event that arrived at the time `seconds`.
  package func record(_ event: TrainingEvent, at seconds: Double) throws(WriteError) {
    try stream.write(lines: [TimedEvent(event, time: seconds).line])
  }
}
