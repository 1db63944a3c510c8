import Experiment

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reads lines of logs that are to the letter as this program writes them, many times as fast as what reads any JSON.
///
/// Whatever differs in the least is left to that one, which tells what is wrong.
struct SweepLineScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  private static let figures = Figure.all.map { Array(",\"\($0.key)\":".utf8) }

  /// The result of a run that came to its end, if the line tells of one.
  static func result(_ line: UnsafeBufferPointer<UInt8>) -> SweepResult? {
    var scanner = SweepLineScanner(bytes: line)
    guard scanner.take("{\"cell\":"), let cell = scanner.count(), scanner.take(",\"seed\":"),
      let seed = scanner.integer(), scanner.take(",\"step\":"), let step = scanner.count(),
      scanner.take(",\"epoch\":"), let epoch = scanner.count(), scanner.take(",\"seconds\":"),
      let seconds = scanner.number(), (0...1e11).contains(seconds),
      scanner.take(",\"reason\":\"completed\"")
    else { return nil }
    var metrics = Measurements()
    for index in figures.indices where scanner.take(figures[index]) {
      guard let number = scanner.number() else { return nil }
      metrics.set(number, ofFigureAt: index)
    }
    guard scanner.take("}"), scanner.place == line.count,
      metrics[.selection(isValidated: false, for: metrics.task)] != nil
    else { return nil }
    return SweepResult(
      key: SweepRunKey(cell: cell, seed: seed), step: step, epoch: epoch, seconds: seconds,
      metrics: metrics)
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func take(_ text: StaticString) -> Bool {
    take(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func take(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { take($0) } }

  private mutating func take(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count - place >= text.count, let line = bytes.baseAddress,
      let start = text.baseAddress,
      memcmp(line + place, start, text.count) == 0
    else { return false }
    place += text.count
    return true
  }

  /// The digits here, with their number, of which 19 fit.
  private mutating func digits() -> (value: UInt64, count: Int)? {
    let start = place
    var value: UInt64 = 0
    while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit <= 9 {
      value = value &* 10 &+ UInt64(digit)
      place += 1
    }
    return place > start ? (value, place - start) : nil
  }

  private mutating func integer() -> UInt64? {
    let start = place
    guard let (value, count) = digits(), count == 1 || count <= 19 && bytes[start] != UInt8(ascii: "0")
    else { return nil }
    return value
  }

  private mutating func count() -> Int? {
    integer().flatMap { $0 <= UInt64(FieldDecoder.largestCount) ? Int($0) : nil }
  }

  /// A number as JSON spells it, to the nearest double.
  private mutating func number() -> Double? {
    let start = place
    let isNegative = take("-")
    guard let whole = integer() else { return nil }
    var (mantissa, decimals) = (whole, 0)
    var isShort = true
    if take(".") {
      let from = place
      guard let (fraction, count) = digits() else { return nil }
      decimals = count
      // What both ways of reading round the same: digits and a power of ten that doubles hold exactly.
      isShort = place - start <= 16 && place - from <= 15
      if isShort { mantissa = whole * Self.powers[count] + fraction }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      if !take("-") { _ = take("+") }
      guard digits() != nil else { return nil }
      isShort = false
    }
    guard isShort, mantissa < 1 << 53 else {
      return Double(String(decoding: bytes[start..<place], as: UTF8.self))
    }
    let value = Double(mantissa) / Double(Self.powers[decimals])
    return isNegative ? -value : value
  }

  private static let powers = (0...15).map { exponent in
    (0..<exponent).reduce(UInt64(1)) { power, _ in power * 10 }
  }
}
