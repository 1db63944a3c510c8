import Foundation
import TestSupport
import Testing

@Suite struct DoctorTests {
  func object(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> [String: Any] {
    let result = try Executable.run(["doctor", "--format", "json"] + arguments, environment: environment)
    #expect(result.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(object as? [String: Any])
  }

  /// The warnings, but for the one that tells of other work on the machine.
  func warnings(_ found: [String: Any]) throws -> [String] {
    try #require(found["warnings"] as? [String]).filter { !$0.hasPrefix("all processors together") }
  }

  @Test func findsKernelsThatAreFasterThanNothing() throws {
    let found = try object(["--data", Executable.sample], environment: ["FMNIST_KERNELS": "portable"])
    #expect(found["kernels"] as? String == "portable")
    let supported = try #require(found["kernels_supported"] as? [String])
    let unsupported = try #require(found["kernels_unsupported"] as? [String])
    #expect(supported.last == "portable")
    #expect(Set(supported + unsupported) == ["avx512", "avx2", "neon", "portable"])
    for key in ["flops_one_thread", "flops_all_threads", "memory_bytes_per_second"] {
      let rate = try #require(found[key] as? Double)
      #expect(rate > 1e8)
    }
    #expect(found["train_images"] as? Int == 6000)
    #expect(try warnings(found) == [])
  }

  @Test func kernelsThatCannotRunAreAWarning() throws {
    let found = try object(["--data", Executable.sample], environment: ["FMNIST_KERNELS": "mmx"])
    let warnings = try warnings(found)
    #expect(warnings.count == 1)
    #expect(warnings[0].hasPrefix("FMNIST_KERNELS=mmx: "))
    #expect(warnings[0].contains("portable"))
  }

  @Test func missingDataIsAWarningAndNoFailure() throws {
    let found = try object(["--data", "/nonexistent"])
    let warnings = try warnings(found)
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("/nonexistent") && warnings[0].contains("fmnist-tui data fetch"))
    #expect(found["train_images"] == nil)
  }

  @Test func aPoorTerminalIsToldWithWhatToDo() throws {
    let result = try Executable.run(
      ["doctor", "--data", Executable.sample], environment: ["TERM": "dumb", "LANG": "C"])
    #expect(result.status == 0)
    #expect(result.output.allSatisfy { $0.isASCII })
    #expect(result.output.contains("TERM=dumb has no dashboard"))
    #expect(result.output.contains("LANG=C.UTF-8"))
    #expect(result.output.contains("ASCII, as LANG=C is not UTF-8"))
  }
}
