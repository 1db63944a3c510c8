package import Datasets
import Experiment
package import Platform

/// A sweep that was begun: its folder and what was asked for, neither of which ever changes.
package struct FoundSweep {
  /// The folder.
  package let folder: SweepFolder
  /// What was asked for.
  package let record: SweepRecord

  /// What its runs learn from.
  package var dataset: DatasetDescription? { record.plan.cells.first?.configuration.dataset }

  /// Finds the sweep that a person means, as `SweepFolder.find` does.
  ///
  /// - Throws: `Failure` if there is none or it is damaged.
  package init(_ name: String, in directory: String) throws(Failure) {
    do throws(RunLogError) {
      folder = try SweepFolder.find(name, in: directory)
      record = try SweepRecord(readFrom: folder)
    } catch {
      throw Failure(error)
    }
    // Several people may make its runs: what one makes in it the others have to read, and to make files beside.
    try? Files.followPermissions(of: folder.path)
  }
}
