import Datasets
package import Experiment
import NeuralNetwork
package import Sessions
package import TerminalUI
import Training

/// The lines that say what a session is about to do.
package struct SessionHeader {
  package let session: SessionDescription
  /// The runs' descriptions; `nil` for a run that could not start.
  package let started: [RunStarted?]
  package let encoding: TextEncoding

  private static let indent = 11
  private static let width = 79

  package var lines: [String] {
    guard let first = session.runs.first?.configuration else { return [] }
    let counts =
      "\(NumberText.grouped(session.trainCount)) training and \(NumberText.grouped(session.testCount)) test images"
    var lines = ["fmnist-tui \(session.version)"]
    lines += section("data", [session.dataSource.dataset.name, counts, session.dataSource.description])
    if let preset = session.preset {
      lines += section("preset", [preset.rawValue, preset.summary] + changes(of: preset, in: first))
    }
    lines += section("network", network(first))
    lines += section("training", training(first))
    let replicates = session.replicates
    lines += replicates.sides.flatMap { side in
      section("run \(side.lead.letter)", run(side.lead.index) + seeds(of: side))
    }
    if let note = session.note { lines += section("note", note.split(separator: " ").map(String.init), " ") }
    return lines
  }

  private func section(_ label: String, _ phrases: [String], _ separator: String = " · ") -> [String] {
    TextWrap.lines(
      label: label, phrases: phrases.map(encoding.encode), separator: encoding.encode(separator),
      indent: Self.indent, width: Self.width)
  }

  /// What was said beside the preset, apart from the seed.
  private func changes(of preset: Preset, in configuration: RunConfiguration) -> [String] {
    guard let own = try? preset.settings.configuration() else { return [] }
    let changed = RunSetting.allCases.filter { $0 != .seed && $0.text(in: own) != $0.text(in: configuration) }
    return changed.isEmpty
      ? [] : ["changed: " + changed.map { $0.phrase(in: configuration) }.joined(separator: ", ")]
  }

  private func network(_ configuration: RunConfiguration) -> [String] {
    var phrases = [configuration.layerWidths.map { String($0) }.joined(separator: "-")]
    if configuration.hiddenWidths.isEmpty {
      phrases.append("softmax regression")
    } else {
      phrases.append(configuration.activation.title)
      if configuration.batchNorm { phrases.append("batch norm") }
    }
    if let count = started.first??.parameterCount {
      phrases.append("\(NumberText.grouped(count)) parameters")
    }
    return phrases + ["weights \(configuration.initialization.title)"]
  }

  private func training(_ configuration: RunConfiguration) -> [String] {
    var phrases = [
      configuration.optimizer.title, "lr \(SettingText.number(configuration.learningRate))",
    ]
    switch configuration.schedule.decay {
    case .constant: break
    case .step(let epochs, let factor):
      phrases.append("times \(SettingText.number(factor)) every \(count(epochs, "epoch"))")
    case .cosine: phrases.append("cosine to 0")
    }
    if configuration.schedule.warmupEpochs > 0 {
      phrases.append("warm-up over \(SettingText.number(configuration.schedule.warmupEpochs)) epochs")
    }
    if configuration.momentum > 0 {
      phrases.append(
        "\(configuration.nesterov ? "Nesterov " : "")momentum \(SettingText.number(configuration.momentum))")
    }
    if configuration.weightDecay > 0 {
      let weights = configuration.decaysBiases ? "" : " on weights only"
      phrases.append("weight decay \(SettingText.number(configuration.weightDecay))\(weights)")
    }
    if configuration.l1 > 0 { phrases.append("L1 \(SettingText.number(configuration.l1))") }
    if let norm = configuration.clipNorm { phrases.append("gradient norm up to \(SettingText.number(norm))") }
    if let value = configuration.clipValue { phrases.append("gradients up to ±\(SettingText.number(value))") }
    if configuration.labelSmoothing > 0 {
      phrases.append("label smoothing \(SettingText.number(configuration.labelSmoothing))")
    }
    if configuration.augmentation.flip { phrases.append("half of the images mirrored") }
    if configuration.augmentation.shift > 0 {
      phrases.append("images moved by up to \(count(configuration.augmentation.shift, "pixel"))")
    }
    if let size = configuration.validationSize {
      phrases.append("\(NumberText.grouped(size)) of the training images held out for validation")
    }
    if let patience = configuration.earlyStopping {
      phrases.append("ends \(count(patience, "epoch")) after the best")
    }
    if configuration.evaluationInterval > 1 {
      phrases.append("measured every \(count(configuration.evaluationInterval, "epoch"))")
    }
    if let size = configuration.trainSize {
      phrases.append("\(NumberText.grouped(size)) of the training images")
    }
    return phrases + [
      "batch \(configuration.batchSize)", count(configuration.epochs, "epoch"), "seed \(configuration.seed)",
      count(session.threads, "thread"),
    ]
  }

  private func run(_ index: Int) -> [String] {
    let plan = session.runs[index]
    var phrases = [plan.name]
    guard index > 0, let first = session.runs.first?.configuration else {
      if let dropout = dropout(plan.configuration), dropout != plan.name { phrases.append(dropout) }
      return phrases
    }
    if let fork = plan.forkedFrom {
      return phrases + ["forked from \(fork.run.letter) after step \(NumberText.grouped(fork.step))"]
    }
    let difference = RunDifference(first, plan.configuration)
    if let count = started[index]?.parameterCount, let other = started.first??.parameterCount, count != other
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

  private func count(_ count: Int, _ unit: String) -> String {
    "\(NumberText.grouped(count)) \(unit)\(count == 1 ? "" : "s")"
  }

  private func dropout(_ configuration: RunConfiguration) -> String? {
    guard configuration.usesDropout else { return nil }
    let layers = RunSetting.dropout.phrase(in: configuration)
    return configuration.inputDropout > 0
      ? "\(layers), of pixels \(SettingText.number(configuration.inputDropout))" : layers
  }
}
