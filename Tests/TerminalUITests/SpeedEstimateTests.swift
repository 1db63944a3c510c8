import TerminalUI
import Testing

struct SpeedEstimateTests {
  @Test func nothingIsKnownFromOneSample() {
    var speed = SpeedEstimate()
    #expect(speed.perSecond == nil)
    speed.record(completed: 0, at: 0)
    #expect(speed.perSecond == nil)
    #expect(speed.secondsRemaining(total: 10) == nil)
  }

  @Test func theSecondSampleGivesAnEstimate() {
    var speed = SpeedEstimate()
    speed.record(completed: 0, at: 0)
    speed.record(completed: 50, at: 0.5)
    #expect(speed.perSecond == 100)
    #expect(speed.secondsRemaining(total: 250) == 2)
  }

  @Test func onlyTheWindowCounts() throws {
    var speed = SpeedEstimate(window: 10)
    for second in 0...100 { speed.record(completed: Double(second), at: Double(second)) }
    for second in 101...120 { speed.record(completed: 100 + Double(second - 100) * 5, at: Double(second)) }
    let perSecond = try #require(speed.perSecond)
    #expect(abs(perSecond - 5) < 1e-9)
  }

  @Test func frequentSamplesKeepTheLatest() throws {
    var speed = SpeedEstimate(window: 10)
    for tick in 0...100_000 { speed.record(completed: Double(tick), at: Double(tick) / 1e5) }
    #expect(try abs(#require(speed.perSecond) - 1e5) < 1)
    #expect(try abs(#require(speed.secondsRemaining(total: 200_000)) - 1) < 1e-3)
  }

  @Test func nothingRemainsUnknownWhileNothingMoves() {
    var speed = SpeedEstimate()
    speed.record(completed: 5, at: 0)
    speed.record(completed: 5, at: 1)
    #expect(speed.perSecond == 0)
    #expect(speed.secondsRemaining(total: 10) == nil)
  }

  @Test func theEndIsNeverBehindUs() {
    var speed = SpeedEstimate()
    speed.record(completed: 0, at: 0)
    speed.record(completed: 20, at: 1)
    #expect(speed.secondsRemaining(total: 10) == 0)
  }
}
