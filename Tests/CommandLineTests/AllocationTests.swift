import Foundation
import TestSupport
import Testing

/// Memory that steps allocate, counted in the released program: a debug build allocates where nobody wrote it.
@Suite(.enabled(if: Executable.chosen != nil, "counts in the program as released"))
struct AllocationTests {
  /// A library that counts calls of malloc and its like in a program that loads it, made once for all tests.
  private static let counter = Result { () throws -> String in
    let library = Executable.folder.appending(path: "count-allocations.so").path
    let clang = Process()
    clang.executableURL = URL(filePath: "/usr/bin/env")
    clang.arguments = [
      "clang", "-shared", "-fPIC", "-O2", "-o", library, Executable.file("Benchmarks/count-allocations.c"),
    ]
    let status = try Executable.finish(clang).status
    #expect(status == 0)
    return library
  }

  private static func allocations(epochs: Int, _ arguments: [String]) throws -> Int {
    let result = try Executable.run(
      [
        "--data", Executable.sample, "--train-size", "5120", "--batch-size", "32", "--no-save",
        "--no-compare", "--no-tui", "--quiet", "--threads", "2", "--epochs", String(epochs),
      ] + arguments, environment: ["LD_PRELOAD": try counter.get()])
    #expect(result.status == 0)
    let count = result.error.split(separator: "allocations ").last.flatMap {
      Int($0.trimmingCharacters(in: .newlines))
    }
    return try #require(count)
  }

  @Test(arguments: [
    [], ["--optimizer", "adam", "--batch-norm"],
    ["--momentum", "0.9", "--weight-decay", "1e-4", "--clip-norm", "1", "--augment", "flip,shift=2"],
  ])
  func aStepAllocatesNothing(arguments: [String]) throws {
    let few = try Self.allocations(epochs: 2, arguments)
    let many = try Self.allocations(epochs: 7, arguments)
    // An epoch of 160 steps allocates a little at its end, and the reader of the events a few times a second.
    #expect(many - few < 5 * 160 / 4)
  }
}
