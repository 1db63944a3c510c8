internal import Platform

/// Whose files are where: what sessions and sweeps keep is theirs alone to write.
package enum KeptFile {
  /// The name of the session or sweep that keeps a file at `path`, or where a link there leads to; `nil` if none does.
  package static func owner(of path: String) -> String? {
    guard let place = DurableFile.place(path) else { return nil }
    let inside = place.folderAndName.folder
    return [inside, inside.folderAndName.folder].first { folder in
      keeps(place, within: inside, RunFolder(path: folder))
        || keeps(place, within: inside, SweepFolder(path: folder))
    }?.folderAndName.name
  }

  private static func keeps(_ file: String, within folder: String, _ session: RunFolder) -> Bool {
    guard Files.exists(session.runRecord) else { return false }
    return [session.runRecord, session.metrics, session.commands, session.summary]
      .contains { $0.hasSameBytes(as: file) }
      || [session.checkpoints, session.tensorBoard].contains { $0.hasSameBytes(as: folder) }
  }

  private static func keeps(_ file: String, within folder: String, _ sweep: SweepFolder) -> Bool {
    guard Files.exists(sweep.record) else { return false }
    return [sweep.record, sweep.table, sweep.timings, sweep.script, sweep.summary]
      .contains { $0.hasSameBytes(as: file) }
      || [sweep.results, sweep.heartbeats, sweep.checkpoints, sweep.output, sweep.jobs]
        .contains { $0.hasSameBytes(as: folder) }
  }
}
