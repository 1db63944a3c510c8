import Datasets
import Experiment
internal import Messages
import Platform
package import Sessions
package import TerminalUI
import Training

/// Everything about one recorded session, for a person.
package struct RunReport {
  package let session: RecordedSession
  package let encoding: TextEncoding
  package let width: Int

  /// Made of its parts.
  package init(session: RecordedSession, encoding: TextEncoding, width: Int) {
    self.session = session
    self.encoding = encoding
    self.width = width
  }

  private static let indent = 11

  package var lines: [String] {
    let parts = [heading, layers, settings, changes, epochs, comparison, notes].filter { !$0.isEmpty }
    return Array(parts.joined(separator: [""])).map { encoding.encode($0) }
  }

  private var heading: [String] {
    let (record, summary) = (session.record, session.summary)
    let machine = record.provenance.machine
    let ended = summary.ended.map { [says("ended \(LocalTime.text($0))", "结束于 \(LocalTime.text($0))")] } ?? []
    let messages = summary.runs.compactMap { run in
      run.message.map {
        says("\(run.run.letter) \(run.state.words): \($0)", "\(run.run.letter) \(run.state.words)：\($0)")
      }
    }
    return section(
      says("run", "运行"), [session.folder.name, session.folder.path, summary.state.words])
      + section("", messages)
      + section(
        says("when", "时间"),
        [
          says(
            "began \(LocalTime.text(record.provenance.created))",
            "开始于 \(LocalTime.text(record.provenance.created))")
        ] + ended)
      + section(
        says("program", "程序"),
        [
          "fmnist-tui \(record.provenance.programVersion)",
          says("\(record.provenance.kernels) kernels", "\(record.provenance.kernels) 内核"),
          threads(record.threads),
        ])
      + section(
        says("machine", "机器"),
        [machine.host, machine.system, machine.architecture] + (machine.processor.map { [$0] } ?? [])
          + [says("\(machine.processors) processors", "\(machine.processors) 个处理器")])
      + section(says("preset", "预设"), record.preset.map { [$0] } ?? [])
      + section(says("forks", "分支"), forks)
      + section(
        says("data", "数据"),
        [
          record.runs[0].configuration.dataset.name,
          DataSource.Place.words(ofKey: record.provenance.dataSource.place),
          record.provenance.dataSource.directory,
        ])
      + record.provenance.dataSource.files.flatMap {
        section("", [$0.name, "sha256 \($0.sha256)"], separator: "  ")
      }
  }

  private var forks: [String] {
    session.runs.flatMap { run in
      (run.forkedFrom.map {
        let step = NumberText.grouped($0.step)
        return [
          says(
            "\(run.id.letter) from \($0.run.letter) after step \(step)",
            "\(run.id.letter)：从 \($0.run.letter) 的第 \(step) 步之后")
        ]
      } ?? []) + (run.isRemoved ? [says("\(run.id.letter) removed", "\(run.id.letter) 已移除")] : [])
    }
  }

  private func threads(_ count: Int) -> String {
    says("\(count) thread\(count == 1 ? "" : "s")", "\(count) 个线程")
  }

  private func section(_ label: String, _ phrases: [String], separator: String = " · ") -> [String] {
    guard !phrases.isEmpty else { return [] }
    return TextWrap.lines(
      label: label, phrases: phrases, separator: separator, indent: Self.indent, width: width)
  }

  /// The widest value of a setting in the table.
  private static let widestCell = 60

  /// The layers that the table has no room for.
  private var layers: [String] {
    session.runs.flatMap { run in
      let configuration = run.configuration
      guard configuration.writtenNetwork != nil, configuration.networkTitle.cellWidth > Self.widestCell else {
        return [String]()
      }
      let words = Setting.network.text(in: configuration).split(separator: " ").map(String.init)
      return section(
        says("layers \(run.id.letter)", "层 \(run.id.letter)"), words, separator: " ")
    }
  }

  /// All settings with which the runs began; a star marks those that are not the default.
  private var settings: [String] {
    let rows = Setting.allCases.filter { setting in
      session.runs.contains { setting.applies(to: $0.configuration) }
    }.map { setting in
      [setting.key]
        + session.runs.map { run in
          let text =
            setting.applies(to: run.configuration)
            ? setting.title(in: run.configuration).cut(to: Self.widestCell) : "–"
          return text + (setting.isDefault(in: run.configuration) ? "  " : " *")
        }
    }
    let names = session.runs.map {
      "\($0.id.letter) \(RunName.shown($0.name))".cut(to: Self.widestCell) + "  "
    }
    return TextTable(rows: [[says("settings (* not the default)", "设置 (* 非默认值)")] + names] + rows).lines
  }

  private var changes: [String] {
    let rows = session.runs.flatMap { run in
      run.changes.map { change in
        [
          run.id.letter, change.title, "\(change.oldText) → \(change.newText)",
          NumberText.grouped(change.position.step + 1), String(change.position.epoch),
        ]
      }
    }
    guard !rows.isEmpty else { return [] }
    let table =
      [
        [
          says("run", "运行"), says("setting", "设置"), says("change", "更改"), says("from step", "从第几步起"),
          says("epoch", "轮"),
        ]
      ] + rows
    return [says("live changes", "训练中的更改")] + TextTable(rows: table, flushLeft: 3).lines
  }

  private var epochs: [String] {
    let lines = EpochLines(
      epochs: session.runs.compactMap(\.epochs.last?.configuration.epochs).max() ?? 0,
      showsValidation: session.runs.contains { $0.configuration.validationSize != nil },
      task: session.runs.first?.history.task ?? .classification,
      usesDropout: session.runs.contains(where: \.history.usesDropout))
    let rows = session.events.events.compactMap { recorded -> String? in
      guard case .epochEvaluated(let epoch) = recorded.event.kind,
        session.runs.indices.contains(recorded.event.run.index)
      else { return nil }
      let position = recorded.event.position
      let run = session.runs[position.run.index]
      return lines.line(
        Positioned(epoch, at: position), of: run.history.configuration(atStep: position.step).epochs)
    }
    return rows.isEmpty ? [says("no complete epoch", "没有完成的轮")] : lines.heading + rows
  }

  private var comparison: [String] {
    let kept = session.runs.indices.filter { !session.runs[$0].isRemoved }
    let histories = kept.map { session.runs[$0].history }
    guard histories.contains(where: { !$0.epochs.isEmpty }) else { return [] }
    let description = SessionDescription([session]).selecting(kept)
    let conclusion = Conclusion(session: description, histories: histories, encoding: encoding).lines
    return description.table(histories) + further(description, Comparison(histories))
      + (conclusion.isEmpty ? [] : [""] + conclusion)
  }

  /// The figures that the comparison leaves out.
  private func further(_ description: SessionDescription, _ comparison: Comparison) -> [String] {
    let rows = Figure.byQuantity.filter { !$0.isMain }.compactMap { figure -> [String]? in
      let values = comparison.values(of: figure)
      guard values.contains(where: { $0 != nil }) else { return nil }
      return [figure.label(usesDropout: comparison.usesDropout)]
        + values.map { $0.map { figure.text($0) } ?? "-" }
    }
    let runs = comparison.measured.indices.map { description.letter(of: RunID($0)) }
    return [""] + TextTable(rows: [[says("further figures", "其他指标")] + runs] + rows).lines
  }

  private var notes: [String] {
    session.events.notes.flatMap {
      TextWrap.lines(
        label: says("note", "说明"), phrases: TextWrap.phrases($0), separator: " ",
        indent: Self.indent, width: width)
    }
  }
}

extension SessionDescription {
  /// The runs of recorded sessions in a row.
  package init(_ sessions: [RecordedSession]) {
    let records = sessions.map(\.record)
    let starts = sessions.flatMap { $0.runs.compactMap(\.history.started) }
    let place = DataSource.Place.allCases.first { $0.key == records.first?.provenance.dataSource.place }
    self.init(
      version: records.first?.provenance.programVersion ?? ProgramVersion.text,
      dataSource: DataSource(
        of: records.first?.runs.first?.configuration.dataset ?? .usual, place: place ?? .argument,
        directory: records.first?.provenance.dataSource.directory ?? ""),
      trainCount: starts.map(\.trainCount).max() ?? 0, testCount: starts.map(\.testCount).max() ?? 0,
      threads: records.map(\.threads).max() ?? 0,
      plans: sessions.flatMap { session in
        session.runs.map { run in
          RunPlan(
            name: sessions.count > 1 ? "\(session.folder.name) \(run.name)" : run.name,
            configuration: run.configuration)
        }
      })
  }
}
