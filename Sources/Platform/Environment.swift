internal import CNcurses

/// What the process was started with.
package enum Environment {
  /// The arguments behind the program's name, with all their bytes.
  package static var arguments: [String] {
    var count: Int32 = 0
    let told = platform_arguments(&count)
    if let told { return (1..<max(1, Int(count))).compactMap { told[$0].map { String(system: $0) } } }
    return (1..<max(1, Int(CommandLine.argc))).compactMap {
      CommandLine.unsafeArgv[$0].map { String(system: $0) }
    }
  }

  /// The variables of the environment with their values; of a name that is there twice, the first.
  package static var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = UnsafeRawBufferPointer(start: text, count: strlen(text))
        .split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(systemBytes: Array($0)) }
      if parts.count == 2, variables[parts[0]] == nil { variables[parts[0]] = parts[1] }
      entry += 1
    }
    return variables
  }
}
