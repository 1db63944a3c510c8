internal import CNcurses

/// The processors that this process may use.
package enum Processors {
  /// How many there are, at least 1: those of its affinity, at most as many as the quota of its control group is worth.
  package static var count: Int {
    max(
      1,
      min(
        Int(platform_processors()),
        quota(group: text(of: "/proc/self/cgroup"), root: "/sys/fs/cgroup") ?? .max))
  }

  /// Processors that the quota of a control group and of those above it is worth, rounded up; `nil` without a quota.
  ///
  /// `group` is what `/proc/self/cgroup` says, lines `number:controllers:path`; the groups of version 2 are in `root`, those
  /// of version 1 in its `cpu`.
  package static func quota(group: String, root: String) -> Int? {
    var quotas: [Double] = []
    for line in group.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[1].isEmpty || parts[1].split(separator: ",").contains("cpu") else {
        continue
      }
      let names = parts[2].split(separator: "/")
      // A container may see a group's path from outside and its files from inside: those at the root then.
      for depth in 0...names.count {
        let path = names.prefix(depth).reduce(root + (parts[1].isEmpty ? "" : "/cpu")) { "\($0)/\($1)" }
        let numbers: [String.SubSequence] =
          parts[1].isEmpty
          ? text(of: path + "/cpu.max").split { $0 == " " || $0 == "\n" }
          : ["quota", "period"].flatMap {
            text(of: "\(path)/cpu.cfs_\($0)_us").split(separator: "\n")
          }
        // No quota is `max`, or -1.
        guard numbers.count == 2, let quota = Double(numbers[0]), let period = Double(numbers[1]), quota > 0,
          period > 0
        else { continue }
        quotas.append(quota / period)
      }
    }
    return quotas.min().map { Int(min($0.rounded(.up), 1e6)) }
  }

  /// The contents of a file of the system, which has no size to read by; nothing if there is none.
  private static func text(of path: String) -> String {
    guard let file = try? Descriptor(path, flags: O_RDONLY),
      let bytes = try? file.bytes(at: 0, count: 65_536)
    else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
