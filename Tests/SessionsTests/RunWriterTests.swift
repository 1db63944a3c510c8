import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

@Suite struct RunWriterTests {
  let temporary: TemporaryFolder
  let folder: RunFolder
  let a = ScriptedRun(0)
  let b = ScriptedRun(1)

  init() throws {
    temporary = try TemporaryFolder()
    folder = try RunFolder.claim(in: temporary.path)
  }

  /// Writes a new session and ends it if asked to.
  func write(_ events: [TrainingEvent], finish: Bool = false) throws {
    let writer = try RunWriter(folder, record: ScriptedRun.record([a, b]))
    try writer.record(events)
    if finish { try writer.finish(at: ScriptedRun.start + 100) }
  }

  /// Goes on with it as after a kill.
  func resume(_ events: [TrainingEvent]) throws {
    try RunWriter(continuing: folder).record(events)
  }

  func events() throws -> [TrainingEvent] { try RunReader(folder).events().events.map(\.event) }

  /// The events of one run as short texts: `>` a start, numbers of steps, `e1` an epoch, `!` a change, `.` an end.
  func outline(_ run: ScriptedRun, _ events: [TrainingEvent]) -> String {
    events.filter { $0.run == run.run }.map { event in
      switch event.kind {
      case .runStarted(let started): ">\(started.configuration.seed)"
      case .stepsCompleted: "\(event.position.step)"
      case .epochEvaluated: "e\(event.position.epoch)"
      case .settingChanged: "!\(event.position.step)"
      case .runRenamed: "name"
      case .runRemoved: "removed"
      case .runEnded: "."
      default: "p"
      }
    }.joined(separator: " ")
  }

