import Experiment
import Reports
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct DashboardStateTests {
  @Test func spacePausesWhatMovesAndResumesWhatWaits() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press(.character(" ")) == [.sendToAll(.pause)])
    var paused = ScriptedEvents.dashboard(ScriptedEvents.paused)
    #expect(paused.state.isPaused)
    #expect(paused.press(.character(" ")) == [.sendToAll(.resume)])
    #expect(paused.press(.character("n")) == [.sendToAll(.advanceOneStep)])
    #expect(paused.press(.character("N")) == [.sendToAll(.advanceOneEpoch)])
    #expect(dashboard.press(.character("n")).isEmpty)
  }

  @Test func arrowsChangeTheSelectedLayerOfTheSelectedRun() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(
      dashboard.press(.right) == [
        .send(.set(SettingChange(.dropout, layer: 0, to: .number(0.25))), to: RunID(0))
      ])
    _ = dashboard.press(.down)
    #expect(
      dashboard.press(.left) == [
        .send(.set(SettingChange(.dropout, layer: 1, to: .number(0.45))), to: RunID(0))
      ])
    _ = dashboard.press(.down)
    #expect(dashboard.state.selectedLayer == 1)
    _ = dashboard.press(.tab)
    #expect(dashboard.press(.left).isEmpty, "it is 0 already")
    _ = dashboard.press(.tab)
    #expect(dashboard.state.selectedRun == 0)
  }

  @Test func tenStepsOfDropoutAreExact() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for step in 1...10 {
      let expected = Double(4 + step) / 20
      #expect(
        dashboard.press(.right) == [
          .send(.set(SettingChange(.dropout, layer: 0, to: .number(expected))), to: RunID(0))
        ])
      let change = Positioned(
        SettingChanged(.dropout, layer: 0, from: .number(0), to: .number(expected)),
        at: ScriptedEvents.position(0, step: 105))
      dashboard.record(change.event(TrainingEvent.Kind.settingChanged), at: 10)
    }
    #expect(dashboard.state.runs[0].configuration.dropout == [0.7, 0.5])
  }

  @Test(arguments: [("0.35", 0.35), (".5", 0.5), ("1", 1), ("0", 0)])
  func aProbabilityCanBeTyped(text: String, value: Double) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("d"))
    for character in text { #expect(dashboard.press(.character(character)).isEmpty) }
    #expect(
      dashboard.press(.enter) == [
        .send(.set(SettingChange(.dropout, layer: 0, to: .number(value))), to: RunID(0))
      ])
    #expect(dashboard.state.question == nil)
  }

  @Test(arguments: ["", "7", "1.5", "."])
  func whatIsNoProbabilityIsRefusedInWords(text: String) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("d"))
    for character in text { _ = dashboard.press(.character(character)) }
    #expect(dashboard.press(.enter).isEmpty)
    #expect(dashboard.state.message.contains("0...1"))
  }

  @Test func typingIsNotSteering() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("d"))
    #expect(dashboard.press(.character(" ")).isEmpty)
    #expect(dashboard.press(.character("q")).isEmpty)
    _ = dashboard.press(.character("5"))
    _ = dashboard.press(.backspace)
    #expect(dashboard.state.question?.text == "")
    _ = dashboard.press(.escape)
    #expect(dashboard.state.question == nil)
  }

  @Test func learningRateAndWeightDecayMoveByFactors() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(
      dashboard.press(.character("]")) == [
        .send(.set(SettingChange(.learningRate, to: .number(0.625))), to: RunID(0))
      ])
    #expect(
      dashboard.press(.character("[")) == [
        .send(.set(SettingChange(.learningRate, to: .number(0.5))), to: RunID(0))
      ])
    #expect(
      dashboard.press(.character("}")) == [
        .send(.set(SettingChange(.weightDecay, to: .number(1e-5))), to: RunID(0))
      ])
    #expect(
      dashboard.press(.character("{")) == [
        .send(.set(SettingChange(.weightDecay, to: .number(0))), to: RunID(0))
      ])
  }

  @Test func regularisersHaveKeysToo() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(
      dashboard.press(.character("'")) == [.send(.set(SettingChange(.l1, to: .number(1e-7))), to: RunID(0))])
    #expect(
      dashboard.press(.character(";")) == [.send(.set(SettingChange(.l1, to: .number(0))), to: RunID(0))])
    #expect(
      dashboard.press(.character(")")) == [
        .send(.set(SettingChange(.labelSmoothing, to: .number(0.05))), to: RunID(0))
      ])
    #expect(
      dashboard.press(.character("(")) == [
        .send(.set(SettingChange(.labelSmoothing, to: .number(0))), to: RunID(0))
      ])
  }

  @Test func aKeyGoesRoundTheAugmentations() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    for changes in ["flip", "flip,shift=2", "none"] {
      let change = SettingChange(.augment, to: .text(changes))
      #expect(dashboard.press(.character("a")) == [.send(.set(change), to: RunID(0))])
      let position = RunPosition(run: RunID(0), step: 5, epoch: 1, batch: 5)
      let changed = Positioned(SettingChanged(.augment, from: .text("none"), to: change.value), at: position)
      dashboard.record(changed.event(TrainingEvent.Kind.settingChanged), at: 1)
    }
  }

  @Test func changesCanBeTypedInTheWordsOfTheOptions() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("="))
    for character in "lr=0.25 dropout=0.5" { #expect(dashboard.press(.character(character)).isEmpty) }
    #expect(
      dashboard.press(.enter) == [
        .send(.set(SettingChange(.dropout, layer: 0, to: .number(0.5))), to: RunID(0)),
        .send(.set(SettingChange(.learningRate, to: .number(0.25))), to: RunID(0)),
      ])
    #expect(dashboard.state.question == nil)
  }

  @Test(arguments: ["lr=1001", "hidden=64", "rate=1", "dropout=1.5"])
  func aTypedChangeThatNoRunCanMakeIsToldAndCanBeCorrected(text: String) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = dashboard.press(.character("="))
    for character in text { _ = dashboard.press(.character(character)) }
    #expect(dashboard.press(.enter).isEmpty)
    #expect(dashboard.state.message.contains(text.prefix { $0 != "=" }))
    #expect(dashboard.state.question?.text == text)
  }

  @Test func quittingAsksWhileRunsAreNotOver() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press(.character("q")).isEmpty)
    #expect(dashboard.state.question?.prompt == "stop and keep the run")
    _ = dashboard.press(.character("n"))
    #expect(dashboard.state.question == nil)
    _ = dashboard.press(.character("q"))
    #expect(dashboard.press(.character("y")) == [.sendToAll(.stop), .leave])
    var finished = ScriptedEvents.dashboard(ScriptedEvents.finished)
    #expect(finished.press(.character("q")) == [.sendToAll(.stop), .leave])
  }

  @Test func controlCLeavesWithoutAsking() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    #expect(dashboard.press(.control("c")) == [.sendToAll(.stop), .leave])
    _ = dashboard.press(.character("q"))
    #expect(dashboard.press(.control("c")) == [.sendToAll(.stop), .leave])
  }

  @Test func restartForgetsTheRuns() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.finished)
    #expect(
      dashboard.press("R").isEmpty && dashboard.state.question?.line.text.contains("next seed?") == true)
    #expect(dashboard.press(.character("n")).isEmpty && dashboard.state.question == nil)
    #expect(dashboard.state.runs.count == 2)
    _ = dashboard.press(.character("R"))
    #expect(dashboard.press(.character("y")) == [.restart(newSeed: true)])
    #expect(dashboard.state.runs.isEmpty && dashboard.state.question == nil)
    #expect(dashboard.press(.character("r")).isEmpty)
  }

  @Test func nothingIsAskedWhereNothingWasMade() {
    var dashboard = ScriptedEvents.dashboard([ScriptedEvents.started(0), ScriptedEvents.started(1)])
    #expect(dashboard.press(.character("r")) == [.restart(newSeed: false)])
  }

  @Test(arguments: [(60, 16), (60, 40), (79, 20), (80, 24), (200, 60)])
  func everyPageOfTheHelpIsReached(width: Int, height: Int) {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("?")
    var pages: [String] = []
    while dashboard.helpPage != nil, pages.count < 20 {
      pages.append(dashboard.render(width: width, height: height).lines.joined(separator: "\n"))
      dashboard = dashboard.pressing("?")
      dashboard.closeHelp(behindLastPageOf: width, height)
    }
    #expect((2..<20).contains(pages.count))
    #expect(pages.dropLast().allSatisfy { $0.contains("(? for ") })
    #expect(pages.last?.contains("(? closes)") == true)
    let all = pages.joined()
    for group in ScriptedEvents.dashboard(ScriptedEvents.middle).keyGroups {
      for binding in group.entries {
        #expect(all.contains(binding.caption.padded(to: 10) + binding.help), "\(binding.help)")
      }
    }
    #expect(all.contains("is expected to seem to.") || width < 100)
    // Keys alone stood below the title of what is explained, and a heading at the end of a page without its keys.
    for page in pages {
      let isOfKeys = page.contains(" keys (?")
      #expect(
        isOfKeys || page.contains("running, dropout on") || page.contains("resets them")
          || page.contains("Several seeds") || page.contains("says otherwise"), "\(page)")
      for group in dashboard.keyGroups {
        #expect(
          page.split(separator: "\n").dropLast(3).last?.contains(group.title + "  ") != true || !isOfKeys)
      }
    }
  }

  @Test func aQuestionTakesTheMessageToItself() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("f")
    for _ in 0..<60 { _ = dashboard.press(.backspace) }
    for key in "seed=2" { _ = dashboard.press(.character(key)) }
    _ = dashboard.press(.enter)
    let text = dashboard.render(width: 100, height: 30).lines.joined(separator: "\n")
    #expect(text.ranges(of: "would not see the same batches").count == 1)
  }

  @Test func epochsAreAddedToEveryRunThatCanGoOn() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.finished)
    #expect(
      dashboard.press(.character("e"))
        == [0, 1].map { .send(.set(SettingChange(.epochs, to: .integer(11))), to: RunID($0)) })
    #expect(
      dashboard.press(.character("E"))
        == [0, 1].map { .send(.set(SettingChange(.epochs, to: .integer(21))), to: RunID($0)) })
    var diverged = ScriptedEvents.dashboard(ScriptedEvents.diverged)
    #expect(
      diverged.press(.character("e")) == [.send(.set(SettingChange(.epochs, to: .integer(11))), to: RunID(0))]
    )
  }

  @Test func aCompleteRunThatIsResumedIsUnderWayAgain() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.finished)
    let elapsed = dashboard.state.runs[0].elapsedSeconds
    let end = ScriptedEvents.position(0, step: 200)
    #expect(dashboard.state.isEnded)
    dashboard.record(
      TrainingEvent(.settingChanged(SettingChanged(.epochs, from: .integer(10), to: .integer(20))), at: end),
      at: 500)
    dashboard.record(TrainingEvent(.resumed(Resumed()), at: end), at: 500)
    #expect(dashboard.state.isMoving && !dashboard.state.isEnded)
    #expect(dashboard.state.runs[0].share == 0.5)
    #expect(
      abs(dashboard.state.runs[0].elapsedSeconds - elapsed) < 1e-9, "waiting for a person takes no time")
    #expect(dashboard.state.epochs == 20)
  }

  @Test func colorsCanBeSwitchedOff() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed)
    func hasColors() -> Bool {
      let surface = dashboard.render(width: 100, height: 30)
      return (0..<30).contains { y in surface.row(y).contains { $0.style.foreground != nil } }
    }
    #expect(hasColors())
    _ = dashboard.press(.character("c"))
    #expect(!hasColors())
    #expect(!dashboard.state.settings.showsColors)
    let plain = DashboardState(caption: "", terminalGlyphs: .braille, terminalColors: .none)
    #expect(plain.shading == .shades)
  }

  @Test func aLiveChangeOfEpochsIsNoMarkInTheChart() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
    let place = ScriptedEvents.position(0, step: 105)
    dashboard.record(
      TrainingEvent(
        .settingChanged(SettingChanged(.epochs, from: .integer(10), to: .integer(11))), at: place),
      at: 2)
    #expect(!dashboard.render(width: 100, height: 30).lines.joined().contains("epochs 10→11"))
    #expect(dashboard.state.message == "with dropout: epochs 10 → 11 from step 106")
  }

  @Test func glyphsNeverExceedTheTerminals() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: .ascii)
    for _ in 0..<4 {
      _ = dashboard.press(.character("G"))
      #expect(dashboard.state.glyphs == .ascii)
    }
    var fine = ScriptedEvents.dashboard(ScriptedEvents.middle)
    _ = fine.press(.character("G"))
    #expect(fine.state.glyphs == .block)
    // Chosen on a finer terminal and kept.
    var settings = DashboardSettings()
    settings.glyphs = .braille
    let kept = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: .ascii, settings: settings)
    #expect(kept.state.glyphs == .ascii)
    var console = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: .console, settings: settings)
    for expected in [GlyphSet.console, .ascii, .console] {
      #expect(console.state.glyphs == expected)
      console = console.pressing("G")
    }
  }

  @Test(arguments: GlyphSet.allCases)
  func everySizeDrawsInEveryState(glyphs: GlyphSet) {
    let events = [
      [], ScriptedEvents.beginning, ScriptedEvents.changed, ScriptedEvents.diverged, ScriptedEvents.observed,
      ScriptedEvents.observed, ScriptedEvents.observed,
    ]
    let keys = ["1", "2", "1", "2", "3", "3x", "4"]
    for (index, events) in events.enumerated() {
      var dashboard = ScriptedEvents.dashboard(events, glyphs: glyphs)
      for key in keys[index] { _ = dashboard.press(.character(key)) }
      if index == 2 { _ = dashboard.press(",") }
      for size in [(0, 0), (1, 1), (59, 16), (60, 15), (60, 16), (61, 17), (200, 16), (60, 90), (300, 100)] {
        let surface = dashboard.render(width: size.0, height: size.1)
        #expect(surface.lines.count == size.1)
        if glyphs == .ascii { #expect(surface.lines.allSatisfy { $0.allSatisfy(\.isASCII) }) }
      }
    }
  }

  @Test func theHelpFitsTheSmallestUsualTerminal() {
    var shown: Set<String> = []
    for page in ScriptedEvents.dashboard([]).pages {
      var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle)
      for key in [page.key, "?"] { _ = dashboard.press(.character(key)) }
      var help = ""
      while dashboard.helpPage != nil {
        help += dashboard.render(width: 80, height: 24).lines.joined(separator: "\n")
        _ = dashboard.press(.character("?"))
        dashboard.closeHelp(behindLastPageOf: 80, 24)
      }
      for group in dashboard.keyGroups {
        shown.insert(group.title)
        #expect(help.contains(group.title), "\(group.title) on page \(page.title)")
        for binding in group.entries {
          #expect(help.contains(binding.caption.padded(to: 10) + binding.help), "\(binding.help)")
        }
      }
    }
    #expect(shown.isSuperset(of: ["Charts", "Samples", "Calibration", "Training", "Program"]))
  }

  @Test func everyKeyOfTheHelpDoesSomethingSomewhere() {
    var dashboards = [
      ScriptedEvents.middle, ScriptedEvents.paused, ScriptedEvents.finished, ScriptedEvents.observed,
    ]
    .map { ScriptedEvents.dashboard($0) }
    _ = dashboards[2].press(.character("5"))
    _ = dashboards[3].press(.character("3"))
    dashboards += [
      DemonstrationPageTests.dashboard(), DemonstrationPageTests.dashboard(keys: [.character("x")]),
      DemonstrationPageTests.dashboard(.activations), ScriptedEvents.dashboard([]).pressing("6"),
    ]
    // A lesson that trains.
    var lesson = ScriptedEvents.dashboard([]).pressing("6")
    _ = lesson.press(.enter)
    dashboards += [lesson, ReplicatedEvents.dashboard(steps: 20), AugmentationPreviewTests.dashboard()]
    dashboards += [
      ScriptedEvents.dashboard(ScriptedEvents.middle).pressing(","),
      ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("]"),
      ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("L"),
      ScriptedEvents.dashboard(ScriptedEvents.threeRuns).pressing("2"),
      ScriptedEvents.dashboard(ScriptedEvents.threeRuns).pressing("2x"),
      ScriptedEvents.dashboard(
        ScriptedEvents.middle + (0..<2).map { ScriptedEvents.ended($0, step: 105, .stopped) }),
    ]
    let entries = dashboards.flatMap { $0.keyGroups.flatMap(\.entries) }
    func names(_ entries: [KeyEntry]) -> Set<String> { Set(entries.map { $0.caption + $0.help + $0.footer }) }
    #expect(names(entries) == names(entries.filter(\.isAvailable)))
  }
}

