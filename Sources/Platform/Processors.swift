internal import CNcurses

/// The processors that this process may use.
package enum Processors {
  /// How many there are, at least 1: those of its affinity, at most as many as the quota of its control group is worth.
  package static var count: Int {
    max(
      1,
      min(
        Int(platform_processors()),
        quota(group: ControlGroup.listed, root: ControlGroup.root) ?? .max))
  }

  /// Processors that the quota of a control group and of those above it is worth, rounded up; `nil` without a quota.
  ///
  /// `group` is what `/proc/self/cgroup` says.
  package static func quota(group: String, root: String) -> Int? {
    let quotas = ControlGroup.all(of: "cpu", listed: group, root: root).compactMap { group -> Double? in
      let numbers =
        group.isUnified
        ? group.words("cpu.max") : group.words("cpu.cfs_quota_us") + group.words("cpu.cfs_period_us")
      // No quota is `max`, or -1.
      guard numbers.count == 2, let quota = Double(numbers[0]), let period = Double(numbers[1]), quota > 0,
        period > 0
      else { return nil }
      return quota / period
    }
    return quotas.min().map { Int(min($0.rounded(.up), 1e6)) }
  }
}
