internal import CNcurses
internal import Messages

/// Whether the system lets this process have the threads and descriptors that it works with.
///
/// Dispatch has no way to tell that there are none: it waits for a thread without end, and traps without a descriptor.
package enum ProcessRoom {
  /// What Dispatch and the C library open beside the program's own files.
  private static let descriptors = 5
  /// Beside those that compute: the files of a session, its checkpoints, its time limit.
  private static let threadsBeside = 3
  /// Machines with more processors are shared, and every thread takes a moment.
  private static let mostThreads = 64

  /// Checks that there is room for a thread on each processor, or for so many that compute.
  ///
  /// - Throws: `Failure` if there is none.
  package static func demand(threads: Int = Processors.count) throws(Failure) {
    let threads = min(threads, mostThreads) + threadsBeside
    let thread = SystemError(code: platform_thread_problem(Int32(threads)))
    guard thread.code == 0 else {
      throw Failure(
        status: .internalError,
        message: says(
          "\(threads) threads cannot be started: \(thread). Raise the limit of processes (ulimit -u, or pids.max of the control "
            + "group) or of addresses (ulimit -v), or end other programs.",
          "无法启动 \(threads) 个线程：\(thread)。请提高进程数限额（ulimit -u，或控制组的 pids.max）或地址空间限额（ulimit -v），或结束其他程序。"))
    }
    let descriptor = SystemError(code: platform_descriptor_problem(Int32(descriptors)))
    guard descriptor.code == 0 else {
      throw Failure(
        status: .internalError,
        message: says(
          "\(descriptors) files cannot be opened: \(descriptor). Raise the limit of open files (ulimit -n).",
          "无法打开 \(descriptors) 个文件：\(descriptor)。请提高打开文件数的限额（ulimit -n）。"))
    }
  }
}
