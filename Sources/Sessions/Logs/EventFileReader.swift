internal import Messages

/// Reads a file of events that TensorBoard would read, in parts of any size, as far as it has grown.
///
/// `EventFile` says how it is written. A record that is not complete is waited for; after a damaged one the next is looked for.
struct EventFileReader: LogReader {
  /// Longer records are passed over: they hold pictures or weights.
  private static let longestRecord = 1 << 24
  /// The length and its check sum.
  static let headerSize = 12
  private static let footerSize = 4

  private var unread: [UInt8] = []
  /// Bytes of the file before `unread`.
  private var offset = 0
  /// Bytes of a long record that are still to come.
  private var passing = 0
  private var isLost = false
  /// The plugin of each tag: only the first value of a tag need tell it.
  private var plugins: [String: String] = [:]

  mutating func read(_ bytes: [UInt8], into log: inout LogContents) {
    unread += bytes
    var start = 0
    while let next = record(at: start, into: &log), next > start { start = next }
    unread.removeFirst(start)
    offset += start
  }

  /// An incomplete record at the end is one that its writer did not finish.
  mutating func finish(into log: inout LogContents) {}

  /// Reads the record that begins at `start`, and returns where the next one begins; `nil` if more bytes have to come first.
  private mutating func record(at start: Int, into log: inout LogContents) -> Int? {
    if passing > 0 {
      let count = min(passing, unread.count - start)
      passing -= count
      return start + count
    }
    guard unread.count - start >= Self.headerSize else { return nil }
    guard let length = Self.length(in: unread, at: start) else {
      if !isLost { log.note(.damaged, at: says("byte \(offset + start)", "第 \(offset + start) 字节")) }
      isLost = true
      // The check sum of a length is right by chance once in four billion places.
      let last = unread.count - Self.headerSize
      return (start + 1..<max(start + 1, last + 1)).first { Self.length(in: unread, at: $0) != nil }
        ?? max(start + 1, last + 1)
    }
    isLost = false
    guard length <= Self.longestRecord else {
      log.note(.tooLong, at: says("byte \(offset + start)", "第 \(offset + start) 字节"))
      passing = length + Self.footerSize
      return start + Self.headerSize
    }
    let (first, end) = (start + Self.headerSize, start + Self.headerSize + length)
    guard unread.count >= end + Self.footerSize else { return nil }
    let message = unread[first..<end]
    var footer = unread[end..<end + Self.footerSize]
    if ProtobufFields.fixed(&footer) == CRC32C.masked(message) {
      readEvent(message, at: offset + start, into: &log)
    } else {
      log.note(.badRecord, at: says("byte \(offset + start)", "第 \(offset + start) 字节"))
    }
    return end + Self.footerSize
  }

  /// The length of the message of the record that begins at `start`; `nil` if none does.
  static func length(in bytes: [UInt8], at start: Int) -> Int? {
    guard bytes.count - start >= headerSize else { return nil }
    let header = bytes[start..<start + 8]
    var (length, sum) = (header, bytes[start + 8..<start + headerSize])
    guard ProtobufFields.fixed(&sum) == CRC32C.masked(header),
      let size: UInt64 = ProtobufFields.fixed(&length),
      size < 1 << 48
    else { return nil }
    return Int(size)
  }

  // MARK: Events

  private mutating func readEvent(_ message: ArraySlice<UInt8>, at place: Int, into log: inout LogContents) {
    var (time, step) = (Double.nan, 0.0)
    var summaries: [ArraySlice<UInt8>] = []
    var isStart = false
    var fields = ProtobufFields(message)
    while let (number, value) = fields.next() {
      switch (number, value) {
      case (1, .fixed64(let bits)): time = Double(bitPattern: bits)
      case (2, .integer(let integer)): step = Double(Int64(bitPattern: integer))
      case (4, _): log.addOther("graphs", "graph")
      case (5, .bytes(let summary)): summaries.append(summary)
      case (6, _): log.addOther("messages", "log")
      case (7, .bytes(let session)):
        for case (1, .integer(1)) in ProtobufFields(session) { isStart = true }
      case (8, _): log.addOther("profiles", "run metadata")
      case (9, _): log.addOther("graphs", "meta graph")
      default: break
      }
    }
    // TensorBoard takes back what was told of the step of a restart, and of later ones.
    if isStart { log.takeBack(from: step) }
    var isDamaged = fields.isDamaged
    for summary in summaries {
      var values = ProtobufFields(summary)
      while let (number, value) = values.next() {
        guard number == 1, let message = value.message else { continue }
        let isRead = readValue(
          message, at: place, LoggedPoint(step: step, time: time, value: .nan), into: &log)
        isDamaged = isDamaged || !isRead
      }
      isDamaged = isDamaged || values.isDamaged
    }
    if isDamaged { log.note(.badEvent, at: says("byte \(place)", "第 \(place) 字节")) }
  }

  private static func words(ofStep step: Double) -> String {
    let number = Int(exactly: step).map(String.init) ?? "\(step)"
    return says("step \(number)", "第 \(number) 步")
  }

  private mutating func readValue(
    _ message: ArraySlice<UInt8>, at place: Int, _ point: LoggedPoint, into log: inout LogContents
  ) -> Bool {
    var (tag, kind) = ("", "")
    var plugin: String?
    var number: Double?
    var tensor: ArraySlice<UInt8>?
    var fields = ProtobufFields(message)
    while let (field, value) = fields.next() {
      switch (field, value) {
      case (1, .bytes): tag = value.text ?? ""
      case (2, .fixed32(let bits)): number = Double(Float(bitPattern: bits))
      case (3, .bytes), (5, .bytes): kind = "histograms"
      case (4, .bytes): kind = "images"
      case (6, .bytes): kind = "audio"
      case (8, .bytes(let bytes)): tensor = bytes
      case (9, .bytes(let metadata)):
        for case (1, .bytes(let data)) in ProtobufFields(metadata) {
          for (field, name) in ProtobufFields(data) where field == 1 { plugin = name.text }
        }
      default: break
      }
    }
    if let plugin, plugins[tag] == nil, plugins.count < LoggedRun.mostNames { plugins[tag] = plugin }
    let known = plugins[tag] ?? ""
    if number == nil, let tensor, known == "scalars" || known.isEmpty {
      number = TensorMessage.scalar(tensor)
    }
    if let number {
      var point = point
      point.value = number
      log.add(tag, point, at: Self.words(ofStep: point.step))
    } else {
      let named = known == "text" ? "texts" : known == "scalars" ? "tensors" : known
      log.addOther(kind.isEmpty ? (named.isEmpty ? "tensors" : named) : kind, tag)
    }
    return !fields.isDamaged
  }
}
