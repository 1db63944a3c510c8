import Testing

@testable import Platform

struct ProcessorsTests {
  private let root = "/tmp/groups-\(getpid())-\(UInt32.random(in: 0...(.max)))"

  private func write(_ text: String, to path: String) throws {
    var folder = ""
    for name in (root + path).split(separator: "/").dropLast() {
      folder += "/" + name
      if !Files.exists(folder) { try Files.makeFolder(folder) }
    }
    try Descriptor(root + path, flags: O_WRONLY | O_CREAT).write(Array(text.utf8))
  }

  @Test func aQuotaIsRoundedUpToWholeProcessors() throws {
    try write("150000 100000\n", to: "/a/cpu.max")
    #expect(Processors.quota(group: "0::/a\n", root: root) == 2)
  }

  @Test func theSmallestQuotaOfTheGroupsAboveCounts() throws {
    try write("max 100000\n", to: "/a/b/c/cpu.max")
    try write("400000 100000\n", to: "/a/b/cpu.max")
    try write("50000 100000\n", to: "/a/cpu.max")
    #expect(Processors.quota(group: "0::/a/b/c\n", root: root) == 1)
  }

  @Test func versionOneIsRead() throws {
    try write("300000\n", to: "/cpu/docker/x/cpu.cfs_quota_us")
    try write("100000\n", to: "/cpu/docker/x/cpu.cfs_period_us")
    let group = "12:pids:/docker/x\n4:cpu,cpuacct:/docker/x\n"
    #expect(Processors.quota(group: group, root: root) == 3)
    try write("-1\n", to: "/cpu/free/cpu.cfs_quota_us")
    try write("100000\n", to: "/cpu/free/cpu.cfs_period_us")
    #expect(Processors.quota(group: "4:cpu,cpuacct:/free\n", root: root) == nil)
  }

  @Test(arguments: ["", "0::/gone\n", "nonsense", "0::/\n"])
  func withoutAQuotaThereIsNone(group: String) {
    #expect(Processors.quota(group: group, root: root) == nil)
  }

  @Test func thereIsAtLeastOne() {
    #expect(Processors.count >= 1)
  }
}
