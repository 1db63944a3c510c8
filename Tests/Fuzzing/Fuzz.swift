import Foundation

/// Called by libFuzzer with each input; whatever stops the program is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  Reader.fuzzed.read(bytes)
  return 0
}

extension Reader {
  /// The reader that the environment variable `FUZZ_READER` names.
  static let fuzzed: Reader = {
    let name = ProcessInfo.processInfo.environment["FUZZ_READER"] ?? ""
    guard let reader = Reader(rawValue: name) else {
      let names = Reader.allCases.map(\.rawValue).joined(separator: ", ")
      preconditionFailure("FUZZ_READER is '\(name)', but must be one of \(names)")
    }
    return reader
  }()
}
