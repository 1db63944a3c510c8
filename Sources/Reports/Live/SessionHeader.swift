import Datasets
import Experiment
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
    let counts =
      "\(NumberText.grouped(session.trainCount)) training and \(NumberText.grouped(session.testCount)) test "
      + first.dataset.task.kind.samplesWord
    var lines = ["fmnist-tui \(session.version)"]
    let dataset = session.dataSource.dataset
    let bytes = Double(dataset.shape.count * (session.trainCount + session.testCount))
    lines += section(
      "data",
      [dataset.name] + (dataset.imageSize.map { ["resized to \($0) × \($0)"] } ?? []) + [counts]
        + (bytes < 1e8 ? [] : ["\(NumberText.bytes(bytes)) of memory"]) + [session.dataSource.description])
    if let preset = session.preset {
      lines += section("preset", [preset.rawValue, preset.summary] + changes(of: preset, in: first))
    }
    lines += section("network", network(first))
    lines += section("training", training(first))
    let replicates = session.replicates
    lines += replicates.sides.flatMap { side in
      section("run \(side.lead.letter)", run(side.lead.index) + seeds(of: side))
    }
    if let note = session.note { lines += section("note", TextWrap.phrases(note), " ") }
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
      ? [] : ["changed: " + changed.map { $0.phrase(in: configuration) }.joined(separator: ", ")]
  }

  private func network(_ configuration: RunConfiguration) -> [String] {
    var phrases = [configuration.networkTitle]
    if configuration.writtenNetwork != nil {
      // Beside the layers themselves there is nothing to tell.
    } else if configuration.hiddenWidths.isEmpty {
      phrases.append(
        configuration.dataset.task.kind == .regression ? "linear regression" : "softmax regression")
    } else {
      phrases.append(configuration.activation.title)
      if configuration.batchNorm { phrases.append("batch norm") }
      if configuration.residual { phrases.append("residual") }
    }
    if let count = session.runs.first?.started?.parameterCount {
      phrases.append("\(NumberText.grouped(count)) parameters")
    }
    return phrases + ["weights \(configuration.initialization.title)"]
  }

  private func training(_ configuration: RunConfiguration) -> [String] {
    let memory = session.memory(isSaved: session.folder != nil).bytes
    return [configuration.optimizer.title]
      + Setting.allCases.compactMap { $0.words(in: configuration, grouped: NumberText.grouped) }
      + ["\(NumberText.grouped(session.threads)) thread\(session.threads == 1 ? "" : "s")"]
      + (memory < Self.notableMemory ? [] : ["about \(NumberText.bytes(memory)) of memory"])
  }

  private func run(_ index: Int) -> [String] {
    let run = session.runs[index]
    var phrases = [run.name]
    guard index > 0, let first = session.runs.first?.configuration else {
      if let dropout = dropout(run.configuration), dropout != run.name { phrases.append(dropout) }
      return phrases
    }
    if let fork = run.forkedFrom {
      return phrases + ["forked from \(fork.run.letter) after step \(NumberText.grouped(fork.step))"]
    }
    let difference = RunDifference(first, run.configuration)
    if run.name != difference.names[1] { phrases += difference.phrases(in: run.configuration) }
    if let count = run.started?.parameterCount, let other = session.runs.first?.started?.parameterCount,
      count != other
    {
      phrases.append("\(NumberText.grouped(count)) parameters")
    }
    phrases.append(difference.sharesInitialWeights ? "same initial weights" : "other initial weights")
    phrases.append(difference.sharesBatches ? "same batches" : "other batches")
    return phrases
  }

  /// The seeds of a side that is trained with several, and the letters of its runs.
  private func seeds(of side: Replicates.Side) -> [String] {
    guard side.runs.count > 1 else { return [] }
    let seeds = side.seeds.map { String($0) }.joined(separator: ", ")
    return ["seeds \(seeds) as runs \(side.runs.map(\.letter).joined(separator: ", "))"]
  }

  private func dropout(_ configuration: RunConfiguration) -> String? {
    guard configuration.usesDropout else { return nil }
    let layers = Setting.dropout.phrase(in: configuration)
    return configuration.inputDropout > 0
      ? "\(layers), of pixels \(SettingText.number(configuration.inputDropout))" : layers
  }
}
