package import Datasets
import Experiment
internal import Messages
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
  private let dataset: Dataset
  private var pace: SweepPace
  private let clock = ContinuousClock()
  private let start = ContinuousClock.now

  package init(_ kept: KeptSweep, dataset: Dataset, output: ReportPlan, threads: Int, traits: TerminalTraits)
  {
    self.kept = kept
    self.output = output
    self.threads = threads
    self.traits = traits
    self.dataset = dataset
    pace = SweepPace(threads: threads)
    report = SweepReport(
      source: dataset.source, trainCount: dataset.train.count, testCount: dataset.test.count,
      threads: threads, traits: traits)
  }

  private var seconds: Double { (clock.now - start).inSeconds }

  /// Makes all runs that are missing, or as many as a person lets it.
  ///
  /// - Throws: `Failure` if something could not be written; the runs are stopped first.
  package func run() throws(Failure) -> ProgramStatus {
    let maker: SweepMaker
    do throws(RunLogError) {
      maker = try SweepMaker(kept, dataset: dataset, threads: threads)
    } catch {
      throw Failure(error)
    }
    defer {
      maker.end()
      warn(maker)
    }
    do {
      for note in kept.notes { try StandardStream.error.write(lines: [note]) }
      if output.wantsScreen, let screen = NcursesScreen.open(traits) {
        try show(on: screen, maker)
      } else {
        try work(maker)
      }
      for failure in maker.failures {
        let cell = maker.progress.plan.phrase(of: failure.run.key.cell)
        try StandardStream.error.write(
          lines: [
            says(
              "Error: the run \(cell), seed \(failure.run.key.seed) failed: \(failure.message)",
              "错误：运行 \(cell)（种子 \(failure.run.key.seed)）失败：\(failure.message)")
          ])
      }
      try SweepResults(progress: maker.progress).write(to: kept.folder)
      try reportEnd(maker)
      return status(maker)
    } catch let error as RunLogError {
      maker.stop()
      throw Failure(error)
    } catch let error as WriteError {
      maker.stop()
      var failure = Failure(error)
      if Interruption.signal != nil { failure.status = status(maker) }
      throw failure
    } catch {
      maker.stop()
      throw Failure(status: .internalError, message: "\(error)")
    }
  }

  private func warn(_ maker: SweepMaker) {
    // A standard error that is gone is no reason to stop.
    try? StandardStream.error.write(lines: maker.takeWarnings())
  }

  private func status(_ maker: SweepMaker) -> ProgramStatus {
    if let signal = Interruption.signal { return Interruption.status(of: signal) }
    return maker.failures.isEmpty ? .success : .internalError
  }

  /// Takes in what has happened; returns the runs that have ended, which are kept by then.
  private func advance(_ maker: SweepMaker) throws(RunLogError) -> [SweepResult] {
    let results = try maker.advance()
    pace.record(maker.progress, at: seconds)
    return results
  }

  // MARK: Lines

  private func work(_ maker: SweepMaker) throws {
    let results = SweepResults(progress: maker.progress)
    if output.format == .jsonLines {
      try StandardStream.output.write(lines: [started(maker.progress).text])
    } else if !output.isQuiet {
      try StandardStream.output.write(
        lines: report.heading(maker.progress) + [""] + resumption(maker.progress))
    }
    while !maker.isIdle, Interruption.signal == nil {
      for result in try advance(maker) {
        if output.format == .jsonLines {
          try StandardStream.output.write(lines: [results.object(of: result).text])
        } else if !output.isQuiet {
          try StandardStream.output.write(
            lines: [report.line(result, maker.progress, secondsRemaining: pace.secondsRemaining)])
        }
      }
      warn(maker)
      maker.wait()
    }
    maker.stop()
    _ = try advance(maker)
  }

  /// How much was done before, if it was.
  private func resumption(_ progress: SweepProgress) -> [String] {
    kept.isResumed
      ? [
        says(
          "Resumed \(kept.folder.path): \(progress.results.count) of \(progress.runs.count) runs are there.",
          "已恢复 \(kept.folder.path)：\(progress.runs.count) 个运行中已有 \(progress.results.count) 个。"),
        "",
      ]
      : []
  }

  private func started(_ progress: SweepProgress) -> JSONObject {
    var object = JSONObject(event: "sweep_started")
    object.add("version", ProgramVersion.text)
    object.add("dataset", kept.record.plan.cells.first?.configuration.dataset.key)
    object.add("data_source", kept.record.provenance.dataSource.place)
    object.add("data_directory", kept.record.provenance.dataSource.directory)
    object.add("over", progress.plan.axes.map(\.name).joined(separator: ","))
    object.add("cells", progress.plan.cells.count)
    object.add("seeds", progress.plan.seeds)
    object.add("runs", progress.runs.count)
    object.add("runs_ended", progress.results.count)
    object.add("threads", threads)
    object.add("folder", kept.folder.path)
    return object
  }

  // MARK: Screen

  private func show(on screen: NcursesScreen, _ maker: SweepMaker) throws(RunLogError) {
    defer { screen.close() }
    var state = SweepState(
      maker.progress, caption: caption(maker.progress.plan),
      settings: SettingsFile(environment: Environment.variables).settings,
      terminalGlyphs: traits.glyphs,
      terminalColors: traits.colors, threads: threads,
      dataOptions: report.source.place == .argument ? ["--data", report.source.directory] : [])
    var loop = SweepLoop(screen: screen)
    var isLeaving = false
    while !isLeaving, Interruption.signal == nil {
      maker.isPaused = state.isPaused
      _ = try advance(maker)
      isLeaving = loop.turn(&state, progress: maker.progress, at: seconds)
    }
    maker.stop()
    _ = try advance(maker)
  }

  private func caption(_ plan: SweepPlan) -> String {
    let images = "\(NumberText.grouped(report.trainCount)) + \(NumberText.grouped(report.testCount))"
    let place = DataSource.Place.words(ofKey: kept.record.provenance.dataSource.place)
    return says(
      "\(plan.cells.count) \(plan.cells.count == 1 ? "cell" : "cells") · \(plan.seeds) \(plan.seeds == 1 ? "seed" : "seeds") · "
        + "\(images) images (\(place)) · \(threads) at a time",
      "\(plan.cells.count) 格 · \(plan.seeds) 个种子 · \(images) 图像 (\(place)) · 同时 \(threads) 个")
  }

  // MARK: End

  private func reportEnd(_ maker: SweepMaker) throws(WriteError) {
    let progress = maker.progress
    guard output.format == .text else {
      let results = SweepResults(progress: progress)
      let cells = progress.plan.cells.indices.map { results.object(ofCell: $0).text }
      var end = JSONObject(event: "sweep_ended")
      end.add("exit_status", Int(status(maker).rawValue))
      end.add("runs_ended", progress.results.count)
      end.add("seconds", seconds)
      return try StandardStream.output.write(lines: cells + [end.text])
    }
    var lines = output.isQuiet ? [] : [""]
    lines += report.tables(progress)
    if !output.isQuiet {
      lines += ["", says("Saved in \(kept.folder.path).", "保存在 \(kept.folder.path)。")]
      if !progress.isComplete {
        lines.append(
          says(
            "\(progress.results.count) of \(progress.runs.count) runs are over. "
              + "To go on: fmnist-tui sweep --resume \(kept.folder.path)",
            "\(progress.runs.count) 个运行中有 \(progress.results.count) 个结束。"
              + "要继续：fmnist-tui sweep --resume \(kept.folder.path)"))
      }
    }
    try StandardStream.output.write(lines: lines)
  }
}
