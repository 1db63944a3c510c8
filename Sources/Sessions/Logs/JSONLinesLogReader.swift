import Experiment
import Messages

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Reads lines of which each is a JSON object with numbers: of any program, or of this one's sessions.
struct JSONLinesLogReader: LogLineReader {
  var lines = LineSplitter()
  /// Whether the lines are events of this program's.
  private var isSession: Bool
  /// The names of a session's runs, by their letters.
  private var names: [String: String] = [:]

  init(isSession: Bool = false) {
    self.isSession = isSession
  }

  mutating func read(_ line: ArraySlice<UInt8>, _ number: Int, into log: inout LogContents) {
    guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return }
    // Editors and shells of Windows put a mark before the first line.
    let line = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    guard let object = FlatJSON(line) else {
      return log.note(.notJSON, at: says("line \(number)", "第 \(number) 行"))
    }
    if !isSession, object.numbers.contains(where: { $0.name == "schema" }),
      object.texts.contains(where: { $0.name == "event" })
    {
      isSession = true
    }
    if isSession { return readEvent(line, into: &log) }
    let run = object.texts.first { $0.name == "run" }?.value ?? ""
    for text in object.texts where text.name != "run" { log.addOther("texts", text.name, run: run) }
    for list in object.lists { log.addOther("lists", list, run: run) }
    LogColumns.add(object.numbers, run: run, line: number, into: &log)
  }

  /// An event with its time, where it is told.
  private struct Line: Decodable {
    let event: TrainingEvent
    let time: Double

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Field.self)
      event = try TrainingEvent(fields)
      time = (try? fields.time("time")) ?? .nan
    }
  }

  /// Takes in an epoch's figures under the names that they have in this program's files for TensorBoard.
  private mutating func readEvent(_ line: ArraySlice<UInt8>, into log: inout LogContents) {
    // Events of other versions, and those around the runs, are none of a run's figures.
    guard let line = try? JSONText.decode(Line.self, Array(line), path: "") else { return }
    let (event, position) = (line.event, line.event.position)
    let run = names[position.run.letter] ?? position.run.letter
    switch event.kind {
    case .runStarted(let started):
      names[position.run.letter] = "\(position.run.letter) \(started.name)"
      // It was restarted, or goes on from a checkpoint.
      log.takeBack(from: Double(position.step) + 0.5, run: run)
    case .epochEvaluated(let epoch):
      func add(_ figure: String, _ value: Double) {
        let point = LoggedPoint(step: Double(position.step), time: line.time, value: value)
        log.add(figure, point, run: run, at: says("step \(position.step)", "第 \(position.step) 步"))
      }
      // An epoch whose end was a checkpoint may have been measured again.
      log.takeBack(from: Double(position.step), run: run)
      for scalar in TensorBoardLayout.runs.figures(of: Positioned(epoch, at: position)) {
        add(scalar.tag, scalar.value)
      }
      add("epoch", Double(position.epoch))
    default: break
    }
  }
}

/// What an object of JSON holds, the keys of nested ones with slashes between them.
///
/// NaN and infinities are numbers here, as Python writes them.
struct FlatJSON {
  private(set) var numbers: [(name: String, value: Double)] = []
  private(set) var texts: [(name: String, value: String)] = []
  private(set) var lists: [String] = []

  private static let deepest = 32
  private static let mostMembers = 10_000

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  /// The object that `line` is; `nil` if it is none.
  init?(_ line: ArraySlice<UInt8>) {
    (bytes, place) = (line, line.startIndex)
    skipBlanks()
    guard take("{"), members(of: "", depth: 0) else { return nil }
    skipBlanks()
    guard place == bytes.endIndex else { return nil }
  }

  private var next: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  /// Reads the members of an object behind its brace.
  private mutating func members(of prefix: String, depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    if take("}") { return true }
    repeat {
      skipBlanks()
      guard let key = string() else { return false }
      skipBlanks()
      guard take(":"), value(named: prefix + key, depth: depth) else { return false }
      skipBlanks()
    } while take(",")
    return take("}")
  }

  private mutating func value(named name: String, depth: Int) -> Bool {
    skipBlanks()
    guard numbers.count + texts.count + lists.count < Self.mostMembers, name.utf8.count < 2000 else {
      return false
    }
    switch next {
    case UInt8(ascii: "{"):
      place += 1
      return members(of: name + "/", depth: depth + 1)
    case UInt8(ascii: "["):
      lists.append(name)
      place += 1
      return elements(depth: depth + 1)
    case UInt8(ascii: "\""):
      guard let text = string() else { return false }
      if let number = Self.nonFinite(text) {
        numbers.append((name, number))
      } else {
        texts.append((name, text))
      }
      return true
    default:
      let word = word()
      if let number = Self.number(word) {
        numbers.append((name, number))
        return true
      }
      if ["true", "false"].contains(word) { texts.append((name, word)) }
      return ["true", "false", "null"].contains(word)
    }
  }

  /// Passes over a list.
  private mutating func elements(depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    if take("]") { return true }
    repeat {
      skipBlanks()
      switch next {
      case UInt8(ascii: "{"):
        place += 1
        let kept = (numbers.count, texts.count, lists.count)
        guard members(of: "", depth: depth + 1) else { return false }
        numbers.removeSubrange(kept.0...)
        texts.removeSubrange(kept.1...)
        lists.removeSubrange(kept.2...)
      case UInt8(ascii: "["):
        place += 1
        guard elements(depth: depth + 1) else { return false }
      case UInt8(ascii: "\""): guard string() != nil else { return false }
      default: guard !word().isEmpty else { return false }
      }
      skipBlanks()
    } while take(",")
    return take("]")
  }

  /// The letters, digits and signs that follow.
  private mutating func word() -> String {
    let start = place
    while let byte = next, place - start < 64,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(byte)
    { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static func number(_ word: String) -> Double? {
    guard let first = word.utf8.first else { return nil }
    if let number = nonFinite(word) { return number }
    guard first == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first,
      !word.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") })
    else { return nil }
    return Double(word)
  }

  private static func nonFinite(_ word: String) -> Double? {
    switch word.lowercased() {
    case "nan": .nan
    case "infinity", "inf", "+inf": .infinity
    case "-infinity", "-inf": -.infinity
    default: nil
    }
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape() else { return nil }
        text += escaped.utf8
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> String? {
    guard let byte = next else { return nil }
    place += 1
    switch Unicode.Scalar(byte) {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b", "f": return " "
    case "\"", "\\", "/": return String(Unicode.Scalar(byte))
    case "u":
      guard let first = unit() else { return nil }
      if let scalar = Unicode.Scalar(first) { return String(scalar) }
      // The other half of a character beyond 16 bits.
      guard take("\\"), take("u"), let second = unit() else { return nil }
      return String(decoding: [first, second], as: UTF16.self)
    default: return nil
    }
  }

  private mutating func unit() -> UInt16? {
    guard bytes.endIndex - place >= 4 else { return nil }
    defer { place += 4 }
    return UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
  }
}
