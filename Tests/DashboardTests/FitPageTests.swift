import Datasets
import Experiment
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

/// The page of what a regression gives, and what the other pages make of a task without accuracy.
@Suite struct FitPageTests {
  private static func configuration(_ preset: Preset, run: Int) -> RunConfiguration {
    let settings = preset.settings.changed(by: preset.runs[run].changes)
    return (try? settings.configuration()) ?? RunConfiguration()
  }

  /// Runs of a preset after an epoch, with losses and weights that are made up.
  static func events(_ preset: Preset, losses: [Double]) -> [TrainingEvent] {
    losses.indices.flatMap { run -> [TrainingEvent] in
      let configuration = configuration(preset, run: run)
      let steps = configuration.stepsPerEpoch(available: 0)
      let end = RunPosition(
        run: RunID(run), step: steps * configuration.epochs, epoch: configuration.epochs, batch: steps)
      let evaluated = { (epoch: Int, factor: Double) in
        TrainingEvent(
          .epochEvaluated(
            EpochEvaluated(
              metrics: [
                .runningTrainLoss: losses[run] * factor * 1.1, .trainLoss: losses[run] * factor * 0.9,
                .testLoss: losses[run] * factor, .weightNorm: 13.5 / Double(1 + 30 * run),
              ], trainedSamples: configuration.samples, trainingSeconds: 0.01, evaluationSeconds: 0.01)),
          at: RunPosition(run: RunID(run), step: steps * epoch, epoch: epoch, batch: steps))
      }
      return [
        TrainingEvent(
          .runStarted(
            RunStarted(
              name: preset.runs[run].name ?? "", configuration: configuration,
              parameterCount: configuration.features, trainCount: configuration.samples,
              testCount: configuration.testSamples, stepsPerEpoch: steps, threads: 1)),
          at: .beginning(of: RunID(run))),
        evaluated(configuration.evaluationInterval, 100), evaluated(configuration.epochs, 1),
        TrainingEvent(.samplesFitted(fit(configuration, run: run)), at: end),
        TrainingEvent(.runEnded(RunEnded(.completed)), at: end),
      ]
    }
  }

  private static func fit(_ configuration: RunConfiguration, run: Int) -> SamplesFitted {
    guard let synthesis = configuration.dataset.synthesis else {
      return SamplesFitted(predictions: [], curve: [], weights: [], bias: nil)
    }
    let weights = synthesis.trueWeights(features: configuration.features).enumerated().map { place, weight in
      weight + Double((place * 7 + run) % 5 - 2) / Double(10 * (1 + run))
    }
    let isPolynomial = synthesis.kind == .polynomial
    let targets = synthesis.samples(
      split: 1, count: configuration.testSamples, features: configuration.features,
      seed: configuration.syntheticSize.seed
    ).targets
    return SamplesFitted(
      predictions: targets.enumerated().map { Double($1) * (run == 0 ? Double($0 % 7 - 3) : 0.8) },
      curve: isPolynomial
        ? SamplesFitted.grid.map { x in
          zip(weights, Synthesis.powers(of: x, count: weights.count)).reduce(0) { $0 + $1.0 * $1.1 }
        } : [],
      weights: weights, bias: isPolynomial ? nil : 0.04)
  }

  static func dashboard(_ preset: Preset, losses: [Double], glyphs: GlyphSet = .braille) -> DashboardScreen {
    var dashboard = DashboardScreen(
      DashboardState(
        caption: "100 + 100 samples (made)", terminalGlyphs: glyphs, task: .regression))
    for event in events(preset, losses: losses) { dashboard.record(event, at: 1) }
    return dashboard
  }

  @Test(arguments: [GlyphSet.braille, .block, .ascii])
  func fitsAreAsRecorded(glyphs: GlyphSet) throws {
    for (name, preset, losses) in [
      ("polynomial", Preset.polynomial, [0.01, 12.5, 0.018]), ("linear", .weightDecay, [180, 0.43]),
    ] {
      let dashboard = Self.dashboard(preset, losses: losses, glyphs: glyphs).pressing("3")
      for (width, height) in [(80, 24), (100, 30)] {
        try GoldenFrameTests.compare(
          dashboard.renderPage(width: width, height: height),
          "fit-\(name)-\(glyphs.rawValue)-\(width)x\(height)")
      }
    }
  }

  private func text(_ dashboard: DashboardScreen, _ width: Int = 100, _ height: Int = 30) -> String {
    dashboard.render(width: width, height: height).lines.joined(separator: "\n")
  }

