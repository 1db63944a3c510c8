internal import CNcurses
internal import Messages

/// The memory that this process may still take.
package struct AvailableMemory: Hashable, Sendable {
  /// How much it is.
  package var bytes: Double
  /// What gives no more: in English words that follow the number, in Chinese a name.
  package var limit: String

  /// So many bytes, and what gives no more.
  package init(bytes: Double, limit: String) {
    self.bytes = bytes
    self.limit = limit
  }

  /// What is there at present: of the machine, of its control groups, and of its own address space, whichever is least.
  package static var current: AvailableMemory {
    let found = [
      machine(ControlGroup.text(of: "/proc/meminfo")), ofGroup(ControlGroup.listed, root: ControlGroup.root),
      ofAddressSpace,
    ]
    return found.compactMap(\.self).min { $0.bytes < $1.bytes } ?? installed
  }

  /// What the system can give without writing to a swap area, as `/proc/meminfo` says, or `nil` if it says nothing.
  static func machine(_ meminfo: String) -> AvailableMemory? {
    for line in meminfo.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 2, words[0] == "MemAvailable:", let kilobytes = Double(words[1]) else { continue }
      return AvailableMemory(bytes: 1024 * kilobytes, limit: says("free on this machine", "本机的空闲内存"))
    }
    return nil
  }

  /// What the limits of control groups leave, or `nil` without a limit.
  ///
  /// `listed` is what `/proc/self/cgroup` says.
  static func ofGroup(_ listed: String, root: String) -> AvailableMemory? {
    let rests = ControlGroup.all(of: "memory", listed: listed, root: root).compactMap { group -> Double? in
      let (limit, usage) =
        group.isUnified
        ? ("memory.max", "memory.current") : ("memory.limit_in_bytes", "memory.usage_in_bytes")
      // No limit is `max`, or more than any machine has.
      guard let most = group.words(limit).first.flatMap({ Double($0) }), most < 1e18,
        let used = group.words(usage).first.flatMap({ Double($0) })
      else { return nil }
      // Files that were read long ago make room.
      let statistics = group.words("memory.stat")
      let cached = statistics.firstIndex { $0 == "inactive_file" || $0 == "total_inactive_file" }
      let free = cached.flatMap { $0 + 1 < statistics.count ? Double(statistics[$0 + 1]) : nil } ?? 0
      return max(0, most - used + free)
    }
    return rests.min().map {
      AvailableMemory(bytes: $0, limit: says("left of the control group's limit", "控制组限额的余量"))
    }
  }

  /// What `ulimit -v` leaves, or `nil` without a limit.
  private static var ofAddressSpace: AvailableMemory? {
    guard let limit = ResourceLimit.addressSpace.current, limit.rlim_cur < 1 << 60 else { return nil }
    let pages = ControlGroup.text(of: "/proc/self/statm").split(separator: " ").first.flatMap { Double($0) }
    return AvailableMemory(
      bytes: max(0, Double(limit.rlim_cur) - (pages ?? 0) * Double(sysconf(CInt(_SC_PAGESIZE)))),
      limit: says("left of the limit of address space (ulimit -v)", "地址空间限额（ulimit -v）的余量"))
  }

  /// All memory of the machine, where the system tells no more.
  private static var installed: AvailableMemory {
    AvailableMemory(
      bytes: Double(sysconf(CInt(_SC_PHYS_PAGES))) * Double(sysconf(CInt(_SC_PAGESIZE))),
      limit: says("on this machine", "本机的全部内存"))
  }
}
