import Experiment
import Foundation
import Sessions
import TerminalUI
import TestSupport
import Testing

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
    #expect(lines.contains("C exp2 with dropout"))
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
    #expect(lines.contains("D killed without dropout (interrupted)"))
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