  /// Lines were named `● ━ ● 4 features`.
  @Test func theLegendHasEachMarkOnce() {
    let text = text(Self.dashboard(.polynomial, losses: [0.01, 12.5, 0.018]).pressing("3"))
    #expect(text.contains("● ━ 4 features") && text.contains("▲ ━ 20 features"))
  }

  /// Among runs that drop nothing the loss with dropout on is none of the figures.
  @Test func nothingTellsOfDropoutWhereThereIsNone() {
    let dashboard = Self.dashboard(.weightDecay, losses: [180, 0.43])
    for key in ["1", "2", "1,", "8"] {
      let text = text(dashboard.pressing(key))
      #expect(!text.contains("dropout"), "\(text)")
    }
    #expect(text(dashboard.pressing("2")).contains("│ train loss  "))
  }

  @Test func pagesOfClassesAreNotThere() {
    let dashboard = Self.dashboard(.polynomial, losses: [0.01, 12.5, 0.018])
    let tabs = text(dashboard).split(separator: "\n")[0]
    #expect(tabs.contains("3 Fit") && !tabs.contains("Samples") && !tabs.contains("Calibration"))
    #expect(text(dashboard.pressing("5")).contains("Calibration is about the probabilities of classes"))
    #expect(HelpView.curves(of: .regression).contains { $0.contains("they tell of classes") })
    let usual = text(ScriptedEvents.dashboard(ScriptedEvents.finished)).split(separator: "\n")[0]
    #expect(usual.contains("3 Samples") && !usual.contains("Fit"))
  }

  @Test(arguments: ["1", "2", "3", "4"])
  func noPageTellsOfAccuracy(key: String) {
    for (preset, losses) in [(Preset.polynomial, [0.01, 12.5, 0.018]), (.weightDecay, [180, 0.43])] {
      let dashboard = Self.dashboard(preset, losses: losses).pressing(key)
      for (width, height) in [(80, 24), (100, 30), (160, 50), (40, 10)] {
        let text = text(dashboard, width, height)
        #expect(!text.contains("acc") && !text.contains("%  ") && !text.contains("points"), "\(text)")
      }
    }
  }

  @Test func lossesHaveALogarithmicAxisBesideTheNormOfTheWeights() {
    let dashboard = Self.dashboard(.weightDecay, losses: [180, 0.43])
    #expect(text(dashboard).contains("norm of all weights"))
    #expect(text(dashboard).contains("10000┤") || text(dashboard).contains("1e4┤"))
    #expect(text(dashboard.pressing("l")).contains("linear axes"))
  }

  @Test func lowerIsBetterInWordsAndSigns() {
    let text = text(Self.dashboard(.weightDecay, losses: [180, 0.43]).pressing("2"))
    #expect(text.contains("+179.57"))
  }

  @Test func theSentenceTellsWhatTheBooksFigureHides() {
    var dashboard = Self.dashboard(.polynomial, losses: [0.01, 12.5, 0.018]).pressing("3")
    #expect(text(dashboard).contains("miss the test samples about alike"))
    dashboard = dashboard.pressing("\t")
    #expect(text(dashboard).contains("Underfitting: 2 features cannot follow"))
    dashboard = dashboard.pressing("\t")
    #expect(text(dashboard).contains("What the book's figure hides: with 20 features"))
    let decayed = Self.dashboard(.weightDecay, losses: [180, 0.43]).pressing("3\t")
    #expect(text(decayed).contains("only decays") && text(decayed).contains("0.027"))
  }

  @Test func theExactSolutionByDegreeIsAU() {
    let text = text(Self.dashboard(.polynomial, losses: [0.01, 12.5, 0.018]).pressing("3x"))
    #expect(text.contains("error of the exact solution by degree, median of 200 seeds"))
    let lines = DegreeCurveView(glyphs: .braille).lines(width: 98)
    #expect(lines.contains { $0.hasPrefix("20 samples, test") && $0.contains("0.014") })
    #expect(lines.contains { $0.hasPrefix("100 samples, test") && $0.contains("0.01") })
    #expect(lines.joined(separator: " ").contains("never reaches the directions of high order"))
  }

  @Test func aRunWithoutAnswersIsTold() {
    var dashboard = DashboardScreen(
      DashboardState(caption: "", terminalGlyphs: .braille, task: .regression))
    dashboard.record(Self.events(.polynomial, losses: [0.01])[0], at: 1)
    #expect(text(dashboard.pressing("3")).contains("known after epoch 20"))
  }
}
