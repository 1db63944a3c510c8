import Testing

@testable import Experiment

@Suite struct EpochLengthsTests {
  @Test func epochsOfOneLengthAreMultiplesOfIt() {
    let lengths = EpochLengths(20)
    #expect(lengths.steps(through: 3) == 60)
    #expect(lengths.epochs(at: 50) == 2.5)
    #expect(lengths.step(at: 2.5) == 50)
    #expect(lengths.length(of: 100) == 20)
    #expect([0, 1, 20, 21, 40].map(lengths.nextEpoch) == [1, 2, 2, 3, 3])
  }

  @Test func anEpochKeepsTheLengthWithWhichItBegan() {
    var lengths = EpochLengths(20)
    lengths.set(10, from: 3)
    lengths.set(40, from: 5)
    #expect((1...6).map(lengths.length) == [20, 20, 10, 10, 40, 40])
    #expect((0...6).map(lengths.steps) == [0, 20, 40, 50, 60, 100, 140])
    #expect([30, 40, 45, 60, 80].map(lengths.epochs) == [1.5, 2, 2.5, 4, 4.5])
    #expect([1.5, 2.5, 4.5].map(lengths.step) == [30, 45, 80])
    lengths.set(5, from: 3)
    #expect((0...6).map(lengths.steps) == [0, 20, 40, 45, 50, 55, 60])
    lengths.set(20, from: 3)
    #expect(lengths == EpochLengths(20))
  }

  @Test func aHistoryKnowsFromWhichEpochOnABatchSizeHolds() {
    var configuration = RunConfiguration()
    configuration.batchSize = 50
    func position(_ step: Int, _ epoch: Int, _ batch: Int) -> RunPosition {
      RunPosition(run: RunID(0), step: step, epoch: epoch, batch: batch)
    }
    var history = RunHistory(RunID(0))
    history.apply(
      TrainingEvent(
        .runStarted(
          RunStarted(
            name: "", configuration: configuration, parameterCount: 1, trainCount: 1000, testCount: 1,
            stepsPerEpoch: 20, threads: 1)), at: .beginning(of: RunID(0))))
    func change(_ size: Int, at position: RunPosition) {
      history.apply(
        TrainingEvent(
          .settingChanged(SettingChanged(.batchSize, from: .integer(50), to: .integer(size))), at: position))
    }
    change(100, at: position(25, 2, 5))
    #expect((1...3).map(history.lengths.length) == [20, 20, 10])
    change(25, at: position(40, 3, 0))
    #expect((1...3).map(history.lengths.length) == [20, 20, 40])
    change(500, at: position(80, 3, 40))
    #expect((1...4).map(history.lengths.length) == [20, 20, 40, 2])
  }
}
