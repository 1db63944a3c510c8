import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct DashboardStateTests {
  @Test func spacePausesWhatMovesAndResumesWhatWaits() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.character(" ")) == [.sendToAll(.pause)])
    var paused = ScriptedEvents.state(ScriptedEvents.paused)
    #expect(paused.isPaused)
    #expect(paused.press(.character(" ")) == [.sendToAll(.resume)])
    #expect(paused.press(.character("n")) == [.sendToAll(.advanceOneStep)])
    #expect(paused.press(.character("N")) == [.sendToAll(.advanceOneEpoch)])
    #expect(state.press(.character("n")).isEmpty)
  }

  @Test func arrowsChangeTheSelectedLayerOfTheSelectedRun() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.right) == [.send(.set(.dropout(layer: 0), to: 0.25), to: RunID(0))])
    _ = state.press(.down)
    #expect(state.press(.left) == [.send(.set(.dropout(layer: 1), to: 0.45), to: RunID(0))])
    _ = state.press(.down)
    #expect(state.selectedLayer == 1)
    _ = state.press(.tab)
    #expect(state.press(.left) == [.send(.set(.dropout(layer: 1), to: 0), to: RunID(1))])
    _ = state.press(.tab)
    #expect(state.selectedRun == 0)
  }

  @Test func tenStepsOfDropoutAreExact() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    for step in 1...10 {
      let expected = Double(4 + step) / 20
      #expect(state.press(.right) == [.send(.set(.dropout(layer: 0), to: expected), to: RunID(0))])
      let change = SettingChanged(
        position: ScriptedEvents.position(0, step: 105), setting: .dropout(layer: 0), oldValue: 0,
        newValue: expected)
      state.record(.settingChanged(change), at: 10)
    }
    #expect(state.runs[0].configuration.dropout == [0.7, 0.5])
  }

  @Test(arguments: [("0.35", 0.35), (".5", 0.5), ("1", 1), ("0", 0)])
  func aProbabilityCanBeTyped(text: String, value: Double) {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("d"))
    for character in text { #expect(state.press(.character(character)).isEmpty) }
    #expect(state.press(.enter) == [.send(.set(.dropout(layer: 0), to: value), to: RunID(0))])
    #expect(state.question == nil)
  }

  @Test(arguments: ["", "7", "1.5", "."])
  func whatIsNoProbabilityIsRefusedInWords(text: String) {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("d"))
    for character in text { _ = state.press(.character(character)) }
    #expect(state.press(.enter).isEmpty)
    #expect(state.message.contains("0...1"))
  }

  @Test func typingIsNotSteering() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    _ = state.press(.character("d"))
    #expect(state.press(.character(" ")).isEmpty)
    #expect(state.press(.character("q")).isEmpty)
    _ = state.press(.character("5"))
    _ = state.press(.backspace)
    #expect(state.question == .dropout(text: ""))
    _ = state.press(.escape)
    #expect(state.question == nil)
  }

  @Test func learningRateAndWeightDecayMoveByFactors() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.character("]")) == [.send(.set(.learningRate, to: 0.625), to: RunID(0))])
    #expect(state.press(.character("[")) == [.send(.set(.learningRate, to: 0.4), to: RunID(0))])
    #expect(state.press(.character("}")) == [.send(.set(.weightDecay, to: 1e-5), to: RunID(0))])
    #expect(state.press(.character("{")) == [.send(.set(.weightDecay, to: 0), to: RunID(0))])
  }

  @Test func regularisersHaveKeysToo() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.character("'")) == [.send(.set(.l1, to: 1e-7), to: RunID(0))])
    #expect(state.press(.character(";")) == [.send(.set(.l1, to: 0), to: RunID(0))])
    #expect(state.press(.character(")")) == [.send(.set(.labelSmoothing, to: 0.05), to: RunID(0))])
    #expect(state.press(.character("(")) == [.send(.set(.labelSmoothing, to: 0), to: RunID(0))])
  }

  @Test func aKeyGoesRoundTheAugmentations() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    for (flip, shift) in [(1.0, 0.0), (1, 2), (0, 0)] {
      let effects = state.press(.character("a"))
      #expect(
        effects == [.send(.set(.flip, to: flip), to: RunID(0)), .send(.set(.shift, to: shift), to: RunID(0))])
      let position = RunPosition(run: RunID(0), step: 5, epoch: 1, batch: 5)
      for (setting, value) in [(LiveSetting.flip, flip), (.shift, shift)] {
        let change = SettingChanged(position: position, setting: setting, oldValue: 0, newValue: value)
        state.record(.settingChanged(change), at: 1)
      }
    }
  }

  @Test func quittingAsksWhileRunsAreNotOver() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.character("q")).isEmpty)
    #expect(state.question == .quit)
    _ = state.press(.character("n"))
    #expect(state.question == nil)
    _ = state.press(.character("q"))
    #expect(state.press(.character("y")) == [.sendToAll(.stop), .leave])
    var finished = ScriptedEvents.state(ScriptedEvents.finished)
    #expect(finished.press(.character("q")) == [.sendToAll(.stop), .leave])
  }

  @Test func controlCLeavesWithoutAsking() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    #expect(state.press(.control("c")) == [.sendToAll(.stop), .leave])
    _ = state.press(.character("q"))
    #expect(state.press(.control("c")) == [.sendToAll(.stop), .leave])
  }

  @Test func restartForgetsTheRuns() {
    var state = ScriptedEvents.state(ScriptedEvents.finished)
    #expect(state.press(.character("R")).isEmpty && state.question == .restart(newSeed: true))
    #expect(state.press(.character("n")).isEmpty && state.question == nil)
    #expect(state.runs.count == 2)
    _ = state.press(.character("R"))
    #expect(state.press(.character("y")) == [.restart(newSeed: true)])
    #expect(state.runs.isEmpty && state.question == nil)
    #expect(state.press(.character("r")).isEmpty)
  }

  @Test func nothingIsAskedWhereNothingWasMade() {
    var state = ScriptedEvents.state([ScriptedEvents.started(0), ScriptedEvents.started(1)])
    #expect(state.press(.character("r")) == [.restart(newSeed: false)])
  }

  @Test(arguments: [(60, 16), (60, 40), (79, 20), (80, 24), (200, 60)])
  func everyPageOfTheHelpIsReached(width: Int, height: Int) {
    var state = ScriptedEvents.state(ScriptedEvents.middle).pressing("?")
    var pages: [String] = []
    while state.showsHelp, pages.count < 20 {
      pages.append(state.render(width: width, height: height).lines.joined(separator: "\n"))
      state = state.pressing("?")
      state.closeHelp(behindLastPageOf: width, height)
    }
    #expect((2..<20).contains(pages.count))
    #expect(pages.dropLast().allSatisfy { $0.contains("(? for ") })
    #expect(pages.last?.contains("(? closes)") == true)
    let all = pages.joined()
    for group in KeyBindings.help(in: ScriptedEvents.state(ScriptedEvents.middle)) {
      for binding in group.bindings {
        #expect(all.contains(binding.caption.padded(to: 10) + binding.help), "\(binding.help)")
      }
    }
    #expect(all.contains("is expected to seem to.") || width < 100)
  }

  @Test func aQuestionTakesTheMessageToItself() {
    var state = ScriptedEvents.state(ScriptedEvents.middle).pressing("f")
    for _ in 0..<60 { _ = state.press(.backspace) }
    for key in "seed=2" { _ = state.press(.character(key)) }
    _ = state.press(.enter)
    let text = state.render(width: 100, height: 30).lines.joined(separator: "\n")
    #expect(text.ranges(of: "would not see the same batches").count == 1)
  }

  @Test func epochsAreAddedToEveryRunThatCanGoOn() {
    var state = ScriptedEvents.state(ScriptedEvents.finished)
    #expect(
      state.press(.character("e")) == [0, 1].map { .send(.set(.epochs, to: 11), to: RunID($0)) })
    #expect(
      state.press(.character("E")) == [0, 1].map { .send(.set(.epochs, to: 20), to: RunID($0)) })
    var diverged = ScriptedEvents.state(ScriptedEvents.diverged)
    #expect(diverged.press(.character("e")) == [.send(.set(.epochs, to: 11), to: RunID(0))])
  }

  @Test func aCompleteRunThatIsResumedIsUnderWayAgain() {
    var state = ScriptedEvents.state(ScriptedEvents.finished)
    let elapsed = state.runs[0].elapsedSeconds
    let end = ScriptedEvents.position(0, step: 200)
    #expect(state.isEnded)
    state.record(
      .settingChanged(SettingChanged(position: end, setting: .epochs, oldValue: 10, newValue: 20)), at: 500)
    state.record(.resumed(end), at: 500)
    #expect(state.isMoving && !state.isEnded)
    #expect(state.runs[0].share == 0.5)
    #expect(abs(state.runs[0].elapsedSeconds - elapsed) < 1e-9, "waiting for a person takes no time")
    #expect(state.epochs == 20)
  }

  @Test func colorsCanBeSwitchedOff() {
    var state = ScriptedEvents.state(ScriptedEvents.observed)
    func hasColors() -> Bool {
      let surface = state.render(width: 100, height: 30)
      return (0..<30).contains { y in surface.row(y).contains { $0.style.foreground != nil } }
    }
    #expect(hasColors())
    _ = state.press(.character("c"))
    #expect(!hasColors())
    #expect(!state.settings.showsColors)
    let plain = DashboardState(caption: "", terminalGlyphs: .braille, terminalColors: .none)
    #expect(plain.shading == .shades)
  }

  @Test func aLiveChangeOfEpochsIsNoMarkInTheChart() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    let place = ScriptedEvents.position(0, step: 105)
    state.record(
      .settingChanged(SettingChanged(position: place, setting: .epochs, oldValue: 10, newValue: 11)), at: 2)
    #expect(!state.render(width: 100, height: 30).lines.joined().contains("epochs 10→11"))
    #expect(state.message == "with dropout: epochs 10 → 11 from step 106")
  }

  @Test func theFirstEpochGetsRoomOnlyWhereItIsWanted() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    func showsTwo() -> Bool { state.render(width: 100, height: 30).lines.joined().contains("2.0┤") }
    #expect(!showsTwo())
    _ = state.press(.character("o"))
    #expect(showsTwo())
    #expect(
      ScriptedEvents.state(ScriptedEvents.steps30).render(width: 100, height: 30).lines.joined().contains(
        "2.0┤"))
  }

  @Test func zoomStaysWithinTheRun() throws {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    for _ in 0..<20 { _ = state.press(.character("+")) }
    let zoom = try #require(state.zoom)
    #expect(zoom.upperBound - zoom.lowerBound >= 0.02)
    for key in "<<<<<<<<<<>>>>>>>>>>>>>>>>>>>>>>>" {
      _ = state.press(.character(key))
      #expect(state.visibleEpochs.lowerBound >= 0 && state.visibleEpochs.upperBound <= 10)
    }
    for _ in 0..<20 { _ = state.press(.character("-")) }
    #expect(state.zoom == nil)
  }

  @Test func theCursorStaysInSightAndEscapeHidesIt() {
    var state = ScriptedEvents.state(ScriptedEvents.middle)
    for _ in 0..<200 { _ = state.press(.character(".")) }
    #expect(state.cursor == 10)
    for _ in 0..<200 { _ = state.press(.character(",")) }
    #expect(state.cursor == 0)
    _ = state.press(.escape)
    #expect(state.cursor == nil)
  }

  @Test func glyphsNeverExceedTheTerminals() {
    var state = ScriptedEvents.state(ScriptedEvents.middle, glyphs: .ascii)
    for _ in 0..<4 {
      _ = state.press(.character("g"))
      #expect(state.glyphs == .ascii)
    }
    var fine = ScriptedEvents.state(ScriptedEvents.middle)
    _ = fine.press(.character("g"))
    #expect(fine.glyphs == .block)
  }

  @Test(arguments: GlyphSet.allCases)
  func everySizeDrawsInEveryState(glyphs: GlyphSet) {
    let events = [
      [], ScriptedEvents.beginning, ScriptedEvents.changed, ScriptedEvents.diverged, ScriptedEvents.observed,
      ScriptedEvents.observed, ScriptedEvents.observed,
    ]
    let keys = ["1", "2", "1", "2", "3", "3x", "4"]
    for (index, events) in events.enumerated() {
      var state = ScriptedEvents.state(events, glyphs: glyphs)
      for key in keys[index] { _ = state.press(.character(key)) }
      if index == 2 { state.cursor = 3 }
      for size in [(0, 0), (1, 1), (59, 16), (60, 15), (60, 16), (61, 17), (200, 16), (60, 90), (300, 100)] {
        let surface = state.render(width: size.0, height: size.1)
        #expect(surface.lines.count == size.1)
        if glyphs == .ascii { #expect(surface.lines.allSatisfy { $0.allSatisfy(\.isASCII) }) }
      }
    }
  }

  @Test func theHelpFitsTheSmallestUsualTerminal() {
    var shown: Set<String> = []
    for view in DashboardView.allCases {
      var state = ScriptedEvents.state(ScriptedEvents.middle)
      for key in ["\(view.rawValue)", "?"] { _ = state.press(.character(Character(key))) }
      var page = state.render(width: 80, height: 24).lines.joined(separator: "\n")
      _ = state.press(.character("?"))
      page += state.render(width: 80, height: 24).lines.joined(separator: "\n")
      for group in KeyBindings.help(in: state) {
        shown.insert(group.title)
        #expect(page.contains(group.title), "\(group.title) on page \(view)")
        for binding in group.bindings {
          #expect(page.contains(binding.caption.padded(to: 10) + binding.help), "\(binding.help)")
        }
      }
    }
    #expect(shown == Set(KeyBindings.groups.map(\.title)))
  }

  @Test func everyKeyOfTheHelpDoesSomethingSomewhere() {
    var states = [
      ScriptedEvents.middle, ScriptedEvents.paused, ScriptedEvents.finished, ScriptedEvents.observed,
    ]
    .map { ScriptedEvents.state($0) }
    _ = states[2].press(.character("5"))
    _ = states[3].press(.character("3"))
    states += [DemonstrationPageTests.state(), DemonstrationPageTests.state(keys: [.character("x")])]
    states += [ReplicatedEvents.state(steps: 20), AugmentationPreviewTests.state()]
    for binding in KeyBindings.groups.flatMap(\.bindings) {
      #expect(binding.keys.count == binding.actions.count, "\(binding.caption)")
      #expect(states.contains { binding.isAvailable($0) }, "\(binding.caption)")
    }
  }
}

