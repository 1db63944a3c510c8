import Messages

/// What is made in each language of the program.
package func inBoth<Value>(_ make: () throws -> Value) rethrows -> (english: Value, chinese: Value) {
  (
    try Language.$scoped.withValue(.english) { try make() },
    try Language.$scoped.withValue(.chinese) { try make() }
  )
}
