import Experiment
import TerminalUI

@testable import Dashboard

/// Events of two runs whose figures are made up but plausible.
struct ScriptedEvents {
  static let stepsPerEpoch = 20

  static func configuration(dropout: [Double] = [0.2, 0.5]) -> RunConfiguration {
    var configuration = RunConfiguration()
    configuration.dropout = dropout
    return configuration
  }

  static func started(_ run: Int, with change: (inout RunConfiguration) -> Void = { _ in }) -> TrainingEvent {
    var configuration = configuration(dropout: run == 0 ? [0.2, 0.5] : [0, 0])
    change(&configuration)
    return TrainingEvent(
      .runStarted(
        RunStarted(
          name: run == 0 ? "with dropout" : "without dropout", configuration: configuration,
          parameterCount: 269_322, trainCount: 5120, testCount: 1000, stepsPerEpoch: stepsPerEpoch, threads: 1
        )), at: .beginning(of: RunID(run)))
  }

  /// A fork of another run, with a smaller learning rate.
  static func forked(_ run: Int, from parent: Int, after step: Int) -> TrainingEvent {
    var configuration = configuration(dropout: parent == 1 ? [0, 0] : [0.2, 0.5])
    configuration.learningRate = Double(run) / 20
    return TrainingEvent(
      .runStarted(
        RunStarted(
          name: "lr \(Double(run) / 20) from \(RunID(parent).letter)", configuration: configuration,
          parameterCount: 269_322, trainCount: 5120, testCount: 1000, stepsPerEpoch: stepsPerEpoch,
          threads: 1, forkedFrom: ForkPoint(run: RunID(parent), step: step))), at: position(run, step: step))
  }

  /// The steps of a fork, with its epochs.
  static func forkedSteps(_ run: Int, _ range: ClosedRange<Int>) -> [TrainingEvent] {
    range.flatMap { number in
      [step(run, number)]
        + (number % stepsPerEpoch == 0 ? [evaluated(run, epoch: number / stepsPerEpoch)] : [])
    }
  }

  /// Two runs and one that was forked from A within its fourth epoch.
  static var threeRuns: [TrainingEvent] {
    var events = [started(0), started(1)] + steps(1...70)
    events.append(forked(2, from: 0, after: 70))
    events += steps(71...130)
    return events + forkedSteps(2, 71...110)
  }

  /// Two runs and six forks, the last of them forked from a fork.
  static var eightRuns: [TrainingEvent] {
    var events = threeRuns
    for run in 3...7 {
      let first = 40 + 8 * run
      events.append(forked(run, from: run == 7 ? 2 : run % 2, after: first))
      events += forkedSteps(run, first + 1...120)
    }
    return events
  }

  /// As many runs as a session can have: two and 24 forks.
  static var manyRuns: [TrainingEvent] {
    var events = eightRuns
    for run in 8..<RunID.largestCount {
      events.append(forked(run, from: run % 2, after: 100))
      events += forkedSteps(run, 101...120)
    }
    return events
  }

  static func position(_ run: Int, step: Int) -> RunPosition {
    RunPosition(
      run: RunID(run), step: step, epoch: (step - 1) / stepsPerEpoch + 1,
      batch: (step - 1) % stepsPerEpoch + 1)
  }

  static func step(_ run: Int, _ step: Int) -> TrainingEvent {
    let loss = 2.3 / (1 + Double(step) / 15) + (run == 0 ? 0.06 : 0)
    let correct = Int(256 * (1 - loss / 2.6))
    return TrainingEvent(
      .stepsCompleted(
        StepsCompleted(
          count: 1, samples: 256, lossSum: loss * 256, correct: correct, trainingSeconds: Double(step) * 0.01)
      ), at: position(run, step: step))
  }

  static func evaluated(_ run: Int, epoch: Int) -> TrainingEvent {
    let loss = 2.0 / (1 + Double(epoch))
    let offset = run == 0 ? 0.0 : 0.01
    return TrainingEvent(
      .epochEvaluated(
        EpochEvaluated(
          metrics: [
            .runningTrainLoss: loss + 0.05,
            .runningTrainAccuracy: 0.88 - loss / 4,
            .trainLoss: loss - offset,
            .trainAccuracy: 0.9 - loss / 4 + offset,
            .testLoss: loss + 0.03 + offset,
            .testAccuracy: 0.88 - loss / 4 - offset / 2,
          ], trainedSamples: 5120, trainingSeconds: 0.2, evaluationSeconds: 0.05)),
      at: position(run, step: epoch * stepsPerEpoch))
  }

