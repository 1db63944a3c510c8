internal import Experiment
internal import Messages
internal import Platform
internal import Sessions

/// What is kept of a session behind the dashboard: its folder, those of what it was before it was begun anew, and what could
/// not be written.
struct KeptSession {
  /// What writes the session's folder, where sessions are kept.
  private(set) var saver: RunSaver?
  /// Begins a folder for a session that begins anew.
  private let makeSaver: (SessionDescription) throws(Failure) -> RunSaver?
  /// The folders of the sessions that were begun anew.
  private var earlier: [String] = []
  /// Why a session that began anew is not kept, or not all of the one before.
  private(set) var failure: Failure?
  /// What the dashboard told that could not be written: it is told again where it stays.
  private var warnings: [String] = []

  init(_ saver: RunSaver?, makeSaver: @escaping (SessionDescription) throws(Failure) -> RunSaver?) {
    self.saver = saver
    self.makeSaver = makeSaver
  }

  /// What could not be written since this was asked, and whether that goes on.
  mutating func takeNotices() -> KeepingNotices {
    guard let saver else { return KeepingNotices() }
    let notices = KeepingNotices(warnings: saver.takeWarnings(), isFailing: saver.problem != nil)
    warnings += notices.warnings
    return notices
  }

  /// Keeps the session that was, whole, begins a folder for the one that begins anew, and returns its path.
  mutating func beginAnew(_ session: SessionDescription, copying events: EventQueue) -> String? {
    guard let former = saver else { return session.folder }
    events.copy(to: nil)
    saver = nil
    earlier.append(former.folder.path)
    do throws(Failure) {
      try former.finish()
      saver = try makeSaver(session)
    } catch {
      failure = error
    }
    events.copy(to: saver?.events)
    return saver?.folder.path
  }

  /// Writes what is left; that it cannot be written is told elsewhere.
  func finish() { try? saver?.finish() }

  /// Writes what is left, and tells on standard output where everything is.
  ///
  /// - Throws: `Failure` if it cannot be written.
  func finishAndTell() throws(Failure) {
    for folder in earlier {
      try? StandardStream.output.write(lines: [
        says("Saved in \(folder), before it was begun anew.", "重新开始之前的会话保存在 \(folder)。")
      ])
    }
    try saver?.finishAndTell()
  }

  /// Tells on standard error once more what could not be written.
  func tellWarnings() { try? StandardStream.error.write(lines: warnings + (saver?.takeWarnings() ?? [])) }
}
