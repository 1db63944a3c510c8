import Experiment
import TerminalUI
import Testing

@testable import Dashboard

/// That every key does what the person meant, once.
@Suite struct SteeringTests {
  private func set(_ setting: Setting, _ value: SettingValue, layer: Int? = nil, of run: Int = 0)
    -> DashboardEffect
  {
    .send(.set(SettingChange(setting, layer: layer, to: value)), to: RunID(run))
  }

  private func changed(
    _ setting: Setting, layer: Int? = nil, _ old: SettingValue, _ new: SettingValue, of run: Int = 0
  ) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(SettingChanged(setting, layer: layer, from: old, to: new)),
      at: ScriptedEvents.position(run, step: 105))
  }

  private func message(_ dashboard: DashboardScreen) -> String {
    dashboard.render(width: 100, height: 30).lines[28]
  }

  // MARK: Presses add up

  @Test(arguments: [ScriptedEvents.middle, ScriptedEvents.paused])
  func fiveFastPressesAreFiveSteps(events: [TrainingEvent]) {
    var dashboard = ScriptedEvents.dashboard(events)
    let effects = (0..<5).flatMap { _ in dashboard.press(.right) }
    #expect(effects == [0.25, 0.3, 0.35, 0.4, 0.45].map { set(.dropout, .number($0), layer: 0) })
    #expect(dashboard.state.runs[0].wanted.dropout == [0.45, 0.5])
    #expect(dashboard.state.runs[0].configuration.dropout == [0.2, 0.5])
    #expect(message(dashboard).contains("with dropout: dropout of layer 1 0.20 → 0.45 with the next step"))
    // What comes back meanwhile, late and one by one, changes nothing of that.
    dashboard.record(changed(.dropout, layer: 0, .number(0.2), .number(0.25)), at: 9)
    #expect(dashboard.press(.right) == [set(.dropout, .number(0.5), layer: 0)])
    for (old, new) in [(0.25, 0.3), (0.3, 0.35), (0.35, 0.4), (0.4, 0.45), (0.45, 0.5)] {
      dashboard.record(changed(.dropout, layer: 0, .number(old), .number(new)), at: 9)
    }
    #expect(dashboard.state.runs[0].asked.isEmpty && dashboard.state.pendingSentence == nil)
    #expect(message(dashboard).contains("0.45 → 0.50 from step 106"))
  }

  @Test func pressesOfEverySettingAddUp() throws {
    for setting in Setting.allCases {
      guard let live = setting.live, let key = live.keys.last else { continue }
      var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
      let start = try #require(setting.value(in: dashboard.state.runs[0].configuration, layer: nil))
      let expected = try (0..<3).reduce(into: start) { value, _ in
        value = try #require(live.step.next(value, up: true))
      }
      for _ in 0..<3 { _ = dashboard.press(.character(key)) }
      #expect(setting.value(in: dashboard.state.runs[0].wanted, layer: nil) == expected, "\(setting)")
    }
  }

  @Test func whatIsAskedOfARunThatEndsIsForgotten() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("]e")
    #expect(dashboard.state.runs[0].asked.count == 2)
    dashboard.record(ScriptedEvents.ended(0, step: 200), at: 9)
    #expect(dashboard.state.runs[0].asked == [SettingChange(.epochs, to: .integer(11))])
    dashboard.record(ScriptedEvents.ended(0, step: 200, .diverged(message: "")), at: 9)
    #expect(dashboard.state.runs[0].asked.isEmpty)
  }

  @Test func stepsAndPausesAddUp() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.paused)
    #expect(dashboard.press("n") == [.sendToAll(.advanceOneStep)])
    dashboard.record(TrainingEvent(.resumed(Resumed()), at: ScriptedEvents.position(0, step: 105)), at: 9)
    #expect(dashboard.press("n") == [.sendToAll(.advanceOneStep)])
    var moving = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(moving.press("n").isEmpty)
    #expect(moving.press(" ") == [.sendToAll(.pause)] && moving.press(" ") == [.sendToAll(.resume)])
    #expect(moving.press(" ") == [.sendToAll(.pause)])
  }

  @Test func seedsAddUpAndAreNeverOfOneSideOnly() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press("p") == [.addReplicates(isPaused: false)])
    dashboard.record(ScriptedEvents.started(2) { $0.seed = 2 }, at: 9)
    #expect(dashboard.press("p") == [.addReplicates(isPaused: false)], "B's second seed is under way")
    for _ in 0..<30 { _ = dashboard.press("p") }
    #expect(dashboard.state.message.hasPrefix("a session has at most 26 runs"))
    #expect(dashboard.state.runs.count + dashboard.state.awaitedRuns <= RunID.largestCount)
  }

  // MARK: One change with one target

  @Test func epochsAreThoseOfAllRuns() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    var effects: [DashboardEffect] = []
    for _ in 0..<8 {
      effects += dashboard.press("e")
      // A tells of its change before B does.
      dashboard.record(changed(.epochs, .integer(10), dashboard.state.runs[0].asked[0].value), at: 9)
    }
    #expect(effects.suffix(2) == [0, 1].map { set(.epochs, .integer(18), of: $0) })
    #expect(dashboard.state.runs.map(\.wanted.epochs) == [18, 18])
  }

  @Test func lockstepIsAKeyAway() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press("K") == [.setLockstep(true)])
    #expect(dashboard.state.message.contains("wait for each other"))
    #expect(dashboard.press("K") == [.setLockstep(false)])
  }

  // MARK: Undo

  @Test func theLatestChangesAreUndoneOneByOne() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press("U").isEmpty)
    dashboard = dashboard.pressing("]e")
    #expect(dashboard.press("U") == [0, 1].map { set(.epochs, .integer(10), of: $0) })
    #expect(dashboard.press("U") == [set(.learningRate, .number(0.5))])
    #expect(dashboard.press("U").isEmpty)
    #expect(dashboard.state.runs[0].wanted == dashboard.state.runs[0].configuration)
  }

  @Test func epochsThatAreBegunAreNotUndone() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.finished).pressing("e")
    for run in 0..<2 {
      dashboard.record(changed(.epochs, .integer(10), .integer(11), of: run), at: 9)
      dashboard.record(TrainingEvent(.resumed(Resumed()), at: ScriptedEvents.position(run, step: 200)), at: 9)
      dashboard.record(ScriptedEvents.step(run, 201), at: 9)
    }
    #expect(dashboard.press("U").isEmpty && dashboard.state.message.hasPrefix("the latest change stays"))
  }

  // MARK: Questions

  @Test(arguments: ["q", "s", "r", "R"])
  func onlyYesSaysYes(question: Character) {
    for key: Key in [.enter, .escape, "n", "q", " ", .right, .control("u"), .tab, .home] {
      var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("\(question)")
      let before = dashboard.state.runs
      #expect(dashboard.state.question?.line.keys.contains("enter") == true)
      #expect(dashboard.press(key).isEmpty && dashboard.state.question == nil, "\(key)")
      #expect(dashboard.press("y").isEmpty && dashboard.state.runs == before, "nothing stays armed")
    }
    for key: Key in [.resize, .reply("11;x"), .paste("y")] {
      var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("\(question)")
      #expect(dashboard.press(key).isEmpty && dashboard.state.question != nil)
      #expect(!dashboard.press("y").isEmpty)
    }
  }

  @Test func stoppingAsksAndWhatIsStoppedCanGoOn() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    dashboard.state.folder = "runs/exp3"
    #expect(dashboard.press("s").isEmpty && dashboard.press("y") == [.sendToAll(.halt)])
    for run in 0..<2 { dashboard.record(ScriptedEvents.ended(run, step: 105, .stopped), at: 9) }
    let lines = dashboard.render(width: 100, height: 30).lines
    #expect(lines[1].contains("· stopped"))
    #expect(message(dashboard).contains("space goes on") && message(dashboard).contains("--resume runs/exp3"))
    #expect(lines[29].contains("space go on"))
    #expect(dashboard.press(" ") == [.sendToAll(.resume)])
    #expect(dashboard.press("e") == [0, 1].map { set(.epochs, .integer(11), of: $0) })
    for run in 0..<2 {
      dashboard.record(TrainingEvent(.resumed(Resumed()), at: ScriptedEvents.position(run, step: 105)), at: 9)
    }
    #expect(dashboard.state.isMoving && !dashboard.state.isEnded)
  }

  @Test func theLogAndTheHelpCoverTheRuns() {
    for cover in ["L", "?"] {
      var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("2" + cover)
      let shown = dashboard
      for key: Key in ["]", " ", "e", "s", "r", "f", "=", .left, .tab, .wheelUp(x: 2, y: 1)] {
        if !dashboard.pointAt(key, width: 100, height: 30) { #expect(dashboard.press(key).isEmpty, "\(key)") }
        #expect(dashboard.state == shown.state)
      }
      _ = dashboard.press(.escape)
      #expect(dashboard.page is ComparisonPage && dashboard.helpPage == nil)
    }
    let again = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("2LL")
    #expect(again.page is ComparisonPage)
  }

  // MARK: Messages

  @Test func aMessageHasALineOfItsOwnForSomeSeconds() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    func verdict() -> String {
      dashboard.render(width: 100, height: 30).lines.first { $0.contains("So far") } ?? ""
    }
    let before = verdict()
    #expect(!before.isEmpty)
    dashboard.record(changed(.learningRate, .number(0.5), .number(0.4)), at: 10)
    #expect(message(dashboard).contains("learning rate 0.5 → 0.4") && verdict() == before)
    dashboard.pass(to: 11)
    dashboard.pass(to: 16)
    #expect(message(dashboard).contains("learning rate"))
    dashboard.pass(to: 17)
    #expect(dashboard.state.message.isEmpty && !message(dashboard).contains("learning rate"))
  }

  // MARK: The line of a question

  private func typing(_ keys: [Key], into start: String = "=") -> DashboardScreen {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing(start)
    for key in keys { _ = dashboard.press(key) }
    return dashboard
  }

  @Test(
    arguments: [
      ([.left, .left, .backspace], "dropout=,0"), ([.home, "x"], "xdropout=0,0"),
      ([.home, .delete], "ropout=0,0"),
      ([.home, .right, .control("k")], "d"), ([.control("w")], ""),
      ([" ", "l", .control("w")], "dropout=0,0 "),
      ([.home, .end, "x"], "dropout=0,0x"), ([.control("u"), .paste("lr=0.1 q")], "lr=0.1 q"),
      ([.control("u"), "m", "o", .tab], "momentum="), ([.up], "dropout=0,0"),
    ] as [([Key], String)])
  func theLineOfAQuestionIsEdited(keys: [Key], text: String) {
    #expect(typing(keys, into: "f").state.question?.text == text)
  }

  @Test func namesAreCompletedAsFarAsTheyAgree() {
    let dashboard = typing(["l", .tab])
    #expect(dashboard.state.question?.text == "l")
    #expect(dashboard.state.question?.line.keys == "lr= l1= label-smoothing=")
    #expect(typing(["l", "a", .tab]).state.question?.text == "label-smoothing=")
    #expect(typing(["h", .tab]).state.question?.text == "h", "what cannot change is not offered")
  }

  @Test func earlierAnswersComeBack() {
    var dashboard = typing(["l", "r", "=", "1", .enter])
    _ = dashboard.press("=")
    for key: Key in ["l", "1", "=", "0", .enter, "=", "d", .up] { _ = dashboard.press(key) }
    #expect(dashboard.state.question?.text == "l1=0")
    _ = dashboard.press(.up)
    #expect(dashboard.state.question?.text == "lr=1")
    for _ in 0..<2 { _ = dashboard.press(.down) }
    #expect(dashboard.state.question?.text == "d")
  }

  @Test func aLongTextIsShownWhereTheCursorIs() {
    let text = String(repeating: "dropout=0.5 ", count: 12) + "end"
    var dashboard = typing([.paste(text)])
    #expect(dashboard.render(width: 80, height: 24).lines[23].contains("end_"))
    _ = dashboard.press(.home)
    #expect(dashboard.render(width: 80, height: 24).lines[23].hasPrefix(" set: dropout"))
  }

  @Test func oneProbabilityIsThatOfEveryLayer() {
    var dashboard = typing([.paste("dropout=0.4")])
    #expect(dashboard.press(.enter) == [0, 1].map { set(.dropout, .number(0.4), layer: $0) })
  }

  @Test(arguments: [
    ("lr=-1", "above 0, up to 1000"), ("dropout=1.5", "0...1"), ("momentum=1", "0..<1"),
    ("epochs=2", "at least 6"), ("batch-size=0", "1...65536"),
  ])
  func errorsNameTheRange(text: String, range: String) {
    var dashboard = typing([.paste(text)])
    #expect(dashboard.press(.enter).isEmpty)
    #expect(dashboard.state.message.contains(range), "\(dashboard.state.message)")
  }
}
