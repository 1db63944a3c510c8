import Testing

@testable import Experiment

@Suite struct EventQueueTests {
  func steps(_ step: Int, run: Int = 0, epoch: Int = 1) -> TrainingEvent {
    TrainingEvent(
      .stepsCompleted(
        StepsCompleted(
          count: 1, samples: 10, lossSum: Double(step), correct: 5, trainingSeconds: Double(step))),
      at: RunPosition(run: RunID(run), step: step, epoch: epoch, batch: step))
  }

  @Test func eventsComeOutInOrder() {
    let queue = EventQueue()
    let published = (1...5).map { steps($0) }
    published.forEach(queue.publish)
    #expect(queue.drain() == published)
    #expect(queue.drain().isEmpty)
  }

  @Test func aSlowReaderLosesNoFigures() {
    let queue = EventQueue(capacity: 16)
    for step in 1...1000 {
      queue.publish(steps(step, run: step % 2))
    }
    let drained = queue.drain()
    #expect(drained.count <= 17)
    var counts = [0, 0]
    var sums = [0.0, 0.0]
    for event in drained {
      guard case .stepsCompleted(let steps) = event.kind else { continue }
      counts[event.run.index] += steps.count
      sums[event.run.index] += steps.lossSum
    }
    #expect(counts == [500, 500])
    #expect(sums == [250_500, 250_000])
  }

  @Test func stepsAreNotMergedAcrossOtherEventsOrEpochs() {
    let paused = TrainingEvent(.paused(Paused()), at: RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1))
    let events = [steps(1), paused, steps(2), steps(3, epoch: 2)]
    #expect(EventQueue.halvingSteps(of: events) == events)
  }

  @Test func mergedStepsEndWhereTheLastOneEnded() throws {
    let merged = EventQueue.halvingSteps(of: [steps(7), steps(8)])
    guard case .stepsCompleted(let event) = try #require(merged.first).kind else { return }
    #expect(merged.count == 1)
    #expect(merged.first?.position.step == 8)
    #expect(event.count == 2)
    #expect(event.measurements == [.runningTrainLoss: 15.0 / 20, .runningTrainAccuracy: 0.5])
  }

  @Test func aCopyGetsEverythingThoughNobodyReadsTheOriginal() {
    let copy = EventQueue()
    let queue = EventQueue(capacity: 8, copyingTo: copy)
    let events = (1...100).map { steps($0) }
    for event in events { queue.publish(event) }
    #expect(copy.drain() == events)
    #expect(queue.drain().count <= 9)
  }

  @Test func aWaitingReaderIsWoken() {
    let queue = EventQueue()
    #expect(!queue.waitForEvents(seconds: 0))
    queue.publish(steps(1))
    #expect(!queue.waitForEvents(seconds: 0))
    queue.publish(
      TrainingEvent(.paused(Paused()), at: RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1)))
    #expect(queue.waitForEvents(seconds: 10))
    #expect(queue.drain().count == 2)
  }
}
