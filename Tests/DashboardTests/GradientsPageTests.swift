import Experiment
import Foundation
import NeuralNetwork
import TerminalUI
import Testing

@testable import Dashboard

/// The pages of gradients and of weights, for runs whose figures are made up.
@Suite struct GradientsPageTests {
  private static let kinds: [(name: String, activation: Activation, rule: String, factor: Double)] =
    [
      ("sigmoid N(0,0.01²)", .sigmoid, "normal=0.01:0", 0.04),
      ("sigmoid Xavier", .sigmoid, "xavier", 0.25),
      ("ReLU He", .relu, "he", 1), ("ReLU N(0,1)", .relu, "normal=1:0", 11.3),
    ]

  private static func configuration(_ run: Int) -> RunConfiguration {
    var configuration = RunConfiguration()
    configuration.hiddenWidths = Array(repeating: 256, count: 8)
    configuration.dropout = configuration.hiddenWidths.map { _ in 0 }
    configuration.activation = kinds[run].activation
    configuration.initialization = Initialization(text: kinds[run].rule) ?? .he
    return configuration
  }

  private static func position(_ run: Int, _ step: Int) -> RunPosition {
    RunPosition(run: RunID(run), step: step, epoch: 1, batch: step)
  }

  /// Four runs of one epoch, of which the last one diverges.
  static func events(runs: Int = 4) -> [TrainingEvent] {
    (0..<runs).flatMap { run -> [TrainingEvent] in
      let (name, _, _, factor) = kinds[run]
      var events = [
        TrainingEvent(
          .runStarted(
            RunStarted(
              name: name, configuration: configuration(run), parameterCount: 664_074,
              trainCount: 10_000,
              testCount: 1000, stepsPerEpoch: 200, threads: 1)), at: .beginning(of: RunID(run)))
      ]
      let last = run == 3 ? 1 : 200
      for step in (1...last) where LayersMeasured.measures(step: step) {
        let norms = (0..<9).map { layer in
          pow(factor, Double(8 - layer)) * 0.5 * (run == 0 ? 1 : 1 + Double(step * layer) / 300)
        }
        events.append(
          TrainingEvent(
            .stepsCompleted(
              StepsCompleted(
                count: 1, samples: 50, lossSum: 100, correct: 20, trainingSeconds: 0.01)),
            at: position(run, step)))
        events.append(
          TrainingEvent(
            .layersMeasured(
              LayersMeasured(
                gradientNorms: norms, signalNorms: Array(norms.dropLast()),
                activationSpreads: norms.dropLast().map { 0.2 / $0.squareRoot() })),
            at: position(run, step)))
      }
      if run == 3 {
        events.append(
          TrainingEvent(
            .runEnded(
              RunEnded(.diverged(message: "the training loss became NaN at step 2, epoch 1"))),
            at: position(run, 1)))
      } else {
        events.append(
          TrainingEvent(
            .epochEvaluated(
              EpochEvaluated(
                metrics: [
                  .trainAccuracy: 0.1, .testLoss: 2.3, .testAccuracy: run == 2 ? 0.71 : 0.1,
                ],
                trainedSamples: 10_000, trainingSeconds: 1, evaluationSeconds: 0.1)),
            at: position(run, 200)))
      }
      return events
    }
  }

  /// What is seen of made-up weights.
  static func weights(_ run: Int) -> TrainingEvent {
    let layers = (0..<2).map { layer in
      WeightObservation(
        count: layer == 0 ? 50_176 : 640, smallShare: run == 1 ? 0.61 : 0.02 * Double(layer + 1),
        smallest: -0.412, largest: 0.388 + Double(run),
        histogram: (0..<48).map { bin in Int(5000 * exp(-Double((bin - 24) * (bin - 24)) / 30)) })
    }
    let pictures = (0..<16).map { unit in
      WeightPicture(
        unit: unit,
        levels: (0..<784).map { pixel in
          let (row, column) = pixel.quotientAndRemainder(dividingBy: 28)
          return Int8(max(-127, min(127, (row - 14) * 9 + (unit % 4 - 2) * column)))
        })
    }
    return TrainingEvent(
      .weightsObserved(WeightsObserved(layers: layers, pictures: pictures)), at: position(run, 200))
  }

  private static let sizes = [(80, 24), (100, 30)]

  @Test(arguments: GoldenFrameTests.glyphSets)
  func gradientsAreAsRecorded(glyphs: GlyphSet) throws {
    let dashboard = ScriptedEvents.dashboard(Self.events(), glyphs: glyphs).pressing("7")
    for (width, height) in Self.sizes {
      try GoldenFrameTests.compare(
        dashboard.renderPage(width: width, height: height),
        "gradients-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test func gradientsNeedNoColors() throws {
    let dashboard = ScriptedEvents.dashboard(Self.events()).pressing("7c\t\t\t")
    try GoldenFrameTests.compare(dashboard.renderPage(width: 80, height: 24), "gradients-no-color")
  }

  /// Most of the screen was empty.
  @Test(arguments: [(80, 24), (100, 30), (160, 50)]) func thereAreCurvesWhereThereIsRoom(
    width: Int, height: Int
  ) {
    let measured = (1...100).flatMap { step -> [TrainingEvent] in
      let norms = [0.02, 0.2, 0.8].map { $0 / Double(step) }
      let layers = LayersMeasured(gradientNorms: norms, signalNorms: [1, 1], activationSpreads: [1, 1])
      return (0..<2).map { TrainingEvent(.layersMeasured(layers), at: Self.position($0, step)) }
    }
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle + measured).pressing("7")
    let lines = dashboard.renderPage(width: width, height: height).lines
    // A row of the chart has its axis at least.
    let empty = lines.filter { line in line.allSatisfy { " │".contains($0) } && line.count { $0 == "│" } < 3 }
    #expect(empty.isEmpty, "\(lines.joined(separator: "\n"))")
    #expect(lines.contains { $0.contains("╭ gradient by step ─") })
    #expect(
      ["· layer 1", "· layer 2", "· output"].allSatisfy { name in lines.contains { $0.contains(name) } })
    #expect(!dashboard.renderPage(width: 80, height: 20).lines.joined().contains("gradient by step"))
  }

