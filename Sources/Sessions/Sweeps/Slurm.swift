internal import Messages
package import Platform

/// Slurm's commands, as far as sweeps need them.
package enum Slurm {
  /// Ten thousand jobs take a hundredth of it.
  private static let mostOutput = 1 << 26

  /// Sends the job array in `script` for the parts with the indices given; returns the job's number.
  ///
  /// - Throws: `Failure` if there is no Slurm here or it refuses; the script stays.
  package static func submit(_ script: String, parts: [Int]) throws(Failure) -> String {
    let job = try run(["sbatch", "--parsable", "--array=\(SlurmScript.array(of: parts))", script]) {
      says(
        "The script is \(script): send it with sbatch where Slurm is.",
        "脚本是 \(script)：请在有 Slurm 的地方用 sbatch 提交。")
    }
    // With several clusters their name follows.
    return String(job.prefix { $0 != ";" && !$0.isWhitespace })
  }

  /// The most tasks that a job array has here, one less than Slurm's `MaxArraySize`; nothing where Slurm cannot be asked.
  package static func mostTasks() -> Int? {
    guard let settings = try? run(["scontrol", "show", "config"], remedy: { "" }) else { return nil }
    for line in settings.split(separator: "\n") where line.hasPrefix("MaxArraySize") {
      return line.split(separator: "=").last.flatMap { Int($0.filter { !$0.isWhitespace }) }.map { $0 - 1 }
    }
    return nil
  }

  /// Ends jobs.
  ///
  /// - Throws: `Failure` if there is no Slurm here or it refuses.
  package static func cancel(_ jobs: [String]) throws(Failure) {
    _ = try run(["scancel"] + jobs) {
      says(
        "To end them where Slurm is: scancel \(jobs.joined(separator: " "))",
        "请在有 Slurm 的地方结束它们：scancel \(jobs.joined(separator: " "))")
    }
  }

  /// Asks for this task, and no other of its job, to be begun anew, if it is one.
  package static func requeue(_ environment: [String: String]) {
    guard let job = environment["SLURM_ARRAY_JOB_ID"], let task = environment["SLURM_ARRAY_TASK_ID"] else {
      return
    }
    _ = try? run(["scontrol", "requeue", "\(job)_\(task)"]) { "" }
  }

  private static func run(_ arguments: [String], remedy: () -> String) throws(Failure) -> String {
    var output: [UInt8] = []
    let process: ChildProcess
    do {
      process = try ChildProcess(arguments)
    } catch {
      throw Failure(
        status: .unavailable,
        message:
          says(
            "\(arguments[0]) cannot be started (\(error)): is Slurm installed on this machine? \(remedy())",
            "无法启动 \(arguments[0])（\(error)）：本机装有 Slurm 吗？\(remedy())"))
    }
    let ending = try process.finish { bytes throws(Failure) in
      output += bytes
      guard output.count <= mostOutput else {
        throw Failure(
          status: .unavailable,
          message: says(
            "\(arguments[0]) does not stop writing, and was ended. \(remedy())",
            "\(arguments[0]) 写个不停，已将其结束。\(remedy())"))
      }
    }
    guard ending.status == 0 else {
      throw Failure(
        status: .unavailable,
        message: says(
          "\(arguments[0]) refuses: \(ending.message.printable). \(remedy())",
          "\(arguments[0]) 拒绝：\(ending.message.printable)。\(remedy())"))
    }
    return String(decoding: output, as: UTF8.self)
  }
}
