import Experiment
import Sessions
import Testing

@testable import Platform
@testable import Reports
@testable import fmnist_tui

struct SessionOutcomeTests {
  private func outcome(
    failUnder: Double? = nil, interruption: Int32? = nil, _ events: (ScriptedSession) -> [TrainingEvent]
  ) throws -> SessionOutcome {
    let session = try ScriptedSession()
    return SessionOutcome(
      session.after(events(session)), demands: failUnder.map { [.failUnder($0)] } ?? [],
      interruption: interruption)
  }

  @Test func completeRunsAreSuccess() throws {
    let outcome = try outcome { $0.complete([0.8], [0.8]) }
    #expect(outcome.session.state.isOver)
    #expect(outcome.status == .success)
  }

  @Test func theTargetIsForTheLastEpochOfRunA() throws {
    #expect(try outcome(failUnder: 0.8) { $0.complete([0.7, 0.8], [0.1, 0.1]) }.status == .success)
    let missed = try outcome(failUnder: 0.82) { $0.complete([0.9, 0.8], [0.9, 0.9]) }
    #expect(missed.status == .targetNotMet)
    #expect(
      missed.shortfalls.first == "test accuracy 80.00% of run A (with dropout) is below --fail-under 0.82.")
  }

  @Test func aTargetJustMissedIsToldWithTheDigitsThatShowIt() throws {
    let missed = try outcome(failUnder: 0.154) { $0.complete([0.153967], [0.9]) }
    #expect(
      missed.shortfalls.first == "test accuracy 15.397% of run A (with dropout) is below --fail-under 0.154.")
  }

  @Test func noEpochIsAMissedTarget() throws {
    let outcome = try outcome(failUnder: 0) {
      [$0.ended(0, epoch: 1, .diverged(message: "NaN")), $0.ended(1, epoch: 10)]
    }
    #expect(
      outcome.shortfalls.first == "run A (with dropout) completed no epoch, so --fail-under 0.0 is not met.")
  }

  @Test func aDivergedRunIsToldAndCounts() throws {
    var session = try ScriptedSession().description
    let script = try ScriptedSession()
    let diverged = script.ended(1, epoch: 3, .diverged(message: "the loss is NaN. Lower --lr."))
    session.apply(diverged)
    #expect(session.alert(for: diverged) == "run B (without dropout) diverged: the loss is NaN. Lower --lr.")
    #expect(!session.state.isOver)
    session.apply(script.ended(0, epoch: 10))
    #expect(session.alert(for: script.ended(0, epoch: 10)) == nil)
    #expect(session.state.isOver)
    #expect(SessionOutcome(session, demands: []).status == .targetNotMet)
  }

  @Test func anAccuracyJustBelowTheTargetIsShownToBeBelow() throws {
    let missed = try outcome(failUnder: 0.8) { $0.complete([0.79999], [0.9]) }
    #expect(
      missed.shortfalls.first == "test accuracy 79.999% of run A (with dropout) is below --fail-under 0.8.")
  }

  @Test func aFailedRunIsAnInternalError() throws {
    let outcome = try outcome {
      [
        $0.ended(0, epoch: 1, .failed(message: "no memory")),
        $0.ended(1, epoch: 1, .diverged(message: "NaN")),
      ]
    }
    #expect(outcome.status == .internalError)
  }

  @Test(arguments: [(Int32(1), ProgramStatus.hungUp), (2, .interrupted), (15, .terminated)])
  func aSignalDecidesBeforeEverythingElse(signal: Int32, status: ProgramStatus) throws {
    let outcome = try outcome(failUnder: 1, interruption: signal) {
      [$0.ended(0, epoch: 1, .stopped), $0.ended(1, epoch: 1, .stopped)]
    }
    #expect(outcome.status == status)
    #expect(outcome.shortfalls.isEmpty)
  }
}