  /// Test images of a bright square each, at a place that tells the class.
  static let testImages = TestImages(
    height: 28, width: 28, pixels: (0..<30).flatMap(pixels), labels: (0..<30).map { UInt8($0 % 10) },
    classNames: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
      "Ankle boot",
    ])

  private static func pixels(of image: Int) -> [UInt8] {
    let square = (row: image % 10 / 4 + 1, column: image % 10 % 4)
    return (0..<784).map { pixel in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: 28)
      return row / 6 == square.row && column / 6 == square.column ? UInt8(255 - image) : UInt8(column)
    }
  }

  /// A run's answers: right but for every seventh image of A and every fifth of B, with made-up probabilities.
  static func answers(_ run: Int) -> TestPredicted {
    var answers = TestPredicted(predictions: [], probabilities: [])
    for image in 0..<30 {
      let isWrong = image % (run == 0 ? 7 : 5) == 3
      let prediction = (isWrong ? image + 1 : image) % 10
      let rest = UInt16(100 * image + 50 * run)
      answers.predictions.append(UInt8(prediction))
      answers.probabilities += (0..<10).map { $0 == prediction ? 65_535 - 9 * rest : rest }
    }
    return answers
  }

  /// The same as an event after an epoch.
  static func predicted(_ run: Int, epoch: Int) -> TrainingEvent {
    TrainingEvent(.testPredicted(answers(run)), at: position(run, step: epoch * stepsPerEpoch))
  }

  /// What A says in passes with dropout, and B without, of some test images.
  static func examined(_ run: Int, images: [Int], epoch: Int) -> TrainingEvent {
    let examined = images.map { image in
      let passes = (0..<10).map { pass in
        (0..<10).map { label -> Float in
          let votes = (run == 0 && pass % 4 == 1) ? (image + 1) % 10 : image % 10
          return label == votes ? 0.73 : 0.03
        }
      }
      return ExaminedImage(
        image: image, probabilities: passes[0].map(Double.init),
        monteCarlo: MonteCarloPrediction(probabilities: passes.flatMap(\.self), classes: 10))
    }
    return TrainingEvent(
      .imagesExamined(ImagesExamined(images: examined)), at: position(run, step: epoch * stepsPerEpoch))
  }

  /// How sure a run is of every test image in passes with dropout: of later ones less, by mutual information of odd ones.
  static func measured(_ run: Int, epoch: Int) -> TrainingEvent {
    TrainingEvent(
      .uncertaintyMeasured(
        UncertaintyMeasured(
          passes: 20, seconds: 0.25, answers: answers(run),
          predictiveEntropies: (0..<30).map { Float($0) / 20 },
          mutualInformation: (0..<30).map { run == 1 ? 0 : $0 % 2 == 1 ? Float($0) / 30 : Float($0) / 100 })),
      at: position(run, step: epoch * stepsPerEpoch))
  }

  /// Many answers whose probabilities and rightness are made up, so that there is something to judge.
  static func manyAnswers(_ run: Int) -> TestPredicted {
    var answers = TestPredicted(predictions: [], probabilities: [])
    for image in 0..<1000 {
      let confidence = 0.15 + 0.85 * Double(image * 37 % 1000) / 1000
      let isRight = Double(image * 61 % 1000) / 1000 < confidence - (run == 0 ? 0 : 0.15)
      let prediction = (isRight ? image : image + 1) % 10
      answers.predictions.append(UInt8(prediction))
      answers.probabilities += (0..<10).map { label in
        UInt16(65_535 * (label == prediction ? confidence : (1 - confidence) / 9))
      }
    }
    return answers
  }

  /// As many test images as those answers are to.
  static let manyImages = TestImages(
    height: 1, width: 1, pixels: [UInt8](repeating: 0, count: 1000),
    labels: (0..<1000).map { UInt8($0 % 10) },
    classNames: testImages.classNames)

  /// What is known of the calibration of both runs, also by passes with dropout.
  static var judged: [TrainingEvent] {
    middle
      + (0..<2).flatMap { run -> [TrainingEvent] in
        let answers = manyAnswers(run)
        let information = (0..<1000).map { image in
          Float(1 - answers.confidence(image: image)) * (image % 3 == 0 ? 0.5 : 0.3)
        }
        return [
          TrainingEvent(.testPredicted(answers), at: position(run, step: 100)),
          TrainingEvent(
            .uncertaintyMeasured(
              UncertaintyMeasured(
                passes: 20, seconds: 0.25, answers: answers, predictiveEntropies: information,
                mutualInformation: information)), at: position(run, step: 100)),
        ]
      }
  }

  /// What is seen of the layers of a run.
  static func layers(_ run: Int, step: Int) -> TrainingEvent {
    let hidden = [784, 256].enumerated().map { layer, inputs in
      LayerObservation(
        inputs: inputs, units: 256, weightNorm: 8.051 + Double(layer), gradientNorm: 0.79351,
        activations: ActivationObservation(
          zeroShare: 0.717, silentUnits: 18 + layer, smallest: 0, largest: 3.23,
          histogram: (0..<32).map { 10_000 >> $0 },
          mask: run == 0 ? (0..<256).map { $0 % 5 != 0 || layer == 1 && $0 % 2 == 0 } : []))
    }
    let output = LayerObservation(
      inputs: 256, units: 10, weightNorm: 5.661, gradientNorm: 0.52833, activations: nil)
    return TrainingEvent(
      .layersObserved(LayersObserved(layers: hidden + [output])), at: position(run, step: step))
  }

  static var observed: [TrainingEvent] {
    middle + [
      layers(0, step: 105), layers(1, step: 105), predicted(0, epoch: 5),
      predicted(1, epoch: 5),
    ]
  }

  /// The events of `steps` steps of both runs.
  static func steps(_ range: ClosedRange<Int>) -> [TrainingEvent] {
    range.flatMap { number in
      (0..<2).flatMap { run in
        [step(run, number)]
          + (number % stepsPerEpoch == 0 ? [evaluated(run, epoch: number / stepsPerEpoch)] : [])
      }
    }
  }

  static func ended(_ run: Int, step: Int, _ reason: RunEnded.Reason = .completed) -> TrainingEvent {
    TrainingEvent(.runEnded(RunEnded(reason)), at: position(run, step: step))
  }

  /// The dashboard after some events, a hundredth of a second apart.
  static func dashboard(
    _ events: [TrainingEvent], glyphs: GlyphSet = .braille, settings: DashboardSettings = DashboardSettings(),
    terminalColors: TerminalTraits.Colors = .palette256, testImages: TestImages = testImages
  ) -> DashboardScreen {
    var dashboard = DashboardScreen(
      DashboardState(
        caption: "5,120 + 1,000 images (sample) · 784-256-256-10 · sgd lr 0.5 · batch 256 · seed 1",
        settings: settings, terminalGlyphs: glyphs, terminalColors: terminalColors, testImages: testImages))
    for (index, event) in events.enumerated() { dashboard.record(event, at: Double(index) * 0.01) }
    return dashboard
  }

  static var beginning: [TrainingEvent] { [started(0), started(1)] + steps(1...7) }
  static var steps30: [TrainingEvent] { [started(0), started(1)] + steps(1...30) }
  static var middle: [TrainingEvent] { [started(0), started(1)] + steps(1...105) }
  static var paused: [TrainingEvent] {
    middle + [
      TrainingEvent(.paused(Paused()), at: position(0, step: 105)),
      TrainingEvent(.paused(Paused()), at: position(1, step: 105)),
    ]
  }
  static var changed: [TrainingEvent] {
    let change = SettingChanged(.dropout, layer: 1, from: .number(0.5), to: .number(0.6))
    return middle + [TrainingEvent(.settingChanged(change), at: position(0, step: 105))] + steps(106...130)
  }
  static var diverged: [TrainingEvent] {
    [started(0), started(1)] + steps(1...45) + [ended(1, step: 45, .diverged(message: "loss became NaN"))]
      + (46...70).flatMap { [step(0, $0)] + ($0 % 20 == 0 ? [evaluated(0, epoch: $0 / 20)] : []) }
  }
  static var finished: [TrainingEvent] {
    [started(0), started(1)] + steps(1...200) + [ended(0, step: 200), ended(1, step: 200)]
  }
}

