import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct SampleOrderingTests {
  private func dashboard(measured: Bool) -> DashboardScreen {
    var dashboard = ScriptedEvents.dashboard(
      ScriptedEvents.observed
        + (measured ? [ScriptedEvents.measured(0, epoch: 5), ScriptedEvents.measured(1, epoch: 5)] : []))
    _ = dashboard.press(.character("3"))
    return dashboard
  }

  @Test(arguments: ["3", "5"])
  func nothingLeavesItsFrameOnTheSmallestScreen(page: String) {
    var dashboard = dashboard(measured: true)
    _ = dashboard.press(.character(Character(page)))
    let lines = dashboard.render(width: 60, height: 16).lines
    #expect(lines[14].filter { !"─╰╯".contains($0) }.isEmpty, "\(lines[14])")
    #expect(lines[15].contains("? help"))
  }

  @Test func theKeyGoesThroughTheOrders() {
    var dashboard = dashboard(measured: true)
    let disagreement = dashboard.samples.order
    var orders: [[Int]] = []
    for _ in SampleOrdering.allCases {
      _ = dashboard.press(.character("u"))
      orders.append(dashboard.samples.order)
    }
    // The scripted answers get less sure from image to image.
    #expect(orders[0] == Array((0..<30).reversed()), "least confident")
    #expect(orders[1] == Array((0..<30).reversed()), "predictive entropy")
    #expect(orders[2].prefix(15) == [29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 28, 26, 24, 7])
    #expect(orders[3] == disagreement)
  }

  @Test func anOrderThatNeedsItAsksEveryRunOnce() {
    var dashboard = dashboard(measured: false)
    #expect(dashboard.press(.character("u")).isEmpty)
    let question = TrainingCommand.measureUncertainty(passes: 20)
    #expect(
      dashboard.press(.character("u")) == [.send(question, to: RunID(0)), .send(question, to: RunID(1))])
    #expect(dashboard.samples.ordering.title(of: dashboard.state.comparedRuns).contains("not measured yet"))
    let step = dashboard.state.runs[0].history.step
    for run in 0..<2 {
      var event = ScriptedEvents.measured(run, epoch: 5)
      event.position.step = step
      dashboard.record(event, at: 3)
    }
    #expect(
      dashboard.samples.ordering.title(of: dashboard.state.comparedRuns)
        == "next, by predictive entropy: 20 passes in 0.25 s at step \(step)")
    #expect(dashboard.press(.character("u")).isEmpty, "nothing has changed since")
  }

  @Test func aRecordingIsNotAsked() {
    var dashboard = DashboardScreen(
      DashboardState(
        caption: "", terminalGlyphs: .braille, testImages: ScriptedEvents.testImages, origin: .recording))
    for event in ScriptedEvents.observed { dashboard.record(event, at: 0) }
    _ = dashboard.press(.character("3"))
    #expect(dashboard.takeQuestions().isEmpty)
    #expect((0..<4).allSatisfy { _ in dashboard.press(.character("u")).isEmpty })
  }
}

@Suite struct ShownImagesTests {
  @Test func whatIsShownIsAskedOnceUntilSomethingChanges() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed)
    #expect(dashboard.takeQuestions().isEmpty, "nobody looks at the images")
    _ = dashboard.press(.character("3"))
    let images = Array(dashboard.samples.order.prefix(4))
    let question = TrainingCommand.examine(images: images, passes: 100)
    #expect(dashboard.takeQuestions() == [.send(question, to: RunID(0)), .send(question, to: RunID(1))])
    #expect(dashboard.takeQuestions().isEmpty)
    _ = dashboard.press(.down)
    #expect(dashboard.takeQuestions().count == 2, "another image")
    dashboard.record(ScriptedEvents.predicted(0, epoch: 6), at: 2)
    #expect(dashboard.takeQuestions().count == 2, "another epoch")
    dashboard.record(
      TrainingEvent(
        .settingChanged(SettingChanged(.dropout, layer: 0, from: .number(0.2), to: .number(0.5))),
        at: ScriptedEvents.position(0, step: 105)), at: 2)
    #expect(dashboard.takeQuestions().count == 2, "another dropout")
    dashboard.record(TrainingEvent(.paused(Paused()), at: ScriptedEvents.position(0, step: 105)), at: 2)
    #expect(dashboard.takeQuestions().count == 2, "the run stands still")
    #expect(dashboard.takeQuestions().isEmpty)
  }

  @Test func theAnswerStandsBesideTheImage() throws {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed)
    _ = dashboard.press(.character("3"))
    let image = try #require(dashboard.samples.order.first)
    dashboard.record(ScriptedEvents.examined(0, images: [image], epoch: 5), at: 2)
    let frame = dashboard.render(width: 80, height: 24).lines.joined(separator: "\n")
    #expect(frame.contains("10 passes with dropout"))
    // Of ten passes three vote for the next class: .73 · .7 + .03 · .3 = .52, deviation .7 · √(.21 · 10 / 9) = .338.
    #expect(frame.contains("52 ±34%") && frame.contains("24 ±34%"))
    #expect(frame.contains("agreement  70%, entropy 1.52, MI 0.35 nats"))
  }
}

