import Testing

@testable import Experiment

struct SessionStateTests {
  private func position(_ run: Int, _ step: Int) -> RunPosition {
    RunPosition(run: RunID(run), step: step, epoch: max(0, step - 1) / 10 + 1, batch: step)
  }

  private func started(
    _ run: Int, at step: Int = 0, seed: UInt64 = 1, forkedFrom fork: ForkPoint? = nil
  ) -> TrainingEvent {
    var configuration = RunConfiguration()
    configuration.seed = seed
    return TrainingEvent(
      .runStarted(
        RunStarted(
          name: "run \(run)", configuration: configuration, parameterCount: 1, trainCount: 100,
          testCount: 100,
          stepsPerEpoch: 10, threads: 1, forkedFrom: fork)), at: position(run, step))
  }

  private func epoch(_ run: Int, _ epoch: Int) -> TrainingEvent {
    TrainingEvent(
      .epochEvaluated(
        EpochEvaluated(
          metrics: [.testLoss: 1, .testAccuracy: 0.5], trainedSamples: 100,
          trainingSeconds: 1, evaluationSeconds: 1)), at: position(run, 10 * epoch))
  }

  private func changed(_ run: Int, at step: Int, to rate: Double) -> TrainingEvent {
    TrainingEvent(
      .settingChanged(SettingChanged(.learningRate, from: .number(0.5), to: .number(rate))),
      at: position(run, step))
  }

  private func state(_ events: [TrainingEvent]) -> SessionState {
    events.reduce(into: SessionState()) { $0.apply($1) }
  }

  @Test func runsAreKnownInTheOrderOfTheirLetters() {
    var state = state([started(0), started(2), epoch(2, 1)])
    #expect(state.runs.map(\.id.index) == [0])
    #expect(state[RunID(2)].epochs.count == 1)
    state.apply(started(1))
    #expect(state.runs.map(\.id.index) == [0, 1, 2])
    #expect(state.runs[2].epochs.count == 1)
  }

  @Test func aForkThatIsToldBeforeItsParentsOtherRunsHasItsEpochs() {
    let fork = started(3, at: 10, forkedFrom: ForkPoint(run: RunID(0), step: 10))
    let state = state([started(0), epoch(0, 1), fork, epoch(3, 2), started(1), started(2)])
    #expect(state.runs[3].epochs.map(\.position.run.index) == [0, 3])
    #expect(state.runs[3].ownEpochs.count == 1)
    #expect(state.runs[3].forkedAfter == 10)
  }

  @Test func aForkHasTheEpochsOfItsParentThatAreToldAgainAfterIt() {
    let forks = [
      started(1, at: 12, forkedFrom: ForkPoint(run: RunID(0), step: 12)),
      started(2, at: 14, forkedFrom: ForkPoint(run: RunID(1), step: 14)),
    ]
    // The parent was killed before anything was kept of it.
    let state = state([started(0)] + forks + [epoch(1, 2), epoch(0, 1), epoch(0, 2)])
    #expect(state.runs[1].epochs.map(\.position) == [position(0, 10), position(1, 20)])
    #expect(state.runs[2].epochs.map(\.position) == [position(0, 10)])
  }

  @Test func aForkOfAForkThatIsMadeAgainHasTheEpochsOfBoth() {
    let first = started(1, at: 12, forkedFrom: ForkPoint(run: RunID(0), step: 12))
    let second = started(2, at: 24, forkedFrom: ForkPoint(run: RunID(1), step: 24))
    let planned = (0..<3).map { RunHistory(RunID($0)) }
    let events = [started(0), second, epoch(0, 1), first, epoch(1, 2)]
    let state = events.reduce(into: SessionState(planned)) { $0.apply($1) }
    #expect(state.runs[2].epochs.map(\.position) == [position(0, 10), position(1, 20)])
  }

  @Test func aStartTakesBackWhatIsBeyondIt() {
    let first = [
      started(0), changed(0, at: 5, to: 0.25), epoch(0, 1), changed(0, at: 15, to: 0.125), epoch(0, 2),
    ]
    let resumed = state(first + [started(0, at: 15)]).runs[0]
    #expect(resumed.epochs.map(\.position.epoch) == [1])
    #expect(resumed.changes.map(\.position.step) == [5], "the one after step 15 is made again")
    #expect(resumed.step == 15)
    let restarted = state(first + [started(0, seed: 2)]).runs[0]
    #expect(restarted.epochs.isEmpty && restarted.changes.isEmpty && restarted.step == 0)
    #expect(restarted.configuration.seed == 2 && restarted.configuration.learningRate == 0.5)
  }

  @Test func settingsAreThoseInForceAtAStep() {
    let run = state([started(0), changed(0, at: 10, to: 0.25), epoch(0, 2)]).runs[0]
    #expect([10, 11].map { run.configuration(atStep: $0).learningRate } == [0.5, 0.25])
    #expect(run.configuration.learningRate == 0.25 && run.initialConfiguration.learningRate == 0.5)
  }

  @Test func aSessionIsOverOnceNoRunIsUnderWay() {
    var state = state([started(0), started(1)])
    state.apply(TrainingEvent(.runEnded(RunEnded(.completed)), at: position(0, 20)))
    #expect(!state.isOver)
    state.apply(TrainingEvent(.runRemoved(RunRemoved()), at: position(1, 3)))
    #expect(state.isOver)
    state.apply(TrainingEvent(.resumed(Resumed()), at: position(0, 20)))
    #expect(!state.isOver)
  }
}
