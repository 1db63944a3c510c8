import Experiment
import Foundation
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct SampleRankingTests {
  private func answers(_ predictions: [UInt8], _ probabilities: [[Double]]) -> TestPredicted {
    TestPredicted(
      predictions: predictions, probabilities: probabilities.joined().map { UInt16($0 * 65_535) })
  }

  @Test func disagreementsComeFirstAndThenWhatIsFurthestApart() {
    let first = answers([0, 0, 0, 1], [[0.9, 0.1], [0.6, 0.4], [0.8, 0.2], [0, 1]])
    let second = answers([0, 1, 0, 0], [[0.6, 0.4], [0.4, 0.6], [0.8, 0.2], [1, 0]])
    #expect(SampleRanking.order(answers: [first, second], labels: [0, 0, 0, 0]) == [3, 1, 0, 2])
    #expect(abs(SampleRanking.distance(first, second, image: 0) - 0.3) < 1e-4)
  }

  @Test func oneRunShowsItsSurestErrorsFirstAndItsSurestAnswersLast() {
    let run = answers([0, 1, 0, 0], [[0.9, 0.1], [0.4, 0.6], [0.7, 0.3], [0.6, 0.4]])
    #expect(SampleRanking.order(answers: [run], labels: [1, 0, 0, 0]) == [0, 1, 3, 2])
  }

  @Test func answersToOtherImagesAreNoOrder() {
    #expect(SampleRanking.order(answers: [answers([0], [[1, 0]])], labels: [0, 1]).isEmpty)
    #expect(SampleRanking.order(answers: [], labels: [0, 1]).isEmpty)
  }
}

@Suite struct ConfusionMatrixTests {
  @Test func rowsAreLabelsAndColumnsPredictions() {
    let matrix = ConfusionMatrix(labels: [0, 0, 0, 1], predictions: [0, 0, 1, 1], classes: 3)
    #expect(matrix.counts == [[2, 1, 0], [0, 1, 0], [0, 0, 0]])
    #expect(matrix.share(label: 0, prediction: 1) == 1.0 / 3)
    #expect(matrix.recall(of: 1) == 1)
    #expect(matrix.recall(of: 2) == nil)
  }
}

@Suite struct ConfusionViewTests {
  @Test(arguments: [74, 80, 200]) func namesOfClassesAreNumberedWhereTheyWouldBeCut(width: Int) throws {
    let state = ScriptedEvents.dashboard(ScriptedEvents.observed).state
    let images = try #require(state.testImages)
    var surface = Surface(width: width, height: ConfusionView.height)
    ConfusionView(state: state, images: images, run: state.runs[0]).draw(on: &surface, in: surface.bounds)
    let heading = surface.lines[1]
    if width == 200 {
      #expect(images.classNames.allSatisfy { heading.contains($0) })
    } else {
      let words = heading.split { " │".contains($0) }.map(String.init)
      #expect(words == (0..<10).map(String.init) + ["right"])
      #expect(surface.lines[2].hasPrefix("│0 \(images.classNames[0]) "))
    }
  }
}

