package import Datasets
import Experiment
package import Platform
package import Reports
package import Sessions
package import TerminalUI
import Training

/// Makes what is missing of a sweep, keeps each result at once, and shows it on a screen or in lines.
package final class SweepSession {
  private let kept: KeptSweep
  private let output: ReportPlan
  private let threads: Int
  private let traits: TerminalTraits
  private let report: SweepReport
  private let engine: SweepEngine
  private var progress: SweepProgress
  private var pace: SweepPace
  private let clock = ContinuousClock()
  private let start = ContinuousClock.now

  package init(_ kept: KeptSweep, dataset: Dataset, output: ReportPlan, threads: Int, traits: TerminalTraits)
  {
    self.kept = kept
    self.output = output
    self.threads = threads
    self.traits = traits
    pace = SweepPace(threads: threads)
    report = SweepReport(
      source: dataset.source, trainCount: dataset.train.count, testCount: dataset.test.count,
      threads: threads, traits: traits)
    progress = SweepProgress(
      kept.record.plan, trainingImages: dataset.train.count, results: kept.results)
    engine = SweepEngine(runs: progress.waiting, dataset: dataset, limit: threads)
  }

  private var seconds: Double { (clock.now - start).inSeconds }

  /// Makes all runs that are missing, or as many as a person lets it.
  ///
  /// - Throws: `Failure` if something could not be written; the runs are stopped first.
  package func run() throws(Failure) -> ProgramStatus {
    do {
      let log = try kept.openLog()
      for note in kept.notes { try StandardStream.error.write(lines: [note]) }
      if output.wantsScreen, let screen = NcursesScreen.open(traits) {
        try show(on: screen, log)
      } else {
        try work(log)
      }
      for failure in engine.failures {
        let cell = progress.plan.phrase(of: failure.run.cell)
        try StandardStream.error.write(
          lines: ["Error: the run \(cell), seed \(failure.run.configuration.seed) failed: \(failure.message)"]
        )
      }
      try writeFiles()
      try reportEnd()
      return status
    } catch let error as RunLogError {
      engine.stop()
      throw Failure(error)
    } catch let error as WriteError {
      engine.stop()
      var failure = Failure(error)
      if Interruption.signal != nil { failure.status = status }
      throw failure
    } catch {
      engine.stop()
      throw Failure(status: .internalError, message: "\(error)")
    }
  }

  private var status: ProgramStatus {
    if let signal = Interruption.signal { return Interruption.status(of: signal) }
    return engine.failures.isEmpty ? .success : .internalError
  }

  /// Takes in what has happened; returns the runs that have ended, which are kept by then.
  private func advance(_ log: borrowing SweepLog) throws(RunLogError) -> [SweepResult] {
    let results = engine.advance()
    progress.running = engine.running
    for result in results {
      try log.record(result)
      progress.record(result)
    }
    pace.record(progress, at: seconds)
    return results
  }

  // MARK: Lines

  private func work(_ log: borrowing SweepLog) throws {
    let results = SweepResults(progress: progress)
    if output.format == .jsonLines {
      try StandardStream.output.write(lines: [started.text])
    } else if !output.isQuiet {
      try StandardStream.output.write(lines: report.heading(progress) + [""] + resumption)
    }
    while !engine.isIdle, Interruption.signal == nil {
      for result in try advance(log) {
        if output.format == .jsonLines {
          try StandardStream.output.write(lines: [results.object(of: result).text])
        } else if !output.isQuiet {
          try StandardStream.output.write(
            lines: [report.line(result, progress, secondsRemaining: pace.secondsRemaining)])
        }
      }
      usleep(20_000)
    }
    engine.stop()
    _ = try advance(log)
  }

  /// How much was done before, if it was.
  private var resumption: [String] {
    kept.isResumed
      ? [
        "Resumed \(kept.folder.path): \(progress.results.count) of \(progress.runs.count) runs are there.",
        "",
      ]
      : []
  }

  private var started: JSONObject {
    var object = JSONObject(event: "sweep_started")
    object.add("version", ProgramVersion.text)
    object.add("dataset", kept.record.plan.cells.first?.configuration.dataset.key)
    object.add("data_source", kept.record.provenance.dataSource.place)
    object.add("data_directory", kept.record.provenance.dataSource.directory)
    object.add("over", progress.plan.axes.map(\.setting.key).joined(separator: ","))
    object.add("cells", progress.plan.cells.count)
    object.add("seeds", progress.plan.seeds)
    object.add("runs", progress.runs.count)
    object.add("runs_ended", progress.results.count)
    object.add("threads", threads)
    object.add("folder", kept.folder.path)
    return object
  }

  // MARK: Screen

  private func show(on screen: NcursesScreen, _ log: borrowing SweepLog) throws(RunLogError) {
    defer { screen.close() }
    var state = SweepState(
      progress, caption: caption, settings: SettingsFile(environment: Environment.variables).settings,
      terminalGlyphs: traits.glyphs,
      terminalColors: traits.colors, threads: threads,
      dataOptions: report.source.place == .argument ? ["--data", report.source.directory] : [])
    var loop = SweepLoop(screen: screen)
    var isLeaving = false
    while !isLeaving, Interruption.signal == nil {
      engine.isPaused = state.isPaused
      _ = try advance(log)
      isLeaving = loop.turn(&state, progress: progress, at: seconds)
    }
    engine.stop()
    _ = try advance(log)
  }

  private var caption: String {
    let plan = progress.plan
    return
      "\(plan.cells.count) \(plan.cells.count == 1 ? "cell" : "cells") · \(plan.seeds) \(plan.seeds == 1 ? "seed" : "seeds") · "
      + "\(NumberText.grouped(report.trainCount)) + \(NumberText.grouped(report.testCount)) images "
      + "(\(kept.record.provenance.dataSource.place)) · \(threads) at a time"
  }

  // MARK: End

  private func writeFiles() throws(RunLogError) {
    let results = SweepResults(progress: progress)
    try DurableFile.write(Array(results.csv.utf8), to: kept.folder.table)
    try DurableFile.write(Array(results.json.utf8), to: kept.folder.summary)
  }

  private func reportEnd() throws(WriteError) {
    guard output.format == .text else {
      let results = SweepResults(progress: progress)
      let cells = progress.plan.cells.indices.map { results.object(ofCell: $0).text }
      var end = JSONObject(event: "sweep_ended")
      end.add("exit_status", Int(status.rawValue))
      end.add("runs_ended", progress.results.count)
      end.add("seconds", seconds)
      return try StandardStream.output.write(lines: cells + [end.text])
    }
    var lines = output.isQuiet ? [] : [""]
    lines += report.tables(progress)
    if !output.isQuiet {
      lines += ["", "Saved in \(kept.folder.path)."]
      if !progress.isComplete {
        lines.append(
          "\(progress.results.count) of \(progress.runs.count) runs are over. "
            + "To go on: fmnist-tui sweep --resume \(kept.folder.path)")
      }
    }
    try StandardStream.output.write(lines: lines)
  }
}