  @Test func gradientsOfOneRunAreAsRecorded() throws {
    let dashboard = ScriptedEvents.dashboard(Self.events(runs: 1)).pressing("7")
    try GoldenFrameTests.compare(dashboard.renderPage(width: 80, height: 24), "gradients-alone")
  }

  @Test(arguments: GoldenFrameTests.glyphSets)
  func weightsAreAsRecorded(glyphs: GlyphSet) throws {
    let events = Self.events(runs: 3) + (0..<3).map(Self.weights)
    for (name, keys) in [("weights", "8"), ("weights-pictures", "8v")] {
      let dashboard = ScriptedEvents.dashboard(events, glyphs: glyphs).pressing(keys)
      for (width, height) in Self.sizes {
        try GoldenFrameTests.compare(
          dashboard.renderPage(width: width, height: height),
          "\(name)-\(glyphs.rawValue)-\(width)x\(height)")
      }
    }
  }

  @Test func weightPicturesNeedNoColors() throws {
    let dashboard = ScriptedEvents.dashboard(Self.events(runs: 1) + [Self.weights(0)]).pressing(
      "8vc")
    try GoldenFrameTests.compare(
      dashboard.renderPage(width: 80, height: 24), "weights-pictures-no-color")
  }

  /// On a low screen the layers between the first and the last could not be seen at all.
  @Test func everyLayersWeightsAreReached() {
    let layers = (0..<9).map { _ in
      WeightObservation(count: 640, smallShare: 0.1, smallest: -1, largest: 1, histogram: [1, 2, 1])
    }
    let observed = TrainingEvent(
      .weightsObserved(WeightsObserved(layers: layers, pictures: [])), at: Self.position(0, 200))
    var dashboard = ScriptedEvents.dashboard(Self.events(runs: 1) + [observed]).pressing("8")
    func text() -> String { dashboard.render(width: 80, height: 24).lines.joined(separator: "\n") }
    #expect(text().contains("layer 1,") && text().contains("6 more below, ↑↓"), "\(text())")
    var seen: Set<String> = []
    for _ in 0..<9 {
      for match in text().matches(of: #/(layer \d|output),/#) { seen.insert(String(match.1)) }
      _ = dashboard.press(.down)
    }
    #expect(seen.count == 9, "\(seen.sorted())")
    #expect(text().contains("6 more above") && !text().contains("below,"), "\(text())")
    _ = dashboard.press(.up)
    #expect(text().contains("1 more below"), "the selected layer stays in sight: \(text())")
  }

  @Test func aNetworkThatMovesIsAskedOnceASecondAndOneThatRestsOnce() {
    var (asked, run) = (AskedNetworks(), ScriptedEvents.dashboard(ScriptedEvents.middle).state.runs[0])
    func isDue(_ wanted: [Int] = [], step: Int, seconds: Double) -> Bool {
      asked.isDue(run, about: wanted, at: step, seconds: seconds)
    }
    #expect(isDue(step: 1, seconds: 0))
    #expect(!isDue(step: 2, seconds: 0.9) && isDue(step: 2, seconds: 1))
    #expect(!isDue(step: 2, seconds: 9), "nothing is new")
    #expect(isDue([3], step: 2, seconds: 9), "something else is wanted")
    run = ScriptedEvents.dashboard(ScriptedEvents.paused).state.runs[0]
    #expect(isDue([3], step: 3, seconds: 9.1), "a single step of a run that waits")
  }

  @Test func weightsAreAskedForWhileTheirPageIsShown() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.observed)
    func asked() -> [RunID] {
      dashboard.takeQuestions().compactMap { effect in
        if case .send(.observeWeights, let run) = effect { run } else { nil }
      }
    }
    #expect(asked().isEmpty)
    _ = dashboard.press(.character("8"))
    #expect(asked() == [RunID(0), RunID(1)])
    #expect(asked().isEmpty)
  }

  @Test(arguments: [
    (0, "Layer 1 receives 6.6e−12 of the output"), (2, "within a factor of 6.3"),
    (3, "Diverged: the training loss"),
  ])
  func aSentenceSaysWhatIsToBeSeen(run: Int, words: String) {
    var dashboard = ScriptedEvents.dashboard(Self.events()).pressing("7")
    for _ in 0..<run { _ = dashboard.press(.tab) }
    let text = dashboard.renderPage(width: 100, height: 30).lines.joined(separator: " ")
    #expect(text.contains(words), "\(text)")
  }
}