@Suite struct SamplesPageTests {
  private func dashboard() -> DashboardScreen {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed)
    _ = dashboard.press(.character("3"))
    return dashboard
  }

  @Test func keysMoveThroughTheOrder() {
    var dashboard = dashboard()
    #expect(dashboard.samples.rank == 0)
    _ = dashboard.press(.up)
    #expect(dashboard.samples.rank == 0)
    _ = dashboard.press(.down)
    #expect(dashboard.samples.rank == 1)
    _ = dashboard.press(.pageDown)
    #expect(dashboard.samples.rank == 11)
    _ = dashboard.press(.end)
    #expect(dashboard.samples.rank == 29)
    _ = dashboard.press(.pageUp)
    #expect(dashboard.samples.rank == 19)
    _ = dashboard.press(.home)
    #expect(dashboard.samples.rank == 0 && dashboard.samples.selected == nil)
    #expect(dashboard.state.selectedLayer == 0, "the arrows move images, not layers")
  }

  @Test func aChosenImageStaysWhenTheOrderChanges() {
    var dashboard = dashboard()
    _ = dashboard.press(.down)
    let image = dashboard.samples.order[1]
    let answers = ScriptedEvents.answers(0)
    dashboard.record(
      TrainingEvent(
        .testPredicted(
          TestPredicted(
            predictions: answers.predictions, probabilities: Array(answers.probabilities.reversed()))),
        at: ScriptedEvents.position(0, step: 120)), at: 9)
    #expect(dashboard.samples.order[dashboard.samples.rank] == image)
  }

  @Test func theImageItsLabelAndTheAnswersAreShown() throws {
    let frame = dashboard().render(width: 80, height: 24).lines.joined(separator: "\n")
    let image = try #require(dashboard().samples.order.first)
    let label = ScriptedEvents.testImages.labelName(of: image)
    #expect(frame.contains("1 of 30: test image \(image), \(label)"))
    #expect(frame.contains("right") && frame.contains("wrong"))
    #expect(frame.contains("▀"))
  }

  @Test func withoutAnswersThePageSaysWhenTheyCome() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.beginning)
    _ = dashboard.press(.character("3"))
    #expect(dashboard.render(width: 80, height: 24).lines.joined().contains("after the first epoch"))
    _ = dashboard.press(.down)
    #expect(dashboard.state.selectedLayer == 1, "without images the arrows move layers")
  }

  @Test func aRestartForgetsTheAnswers() {
    var dashboard = dashboard()
    _ = dashboard.press(.down)
    dashboard = dashboard.pressing("ry")
    #expect(dashboard.samples.order.isEmpty && dashboard.samples.selected == nil)
  }
}

@Suite struct DashboardSettingsTests {
  @Test func settingsOfAnEarlierVersionAreRead() throws {
    let old = Data(
      #"{"page": "Comparison", "smoothing": 0.9, "charts": ["gap"], "isLogarithmic": true}"#.utf8)
    let settings = try JSONDecoder().decode(DashboardSettings.self, from: old)
    var expected = DashboardSettings()
    expected.page = ComparisonPage.title
    expected.smoothing = 0.9
    expected.charts = ["gap"]
    #expect(settings == expected)
  }

  @Test(arguments: ["1", "-0.1", "5.9", "1e300"])
  func aSmoothingThatHidesTheCurvesIsRefused(smoothing: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DashboardSettings.self, from: Data("{\"smoothing\": \(smoothing)}".utf8))
    }
  }

  /// A key that was hit by accident used to leave the next session without colours, or on another page.
  @Test func whatAKeyTurnsOnOrOffIsForTheSession() {
    let before = ReplicatedEvents.dashboard(steps: 100)
    let after = before.pressing("cM1b2345LL3")
    #expect(after.state.settings != before.state.settings)
    #expect(after.state.kept == before.state.kept)
  }

  @Test func whatIsKeptIsToldInTheHelpAndCanBeReset() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("G")
    #expect(dashboard.state.message == "block glyphs, kept for the next start; Z resets")
    dashboard = dashboard.pressing("TT")
    #expect(dashboard.state.message == "high contrast, kept for the next start; Z resets")
    dashboard = dashboard.pressing("m")
    #expect(dashboard.state.message == "smoothing 0.9, kept for the next start; Z resets")
    #expect(dashboard.state.kept.glyphs == .block && dashboard.state.kept.theme == .contrast)
    var help = dashboard.pressing("?")
    var text = ""
    while help.helpPage != nil {
      text += help.render(width: 80, height: 24).lines.joined(separator: " ")
      help = help.pressing("?")
      help.closeHelp(behindLastPageOf: 80, 24)
    }
    let words = text.split { " │".contains($0) }.joined(separator: " ")
    #expect(
      words.contains(
        "glyphs (G): block; colours (T): high contrast; charts (C): loss, accuracy; smoothing (m): 0.9. Z resets"
      ))
    #expect(dashboard.pressing("Zn").state.kept == dashboard.state.kept)
    dashboard = dashboard.pressing("Zy")
    #expect(dashboard.state.kept == DashboardSettings() && dashboard.state.settings == DashboardSettings())
  }

  @Test func settingsSurviveARoundTrip() throws {
    var settings = DashboardSettings()
    settings.glyphs = .block
    settings.page = LayersPage.title
    settings.showsColors = false
    settings.usesMouse = true
    #expect(
      try JSONDecoder().decode(DashboardSettings.self, from: JSONEncoder().encode(settings)) == settings)
  }
}
