/// A call that the system refused.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system's number for the reason, such as `ENOENT`.
  package let code: Int32

  /// The error that `code` stands for.
  package init(code: Int32) { self.code = code }

  /// Why the latest call of this thread failed.
  package static var last: SystemError { SystemError(code: errno) }

  /// The system's words: `No such file or directory`.
  package var description: String { String(cString: strerror(code)) }

  /// Carries out a call that tells of a failure by a negative result, again as long as only a signal kept it from ending.
  ///
  /// - Throws: `SystemError` if the system refuses.
  @discardableResult
  package static func check<Number: SignedInteger>(_ call: () -> Number) throws(SystemError) -> Number {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw .last }
    }
  }

  /// The same of a call that takes the name of a file.
  @discardableResult
  package static func check<Number: SignedInteger>(
    _ name: String, _ call: (UnsafePointer<CChar>) -> Number
  ) throws(SystemError) -> Number {
    let result = try name.withSystemName { name in
      Result { () throws(SystemError) in try check { call(name) } }
    }
    return try result.get()
  }
}