@Suite struct RecordedRunsTests {
  @Test func noKeySteersRecordedRuns() {
    var dashboard = DashboardScreen(
      DashboardState(caption: "", terminalGlyphs: .braille, origin: .folders))
    for event in ScriptedEvents.middle { dashboard.record(event, at: 0) }
    for key: Key in [" ", "s", "r", "R", "e", "E", "n", "[", "{", "d"].map({ .character($0) }) + [.right] {
      #expect(dashboard.press(key).isEmpty)
    }
    #expect(dashboard.render(width: 100, height: 30).lines[1].contains("following"))
    #expect(dashboard.press(.character("q")) == [.sendToAll(.stop), .leave])
  }

  @Test func aRunThatBeginsAgainForgetsItsPast() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.changed)
    let other = dashboard.state.runs[1]
    #expect(!dashboard.state.runs[0].changes.isEmpty && dashboard.state.runs[0].history.epochs.count == 6)
    for event in [ScriptedEvents.started(0), ScriptedEvents.step(0, 1)] { dashboard.record(event, at: 20) }
    #expect(dashboard.state.runs[0].history.epochs.isEmpty && dashboard.state.runs[0].changes.isEmpty)
    #expect(dashboard.state.runs[0].history.step == 1)
    #expect(dashboard.state.runs[0].curve.buckets.count == 1)
    #expect(dashboard.state.runs[1] == other)
  }

  @Test func epochsTellHowLongARunTookWhoseEventsComeAtOnce() {
    var dashboard = DashboardScreen(
      DashboardState(caption: "", terminalGlyphs: .braille, origin: .folders))
    for event in ScriptedEvents.finished { dashboard.record(event, at: 0) }
    let history = dashboard.state.runs[0].history
    #expect(history.trainingSeconds > 0)
    #expect(dashboard.state.runs[0].elapsedSeconds == history.trainingSeconds + history.evaluationSeconds)
  }

  @Test(arguments: [80, 100, 140])
  func ofFourRunsTheSelectedOneStandsBesideAnother(width: Int) throws {
    let events = (0..<4).flatMap { run in
      [ScriptedEvents.started(run)] + (1...10).map { ScriptedEvents.evaluated(run, epoch: $0) }
    }
    let dashboard = ScriptedEvents.dashboard(events).pressing("\t\t\t")
    let lines = dashboard.render(width: width, height: 30).lines
    let heading = try #require(lines.first { $0.contains("● − △") })
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
        StepsCompleted(count: 1, samples: 2, lossSum: Double(step), correct: 1, trainingSeconds: 0),
        epochs: Double(step) / 1000)
    }
    #expect(curve.buckets.count <= 2048)
    #expect(curve.buckets.reduce(0) { $0 + $1.lossSum } == 50_000 * 50_001 / 2)
    #expect(curve.buckets.reduce(0) { $0 + $1.samples } == 100_000)
    #expect(curve.buckets.last?.epochs == 50)
    #expect(zip(curve.buckets, curve.buckets.dropFirst()).allSatisfy { $0.epochs < $1.epochs })
  }

  @Test func impossibleSpeedsAreShown() {
    var dashboard = ScriptedEvents.dashboard([])
    var start = RunStarted(
      name: "A", configuration: ScriptedEvents.configuration(), parameterCount: 1, trainCount: 1,
      testCount: 1, stepsPerEpoch: 0, threads: 1)
    for (stepsPerEpoch, seconds) in [(0, 1.0), (1, 1e-300)] {
      start.stepsPerEpoch = stepsPerEpoch
      dashboard.record(TrainingEvent(.runStarted(start), at: .beginning(of: RunID(0))), at: 0)
      dashboard.record(
        TrainingEvent(
          .stepsCompleted(
            StepsCompleted(count: 1, samples: 1, lossSum: 1, correct: 1, trainingSeconds: seconds)),
          at: RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1)), at: 1)
      #expect(dashboard.render(width: 160, height: 30).lines.contains { $0.contains("images/s") })
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