@Suite struct RecordedRunsTests {
  @Test func noKeySteersRecordedRuns() {
    var state = DashboardState(caption: "", terminalGlyphs: .braille, origin: .folders)
    for event in ScriptedEvents.middle { state.record(event, at: 0) }
    for key: Key in [" ", "s", "r", "R", "e", "E", "n", "[", "{", "d"].map({ .character($0) }) + [.right] {
      #expect(state.press(key).isEmpty)
    }
    #expect(state.render(width: 100, height: 30).lines[0].contains("following"))
    #expect(state.press(.character("q")) == [.sendToAll(.stop), .leave])
  }

  @Test func aRunThatBeginsAgainForgetsItsPast() {
    var state = ScriptedEvents.state(ScriptedEvents.changed)
    let other = state.runs[1]
    #expect(!state.runs[0].changes.isEmpty && state.runs[0].history.epochs.count == 6)
    for event in [ScriptedEvents.started(0), ScriptedEvents.step(0, 1)] { state.record(event, at: 20) }
    #expect(state.runs[0].history.epochs.isEmpty && state.runs[0].changes.isEmpty)
    #expect(state.runs[0].history.step == 1)
    #expect(state.runs[0].curve.buckets.count == 1)
    #expect(state.runs[1] == other)
  }

  @Test func epochsTellHowLongARunTookWhoseEventsComeAtOnce() {
    var state = DashboardState(caption: "", terminalGlyphs: .braille, origin: .folders)
    for event in ScriptedEvents.finished { state.record(event, at: 0) }
    let history = state.runs[0].history
    #expect(history.trainingSeconds > 0)
    #expect(state.runs[0].elapsedSeconds == history.trainingSeconds + history.evaluationSeconds)
  }