extension DashboardScreen {
  var charts: ChartsPage { page() ?? ChartsPage() }
  var samples: SamplesPage { page() ?? SamplesPage() }
  var calibration: CalibrationPage { page() ?? CalibrationPage() }

  private func page<Wanted: Page>() -> Wanted? { pages.lazy.compactMap { $0 as? Wanted }.first }

  /// The parts of a screen.
  func areas(
    of screen: Rect
  ) -> (tabs: Rect, header: Rect, notes: Rect, page: Rect, message: Rect, footer: Rect) {
    areas(of: screen, header: HeaderView(state: state, width: screen.width))
  }

  /// The shown page without the chrome, as large as it is on a screen of a size.
  func renderPage(width: Int, height: Int) -> Surface {
    var quiet = self
    quiet.state.message = ""
    let area = quiet.areas(of: Rect(width: width, height: height)).page
    var surface = Surface(width: area.width, height: area.height)
    page.draw(state, on: &surface, in: surface.bounds)
    if !state.drawsColors {
      surface.restyle(surface.bounds) { style in (style.foreground, style.background) = (nil, nil) }
    }
    return surface
  }

  /// The dashboard after some keys; `\t` is the tabulator.
  func pressing(_ keys: String) -> DashboardScreen {
    var dashboard = self
    for key in keys { _ = dashboard.press(key == "\t" ? .tab : .character(key)) }
    return dashboard
  }
}

extension TrainingEvent {
  /// What is told at the start of a run, if it is one.
  var start: RunStarted? {
    if case .runStarted(let start) = self.kind { start } else { nil }
  }
}
