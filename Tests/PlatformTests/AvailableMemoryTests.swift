import Foundation
import TestSupport
import Testing

@testable import Platform

struct AvailableMemoryTests {
  private let root: SystemFolder

  init() throws { root = try SystemFolder() }

  @Test func whatTheSystemCanGiveIsRead() {
    let told = AvailableMemory.machine("MemTotal:  24 kB\nMemFree: 1 kB\nMemAvailable:   2000 kB\n")
    #expect(told == AvailableMemory(bytes: 2_048_000, limit: "free on this machine"))
    for text in ["", "MemAvailable:\n", "MemAvailable: x kB\n", "MemTotal: 5 kB\n"] {
      #expect(AvailableMemory.machine(text) == nil)
    }
  }

  @Test func theLeastThatAGroupOrOneAboveItLeavesCounts() throws {
    try root.write("max\n", to: "/a/b/memory.max")
    try root.write("1000\n", to: "/a/b/memory.current")
    try root.write("5000\n", to: "/a/memory.max")
    try root.write("4000\n", to: "/a/memory.current")
    #expect(AvailableMemory.ofGroup("0::/a/b\n", root: root.path)?.bytes == 1000)
  }

  @Test func filesThatWereReadLongAgoMakeRoom() throws {
    try root.write("5000\n", to: "/a/memory.max")
    try root.write("4000\n", to: "/a/memory.current")
    try root.write("anon 1\nfile 2500\ninactive_file 2000\n", to: "/a/memory.stat")
    #expect(AvailableMemory.ofGroup("0::/a\n", root: root.path)?.bytes == 3000)
  }

  @Test func versionOneIsRead() throws {
    try root.write("9223372036854771712\n", to: "/memory/memory.limit_in_bytes")
    try root.write("7000\n", to: "/memory/docker/memory.limit_in_bytes")
    for folder in ["", "/docker"] { try root.write("6000\n", to: "/memory\(folder)/memory.usage_in_bytes") }
    let listed = "3:cpu,cpuacct:/docker\n2:memory:/docker\n"
    #expect(AvailableMemory.ofGroup(listed, root: root.path)?.bytes == 1000)
  }

  @Test(arguments: ["", "0::/gone\n", "nonsense", "0::/\n", "1:cpu:/a\n"])
  func withoutALimitThereIsNone(listed: String) {
    #expect(AvailableMemory.ofGroup(listed, root: root.path) == nil)
  }

  @Test func moreThanIsAllowedLeavesNothing() throws {
    try root.write("5000\n", to: "/a/memory.max")
    try root.write("6000\n", to: "/a/memory.current")
    #expect(AvailableMemory.ofGroup("0::/a\n", root: root.path)?.bytes == 0)
  }

  @Test func thereIsSome() {
    #expect(AvailableMemory.current.bytes > 0)
  }
}

/// A folder with files as the system has them.
struct SystemFolder {
  private let folder: TemporaryFolder
  var path: String { folder.path }

  init() throws { folder = try TemporaryFolder() }

  func write(_ text: String, to file: String) throws {
    let url = URL(filePath: path + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
