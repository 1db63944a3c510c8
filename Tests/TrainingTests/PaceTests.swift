import Testing

@testable import Training

@Suite struct PaceTests {
  /// A run that is told to pause in lockstep arrives some steps later; what it is told meanwhile decides whether it does.
  private let aboutToPause: Pace = {
    var pace = Pace()
    pace.wait(as: .paused)
    return pace
  }()

  @Test func aPauseIsMadeWhereItArrives() {
    var pace = aboutToPause
    #expect(!pace.isPaused)
    #expect(pace.arrive() == .paused)
    #expect(pace.isPaused && pace.arrive() == nil)
  }

  @Test(arguments: [Pace.Way.paused, .halting])
  func whoIsToldToStopDoesNotWaitForAPersonAnyMore(pending: Pace.Way) {
    var pace = Pace()
    pace.wait(as: pending)
    pace.stop()
    #expect(pace.arrive() == nil)
    #expect(pace.way == .stopping)
  }

  @Test func aPauseThatHadNotArrivedAtTheEndDoesNotPauseTheEpochsAddedLater() {
    var pace = aboutToPause
    pace.beginAgain()
    #expect(pace.arrive() == nil)
    #expect(pace.way == .running)
  }

  @Test func aPauseCanBeTakenBackBeforeItArrives() {
    var pace = aboutToPause
    #expect(pace.takeBackPause() && !pace.takeBackPause())
    #expect(pace.arrive() == nil && pace.way == .running)
  }
}