  @Test(arguments: [80, 100, 140])
  func ofFourRunsTheSelectedOneStandsBesideAnother(width: Int) throws {
    let events = (0..<4).flatMap { run in
      [ScriptedEvents.started(run)] + (1...10).map { ScriptedEvents.evaluated(run, epoch: $0) }
    }
    let state = ScriptedEvents.state(events).pressing("\t\t\t")
    let lines = state.render(width: width, height: 30).lines
    let heading = try #require(lines.first { $0.contains("difference") })
    #expect(heading.contains("● A with dropout") && heading.contains("△ D without dropout"))
    let accuracies = try #require(lines.first { $0.contains("test accuracy") })
    #expect(accuracies.split(separator: " ").filter { $0.hasSuffix("%") }.count == 2)
  }
}

@Suite struct RunCurveTests {
  @Test func memoryIsBoundedAndSumsStayExact() {
    var curve = RunCurve()
    for step in 1...50_000 {
      curve.record(
        StepsCompleted(
          position: RunPosition(run: RunID(0), step: step, epoch: 1, batch: step), count: 1, samples: 2,
          lossSum: Double(step), correct: 1, trainingSeconds: 0), stepsPerEpoch: 1000)
    }
    #expect(curve.buckets.count <= 2048)
    #expect(curve.buckets.reduce(0) { $0 + $1.lossSum } == 50_000 * 50_001 / 2)
    #expect(curve.buckets.reduce(0) { $0 + $1.samples } == 100_000)
    #expect(curve.buckets.last?.epochs == 50)
    #expect(zip(curve.buckets, curve.buckets.dropFirst()).allSatisfy { $0.epochs < $1.epochs })
  }

