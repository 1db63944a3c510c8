/// Where a text is no JSON (RFC 8259), or names a field twice, of which only one would count.
///
/// A general decoder accepts a comma before a bracket, takes either of two fields, and tells no place.
package struct JSONFault: Error, CustomStringConvertible {
  /// What is wrong, and in which line and column.
  package let description: String

  /// The first fault of a text; `nil` if it has none.
  package init?(in text: [UInt8]) {
    do throws(JSONFault) {
      try text.withUnsafeBufferPointer { bytes throws(JSONFault) in
        var checker = JSONChecker(bytes)
        try checker.check()
      }
      return nil
    } catch {
      self = error
    }
  }

  init(_ description: String) {
    self.description = description
  }
}
