import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct SampleOrderingTests {
  private func state(measured: Bool) -> DashboardState {
    var state = ScriptedEvents.state(
      ScriptedEvents.observed
        + (measured ? [ScriptedEvents.measured(0, epoch: 5), ScriptedEvents.measured(1, epoch: 5)] : []))
    _ = state.press(.character("3"))
    return state
  }

  @Test(arguments: ["3", "5"])
  func nothingLeavesItsFrameOnTheSmallestScreen(page: String) {
    var state = state(measured: true)
    _ = state.press(.character(Character(page)))
    let lines = state.render(width: 60, height: 16).lines
    #expect(lines[14].filter { !"─╰╯".contains($0) }.isEmpty, "\(lines[14])")
    #expect(lines[15].contains("? help"))
  }

  @Test func theKeyGoesThroughTheOrders() {
    var state = state(measured: true)
    let disagreement = state.sampleOrder
    var orders: [[Int]] = []
    for _ in SampleOrdering.allCases {
      _ = state.press(.character("u"))
      orders.append(state.sampleOrder)
    }
    // The scripted answers get less sure from image to image.
    #expect(orders[0] == Array((0..<30).reversed()), "least confident")
    #expect(orders[1] == Array((0..<30).reversed()), "predictive entropy")
    #expect(orders[2].prefix(15) == [29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 28, 26, 24, 7])
    #expect(orders[3] == disagreement)
  }

  @Test func anOrderThatNeedsItAsksEveryRunOnce() {
    var state = state(measured: false)
    #expect(state.press(.character("u")).isEmpty)
    let question = TrainingCommand.measureUncertainty(passes: 20)
    #expect(
      state.press(.character("u")) == [.send(question, to: RunID(0)), .send(question, to: RunID(1))])
    #expect(state.sampleOrderTitle.contains("not measured yet"))
    let step = state.runs[0].history.step
    for run in 0..<2 {
      guard case .uncertaintyMeasured(var event) = ScriptedEvents.measured(run, epoch: 5) else { continue }
      event.answers.position.step = step
      state.record(.uncertaintyMeasured(event), at: 3)
    }
    #expect(state.sampleOrderTitle == "next, by predictive entropy: 20 passes in 0.25 s at step \(step)")
    #expect(state.press(.character("u")).isEmpty, "nothing has changed since")
  }

  @Test func aRecordingIsNotAsked() {
    var state = DashboardState(
      caption: "", terminalGlyphs: .braille, testImages: ScriptedEvents.testImages, origin: .recording)
    for event in ScriptedEvents.observed { state.record(event, at: 0) }
    _ = state.press(.character("3"))
    #expect(state.takeQuestions().isEmpty)
    #expect((0..<4).allSatisfy { _ in state.press(.character("u")).isEmpty })
  }
}

@Suite struct ShownImagesTests {
  @Test func whatIsShownIsAskedOnceUntilSomethingChanges() throws {
    var state = ScriptedEvents.state(ScriptedEvents.observed)
    #expect(state.takeQuestions().isEmpty, "nobody looks at the images")
    _ = state.press(.character("3"))
    let images = Array(state.sampleOrder.prefix(4))
    let question = TrainingCommand.examine(images: images, passes: 100)
    #expect(state.takeQuestions() == [.send(question, to: RunID(0)), .send(question, to: RunID(1))])
    #expect(state.takeQuestions().isEmpty)
    _ = state.press(.down)
    #expect(state.takeQuestions().count == 2, "another image")
    state.record(.testPredicted(ScriptedEvents.answers(0, epoch: 6)), at: 2)
    #expect(state.takeQuestions().count == 2, "another epoch")
    state.record(
      .settingChanged(
        SettingChanged(
          position: ScriptedEvents.position(0, step: 105), setting: .dropout(layer: 0), oldValue: 0.2,
          newValue: 0.5)), at: 2)
    #expect(state.takeQuestions().count == 2, "another dropout")
    state.record(.paused(ScriptedEvents.position(0, step: 105)), at: 2)
    #expect(state.takeQuestions().count == 2, "the run stands still")
    #expect(state.takeQuestions().isEmpty)
  }

  @Test func theAnswerStandsBesideTheImage() throws {
    var state = ScriptedEvents.state(ScriptedEvents.observed)
    _ = state.press(.character("3"))
    let image = try #require(state.sampleOrder.first)
    state.record(ScriptedEvents.examined(0, images: [image], epoch: 5), at: 2)
    let frame = state.render(width: 80, height: 24).lines.joined(separator: "\n")
    #expect(frame.contains("10 passes with dropout"))
    // Of ten passes three vote for the next class: .73 · .7 + .03 · .3 = .52, deviation .7 · √(.21 · 10 / 9) = .338.
    #expect(frame.contains("52 ±34%") && frame.contains("24 ±34%"))
    #expect(frame.contains("agreement  70%, entropy 1.52, MI 0.35 nats"))
  }
}

@Suite struct CalibrationPageTests {
  private func state(_ events: [TrainingEvent], keys: String) -> DashboardState {
    var state = ScriptedEvents.state(events, testImages: ScriptedEvents.manyImages)
    for key in keys { _ = state.press(.character(key)) }
    return state
  }

  @Test func theFiguresAreThoseOfTheAnswers() throws {
    let assessment = try #require(
      Assessment(ScriptedEvents.manyAnswers(1), labels: (0..<1000).map { UInt8($0 % 10) }))
    let frame = state(ScriptedEvents.judged, keys: "5").render(width: 100, height: 30).lines
      .joined(separator: "\n")
    #expect(frame.contains(NumberText.percent(assessment.calibration.expectedError)))
    #expect(frame.contains("with dropout is as sure as it is right"))
    #expect(frame.contains("points too sure"))
    #expect(frame.contains("dropout off"))
  }

  @Test func theKeyShowsThePassesWithDropoutAndAsksForThem() {
    var asked = state(ScriptedEvents.judged, keys: "5")
    #expect(asked.press(.character("u")).count == 2, "the runs have moved on since they were asked")
    let frame = asked.render(width: 100, height: 30).lines.joined(separator: "\n")
    #expect(frame.contains("mean of 20 passes with dropout") && frame.contains("mutual information"))
    #expect(asked.press(.character("u")).isEmpty)
    #expect(!asked.showsMonteCarlo)
    let unknown = state(ScriptedEvents.middle, keys: "5u").render(width: 80, height: 24).lines
    #expect(unknown.joined().contains("have not been asked yet"))
    let early = state(ScriptedEvents.middle, keys: "5").render(width: 80, height: 24).lines
    #expect(early.joined().contains("known after the first epoch"))
  }

  @Test func answersToOtherImagesAreNotJudged() {
    let labels = [UInt8](repeating: 0, count: 30)
    #expect(Assessment(ScriptedEvents.manyAnswers(0), labels: labels) == nil)
    #expect(
      Assessment(ScriptedEvents.answers(0, epoch: 1), labels: labels, mutualInformation: [1]) == nil)
  }

  @Test func everySizeCanBeDrawn() {
    for keys in ["5", "5u", "3"] {
      let state = state(ScriptedEvents.judged, keys: keys)
      for width in stride(from: 0, through: 170, by: 17) {
        for height in stride(from: 0, through: 60, by: 7) {
          #expect(state.render(width: width, height: height).height == height)
        }
      }
    }
  }
}
