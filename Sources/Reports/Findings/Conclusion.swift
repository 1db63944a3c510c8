package import Experiment
internal import Messages
package import Sessions
package import TerminalUI
import Training

/// What the comparison shows, in words that claim no more than its runs can show.
package struct Conclusion {
  package let session: SessionDescription
  package let histories: [RunHistory]
  package let encoding: TextEncoding

  /// The sentences, broken at 79 columns.
  package var lines: [String] {
    let replicates = session.replicates
    return changedLabels + (replicates.areSeveral ? sides(replicates) : single)
  }

  /// What runs with changed labels show, a paragraph for each sentence.
  private var changedLabels: [String] {
    let mentions = session.runs.map(\.name)
    return LabelNoiseFindings(histories, mentions: mentions).sentences.flatMap { paragraph([$0]) }
  }

  private func sides(_ replicates: Replicates) -> [String] {
    let comparison = ReplicateComparison(replicates, histories: histories)
    let mentions = comparison.sides.map { "\($0.lead.letter) (\($0.shownName))" }
    let findings = ComparisonFindings(comparison, mentions: mentions)
    let note = RunningLossNote(comparison, runs: runs(comparison.sides.map(\.lead), mentions))
    return paragraph(findings.sentences) + hint(findings) + paragraph(note?.sentences ?? [])
  }

  private var single: [String] {
    let comparison = Comparison(histories)
    let mentions = session.runs.indices.map {
      says("run \(session.mention(of: RunID($0)))", "运行 \(session.mention(of: RunID($0)))")
    }
    let note = RunningLossNote(comparison, runs: runs(session.runs.indices.map { RunID($0) }, mentions))
    let explanation = paragraph(note?.sentences ?? [])
    guard session.runs.count == 2 else { return explanation }
    let findings = ComparisonFindings(
      comparison, histories: histories, mentions: mentions, testCount: session.testCount)
    return paragraph(findings.sentences) + hint(findings) + explanation
  }

  private func runs(_ runs: [RunID], _ mentions: [String]) -> [(
    mention: String, handicaps: RunningLossNote.Handicaps
  )] {
    zip(runs, mentions).map { run, mention in
      (mention, RunningLossNote.Handicaps(session.runs[run.index].initialConfiguration))
    }
  }

  private func paragraph(_ sentences: [String]) -> [String] {
    sentences.isEmpty
      ? [] : TextWrap.lines(encoding.encode(sentences.joined(separator: says(" ", ""))), width: 79)
  }

  /// Where an experiment on dropout shows nothing, an experiment that does show something.
  private func hint(_ findings: ComparisonFindings) -> [String] {
    guard findings.showNothing,
      RunDifference(session.runs[0].initialConfiguration, session.runs[1].initialConfiguration).isOnlyDropout
    else { return [] }
    return [
      says("To see dropout act against overfitting, try", "想看暂退法如何对付过拟合，试试"),
      "  fmnist-tui --train-size 3000 --epochs 60 --optimizer adam --dropout 0.5,0.5",
    ]
  }
}
