// Names of files, arguments and variables of the environment are bytes without a 0, in whatever encoding. As a `String`
// they keep all their bytes: one that belongs to no UTF-8 becomes the scalar U+EF00 + byte, of the private use area, and
// so do the bytes of a scalar of U+EF80...U+EFFF itself. This is how MirBSD's OPTU-16 does it.
let escapedBytes: ClosedRange<UInt32> = 0xEF80...0xEFFF

extension String {
  /// The text whose `systemBytes` are `bytes`.
  package init(systemBytes bytes: [UInt8]) {
    if let text = String(validating: bytes, as: UTF8.self), !text.hasEscapes {
      self = text
      return
    }
    self = ""
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    while true {
      let count: Int
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput: return
      case .error(let length): count = length
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        count = encoded.count
        if !escapedBytes.contains(scalar.value) {
          unicodeScalars.append(scalar)
          position += count
          continue
        }
      }
      for byte in bytes[position..<position + count] {
        if let scalar = Unicode.Scalar(0xEF00 + UInt32(byte)) { unicodeScalars.append(scalar) }
      }
      position += count
    }
  }

  /// The text of a C string of the system.
  package init(system pointer: UnsafePointer<CChar>) {
    self.init(systemBytes: Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))))
  }

  /// The bytes that the system knows the name by.
  package var systemBytes: [UInt8] {
    guard hasEscapes else { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in
      escapedBytes.contains(scalar.value) ? [UInt8(scalar.value & 0xFF)] : Array(String(scalar).utf8)
    }
  }

  /// Hands the name to a call of the system.
  ///
  /// - Throws: `SystemError` if the name has a 0, which would cut it off.
  package func withSystemName<Result>(
    _ body: (UnsafePointer<CChar>) -> Result
  ) throws(SystemError) -> Result {
    var bytes = systemBytes.map(CChar.init(bitPattern:))
    guard !bytes.contains(0) else { throw SystemError(code: EINVAL) }
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { buffer in
      // A buffer with an element has an address.
      buffer.baseAddress.map(body)
    } ?? body("")
  }

  private var hasEscapes: Bool {
    // In UTF-8 they all begin with the same byte.
    utf8.contains(0xEE) && unicodeScalars.contains { escapedBytes.contains($0.value) }
  }
}