@Suite struct CalibrationPageTests {
  private func dashboard(_ events: [TrainingEvent], keys: String) -> DashboardScreen {
    var dashboard = ScriptedEvents.dashboard(events, testImages: ScriptedEvents.manyImages)
    for key in keys { _ = dashboard.press(.character(key)) }
    return dashboard
  }

  /// An axis up to 105 %, ticks at uneven distances, and names cut to three letters.
  @Test(arguments: [(60, 16), (80, 24), (100, 30), (160, 50)], ["5", "5u"])
  func calibrationHasWholeNamesAndTicksOnRows(size: (width: Int, height: Int), keys: String) {
    let lines = dashboard(ScriptedEvents.judged, keys: keys).render(width: size.width, height: size.height)
      .lines
    let text = lines.joined(separator: "\n")
    #expect(!text.contains("105%") && !text.contains("110%"), "\(text)")
    #expect(
      lines.contains { $0.contains("● with dropout  ") && $0.contains("%") && !$0.contains("━") }, "\(text)")
    #expect(
      lines.contains { $0.contains("○ without dropout  ") && $0.contains("%") && !$0.contains("━") },
      "\(text)")
    #expect(!text.contains(" too ") || text.contains(/\.\s+│/), "the sentence ends: \(text)")
    let rows = lines.indices.filter { lines[$0].prefix(8).contains("%┤") }
    #expect(Set(zip(rows.dropFirst(), rows).map { $0 - $1 }).count <= 1, "\(text)")
  }

  @Test func theFiguresAreThoseOfTheAnswers() throws {
    let assessment = try #require(
      Assessment(
        Positioned(ScriptedEvents.manyAnswers(1), at: ScriptedEvents.position(1, step: 20)),
        labels: (0..<1000).map { UInt8($0 % 10) }))
    let frame = dashboard(ScriptedEvents.judged, keys: "5").render(width: 100, height: 30).lines
      .joined(separator: "\n")
    #expect(frame.contains(NumberText.percent(assessment.calibration.expectedError)))
    #expect(frame.contains("with dropout is as sure as it is right"))
    #expect(frame.contains("points too sure"))
    #expect(frame.contains("dropout off"))
  }

  @Test func theKeyShowsThePassesWithDropoutAndAsksForThem() {
    var asked = dashboard(ScriptedEvents.judged, keys: "5")
    #expect(asked.press(.character("u")).count == 2, "the runs have moved on since they were asked")
    let frame = asked.render(width: 100, height: 30).lines.joined(separator: "\n")
    #expect(frame.contains("mean of 20 passes with dropout") && frame.contains("mutual information"))
    #expect(asked.press(.character("u")).isEmpty)
    #expect(!asked.calibration.showsMonteCarlo)
    let unknown = dashboard(ScriptedEvents.middle, keys: "5u").render(width: 80, height: 24).lines
    #expect(unknown.joined().contains("have not been asked yet"))
    let early = dashboard(ScriptedEvents.middle, keys: "5").render(width: 80, height: 24).lines
    #expect(early.joined().contains("known after the first epoch"))
  }

  @Test func answersToOtherImagesAreNotJudged() {
    let labels = [UInt8](repeating: 0, count: 30)
    #expect(
      Assessment(
        Positioned(ScriptedEvents.manyAnswers(0), at: ScriptedEvents.position(0, step: 20)), labels: labels)
        == nil)
    #expect(
      Assessment(
        Positioned(ScriptedEvents.answers(0), at: ScriptedEvents.position(0, step: 20)), labels: labels,
        mutualInformation: [1]) == nil)
  }

  @Test func everySizeCanBeDrawn() {
    for keys in ["5", "5u", "3"] {
      let dashboard = dashboard(ScriptedEvents.judged, keys: keys)
      for width in stride(from: 0, through: 170, by: 17) {
        for height in stride(from: 0, through: 60, by: 7) {
          #expect(dashboard.render(width: width, height: height).height == height)
        }
      }
    }
  }
}
