import Experiment
import Foundation
import Sessions
import TerminalUI
import TestSupport
import Testing
import Training

@testable import Reports
@testable import fmnist_tui

@Suite struct RunsCompareTests {
  @Test func settingsAndFiguresStandSideBySideWithDifferencesToTheFirst() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try runs.complete(learningRate: 0.1)
    let result = try Executable.run(["runs", "compare", "exp1", "exp2", "--runs-dir", runs.path])
    let lines = result.output.tidyLines
    #expect(result.status == 0)
    #expect(lines.contains("exp2 A with dropout"))
    #expect(lines.contains("lr 0.5 0.5 0.1 0.1"))
    #expect(lines.contains { $0.hasPrefix("test accuracy 84.38% 78.13% +6.25") })
    #expect(!lines.contains { $0.hasPrefix("seed") })
    #expect(result.output.components(separatedBy: "\n").allSatisfy { $0.count < 80 })
    #expect(!result.output.contains("\u{1B}"))
    #expect(lines.contains { $0.contains("- accuracy -") || $0.contains("+ accuracy -") })
  }

  @Test func runsThatAreNotCompleteAreComparedAfterTheLastCommonEpoch() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try runs.write(runs.steps(1...2), with: runs.begin(name: "killed"))
    let sessions = try ["exp1", "killed"].map { try RecordedSession(RunFolder(path: "\(runs.path)/\($0)")) }
    let lines = RunsComparison(ChosenRun.all(of: sessions), width: 200).lines.joined(separator: "\n")
      .tidyLines
    #expect(lines.contains("after epoch 2 2 2 2"))
    #expect(lines.contains("test accuracy 81.25% 75.00% +6.25 81.25% 0.00 75.00% +6.25"))
    #expect(lines.contains("killed B without dropout (interrupted)"))
  }

  /// The runs of the second session used to be called C and D, and the help told of the opposite difference.
  @Test func runsKeepTheirLettersAndTheFirstIsSubtractedFrom() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try runs.complete(learningRate: 0.1)
    let sessions = try ["exp1", "exp2"].map { try RecordedSession(RunFolder(path: "\(runs.path)/\($0)")) }
    let lines = RunsComparison(ChosenRun.all(of: sessions), width: 200).lines.joined(separator: "\n")
      .tidyLines
    #expect(lines.contains("figures exp1 A exp1 B exp1 A − B exp2 A exp1 A − exp2 A exp2 B exp1 A − exp2 B"))
    let alone = RunsComparison(ChosenRun.all(of: [sessions[0]]), width: 79).lines.joined(separator: "\n")
      .tidyLines
    #expect(alone.contains("figures A B A − B"))
    let help = try Executable.run(["runs", "compare", "--help"])
    #expect(
      help.output.tidyLines.joined(separator: " ").contains("the first run's figure minus each other run's"))
  }

  /// Three runs used to be told in pairs, of which the second was C minus nothing.
  @Test func theFinalTableOfManyRunsTellsWhatEachIsComparedWith() throws {
    var session = try ScriptedSession(settings: [.epochs: "1"])
    let parents = [2: RunID(0), 3: RunID(1)]
    for run in [2, 3] {
      let configuration = session.description.runs[run - 2].configuration
      session.description.plans.append(RunPlan(name: "fork \(run)", configuration: configuration))
    }
    let events = session.oneEpoch([0.8, 0.7, 0.75, 0.725]).map { event in
      guard case .runStarted(var start) = event.kind else { return event }
      start.forkedFrom = parents[event.run.index].map { ForkPoint(run: $0, step: 0) }
      return TrainingEvent(.runStarted(start), at: event.position)
    }
    let after = session.after(events)
    let lines = after.table(after.runs).joined(separator: "\n").tidyLines
    #expect(lines.first == "all runs epoch test acc. best @epoch gap difference")
    #expect(lines.contains { $0.hasPrefix("C ") && $0.contains("A − C") })
    #expect(lines.contains { $0.hasPrefix("D ") && $0.contains("B − D") })
    #expect(!lines.contains { $0.contains("C − D") })
    #expect(
      lines.contains("test accuracy 80.00% 70.00% +10.00") && lines.contains("test accuracy 75.00% 72.50%"))
  }

  @Test func aRunWithoutAnEpochHasNoDifference() throws {
    let runs = try RecordedRuns()
    try runs.complete()
    let diverged = try runs.begin(name: "diverged")
    try runs.write([0, 1].map { runs.ended($0, epoch: 0, .diverged(message: "NaN")) }, with: diverged)
    try diverged.finish(at: 0)
    let sessions = try ["exp1", "diverged"].map { try RecordedSession(RunFolder(path: "\(runs.path)/\($0)")) }
    let lines = RunsComparison(ChosenRun.all(of: sessions), width: 200).lines.joined(separator: "\n")
      .tidyLines
    #expect(lines.contains("test accuracy 84.38% 78.13% +6.25 - -"))
  }

  @Test func theChartHasColoursAndBrailleOnlyWhereTheTerminalHas() throws {
    let runs = try RecordedRuns()
    let chosen = ChosenRun.all(of: [try RecordedSession(runs.complete())])
    func chart(_ encoding: TextEncoding, _ colors: TerminalTraits.Colors) -> String {
      let traits = TerminalTraits(encoding: encoding, colors: colors, movesCursor: true)
      return RunsChart(runs: chosen, quantity: .gap, traits: traits).lines(width: 79, height: 18)
        .joined(separator: "\n")
    }
    let fine = chart(.utf8, .palette256)
    #expect(fine.contains { ("\u{2801}"..."\u{28FF}").contains($0) })
    #expect(fine.contains("\u{1B}[0;1;38;5;75m") && fine.contains("\u{1B}[0;1;38;5;214m"))
    #expect(chart(.ascii, .sixteen).contains("\u{1B}[0;1;36m"))
    // Without colours braille would not tell the runs apart.
    let plain = chart(.utf8, .none)
    #expect(plain.allSatisfy(\.isASCII) && !plain.contains("\u{1B}"))
    #expect(plain.contains("AAA") && plain.contains("BBB"))
  }
}
