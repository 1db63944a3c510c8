import Datasets
import Experiment
import NeuralNetwork
import Testing

@testable import Training

@Suite struct LabelNoiseTests {
  /// Images of one pixel whose classes take turns.
  private static func images(_ count: Int) -> LabeledImages {
    LabeledImages(
      count: count, height: 1, width: 1, pixels: Array(repeating: 0, count: count),
      labels: (0..<count).map { UInt8($0 % 10) })
  }

  private static func changed(
    _ count: Int, _ probability: Double, seed: UInt64 = 1, classes: Int = 10, of indices: [Int32]? = nil
  ) -> [Int: UInt8] {
    let images = images(count)
    let learned = images.changingLabels(
      of: indices ?? (0..<Int32(count)).map { $0 }, probability: probability, seed: seed, classes: classes)
    return Dictionary(
      uniqueKeysWithValues: (0..<count).filter { learned.labels[$0] != images.labels[$0] }.map {
        ($0, learned.labels[$0])
      })
  }

  /// By an implementation of Philox of its own, in Python: block i of purpose 11 belongs to image i.
  @Test func theChangedLabelsAreThoseOfTheSeed() {
    #expect(
      Self.changed(60, 0.2)
        == [2: 3, 7: 5, 13: 7, 20: 7, 30: 4, 31: 4, 48: 1, 49: 6, 54: 2, 59: 5])
    #expect(Self.changed(60_000, 0.2, seed: 7).count == 11_874)
  }

  @Test(arguments: [0.05, 0.2, 0.5, 0.9], [1, 2, 3] as [UInt64])
  func asManyAreChangedAsTheProbabilitySaysAndToEveryOtherClassAlike(probability: Double, seed: UInt64) {
    let count = 60_000.0
    let changed = Self.changed(60_000, probability, seed: seed)
    let deviation = (count * probability * (1 - probability)).squareRoot()
    #expect(abs(Double(changed.count) - count * probability) < 4 * deviation)
    var steps = [Int](repeating: 0, count: 10)
    for (image, label) in changed { steps[(Int(label) - image % 10 + 10) % 10] += 1 }
    #expect(steps[0] == 0)
    let expected = Double(changed.count) / 9
    for step in steps.dropFirst() {
      #expect(abs(Double(step) - expected) < 4.5 * (expected * 8 / 9).squareRoot())
    }
  }

  @Test func moreNoiseChangesTheSameLabelsAndFurtherOnes() {
    let (few, many) = (Self.changed(1000, 0.1), Self.changed(1000, 0.3))
    #expect(!few.isEmpty && few.count < many.count)
    #expect(few.allSatisfy { many[$0.key] == $0.value })
  }

  @Test func whatElseIsLearnedFromChangesNoLabel() {
    let all = Self.changed(1000, 0.3)
    let half = Self.changed(1000, 0.3, of: (0..<500).map { Int32(2 * $0) })
    #expect(half == all.filter { $0.key.isMultiple(of: 2) } && !half.isEmpty)
    #expect(Self.changed(1000, 0.3, seed: 2) != all)
  }

  @Test func withoutNoiseOrAnotherClassNothingIsChanged() {
    let images = Self.images(20)
    let indices = (0..<20).map { Int32($0) }
    #expect(images.changingLabels(of: indices, probability: 0, seed: 1, classes: 10) == images)
    #expect(images.changingLabels(of: indices, probability: 0.9, seed: 1, classes: 1) == images)
  }

  private static func noisy(_ change: (inout RunConfiguration) -> Void = { _ in }) -> RunConfiguration {
    var configuration = SmallExperiment.configuration
    configuration.labelNoise = 0.3
    configuration.dropout = [0, 0]
    configuration.epochs = 5
    change(&configuration)
    return configuration
  }

  @Test func changedAndUnchangedImagesMakeUpTheTrainingSet() throws {
    let configuration = Self.noisy()
    let images = SmallExperiment.dataset.train
    let changed = images.changingLabels(
      of: configuration.trainIndices(available: images.count), probability: 0.3, seed: 1, classes: 10)
    let share =
      Double(zip(changed.labels, images.labels).count { $0.0 != $0.1 }) / Double(images.count)
    for epoch in SmallExperiment.events(configuration).evaluations() {
      let metrics = epoch.metrics
      let unchanged = try #require(metrics[.unchangedAccuracy])
      let memorized = try #require(metrics[.memorizedShare])
      let recovered = try #require(metrics[.recoveredShare])
      let train = try #require(metrics[.trainAccuracy])
      #expect(abs(unchanged * (1 - share) + memorized * share - train) < 1e-12)
      #expect(memorized + recovered <= 1)
    }
  }

  @Test func runsWithoutNoiseHaveNoFiguresOfIt() {
    let events = SmallExperiment.events(SmallExperiment.configuration)
    #expect(!events.evaluations().isEmpty)
    for epoch in events.evaluations() {
      #expect(!epoch.metrics.all.contains { $0.figure.isSpecial })
    }
  }

  @Test func imagesHeldOutAndTestImagesKeepTheirLabels() throws {
    // A network that learns without noise what can be learned is right for all of them.
    let clean = SmallExperiment.events(
      Self.noisy {
        $0.validationSize = 30
        $0.epochs = 20
      })
    let metrics = try #require(clean.evaluations().last?.metrics)
    #expect(try #require(metrics[.testAccuracy]) > 0.9)
    #expect(try #require(metrics[.validationAccuracy]) > 0.85)
    #expect(try #require(metrics[.trainAccuracy]) < 0.85)
  }

  @Test func twinsLearnTheSameLabelsWhateverTheThreads() {
    let plans = ["A", "B"].map { RunPlan(name: $0, configuration: Self.noisy()) }
    let events = SmallExperiment.events(plans, threads: 2)
    #expect(events.evaluations(of: 0).map(\.metrics) == events.evaluations(of: 1).map(\.metrics))
    #expect(
      SmallExperiment.events(Self.noisy(), threads: 1).evaluations().map(\.metrics)
        == events.evaluations(of: 0).map(\.metrics))
  }
}
