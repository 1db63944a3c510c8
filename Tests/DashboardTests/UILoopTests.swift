import Experiment
import Synchronization
import TerminalUI
import Testing

@testable import Dashboard

/// A screen that plays keys and collects what it is shown.
private final class ScriptedScreen: Screen {
  var size = (width: 100, height: 30)
  var listensToMouse = false
  var isAttended = true
  var script: [(ScriptedScreen) -> Key?]
  private(set) var frames: [Surface] = []
  private(set) var timeouts: [Double] = []

  init(_ script: [(ScriptedScreen) -> Key?]) { self.script = script }

  func present(_ surface: Surface) { frames.append(surface) }

  func readKey(timeout seconds: Double) -> Key? {
    timeouts.append(seconds)
    return script.isEmpty ? .control("c") : script.removeFirst()(self)
  }
}

@Suite struct UILoopTests {
  /// Runs a loop whose clock moves by 40 ms with every look at it.
  private func run(
    _ screen: ScriptedScreen, _ queue: EventQueue = EventQueue(),
    leavesWhenDone: Bool = false, isInterrupted: @escaping () -> Bool = { false },
    augmented: @escaping (AugmentedImage.Request) -> AugmentedImage? = { _ in nil },
    keeping: @escaping () -> KeepingNotices = { KeepingNotices() }
  ) -> (dashboard: DashboardScreen, effects: [DashboardEffect], events: Int) {
    var effects: [DashboardEffect] = []
    var events = 0
    var now = 0.0
    var loop = UILoop(
      screen: screen, events: queue,
      seconds: {
        now += 0.04
        return now
      }, isInterrupted: isInterrupted, record: { _ in events += 1 }, perform: { effects.append($0) },
      augmented: augmented, keeping: keeping, leavesWhenDone: leavesWhenDone)
    let dashboard = loop.run(DashboardScreen(DashboardState(caption: "", terminalGlyphs: .braille)))
    return (dashboard, effects, events)
  }

  @Test func eventsReachTheScreen() throws {
    let queue = EventQueue()
    ScriptedEvents.middle.forEach(queue.publish)
    let screen = ScriptedScreen([{ _ in nil }])
    let result = run(screen, queue)
    #expect(result.events == ScriptedEvents.middle.count)
    #expect(try #require(screen.frames.first).lines.joined().contains("comparison after epoch 5"))
  }

  @Test func whatDoesNotChangeIsNotDrawnAgain() {
    let screen = ScriptedScreen((0..<20).map { _ in { _ in nil } })
    _ = run(screen)
    #expect(screen.frames.count == 1)
  }

  @Test func aResizeIsDrawnAtItsSize() {
    let screen = ScriptedScreen([
      { _ in nil },
      {
        $0.size = (80, 24)
        return .resize
      }, { _ in nil },
    ])
    _ = run(screen)
    #expect(screen.frames.map(\.width) == [100, 80])
  }

  @Test func keysBecomeEffects() {
    let queue = EventQueue()
    ScriptedEvents.middle.forEach(queue.publish)
    let screen = ScriptedScreen([{ _ in nil }, { _ in .right }, { _ in .character(" ") }])
    #expect(
      run(screen, queue).effects == [
        .send(.set(SettingChange(.dropout, layer: 0, to: .number(0.25))), to: RunID(0)), .sendToAll(.pause),
        .sendToAll(.stop),
      ])
  }

  @Test func aTrainingImageIsComputedOnceAndShown() throws {
    let queue = EventQueue()
    ScriptedEvents.paused.forEach(queue.publish)
    let keys: [Key?] = [nil, .character("3"), .character("v"), nil, nil, .down, nil, nil]
    let screen = ScriptedScreen(keys.map { key in { _ in key } })
    var ranks: [Int] = []
    _ = run(
      screen, queue,
      augmented: {
        ranks.append($0.rank)
        return AugmentationPreviewTests.augmented($0)
      })
    #expect(ranks == [0, 1])
    #expect(try #require(screen.frames.last).lines.joined().contains("2 of 5,120: training image 2"))
  }

  @Test func whatCannotBeWrittenIsToldWhileItLastsAndStaysInTheLog() throws {
    let queue = EventQueue()
    ScriptedEvents.middle.forEach(queue.publish)
    var notices = [
      KeepingNotices(), KeepingNotices(warnings: ["Warning: the disk is full."], isFailing: true),
      KeepingNotices(isFailing: true), KeepingNotices(isFailing: true),
    ]
    let keys: [Key?] = [nil, nil, .character("L"), nil, .character("1"), nil, nil]
    let screen = ScriptedScreen(keys.map { key in { _ in key } })
    _ = run(screen, queue, keeping: { notices.isEmpty ? KeepingNotices() : notices.removeFirst() })
    let frames = screen.frames.map { $0.lines.joined(separator: "\n") }
    #expect(frames[0].contains("· training  ") && !frames[0].contains("Warning"))
    #expect(frames[1].contains("· training, not saved ") && frames[1].contains("Warning: the disk is full."))
    let last = try #require(frames.last)
    #expect(last.contains("· training  "))
    #expect(frames.contains { $0.contains("What could not be written is written now.") })
    #expect(frames.contains { $0.contains("log, 1 to ") && $0.contains("Warning: the disk is full.") })
  }

  @Test func aPausedDashboardWakesSeldomButHearsOfSignals() {
    let queue = EventQueue()
    ScriptedEvents.paused.forEach(queue.publish)
    let screen = ScriptedScreen((0..<60).map { _ in { _ in nil } })
    _ = run(screen, queue)
    #expect(screen.timeouts.last == 0.25)
    #expect((screen.timeouts.first ?? 1) < 0.05)
  }

  @Test func theLoopEndsByItselfWhereItIsToOrNobodyIsThere() {
    for (isAttended, leavesWhenDone, turns) in [
      (true, true, 0...0), (false, false, 200...260), (true, false, 301...301),
    ] {
      let queue = EventQueue()
      ScriptedEvents.finished.forEach(queue.publish)
      let screen = ScriptedScreen((0..<300).map { _ in { _ in nil } })
      screen.isAttended = isAttended
      _ = run(screen, queue, leavesWhenDone: leavesWhenDone)
      #expect(turns.contains(screen.timeouts.count), "\(screen.timeouts.count)")
    }
  }

  @Test func aSignalEndsTheLoop() {
    var looks = 0
    let screen = ScriptedScreen((0..<50).map { _ in { _ in nil } })
    _ = run(screen) {
      looks += 1
      return looks > 5
    }
    #expect(screen.timeouts.count == 5)
  }
}
