import Testing

@testable import Platform

struct ProcessorsTests {
  private let root: SystemFolder

  init() throws { root = try SystemFolder() }

  @Test func aQuotaIsRoundedUpToWholeProcessors() throws {
    try root.write("150000 100000\n", to: "/a/cpu.max")
    #expect(Processors.quota(group: "0::/a\n", root: root.path) == 2)
  }

  @Test func theSmallestQuotaOfTheGroupsAboveCounts() throws {
    try root.write("max 100000\n", to: "/a/b/c/cpu.max")
    try root.write("400000 100000\n", to: "/a/b/cpu.max")
    try root.write("50000 100000\n", to: "/a/cpu.max")
    #expect(Processors.quota(group: "0::/a/b/c\n", root: root.path) == 1)
  }

  @Test func versionOneIsRead() throws {
    try root.write("300000\n", to: "/cpu/docker/x/cpu.cfs_quota_us")
    try root.write("100000\n", to: "/cpu/docker/x/cpu.cfs_period_us")
    let group = "12:pids:/docker/x\n4:cpu,cpuacct:/docker/x\n"
    #expect(Processors.quota(group: group, root: root.path) == 3)
    try root.write("-1\n", to: "/cpu/free/cpu.cfs_quota_us")
    try root.write("100000\n", to: "/cpu/free/cpu.cfs_period_us")
    #expect(Processors.quota(group: "4:cpu,cpuacct:/free\n", root: root.path) == nil)
  }

  @Test(arguments: [
    "max 100000\n", "100000\n", "-1 100000\n", "0 100000\n", "100000 0\n", "nan 100000\n", "100000 nan\n",
    "x y\n", "\n",
  ])
  func whatIsNoQuotaLimitsNothing(text: String) throws {
    try root.write(text, to: "/a/cpu.max")
    #expect(Processors.quota(group: "0::/a\n", root: root.path) == nil)
  }

  @Test func aQuotaIsNeverMoreThanProcessorsCanBeCounted() throws {
    try root.write("1e300 1e-300\n", to: "/a/cpu.max")
    #expect(Processors.quota(group: "0::/a\n", root: root.path) == 1_000_000)
  }

  @Test func aGroupInAContainerIsThatAtTheRoot() throws {
    // The path is that from outside, and only the container's own files are seen.
    try root.write("200000 100000\n", to: "/cpu.max")
    #expect(Processors.quota(group: "0::/system.slice/docker-1:2.scope\n", root: root.path) == 2)
  }

  @Test func ofBothVersionsTheSmallerQuotaCounts() throws {
    try root.write("100000\n", to: "/cpu/a/cpu.cfs_quota_us")
    try root.write("100000\n", to: "/cpu/a/cpu.cfs_period_us")
    try root.write("400000 100000\n", to: "/a/cpu.max")
    #expect(Processors.quota(group: "4:cpu:/a\n0::/a\n", root: root.path) == 1)
  }

  @Test(arguments: ["", "0::/gone\n", "nonsense", "0::/\n"])
  func withoutAQuotaThereIsNone(group: String) {
    #expect(Processors.quota(group: group, root: root.path) == nil)
  }

  @Test func thereIsAtLeastOne() {
    #expect(Processors.count >= 1)
  }
}
