internal import Platform

/// The job array by which Slurm makes the runs of a sweep: a readable script that `sbatch` takes.
package struct SlurmScript: Sendable {
  /// What a person says of the job.
  package struct Options: Sendable {
    /// `--partition`, if it was said.
    package var partition: String?
    /// `--account`, if it was said.
    package var account: String?
    /// The longest time of a task, as Slurm spells it: `01:00:00`.
    package var time: String?
    /// Processors of a task, and so its runs at a time.
    package var cpus: Int
    /// What else `sbatch` is told, by its own names.
    package var others: [(name: String, value: String?)]

    /// What a person says.
    package init(
      partition: String?, account: String?, time: String?, cpus: Int, others: [(name: String, value: String?)]
    ) {
      self.partition = partition
      self.account = account
      self.time = time
      self.cpus = cpus
      self.others = others
    }

    /// As lines for `sbatch`.
    fileprivate var lines: [String] {
      let named: [(String, String?)] = [("partition", partition), ("account", account), ("time", time)]
      return named.compactMap { name, value in value.map { Self.line(name, $0) } }
        + [Self.line("cpus-per-task", String(cpus))] + others.map { Self.line($0.name, $0.value) }
    }

    /// The script's own line, unless a person says it otherwise: of two lines `sbatch` takes the second.
    fileprivate func own(_ name: String, _ value: String? = nil) -> [String] {
      let isSaid = others.contains { $0.name == name || $0.name == "no-\(name)" }
      return isSaid ? [] : [Self.line(name, value)]
    }

    fileprivate static func line(_ name: String, _ value: String?) -> String {
      "#SBATCH --\(name)" + (value.map { "=\($0.slurmQuoted)" } ?? "")
    }
  }

  /// The sweep's folder, from the root on.
  package var folder: SweepFolder
  /// The program, from the root on.
  package var program: String
  /// In how many parts the runs are shared.
  package var shards: Int
  /// What a person says of the job.
  package var options: Options
  /// The options that say where the data is.
  package var dataOptions: [String]
  /// The kernels that the sweep was begun with.
  package var kernels: String

  /// A job array.
  package init(
    folder: SweepFolder, program: String, shards: Int, options: Options, dataOptions: [String],
    kernels: String
  ) {
    self.folder = folder
    self.program = program
    self.shards = shards
    self.options = options
    self.dataOptions = dataOptions
    self.kernels = kernels
  }

  /// The script.
  ///
  /// A task whose time is nearly over gets SIGUSR1 two minutes before, keeps what it has and is begun anew.
  package var text: String {
    let words = [program, "sweep", "worker", folder.path] + dataOptions
    let jitter = min(30, shards / 10)
    return
      ([
        "#!/bin/bash",
        "# Makes what is missing of the runs of a sweep, shared in \(shards) parts. 'fmnist-tui sweep submit' sends it for the",
        "# parts that are not complete; what is over is in results/, and this can be sent as often as anybody likes.",
      ] + options.own("job-name", folder.path.folderAndName.name) + [
        Options.line("array", "0-\(shards - 1)")
      ] + options.lines + options.own("signal", "B:USR1@120") + options.own("requeue")
      + options.own("open-mode", "append")
      + options.own("output", folder.path.replacing("%", with: "%%") + "/slurm/%A_%a.txt") + [
        "export FMNIST_KERNELS=\(kernels.shellQuoted)"
      ] + (jitter > 0 ? ["# Not all at once to the file system.", "sleep $((RANDOM % \(jitter)))"] : []) + [
        "exec " + words.map(\.shellQuoted).joined(separator: " ") + " --threads \(options.cpus)"
          + " --shard \"$SLURM_ARRAY_TASK_ID/\(shards)\""
      ]).joined(separator: "\n") + "\n"
  }

  /// The parts with the indices given, as `sbatch --array` takes them: `0-3,7`.
  package static func array(of indices: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for index in indices.sorted() {
      if let last = ranges.last, last.upperBound == index - 1 {
        ranges[ranges.count - 1] = last.lowerBound...index
      } else {
        ranges.append(index...index)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}

extension String {
  /// As one word of a shell.
  fileprivate var shellQuoted: String {
    let plain =
      !isEmpty
      && utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-+=:,@".utf8.contains(byte)
      }
    return plain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }

  /// As the value of an option in a script's comments, which Slurm splits at spaces outside quotes.
  fileprivate var slurmQuoted: String {
    utf8.contains { " \t'\"#\\".utf8.contains($0) }
      ? "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" : self
  }
}
