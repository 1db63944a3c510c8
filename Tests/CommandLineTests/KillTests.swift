import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Sessions whose program is killed.
@Suite struct KillTests {
  /// How often, over all sessions: `FMNIST_KILLS`, or a few times in a quick test.
  private static let kills = ProcessInfo.processInfo.environment["FMNIST_KILLS"].flatMap(Int.init) ?? 20

  /// What is there when a session is killed and gone on with is what there is when it is not: weights to the bit, and the
  /// figures of every epoch.
  @Test(arguments: KilledSession.all)
  func whoIsKilledAtAnyMomentEndsWithTheSameBits(session: KilledSession) throws {
    let prepared = ResumeTests.Runs(isMade: session.isMade)
    defer { try? FileManager.default.removeItem(at: prepared.folder) }
    try session.prepare(prepared)
    let unbroken = try Self.copy(prepared)
    defer { try? FileManager.default.removeItem(at: unbroken.folder) }
    let start = ContinuousClock.now
    #expect(try unbroken.run(session.killed).status == 0)
    let duration = start.duration(to: .now).inSeconds
    let expected = try session.kept(unbroken)
    #expect(expected.runs.allSatisfy { $0.weights == $0.latest && $0.weights == $0.newest })

    let kills = max(1, Self.kills / KilledSession.all.count)
    var killed = 0
    for number in 0..<kills {
      let runs = try Self.copy(prepared)
      defer { try? FileManager.default.removeItem(at: runs.folder) }
      let process = runs.process(session.killed)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32((Double(number) + .random(in: 0..<1)) / Double(kills) * duration * 1_000_000))
      if process.isRunning, kill(process.processIdentifier, SIGKILL) == 0 { killed += 1 }
      process.waitUntilExit()
      // Killed before there was anything, it has to begin again.
      let files = ["run.json", "sweep.json"].map { runs.path("session/" + $0) }
      guard files.contains(where: { FileManager.default.fileExists(atPath: $0) }) else { continue }
      let resumed = try runs.run(session.resume)
      #expect(resumed.status == 0, "\(resumed.error)")
      let kept = try session.kept(runs)
      #expect(kept.cells == expected.cells)
      #expect(kept.runs.count == expected.runs.count)
      for (kept, expected) in zip(kept.runs, expected.runs) {
        #expect(kept.weights == expected.weights)
        #expect([kept.latest, kept.newest, kept.best] == [expected.latest, expected.newest, expected.best])
        #expect(kept.epochs == expected.epochs, "\(kept.epochs.map(\.position)) \(runs.folder.path)")
        #expect(kept.changes == expected.changes)
      }
    }
    #expect(killed > kills / 3 || kills < 5)
  }

  private static func copy(_ prepared: ResumeTests.Runs) throws -> ResumeTests.Runs {
    let runs = ResumeTests.Runs(isMade: prepared.isMade)
    try FileManager.default.copyItem(at: prepared.folder, to: runs.folder)
    return runs
  }
}
