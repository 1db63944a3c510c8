import Experiment
import Testing

@testable import Training

@Suite struct ThreadSharesTests {
  /// What a simulated run needs: seconds of one thread for a step, and when it comes and goes.
  struct Job {
    var stepCost = Duration.milliseconds(1)
    var begins = Duration.zero
    var ends = Duration.seconds(1000)
  }

  /// What became of the jobs: thread time used by each, and thread time that nobody used although somebody was there.
  struct Outcome {
    var used: [Duration]
    var idle: Duration
    var most = 0
  }

  /// Simulates jobs in ticks of 100 µs, with steps that as many threads make in as much less time.
  static func simulate(_ jobs: [Job], threads: Int, for duration: Duration) -> Outcome {
    let tick = Duration.microseconds(100)
    var shares = ThreadShares(threads: threads)
    var remaining = jobs.map { _ in Duration.zero }
    var isPresent = jobs.map { _ in false }
    var outcome = Outcome(used: jobs.map { _ in .zero }, idle: .zero)
    var asked: Set<RunID> = []
    for time in stride(from: 0, to: Int(duration / tick), by: 1).map({ tick * $0 }) {
      for (index, job) in jobs.enumerated() where remaining[index] <= .zero {
        let run = RunID(index)
        let wants = job.begins <= time && time < job.ends
        if !wants, isPresent[index] {
          asked.subtract(shares.stopComputing(run, at: time))
        } else if wants, !asked.contains(run) {
          asked.insert(run)
          asked.subtract(shares.continueComputing(run, at: time))
        }
        isPresent[index] = wants
        if wants, shares.share(of: run) > 0 {
          remaining[index] = job.stepCost
          asked.remove(run)
        }
      }
      let computing = jobs.indices.filter { remaining[$0] > .zero }
      let taken = computing.reduce(0) { $0 + shares.share(of: RunID($1)) }
      outcome.most = max(outcome.most, taken)
      if isPresent.contains(true) { outcome.idle += tick * (threads - taken) }
      for index in computing {
        let part = tick * shares.share(of: RunID(index))
        remaining[index] -= part
        outcome.used[index] += part
      }
    }
    return outcome
  }

  @Test(arguments: [1, 2, 3, 8], [1, 2, 3, 4, 7, 16])
  func equalRunsGetEqualTimeAndNoThreadIsIdle(runs: Int, threads: Int) {
    let duration = Duration.seconds(4)
    let outcome = Self.simulate(
      [Job](repeating: Job(), count: runs), threads: threads, for: duration)
    let fair = duration * threads / runs
    for used in outcome.used { #expect(abs(used / fair - 1) < 0.05, "\(used) instead of \(fair)") }
    #expect(outcome.idle < duration * threads * 0.05)
    #expect(outcome.most <= threads)
  }

  @Test func runsWithLongStepsGetNoMoreThanOthers() {
    let duration = Duration.seconds(8)
    let jobs = [Job(stepCost: .milliseconds(2)), Job(), Job(stepCost: .milliseconds(7))]
    let used = Self.simulate(jobs, threads: 2, for: duration).used
    for time in used { #expect(abs(time / (duration * 2 / 3) - 1) < 0.05, "\(used)") }
  }

  @Test func aRunAloneGetsAllThreadsOnceOthersHaveEnded() {
    let jobs = [Job(), Job(ends: .seconds(1)), Job(ends: .seconds(1))]
    let used = Self.simulate(jobs, threads: 2, for: .seconds(2)).used
    #expect(abs(used[0] / .seconds(1.0 * 2 / 3 + 2) - 1) < 0.05)
    #expect(abs(used[1] / .seconds(1.0 * 2 / 3) - 1) < 0.05)
  }

  @Test func whoComesLaterGetsItsShareFromThenOn() {
    let jobs = [Job(), Job(begins: .seconds(1))]
    let used = Self.simulate(jobs, threads: 2, for: .seconds(3)).used
    #expect(abs(used[0] / .seconds(4) - 1) < 0.05)
    #expect(abs(used[1] / .seconds(2) - 1) < 0.05)
  }
}
