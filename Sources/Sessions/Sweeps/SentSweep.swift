import Datasets
import Messages
package import Platform

/// A sweep whose runs Slurm makes: the script in its folder, and the jobs that were sent.
package struct SentSweep {
  /// The folder.
  package let folder: SweepFolder

  /// Writes the script of a new sweep.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package init(
    _ kept: KeptSweep, options: SlurmScript.Options, dataOptions: [String]
  ) throws(RunLogError) {
    do {
      folder = try SweepFolder(path: Files.resolved(kept.folder.path))
    } catch {
      throw .system(.unreadable, kept.folder.path, says("cannot be found", "无法找到"), error)
    }
    let script = SlurmScript(
      folder: folder, program: BundledAssets.executable ?? "fmnist-tui", shards: kept.record.shards,
      options: options,
      dataOptions: dataOptions, kernels: kept.record.provenance.kernels)
    try Folder.make(folder.output)
    try DurableFile.write(Array(script.text.utf8), to: folder.script)
  }

  /// A sweep that was sent before.
  ///
  /// - Throws: `RunLogError` if its folder has no script.
  package init(_ kept: KeptSweep) throws(RunLogError) {
    folder = kept.folder
    guard Files.mayExist(folder.script) else {
      throw RunLogError(
        .missing, path: folder.script,
        problem: says("there is no such script: the sweep was not made for a cluster", "没有这个脚本：扫描不是为集群建立的"),
        remedy: says(
          "Begin one with --on slurm, or go on here with sweep --resume",
          "请用 --on slurm 开始一个，或用 sweep --resume 在本机继续"))
    }
    try Folder.make(folder.output)
  }

  /// Sends the parts with the indices given, and notes the job, whose number it returns.
  ///
  /// - Throws: `Failure` if Slurm is not there or refuses, or the job cannot be noted.
  package func submit(_ parts: [Int]) throws(Failure) -> String {
    let job = try Slurm.submit(folder.script, parts: parts)
    do {
      try SentJobs.add(job, to: folder)
    } catch {
      throw Failure(error)
    }
    return job
  }
}
