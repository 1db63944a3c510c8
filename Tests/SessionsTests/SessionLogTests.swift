import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct SessionLogTests {
  let a = ScriptedRun(0)
  let b = ScriptedRun(1)

  @Test func eventsOfSeveralThreadsAreWrittenAndSummarised() async throws {
    let temporary = try TemporaryFolder()
    let folder = try RunFolder.claim(in: temporary.path)
    let log = try SessionLog(
      RunWriter(folder, record: ScriptedRun.record([a, b])), tensorBoard: TensorBoardLog(folder.tensorBoard))
    await withTaskGroup { group in
      for run in [a, b] {
        group.addTask {
          for event in [run.started] + run.steps(1...60) + [run.ended(60)] { log.events.publish(event) }
        }
      }
    }
    try log.finish(weightsSHA256: [a.run: "00", b.run: "11"])
    #expect(log.problems.current == nil)
    let summary = try RunReader(folder).summary()
    #expect(summary.state == .completed)
    #expect(summary.runs.map(\.weightsSHA256) == ["00", "11"])
    #expect(try abs(#require(summary.ended).timeIntervalSinceNow) < 600)
    let reader = RunReader(folder)
    #expect(try reader.events().session(reader.record()).runs.map(\.epochs.count) == [3, 3])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.tensorBoard).sorted() == [
        "A-with-dropout", "B-without-dropout",
      ])
  }

  @Test func aFullDiskIsAProblemUntilThereIsRoomAgain() throws {
    guard let disk = SmallDisk(kilobytes: 64) else { return }
    let folder = try RunFolder.claim(in: disk.path)
    let log = try SessionLog(
      RunWriter(folder, record: ScriptedRun.record([a])), tensorBoard: TensorBoardLog(folder.tensorBoard))
    let ballast = disk.path + "/ballast"
    try Data().write(to: URL(filePath: ballast))
    let file = try #require(FileHandle(forWritingAtPath: ballast))
    while (try? file.write(contentsOf: Data(count: 1024))) != nil {}
    for event in [a.started] + a.steps(1...60) { log.events.publish(event) }
    let error = #expect(throws: RunLogError.self) { try log.finish() }
    #expect(error?.kind == .unwritable)
    #expect(log.problems.current?.problem.hasSuffix("No space left on device") == true)
    #expect(!log.problems.takeUntold().isEmpty)
    try FileManager.default.removeItem(atPath: ballast)
    try file.close()
    log.events.publish(a.ended(60))
    try log.finish()
    #expect(log.problems.current == nil)
    #expect(try RunReader(folder).summary().runs[0].best?.position.epoch == 2)
    #expect(try RunReader(folder).events().notes == [])
  }

  @Test func aProblemIsToldOnceForAsLongAsItLasts() {
    let problems = WritingProblems()
    let full = RunLogError(.unwritable, path: "a", problem: "cannot be written: No space left on device")
    for _ in 0..<3 { problems.note(full, of: .checkpoints) }
    #expect(problems.current == full)
    #expect(problems.takeUntold() == [full])
    #expect(problems.takeUntold().isEmpty)
    problems.note(nil, of: .checkpoints)
    #expect(problems.current == nil)
    problems.note(full, of: .checkpoints)
    #expect(problems.takeUntold() == [full])
  }

  @Test func whatIsOverBeforeAnyoneAskedIsToldAllTheSame() {
    let problems = WritingProblems()
    problems.note(RunLogError(.unwritable, path: "a", problem: "busy"), of: .tensorBoard)
    problems.note(nil, of: .tensorBoard)
    #expect(problems.current == nil)
    #expect(problems.takeUntold().map(\.path) == ["a"])
  }
}
