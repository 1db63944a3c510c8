import Experiment
import Foundation
import Platform
import Sessions
import TerminalUI
import TestSupport
import Testing
import Training

@testable import Reports
@testable import fmnist_tui

/// Sessions that train several seeds of each side.
struct ReplicatesTests {
  /// Test accuracies of runs A to F; means, deviations and intervals below are NumPy's and SciPy's:
  /// A, C, E .81, .83, .85: .83 ± .02; B, D, F .80, .81, .83: .8133 ± .0153;
  /// `scipy.stats.ttest_rel(...).confidence_interval(.95)`: .01667, .00232 to .03101.
  private static let accuracies = [0.81, 0.80, 0.83, 0.81, 0.85, 0.83]

  private func session(_ count: Int = 3) throws -> ScriptedSession {
    try ScriptedSession(settings: [.epochs: "1"], replicates: count)
  }

  @Test func seedsComeInPairs() throws {
    let runs = try session().description.runs
    #expect(runs.map(\.configuration.seed) == [1, 1, 2, 2, 3, 3])
    #expect(
      runs.map(\.name) == Array(repeating: ["with dropout", "without dropout"], count: 3).flatMap(\.self))
    #expect(try session(1).description.runs.map(\.configuration.seed) == [1, 1])
  }

  @Test func theTableHasMeansDeviationsAndPairedIntervals() throws {
    let session = try session()
    let text = session.text(session.oneEpoch(Self.accuracies))
    #expect(
      text.contains(
        """
        run A      with dropout · dropout 0.2,0.5 · seeds 1, 2, 3 as runs A, C, E
        run B      without dropout · same initial weights · same batches
                   seeds 1, 2, 3 as runs B, D, F
        """))
    #expect(
      text.contains(
        """
        after epoch 1                A with dropout  B without dropout       difference
        train loss, dropout on       0.3700 ±0.0200     0.3867 ±0.0153  −0.0167 ±0.0143
        train loss, dropout off      0.2700 ±0.0200     0.2867 ±0.0153  −0.0167 ±0.0143
        test loss                    0.3200 ±0.0200     0.3367 ±0.0153  −0.0167 ±0.0143
        train accuracy, dropout off    85.00% ±2.00       83.33% ±1.53      +1.67 ±1.43
        test accuracy                  83.00% ±2.00       81.33% ±1.53      +1.67 ±1.43
        generalisation gap, points       2.00 ±0.00         2.00 ±0.00       0.00 ±0.00

        test accuracy, seed   A with dropout   B without dropout   difference
            1                         81.00%              80.00%        +1.00
            2                         83.00%              81.00%        +2.00
            3                         85.00%              83.00%        +2.00
        3 of 3 seeds: mean ± standard deviation; difference paired by seed, ± its 95 %
        interval.

        Higher test accuracy in A (with dropout): 1.67 points (95 %: 0.23 to 3.10).
        n = 3 pairs of runs, seeds 1, 2, 3; the 95 % are Student's t and hold for each
        figure by itself.
        """))
    #expect(text.components(separatedBy: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func anIntervalAroundZeroShowsNoDifference() throws {
    let session = try session()
    let text = session.text(session.oneEpoch([0.81, 0.83, 0.83, 0.81, 0.85, 0.83]))
    // scipy.stats.ttest_rel([.81, .83, .85], [.83, .81, .83]).confidence_interval(.95)
    #expect(text.contains("No difference shown: test accuracy +0.67 points (95 %: −5.07 to +6.40). n = 3"))
  }

  @Test func aSeedWithWhichARunDivergedIsLeftOutAndTold() throws {
    let session = try session()
    var events = session.oneEpoch(Self.accuracies)
    events[events.count - 1] = session.ended(5, epoch: 1, .diverged(message: "NaN"))
    let text = session.text(events)
    #expect(text.contains("2 of 3 seeds: mean"))
    #expect(text.contains("run failed: seed 3."))
  }

  @Test func aSideThatDivergedWithEverySeedLeavesTheOtherItsMeans() throws {
    let session = try session()
    let events = session.oneEpoch(Self.accuracies).map { event in
      guard case .runEnded = event.kind, !event.run.index.isMultiple(of: 2) else { return event }
      return session.ended(event.run.index, epoch: 1, .diverged(message: "NaN"))
    }
    let text = session.text(events)
    #expect(text.contains("No comparison: every run of B (without dropout) diverged or failed."), "\(text)")
    #expect(text.contains("3 of 3 seeds: mean"), "\(text)")
  }

  @Test func oneSideHasMeansAlone() throws {
    let session = try ScriptedSession(settings: [.epochs: "1"], comparing: false, replicates: 3)
    let text = session.text(session.oneEpoch([0.81, 0.83, 0.85]))
    #expect(text.contains("test accuracy                  83.00% ±2.00\n"))
    #expect(!text.contains("difference"))
  }

  @Test func ofMoreThanTwoSidesEachIsComparedWithTheFirstOrItsParent() {
    let accuracies = [[0.81, 0.80, 0.79, 0.85], [0.83, 0.81, 0.80, 0.86], [0.85, 0.83, 0.84, 0.87]]
    let sides = accuracies.enumerated().flatMap { seed, values in
      values.indices.map { side -> (run: RunID, name: String, configuration: RunConfiguration) in
        var configuration = RunConfiguration()
        configuration.seed = UInt64(seed + 1)
        configuration.learningRate = Double(side + 1) / 10
        return (RunID(seed * values.count + side), "side \(side)", configuration)
      }
    }
    let histories = accuracies.flatMap(\.self).enumerated().map { RunHistory.scripted($0, [$1], .completed) }
    let lines = ReplicatesTable(Replicates(sides), histories: histories).lines
    #expect(lines.contains { $0.hasPrefix("difference") && $0.contains("A − B") && $0.contains("A − D") })
    // scipy.stats.ttest_rel([.81, .83, .85], [.80, .81, .83]).confidence_interval(.95), and of the others.
    #expect(
      lines.contains {
        $0.hasPrefix("test accuracy") && $0.contains("+1.67 ±1.43") && $0.contains("−3.00 ±2.48")
      }, "\(lines.joined(separator: "\n"))")
    #expect(lines.allSatisfy { $0.cellWidth <= 79 }, "\(lines.joined(separator: "\n"))")
    #expect(lines.joined(separator: " ").contains("differences paired by seed, ± their 95 % intervals."))
  }

  @Test func programsGetTheFiguresBeforeTheEnd() throws {
    let session = try session()
    let lines = JSONLinesReporter().end(
      session.after(session.oneEpoch(Self.accuracies)), SessionEnd(status: .success, seconds: 1))
    // Seven figures, no images being held out.
    #expect(lines.count == 7 + 1)
    let objects = try lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let accuracy = try #require(objects.first { $0["figure"] as? String == "test_accuracy" })
    #expect(accuracy["event"] as? String == "replicates_compared")
    #expect(accuracy["sides"] as? [String] == ["with dropout", "without dropout"])
    #expect(accuracy["seeds"] as? [Int] == [1, 2, 3])
    #expect(accuracy["difference_shown"] as? Bool == true)
    let numbers: [(String, Double)] = [
      ("mean_difference", 0.016666666666666646), ("interval_lower", 0.0023244909008351723),
      ("interval_upper", 0.03100884243249812), ("confidence", 0.95),
    ]
    for (key, expected) in numbers {
      #expect(abs(try #require(accuracy[key] as? Double) - expected) < 1e-12)
    }
    let deviations = try #require(accuracy["standard_deviations"] as? [Double])
    #expect(abs(deviations[1] - 0.01527525231651942) < 1e-12)
    #expect(objects.last?["event"] as? String == "session_ended")
  }

  @Test func theTargetIsForTheMeanOfTheFirstSide() throws {
    let session = try session()
    func outcome(_ failUnder: Double) -> SessionOutcome {
      SessionOutcome(session.after(session.oneEpoch(Self.accuracies)), demands: [.failUnder(failUnder)])
    }
    #expect(outcome(0.829).status == .success)
    #expect(
      outcome(0.84).shortfalls.first
        == "mean test accuracy 83.00% of 3 seeds of A (with dropout) is below --fail-under 0.84.")
  }

  @Test(arguments: [
    (["--replicates", "0"], "--replicates 0: there is at least one seed."),
    (["--replicates", "14"], "Give at most 13"),
    (["--replicates", "2", "--versus", "seed=7"], "--replicates 2: runs are compared in pairs"),
    (["--replicates", "2", "--seed", "18446744073709551615"], "Give a smaller seed."),
    (["--replicates", "2", "--resume", "latest"], "--resume goes on with the session's own settings"),
  ])
  func impossibleReplicatesAreRefused(arguments: [String], message: String) throws {
    let result = try Executable.run(["--no-tui"] + arguments)
    #expect(result.status == 64)
    #expect(result.error.contains(message))
  }

  @Test func moreThanTheMemoryHoldsIsRefused() throws {
    let memory = try session().description.memory(isSaved: true)
    try memory.run(available: AvailableMemory(bytes: 1e9, limit: "here"))
    let error = #expect(throws: ConfigurationError.self) {
      try memory.run(available: AvailableMemory(bytes: 2e7, limit: "left"))
    }
    #expect(error?.description.hasPrefix("6 runs at once: training ") == true)
    #expect(error?.description.contains("and 20 MB are left. Give ") == true)
  }

  @Test func barsAreTheSumOfASide() throws {
    let session = try session(2)
    let traits = TerminalTraits(encoding: .ascii, colors: .none, movesCursor: true)
    var display = ProgressDisplay(names: ["A", "B"], runs: [[0, 2], [1, 3]], traits: traits)
    let starts = (0..<4).map { session.started($0) }
    display.update(session.after(starts).state, at: 0)
    // Half of one of the side's two runs of 235 steps.
    display.update(session.after(starts + [session.steps(2, epoch: 1, batch: 117)]).state, at: 1)
    let lines = display.draw(at: 1, columns: 60).components(separatedBy: "\r\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains(" 24%") && lines[1].contains("  0%"))
  }

  @Test func barsOnTheConsoleAreOfCharactersThatItHas() throws {
    let session = try session(2)
    let traits = TerminalTraits(environment: ["TERM": "linux"], encoding: .utf8)
    var display = ProgressDisplay(names: ["A", "B"], runs: [[0, 2], [1, 3]], traits: traits)
    display.update(session.after((0..<4).map { session.started($0) }).state, at: 0)
    let bars = display.draw(at: 1, columns: 60)
    #expect(bars.contains("░") && bars.allSatisfy { $0.isASCII || "█▌░".contains($0) })
  }

  @Test func recordedSessionsWithOtherSeedsAreReplicates() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try runs.complete(seed: 2)
    let sessions = try ["exp1", "exp2"].map { try RecordedSession(RunFolder(path: "\(runs.path)/\($0)")) }
    let lines = RunsComparison(ChosenRun.all(of: sessions), width: 79).lines.joined(separator: "\n").tidyLines
    #expect(lines.contains("test accuracy 84.38% ±0.00 78.13% ±0.00 +6.25 ±0.00"))
    #expect(lines.contains { $0.hasPrefix("2 of 2 seeds: mean ± standard deviation") })
  }

  @Test func aShownSessionHasItsMeans() throws {
    let directory = try RecordedRuns()
    let result = try Executable.run(
      ["--no-tui", "--quiet", "--replicates", "2", "--runs-dir", directory.path] + Executable.short)
    #expect(result.status == 0)
    #expect(result.output.contains("2 of 2 seeds: mean"))
    let shown = try Executable.run(["runs", "show", "latest", "--runs-dir", directory.path])
    for line in result.output.split(separator: "\n") { #expect(shown.output.contains(line)) }
    // Each run is kept and made again by itself, and a session is gone on with as one of replicates.
    let replayed = try Executable.run([
      "replay", "latest", "--quiet", "--runs-dir", directory.path, "--data", Executable.sample,
    ])
    #expect(replayed.status == 0)
    #expect(replayed.output.contains("D (without dropout): the same weights"))
    let resumed = try Executable.run([
      "--no-tui", "--quiet", "--resume", "latest", "--epochs", "3", "--runs-dir", directory.path, "--data",
      Executable.sample,
    ])
    #expect(resumed.status == 0)
    #expect(resumed.output.contains("after epoch 3") && resumed.output.contains("2 of 2 seeds: mean"))
  }
}
