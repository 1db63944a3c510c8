internal import Messages
internal import Platform
internal import SwiftProtobuf
internal import Synchronization

/// A file of events as TensorBoard reads it, with one writer.
///
/// Each event is a record: the length of the message (8 bytes, little-endian), the masked CRC-32C of that, the message,
/// the masked CRC-32C of the message.
final class EventFile {
  /// How the names of all such files begin.
  static let prefix = "events.out.tfevents."
  private static let digits = 10
  private static let count = Atomic(0)

  private let folder: String
  private let name: String
  private var file: OpenFile?
  private var unwritten: [UInt8] = []
  private var hasEvents = false

  /// A new file in `folder`; both are made when there is something to write.
  ///
  /// The name is `events.out.tfevents.<seconds>.<host>.<process>.<number>`, after those that are there: TensorBoard reads
  /// them in the order of their names, also where the clock was set back. What earlier files of the folder tell of
  /// `firstStep` and later ones is taken back.
  init(in folder: String, firstStep: Int = 0, time: Double) throws(RunLogError) {
    self.folder = folder
    let host = String(Machine.current.host.map { $0 == "/" ? "-" : $0 })
    let number = Self.count.add(1, ordering: .relaxed).oldValue
    let earlier = try Folder.names(in: folder).compactMap(Self.seconds).max() ?? -1
    let seconds = String(max(Int64(time), earlier + 1))
    // As many digits as TensorBoard's own writer has: a clock that began at 0 has seconds of fewer, whose names would sort last.
    let padding = String(repeating: "0", count: max(0, Self.digits - seconds.count))
    name =
      "\(Self.prefix)\(padding)\(seconds).\(host.isEmpty ? "localhost" : host).\(getpid()).\(number)"
    var version = Tensorboard_Event()
    version.wallTime = time
    version.fileVersion = "brain.Event:2"
    // TensorBoard takes the first of these as the beginning, and each later one as a restart at its step.
    var start = Tensorboard_Event()
    start.wallTime = time
    start.step = Int64(firstStep)
    start.sessionLog.status = .start
    unwritten = try record(of: version) + record(of: start)
  }

  /// The seconds in the name of such a file.
  private static func seconds(of name: String) -> Int64? {
    guard name.hasPrefix(prefix) else { return nil }
    return Int64(name.dropFirst(prefix.count).prefix { $0 != "." }).flatMap { $0 < .max ? $0 : nil }
  }

  /// Adds an event; after a failure, with the next one.
  func append(_ event: Tensorboard_Event) throws(RunLogError) {
    unwritten += try record(of: event)
    hasEvents = true
    try flush()
  }

  /// Writes what could not be written before.
  func flush() throws(RunLogError) {
    guard hasEvents, !unwritten.isEmpty else { return }
    if file == nil {
      try Folder.make(folder)
      file = try OpenFile(
        "\(folder)/\(name)", flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL, failure: .unwritable)
    }
    try file?.append(unwritten)
    unwritten = []
  }

  /// A message with its length and check sums around it.
  static func record(_ message: [UInt8]) -> [UInt8] {
    let length = bytes(UInt64(message.count))
    return length + bytes(CRC32C.masked(length)) + message + bytes(CRC32C.masked(message))
  }

  private func record(of event: Tensorboard_Event) throws(RunLogError) -> [UInt8] {
    do {
      return try Self.record(event.serializedBytes())
    } catch {
      throw RunLogError(
        .unwritable, path: "\(folder)/\(name)",
        problem: says("an event cannot be encoded (\(error))", "事件无法编码（\(error)）"))
    }
  }

  private static func bytes(_ integer: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: integer.littleEndian) { Array($0) }
  }
}