  @Test func aForkIsListedAndReadBackFromItsBeginning() throws {
    let fork = ScriptedRun(2, forkedFrom: ForkPoint(run: a.run, step: 25))
    let other = ScriptedRun(2, seed: 7, forkedFrom: ForkPoint(run: b.run, step: 30))
    try write(
      [a.started, b.started] + a.steps(1...30) + b.steps(1...30) + [fork.started] + fork.steps(26...60))
    let planned = ScriptedRun.record([a, b]).runs
    #expect(
      try RunReader(folder).record().runs
        == planned + [
          RunRecord.Run(name: fork.name, configuration: fork.configuration, forkedFrom: fork.forkedFrom)
        ])
    #expect(try outline(fork, events()) == ">1 26 34 40 e2 48 56 60 e3")
    let history = try RunReader(folder).events().session(RunReader(folder).record())[fork.run]
    #expect(history.epochs.map(\.position.run) == [a.run, fork.run, fork.run])
    // After a restart the letter is free for another fork.
    try resume([a.started, b.started, a.started, b.started] + b.steps(1...30))
    #expect(try RunReader(folder).record().runs == planned)
    try resume([b.started(at: 30), other.started] + other.steps(31...35))
    #expect(try RunReader(folder).record().runs.last?.forkedFrom == other.forkedFrom)
    #expect(try outline(other, events()) == ">7 31")
  }

  @Test func runsThatStartOutOfOrderAreAllListed() throws {
    let (c, d) = (ScriptedRun(2, seed: 2), ScriptedRun(3, seed: 3))
    try write([a.started, b.started, d.started] + d.steps(1...3) + [c.started])
    #expect(try RunReader(folder).record().runs.map(\.configuration.seed) == [1, 1, 2, 3])
  }

  @Test func whatARunIsToChangeLaterIsKnownFromItsLatestStart() throws {
    let change = Positioned(
      SettingChanged(.learningRate, from: .number(0.5), to: .number(0.25)), at: a.position(30))
    var start = a.start
    start.scheduled = [change]
    try write([a.started] + a.steps(1...35))
    #expect(try events().contains(a.started))
    try resume([TrainingEvent(.runStarted(start), at: a.position(20))] + a.steps(21...25))
    #expect(try events().first == TrainingEvent(.runStarted(start), at: a.position(0)))
    try resume([a.started(at: 20)] + a.steps(21...40))
    #expect(try events().first == a.started)
  }

  @Test func whatIsFlushedIsThereWithoutAnEnd() throws {
    let writer = try RunWriter(folder, record: ScriptedRun.record([a]))
    try writer.record([a.started] + a.steps(1...5))
    #expect(try outline(a, events()) == ">1")
    try writer.flush(at: ScriptedRun.start + 1)
    #expect(try outline(a, events()) == ">1 5")
  }

  @Test func namesAndRemovalsAreKept() throws {
    try write(
      [a.started, b.started] + a.steps(1...20) + [
        TrainingEvent(.runRenamed(RunRenamed(name: "mine")), at: .beginning(of: a.run)), b.ended(0),
        TrainingEvent(.runRemoved(RunRemoved()), at: .beginning(of: b.run)),
      ])
    let record = try RunReader(folder).record()
    #expect(record.runs.map(\.name) == ["mine", b.name])
    #expect(record.runs.map(\.isRemoved) == [false, true])
    #expect(try outline(a, events()) == ">1 8 16 20 e1 name")
    #expect(try RunReader(folder).events().session(record)[b.run].isRemoved)
  }

  @Test func aSessionIsReadBack() throws {
    try write(
      [a.started, b.started] + a.steps(1...60) + b.steps(1...60) + [a.ended(60), b.ended(60)], finish: true)
    let reader = RunReader(folder)
    #expect(try reader.record() == ScriptedRun.record([a, b]))
    let events = try reader.events()
    #expect(events.notes == [])
    // Half a second of training is 8 steps.
    #expect(outline(a, try self.events()) == ">1 8 16 20 e1 28 36 40 e2 48 56 60 e3 .")
    let merged = StepsCompleted(
      count: 8, samples: 2048, lossSum: 1024, correct: 1536, trainingSeconds: 1)
    #expect(try self.events().contains(TrainingEvent(.stepsCompleted(merged), at: a.position(16))))
    #expect(try events.session(reader.record())[b.run].epochs.map(\.position.epoch) == [1, 2, 3])
    #expect(events.events.first?.time == ScriptedRun.start)

    let summary = try reader.summary()
    #expect(summary.state == .completed)
    #expect(summary.ended == ScriptedRun.created + 100)
    #expect(summary.runs.map(\.name) == ["with dropout", "without dropout"])
    #expect(summary.runs[0].final?.position.epoch == 3)
    #expect(summary.runs[0].best?.metrics[.testAccuracy] == 0.875)
    #expect(summary.runs[0].step == 60)
  }

  @Test func theSummaryIsAFileOfItsOwn() throws {
    let writer = try RunWriter(folder, record: ScriptedRun.record([a, b]))
    try writer.record([a.started, b.started] + a.steps(1...25) + [a.ended(25, .diverged(message: "NaN"))])
    try writer.finish(weightsSHA256: [a.run: "abc"], at: ScriptedRun.start)
    for file in [folder.metrics, folder.commands] { try FileManager.default.removeItem(atPath: file) }
    let summary = try RunReader(folder).summary()
    #expect(summary.runs.map(\.state) == [.diverged, .interrupted])
    #expect(summary.state == .diverged)
    #expect(summary.runs[0].message == "NaN")
    #expect(summary.runs[0].weightsSHA256 == "abc")
    #expect(summary.runs[0].step == 25)
    #expect(summary.runs[1].final == nil)
    #expect(try RunReader(folder).events() == RunReader.Events(events: [], notes: []))
  }

  @Test func aKilledSessionIsInterruptedAndALivingOneIsRunning() throws {
    func start() throws {
      let writer = try RunWriter(folder, record: ScriptedRun.record([a]))
      try writer.record([a.started] + a.steps(1...30))
      #expect(try RunReader(folder).summary().state == .running)
      #expect(throws: RunLogError.self) { try RunWriter(continuing: folder) }
      withExtendedLifetime(writer) {}
    }
    try start()
    let summary = try RunReader(folder).summary()
    #expect(summary.state == .interrupted)
    #expect(summary.ended == nil)
    #expect(summary.runs[0].final?.position.epoch == 1)
    #expect(summary.runs[0].step == 28)
  }

  @Test func commandsHaveTheirStepsAndStandBeforeTheirEffects() throws {
    try write(
      [a.started, b.started] + a.steps(1...5) + [a.changed(5, from: 0.5, to: 0.6)] + b.steps(1...22)
        + [b.changed(22, .learningRate, from: 0.5, to: 0.25)] + a.steps(6...20)
        + [
          a.changed(20, from: 0.6, to: 0.7), a.changed(20, from: 0.7, to: 0.8), a.ended(20, .stopped),
          b.ended(22),
        ])
    let commands = try RunReader(folder).commands().events.map(\.event)
    #expect(outline(a, commands) == ">1 !5 !20 !20 .")
    #expect(outline(b, commands) == ">1 !22")
    #expect(outline(a, try events()) == ">1 5 13 20 e1 !20 !20 .".replacing("5 13", with: "5 !5 13"))
    #expect(outline(b, try events()) == ">1 8 16 20 e1 22 !22 .")
  }

  @Test func aRestartTakesBackWhatWasBefore() throws {
    let again = ScriptedRun(0, seed: 2)
    try write(
      [a.started, b.started, a.changed(0, from: 0.5, to: 0.6)] + b.steps(1...20) + a.steps(1...50)
        + [a.changed(30, from: 0.5, to: 0.6), a.ended(50, .stopped), again.started] + again.steps(1...9)
        + [again.ended(9, .stopped)])
    #expect(outline(a, try events()) == ">2 8 9 .")
    #expect(outline(b, try events()) == ">1 8 16 20 e1")
    #expect(outline(a, try RunReader(folder).commands().events.map(\.event)) == ">2 .")
  }

  @Test func aResumedRunTakesBackWhatCameAfterItsCheckpoint() throws {
    try write(
      [a.started] + a.steps(1...10) + [a.changed(10, from: 0.5, to: 0.6)] + a.steps(11...35)
        + [a.changed(35, from: 0.6, to: 0.7), a.ended(35, .stopped)], finish: true)
    #expect(try RunReader(folder).summary().runs[0].state == .stopped)
    try resume([a.started(at: 20)] + a.steps(21...45))
    #expect(try RunReader(folder).summary().runs[0].state == .interrupted)
    #expect(outline(a, try events()) == ">1 8 10 !10 18 20 e1 21 29 37 40 e2")
    // Again, from further back; the second time from a checkpoint that was taken before epoch 1 was measured.
    try resume([a.started(at: 20), a.evaluated(1)] + a.steps(21...60) + [a.ended(60)])
    #expect(outline(a, try events()) == ">1 8 10 !10 18 20 e1 21 29 37 40 e2 48 56 60 e3 .")
    try resume([a.started(at: 16)] + a.steps(17...18))
    #expect(outline(a, try events()) == ">1 8 10 !10 17")
    try resume([a.started] + a.steps(1...8))
    #expect(outline(a, try events()) == ">1 8")
  }

  @Test func aRestartOfAResumedRunBeginsAtTheBeginning() throws {
    try write([a.started] + a.steps(1...35))
    try resume([a.started(at: 20)] + a.steps(21...40) + [a.ended(40, .stopped), a.started] + a.steps(1...8))
    #expect(outline(a, try events()) == ">1 8")
  }

  @Test func aFolderThatWasCutOffAnywhereIsReadable() throws {
    try write([a.started] + a.steps(1...20) + [a.changed(20, from: 0.5, to: 0.6), a.ended(20)])
    let lines = try folder.metricsText()
    let all = try events().filter { if case .settingChanged = $0.kind { false } else { true } }
    try FileManager.default.removeItem(atPath: folder.commands)
    let breaks = Set(lines.enumerated().compactMap { $1 == UInt8(ascii: "\n") ? $0 + 1 : nil } + [0])
    for length in 0...lines.count {
      try Data(lines.prefix(length)).write(to: URL(filePath: folder.metrics))
      let read = try RunReader(folder).events()
      let complete = lines.prefix(length).count { $0 == UInt8(ascii: "\n") }
      #expect(read.events.map(\.event) == Array(all.prefix(complete)))
      #expect(
        read.notes
          == (breaks.contains(length) ? [] : ["\(folder.metrics): the last line is incomplete and left out."])
      )
    }
  }

  @Test func aDamagedLineIsLeftOutAndNamed() throws {
    try write([a.started] + a.steps(1...20))
    var text = try folder.metricsText()
    text[try #require(text.firstIndex(of: UInt8(ascii: "\n"))) + 3] = 0
    try Data(text).write(to: URL(filePath: folder.metrics))
    let read = try RunReader(folder).events()
    #expect(outline(a, read.events.map(\.event)) == ">1 16 20 e1")
    #expect(
      read.notes == [
        "\(folder.metrics): line 2 is left out: it is no JSON at column 3: a text has a line break or another control character."
      ])
  }

  @Test func aFullDiskLosesNothingOnceThereIsRoomAgain() throws {
    guard let disk = SmallDisk(kilobytes: 64) else { return }
    let folder = try RunFolder.claim(in: disk.path)
    let writer = try RunWriter(folder, record: ScriptedRun.record([a, b]))
    try DurableFile.write([UInt8](repeating: 0, count: 40_000), to: disk.path + "/ballast")
    var failures = 0
    let count = 250
    for number in 0..<count {
      do {
        try writer.record(a.changed(number, from: 0.5, to: 0.6), at: Double(number))
      } catch {
        #expect(error.description.hasSuffix("cannot be written: No space left on device."))
        failures += 1
        if failures == 10 { try FileManager.default.removeItem(atPath: disk.path + "/ballast") }
      }
    }
    #expect(failures == 10)
    let read = try RunReader(folder).commands()
    #expect(read.events.map(\.event) == (0..<count).map { a.changed($0, from: 0.5, to: 0.6) })
    #expect(read.notes == [])
  }

  @Test func aClockThatJumpsChangesNothingButTheTimes() throws {
    let writer = try RunWriter(folder, record: ScriptedRun.record([a]))
    for (index, event) in ([a.started] + a.steps(1...20)).enumerated() {
      try writer.record(event, at: index % 2 == 0 ? 1e9 : 2e9)
    }
    #expect(outline(a, try events()) == ">1 8 16 20 e1")
  }

  @Test func leftoversOfAKilledWriterAreRemoved() throws {
    try Data().write(to: URL(filePath: folder.path + "/.summary.json.1-1.incomplete"))
    try write([a.started])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        ".lock", "commands.jsonl", "metrics.jsonl", "run.json",
      ])
  }

  @Test func aLongRunIsReadInOneGo() throws {
    let writer = try RunWriter(folder, record: ScriptedRun.record([a]))
    try writer.record(a.started, at: 0)
    for step in 1...10_000 {
      try writer.record(
        TrainingEvent(
          .stepsCompleted(
            StepsCompleted(count: 1, samples: 256, lossSum: 128, correct: 192, trainingSeconds: Double(step))),
          at: RunPosition(run: a.run, step: step, epoch: 1, batch: step)), at: 0)
    }
    #expect(try events().count == 10_001)
  }
}

extension RunFolder {
  fileprivate func metricsText() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: metrics))) }
}
