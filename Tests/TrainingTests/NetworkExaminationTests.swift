import Datasets
import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct NetworkExaminationTests {
  private static let questions: [TrainingCommand] = [
    .examine(images: [0, 99], passes: 30), .measureUncertainty(passes: 10),
  ]

  private static func isAnswer(_ event: TrainingEvent) -> Bool {
    switch event.kind {
    case .imagesExamined, .uncertaintyMeasured: true
    default: false
    }
  }

  /// A run that is asked questions at its beginning, while paused, under way and in the end.
  private static func examinedRun() -> [TrainingEvent] {
    let run = SteeredRun(isWatched: true) {
      $0.epochs = 2
      $0.inputDropout = 0.1
      $0.batchNorm = true
    }
    var events: [TrainingEvent] = []
    func ask() {
      for question in questions {
        run.send(question)
        events += run.collect(until: isAnswer)
      }
    }
    run.send(.pause)
    run.engine.start()
    events += run.collect { if case .paused = $0.kind { true } else { false } }
    ask()
    run.send(.advanceOneStep)
    events += run.collect { if case .paused = $0.kind { true } else { false } }
    ask()
    for question in questions { run.send(question) }
    run.send(.resume)
    events += run.collect { if case .runEnded = $0.kind { true } else { false } }
    ask()
    run.send(.stop)
    run.engine.waitUntilEnded()
    return events
  }

  @Test func aRunThatIsAskedEndsWithTheSameBits() {
    let events = Self.examinedRun()
    var configuration = SmallExperiment.configuration
    configuration.epochs = 2
    configuration.inputDropout = 0.1
    configuration.batchNorm = true
    let alone = SmallExperiment.events(configuration)
    #expect(events.evaluations().map(\.metrics) == alone.evaluations().map(\.metrics))
    #expect(events.steps().map(\.lossSum) == alone.steps().map(\.lossSum))
    #expect(events.count(where: Self.isAnswer) == 8, "it answers at once, also while paused and at the end")
  }

  @Test func theAnswersFitTheRunAndEachOther() throws {
    let events = Self.examinedRun()
    let examined = try #require(
      events.compactMap {
        if case .imagesExamined(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
      }.last)
    let measured = try #require(
      events.compactMap {
        if case .uncertaintyMeasured(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
      }.last)
    let answers = try #require(
      events.compactMap {
        if case .testPredicted(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
      }.last)
    #expect(examined.position == answers.position && measured.position == answers.position)
    #expect(examined.images.map(\.image) == [0, 99])
    #expect(measured.passes == 10 && measured.seconds > 0)
    for image in examined.images {
      #expect(image.monteCarlo.passes == 30)
      for (label, probability) in image.probabilities.enumerated() {
        #expect(abs(probability - answers.details.probability(image: image.image, class: label)) < 1e-4)
      }
    }
    let labels = SmallExperiment.dataset.test.labels
    #expect(measured.answers.predictions.count == labels.count)
    #expect(measured.predictiveEntropies.count == labels.count)
    #expect(measured.mutualInformation.count == labels.count)
    for (entropy, information) in zip(measured.predictiveEntropies, measured.mutualInformation) {
      #expect(information >= 0 && information <= entropy && entropy <= 2.302_586)
    }
    #expect(measured.mutualInformation.contains { $0 > 0.01 })
  }

  @Test func oneImageIsAnsweredAsAmongAll() throws {
    let images = SmallExperiment.dataset.test
    let network = try SmallExperiment.configuration.makeNetwork(
      sample: .units(images.pixelsPerImage), classes: 10)
    let examination = NetworkExamination(
      network: network, configuration: seeded(7), images: images, team: ThreadTeam(threads: 1))
    let all = examination.measureUncertainty(passes: 60)
    for image in [0, 7, 8, 99].map({ examination.examine($0, passes: 60) }) {
      #expect(
        abs(Double(all.mutualInformation[image.image]) - image.monteCarlo.mutualInformation) < 1e-6)
      #expect(try Int(all.answers.predictions[image.image]) == #require(image.monteCarlo.prediction))
    }
  }

  @Test(arguments: [
    TrainingCommand.examine(images: [100], passes: 5), .examine(images: [-1], passes: 5),
    .examine(images: [0], passes: 0), .measureUncertainty(passes: 0),
  ])
  func aQuestionWithoutAnswerIsIgnored(command: TrainingCommand) throws {
    let images = SmallExperiment.dataset.test
    let network = try SmallExperiment.configuration.makeNetwork(
      sample: .units(images.pixelsPerImage), classes: 10)
    let examination = NetworkExamination(
      network: network, configuration: seeded(7), images: images, team: ThreadTeam(threads: 1))
    #expect(examination.answers(to: command, step: 1).isEmpty)
  }
}
