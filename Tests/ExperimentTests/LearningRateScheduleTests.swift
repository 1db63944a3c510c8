import Experiment
import Testing

/// Factors of PyTorch 2.15's schedulers at a learning rate of 1, stepped after every update of epochs of 10 updates.
struct LearningRateScheduleTests {
  private func factors(
    _ decay: LearningRateSchedule.Decay, warmup: Double = 0, steps: [Int], epochs: Int = 3
  ) -> [Double] {
    var schedule = LearningRateSchedule()
    schedule.decay = decay
    schedule.warmupEpochs = warmup
    return steps.map { schedule.factor(step: $0, stepsPerEpoch: 10, epochs: epochs) }
  }

  private func expect(_ factors: [Double], _ expected: [Double]) {
    #expect(factors.count == expected.count)
    for (factor, expected) in zip(factors, expected) { #expect(abs(factor - expected) < 1e-11) }
  }

  @Test func cosineFallsAsCosineAnnealingLR() {
    expect(
      factors(.cosine, steps: [0, 1, 7, 15, 29]),
      [1, 0.997260947684, 0.871572412739, 0.5, 0.002739052316])
  }

  @Test func cosineEndsAtZero() {
    #expect(factors(.cosine, steps: [30, 31, 99]) == [0, 0, 0])
  }

  @Test func stepFallsAsStepLR() {
    expect(
      factors(.step(epochs: 2, factor: 0.1), steps: [0, 19, 20, 39, 40, 49]), [1, 1, 0.1, 0.1, 0.01, 0.01])
  }

  /// `SequentialLR` of `LinearLR(start_factor=1/5, total_iters=4)` and `CosineAnnealingLR(T_max=25)` after 5 updates.
  @Test func warmupGrowsAsLinearLRAndTheCosineFollows() {
    expect(
      factors(.cosine, warmup: 0.5, steps: [0, 1, 4, 5, 6, 17, 29]),
      [0.2, 0.4, 1, 1, 0.996057350657, 0.531395259765, 0.003942649343])
  }

  @Test func aConstantRateStaysAfterItsWarmup() {
    expect(factors(.constant, warmup: 0.5, steps: [0, 1, 4, 5, 29]), [0.2, 0.4, 1, 1, 1])
  }

  @Test func aWarmupOfTheWholeRunLeavesNothingForTheCosine() {
    #expect(factors(.cosine, warmup: 3, steps: [29, 30, 31]) == [1, 1, 0])
  }

  /// `CosineAnnealingLR(T_max=50)` where 5 epochs were made of 3.
  @Test func addedEpochsSpreadTheCosineAnew() {
    expect(
      factors(.cosine, steps: [29, 30, 49], epochs: 5), [0.375655056418, 0.345491502813, 0.000986635786])
  }

  @Test func theRateIsMultiplied() {
    var configuration = RunConfiguration()
    configuration.schedule.decay = .cosine
    #expect(configuration.learningRate(step: 0, stepsPerEpoch: 10) == 0.5)
    #expect(abs(configuration.learningRate(step: 50, stepsPerEpoch: 10) - 0.25) < 1e-12)
  }
}