  @Test func impossibleSpeedsAreShown() {
    var state = ScriptedEvents.state([])
    var start = RunStarted(
      run: RunID(0), name: "A", configuration: ScriptedEvents.configuration(), parameterCount: 1,
      trainCount: 1, testCount: 1, stepsPerEpoch: 0, threads: 1)
    for (stepsPerEpoch, seconds) in [(0, 1.0), (1, 1e-300)] {
      start.stepsPerEpoch = stepsPerEpoch
      state.record(.runStarted(start), at: 0)
      state.record(
        .stepsCompleted(
          StepsCompleted(
            position: RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1), count: 1, samples: 1,
            lossSum: 1, correct: 1, trainingSeconds: seconds)), at: 1)
      #expect(state.render(width: 160, height: 30).lines.contains { $0.contains("images/s") })
    }
  }

  @Test func theMovingAverageHasNoBiasAtItsStart() {
    var average = MovingAverage(decay: 0.9)
    #expect((0..<5).map { _ in average.next(3) }.allSatisfy { abs($0 - 3) < 1e-12 })
    #expect(average.next(.nan).isNaN)
    #expect(abs(average.next(3) - 3) < 1e-12)
    var none = MovingAverage(decay: 0)
    #expect([1.0, 5, 2].map { none.next($0) } == [1, 5, 2])
  }
}
