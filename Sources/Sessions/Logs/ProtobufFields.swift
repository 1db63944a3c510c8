/// The fields of a message in the wire format of Protocol Buffers, one after the other, without copying them.
///
/// The generated messages of `event.pb.swift` are what this program writes. What others write has pictures, audio and
/// tensors beside the numbers, of any size and perhaps damaged: these are only passed over here.
struct ProtobufFields: Sequence, IteratorProtocol {
  /// A field's value as the wire has it.
  enum Value {
    case integer(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    /// A text, bytes, a message, or packed numbers.
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>
  /// Whether what follows is no field.
  private(set) var isDamaged = false

  init(_ message: ArraySlice<UInt8>) {
    rest = message
  }

  mutating func next() -> (number: UInt64, value: Value)? {
    guard !rest.isEmpty, !isDamaged else { return nil }
    guard let tag = Self.integer(&rest), tag >> 3 > 0, let value = value(wireType: tag & 7) else {
      isDamaged = true
      return nil
    }
    return (tag >> 3, value)
  }

  private mutating func value(wireType: UInt64) -> Value? {
    switch wireType {
    case 0: return Self.integer(&rest).map(Value.integer)
    case 1: return Self.fixed(&rest).map(Value.fixed64)
    case 2:
      guard let count = Self.integer(&rest), count <= UInt64(rest.count) else { return nil }
      defer { rest = rest.dropFirst(Int(count)) }
      return .bytes(rest.prefix(Int(count)))
    case 5: return Self.fixed(&rest).map(Value.fixed32)
    default: return nil
    }
  }

  /// Takes an integer of up to ten bytes of seven bits, the lowest first.
  static func integer(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var result: UInt64 = 0
    for (index, byte) in bytes.prefix(10).enumerated() {
      result |= UInt64(byte & 0x7F) << UInt64(7 * index)
      if byte < 0x80 {
        bytes = bytes.dropFirst(index + 1)
        return result
      }
    }
    return nil
  }

  /// Takes an integer of all its bytes, the lowest first.
  static func fixed<Integer: FixedWidthInteger>(_ bytes: inout ArraySlice<UInt8>) -> Integer? {
    let size = Integer.bitWidth / 8
    guard bytes.count >= size else { return nil }
    defer { bytes = bytes.dropFirst(size) }
    return bytes.prefix(size).reversed().reduce(0) { $0 << 8 | Integer($1) }
  }
}

extension ProtobufFields.Value {
  /// A text; of bytes that are no UTF-8 something readable.
  var text: String? {
    if case .bytes(let bytes) = self { String(decoding: bytes.prefix(2000), as: UTF8.self) } else { nil }
  }
  var message: ArraySlice<UInt8>? { if case .bytes(let bytes) = self { bytes } else { nil } }
  var integer: UInt64? { if case .integer(let integer) = self { integer } else { nil } }
}

/// A tensor of one number, as TensorBoard's summaries of TensorFlow 2 and Keras have it.
enum TensorMessage {
  /// The number; `nil` if there is none, or there are several.
  static func scalar(_ message: ArraySlice<UInt8>) -> Double? {
    var type: UInt64 = 0
    var content: ArraySlice<UInt8>?
    var values: [Double] = []
    var isSingle = true
    for (number, value) in ProtobufFields(message) {
      switch (number, value) {
      case (1, .integer(let integer)): type = integer
      case (2, .bytes(let shape)): isSingle = isSingle && Self.count(shape) == 1
      case (4, .bytes(let bytes)): content = bytes
      // float_val, double_val
      case (5, .fixed32(let bits)): values.append(Double(Float(bitPattern: bits)))
      case (5, .bytes(var packed)):
        while values.count < 2, let bits: UInt32 = ProtobufFields.fixed(&packed) {
          values.append(Double(Float(bitPattern: bits)))
        }
      case (6, .fixed64(let bits)): values.append(Double(bitPattern: bits))
      case (6, .bytes(var packed)):
        while values.count < 2, let bits: UInt64 = ProtobufFields.fixed(&packed) {
          values.append(Double(bitPattern: bits))
        }
      // int_val, int64_val, bool_val, half_val, uint32_val, uint64_val
      case (7, .integer(let integer)), (10, .integer(let integer)), (11, .integer(let integer)),
        (13, .integer(let integer)), (16, .integer(let integer)), (17, .integer(let integer)):
        if let number = Self.number(integer, type) { values.append(number) }
      case (7, .bytes(var packed)), (10, .bytes(var packed)), (11, .bytes(var packed)),
        (13, .bytes(var packed)), (16, .bytes(var packed)), (17, .bytes(var packed)):
        while values.count < 2, let integer = ProtobufFields.integer(&packed) {
          if let number = Self.number(integer, type) { values.append(number) }
        }
      default: break
      }
    }
    guard isSingle else { return nil }
    if let content { return number(inContent: content, type) }
    return values.count == 1 ? values[0] : nil
  }

  /// How many elements a shape has, up to 2.
  private static func count(_ shape: ArraySlice<UInt8>) -> Int {
    var count = 1
    for case (2, .bytes(let dimension)) in ProtobufFields(shape) {
      var size: UInt64 = 0
      for case (1, .integer(let integer)) in ProtobufFields(dimension) { size = integer }
      count = min(2, count * Int(Swift.min(size, 2)))
    }
    return count
  }

  /// A number of a type that is written as an integer.
  private static func number(_ bits: UInt64, _ type: UInt64) -> Double? {
    switch type {
    case 19: Double(half(UInt16(truncatingIfNeeded: bits)))
    case 14: Double(Float(bitPattern: UInt32(UInt16(truncatingIfNeeded: bits)) << 16))
    // A whole number that would be rounded is none of these.
    case 17, 22, 23, 4: Double(exactly: bits)
    case 3, 5, 6, 9, 10: Double(exactly: Int64(bitPattern: bits))
    default: nil
    }
  }

  private static func number(inContent content: ArraySlice<UInt8>, _ type: UInt64) -> Double? {
    var content = content
    let sizes: [UInt64: Int] = [
      1: 4, 2: 8, 3: 4, 4: 1, 5: 2, 6: 1, 9: 8, 10: 1, 14: 2, 17: 2, 19: 2, 22: 4, 23: 8,
    ]
    guard sizes[type] == content.count else { return nil }
    switch content.count {
    case 1:
      let byte: UInt8 = content.removeFirst()
      return type == 6 ? Double(Int8(bitPattern: byte)) : Double(byte)
    case 2:
      guard let bits: UInt16 = ProtobufFields.fixed(&content) else { return nil }
      return type == 5 ? Double(Int16(bitPattern: bits)) : number(UInt64(bits), type)
    case 4:
      guard let bits: UInt32 = ProtobufFields.fixed(&content) else { return nil }
      return type == 1
        ? Double(Float(bitPattern: bits)) : type == 3 ? Double(Int32(bitPattern: bits)) : Double(bits)
    default:
      guard let bits: UInt64 = ProtobufFields.fixed(&content) else { return nil }
      return type == 2 ? Double(bitPattern: bits) : number(bits, type)
    }
  }

  /// A number of half precision (IEEE 754), by its sign, exponent and fraction.
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 1 ? -1 : 1
    let (exponent, fraction) = (Int(bits >> 10 & 31), Float(bits & 1023))
    if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
    let scale = Float(sign: .plus, exponent: max(exponent, 1) - 25, significand: 1)
    return sign * scale * (exponent == 0 ? fraction : fraction + 1024)
  }
}
