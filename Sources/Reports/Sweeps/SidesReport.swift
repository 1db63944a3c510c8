import Datasets
package import Experiment
import Platform
import Sessions
package import TerminalUI
import Training

extension SweepProgress {
  /// What `train --replicates` tells at the end of the same runs; `nil` of a sweep over settings.
  package func sidesReport(encoding: TextEncoding) -> [String]? {
    guard !plan.sideNames.isEmpty, let first = plan.cells.first else { return nil }
    var session = SessionDescription(
      version: ProgramVersion.text,
      dataSource: DataSource(of: first.configuration.dataset, place: .argument, directory: ""),
      trainCount: 0, testCount: 0, threads: 1,
      plans: keys.map { key in
        RunPlan(name: plan.sideNames[key.cell], configuration: plan.configuration(of: key))
      })
    for (index, key) in keys.enumerated() {
      guard let result = results[key] else { continue }
      let position = RunPosition(
        run: RunID(index), step: result.step, epoch: result.epoch, batch: 0)
      if let metrics = result.metrics {
        let epoch = EpochEvaluated(
          metrics: metrics, trainedSamples: 0, trainingSeconds: result.seconds, evaluationSeconds: 0
        )
        session.apply(TrainingEvent(.epochEvaluated(epoch), at: position))
      }
      let reason = result.divergence.map { RunEnded.Reason.diverged(message: $0) } ?? .completed
      session.apply(TrainingEvent(.runEnded(RunEnded(reason)), at: position))
    }
    let conclusion = Conclusion(session: session, histories: session.runs, encoding: encoding)
    return session.table(session.runs) + [""] + conclusion.lines
  }

  /// Pair after pair, as `train --replicates` orders its runs.
  private var keys: [SweepRunKey] {
    (0..<plan.seeds).flatMap { number in plan.cells.indices.map { plan.key(cell: $0, number) } }
  }
}
