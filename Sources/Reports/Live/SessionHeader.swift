import Datasets
import Experiment
internal import Messages
import NeuralNetwork
package import Sessions
package import TerminalUI
import Training

/// The lines that say what a session is about to do.
package struct SessionHeader {
  package let session: SessionDescription
  package let encoding: TextEncoding

  private static let indent = 11
  private static let width = 79
  /// Bytes of memory from which on it is told: less, the program with its data takes anyway.
  private static let notableMemory = 2e8

  package var lines: [String] {
    guard let first = session.runs.first?.configuration else { return [] }
    let (train, test) = (NumberText.grouped(session.trainCount), NumberText.grouped(session.testCount))
    let samples = first.dataset.task.kind.samplesWord
    let counts = says(
      "\(train) training and \(test) test \(samples)", "训练\(samples) \(train)，测试\(samples) \(test)")
    var lines = ["fmnist-tui \(session.version)"]
    let dataset = session.dataSource.dataset
    let bytes = Double(dataset.shape.count * (session.trainCount + session.testCount))
    lines += section(
      says("data", "数据"),
      [dataset.name]
        + (dataset.imageSize.map { [says("resized to \($0) × \($0)", "缩放到 \($0) × \($0)")] } ?? []) + [counts]
        + (bytes < 1e8 ? [] : [Self.memory(bytes)]) + [session.dataSource.description])
    if let preset = session.preset {
      lines += section(
        says("preset", "预设"), [preset.rawValue, preset.summary] + changes(of: preset, in: first))
    }
    lines += section(says("network", "网络"), network(first))
    lines += section(says("training", "训练"), training(first))
    let replicates = session.replicates
    lines += replicates.sides.flatMap { side in
      section(
        says("run \(side.lead.letter)", "运行 \(side.lead.letter)"), run(side.lead.index) + seeds(of: side))
    }
    if let note = session.note { lines += section(says("note", "说明"), TextWrap.phrases(note), " ") }
    return lines
  }

  private func section(_ label: String, _ phrases: [String], _ separator: String = " · ") -> [String] {
    TextWrap.lines(
      label: label, phrases: phrases.map(encoding.encode), separator: encoding.encode(separator),
      indent: Self.indent, width: Self.width)
  }

  /// What was said beside the preset, apart from the seed.
  private func changes(of preset: Preset, in configuration: RunConfiguration) -> [String] {
    guard let own = try? preset.firstSettings.configuration() else { return [] }
    let changed = Setting.allCases.filter { $0 != .seed && $0.value(in: own) != $0.value(in: configuration) }
    return changed.isEmpty
      ? [] : [says("changed: ", "改动：") + changed.map { $0.phrase(in: configuration) }.joined(separator: ", ")]
  }

  private func network(_ configuration: RunConfiguration) -> [String] {
    var phrases = [configuration.networkTitle]
    if configuration.writtenNetwork != nil {
      // Beside the layers themselves there is nothing to tell.
    } else if configuration.hiddenWidths.isEmpty {
      phrases.append(
        configuration.dataset.task.kind == .regression
          ? says("linear regression", "线性回归") : says("softmax regression", "softmax 回归"))
    } else {
      phrases.append(configuration.activation.title)
      if configuration.batchNorm { phrases.append(says("batch norm", "批量规范化")) }
      if configuration.residual { phrases.append(says("residual", "残差")) }
    }
    if let count = session.runs.first?.started?.parameterCount {
      phrases.append(parameters(count))
    }
    return phrases + [
      says(
        "weights \(configuration.initialization.title)", "初始化 \(configuration.initialization.title)")
    ]
  }

  private func parameters(_ count: Int) -> String {
    says("\(NumberText.grouped(count)) parameters", "\(NumberText.grouped(count)) 个参数")
  }

  private static func memory(_ bytes: Double) -> String {
    says("\(NumberText.bytes(bytes)) of memory", "内存 \(NumberText.bytes(bytes))")
  }

  private func training(_ configuration: RunConfiguration) -> [String] {
    let memory = session.memory(isSaved: session.folder != nil).bytes
    return [configuration.optimizer.title]
      + Setting.allCases.compactMap { $0.words(in: configuration, grouped: NumberText.grouped) }
      + [
        says(
          "\(NumberText.grouped(session.threads)) thread\(session.threads == 1 ? "" : "s")",
          "\(NumberText.grouped(session.threads)) 个线程")
      ]
      + (memory < Self.notableMemory ? [] : [says("about ", "约需") + Self.memory(memory)])
  }

  private func run(_ index: Int) -> [String] {
    let run = session.runs[index]
    var phrases = [run.shownName]
    guard index > 0, let first = session.runs.first?.configuration else {
      if let dropout = dropout(run.configuration), dropout != run.name { phrases.append(dropout) }
      return phrases
    }
    if let fork = run.forkedFrom {
      return phrases + [
        says(
          "forked from \(fork.run.letter) after step \(NumberText.grouped(fork.step))",
          "从 \(fork.run.letter) 的第 \(NumberText.grouped(fork.step)) 步之后分支")
      ]
    }
    let difference = RunDifference(first, run.configuration)
    if run.name != difference.names[1] { phrases += difference.phrases(in: run.configuration) }
    if let count = run.started?.parameterCount, let other = session.runs.first?.started?.parameterCount,
      count != other
    {
      phrases.append(parameters(count))
    }
    phrases.append(
      difference.sharesInitialWeights
        ? says("same initial weights", "初始权重相同") : says("other initial weights", "初始权重不同"))
    phrases.append(
      difference.sharesBatches ? says("same batches", "批量相同") : says("other batches", "批量不同"))
    return phrases
  }

  /// The seeds of a side that is trained with several, and the letters of its runs.
  private func seeds(of side: Replicates.Side) -> [String] {
    guard side.runs.count > 1 else { return [] }
    let seeds = side.seeds.map { String($0) }.joined(separator: ", ")
    let runs = side.runs.map(\.letter).joined(separator: ", ")
    return [says("seeds \(seeds) as runs \(runs)", "种子 \(seeds) 为运行 \(runs)")]
  }

  private func dropout(_ configuration: RunConfiguration) -> String? {
    guard configuration.usesDropout else { return nil }
    let layers = Setting.dropout.phrase(in: configuration)
    return configuration.inputDropout > 0
      ? layers
        + says(
          ", of pixels \(SettingText.number(configuration.inputDropout))",
          "，像素 \(SettingText.number(configuration.inputDropout))") : layers
  }
}
