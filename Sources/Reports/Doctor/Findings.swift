import Datasets
import Experiment
import Platform
import TerminalUI

/// All that `fmnist-tui doctor` has found, as text and as JSON.
package struct Findings: Sendable {
  package var machine: MachineFindings
  package var data: DataFindings
  package var terminal: TerminalFindings

  /// Made of its parts.
  package init(machine: MachineFindings, data: DataFindings, terminal: TerminalFindings) {
    self.machine = machine
    self.data = data
    self.terminal = terminal
  }

  private static let indent = 11
  private static let width = 79

  private var warnings: [String] { machine.warnings + data.warnings + terminal.warnings }

  /// The lines a person reads.
  package var lines: [String] {
    let encoding = terminal.traits.encoding
    func section(_ label: String, _ phrases: [String], _ separator: String = " · ") -> [String] {
      TextWrap.lines(
        label: label, phrases: phrases.map(encoding.encode), separator: encoding.encode(separator),
        indent: Self.indent, width: Self.width)
    }
    var lines = ["fmnist-tui \(ProgramVersion.text)"]
    lines += section("kernels", kernelPhrases)
    lines += section("processor", processorPhrases)
    lines += section("data", dataPhrases)
    lines += section("terminal", terminalPhrases)
    if warnings.isEmpty { return lines + section("result", ["nothing hinders the program"]) }
    return lines
      + warnings.flatMap { section("warning", $0.split(separator: " ").map(String.init), " ") }
  }

  private var kernelPhrases: [String] {
    var phrases = ["\(machine.kernels) in use"]
    let others = machine.supportedKernels.filter { $0 != machine.kernels }
    if !others.isEmpty { phrases.append("\(others.joined(separator: ", ")) with FMNIST_KERNELS") }
    if !machine.unsupportedKernels.isEmpty {
      phrases.append("not here: \(machine.unsupportedKernels.joined(separator: ", "))")
    }
    return phrases
  }

  private var processorPhrases: [String] {
    func billions(_ number: Double) -> String { NumberText.fixed(number / 1e9, decimals: 1) }
    return [
      machine.processor ?? "unknown",
      "\(machine.processors) \(machine.processors == 1 ? "processor" : "processors")",
      "\(billions(machine.arithmetic.oneThread)) GFLOP/s on one, "
        + "\(billions(machine.arithmetic.allThreads)) on all",
      "\(billions(machine.memory)) GB/s from memory",
      "\(NumberText.bytes(machine.availableMemory.bytes)) \(machine.availableMemory.limit)",
    ]
  }

  private var dataPhrases: [String] {
    switch data {
    case .found(let source, let trainCount, let testCount):
      [
        source.dataset.name, source.description,
        "\(NumberText.grouped(trainCount)) training and \(NumberText.grouped(testCount)) test images",
        source.dataset.isComplete(train: trainCount, test: testCount)
          ? "complete" : "not all of \(source.dataset.name)",
      ]
    case .failed: ["none that can be used"]
    }
  }

  private var terminalPhrases: [String] {
    let colors =
      switch terminal.traits.colors {
      case .none: "no colours"
      case .sixteen: "16 colours"
      case .palette256: "256 colours"
      }
    return [
      terminal.size.map { "\($0.columns) × \($0.rows) cells" } ?? "output is not a terminal",
      "TERM=\(terminal.name ?? "")", colors, terminal.glyphs,
    ]
  }

  /// One JSON object.
  package var json: String {
    var object = JSONObject()
    object.add("version", ProgramVersion.text)
    object.add("kernels", machine.kernels)
    object.add("kernels_supported", machine.supportedKernels)
    object.add("kernels_unsupported", machine.unsupportedKernels)
    object.add("kernels_wanted", machine.wantedKernels)
    object.add("processor", machine.processor)
    object.add("processors", machine.processors)
    object.add("flops_one_thread", machine.arithmetic.oneThread)
    object.add("flops_all_threads", machine.arithmetic.allThreads)
    object.add("memory_bytes_per_second", machine.memory)
    object.add("memory_bytes_available", machine.availableMemory.bytes)
    switch data {
    case .found(let source, let trainCount, let testCount):
      object.add("dataset", source.dataset.key)
      object.add("data_source", source.place.key)
      object.add("data_directory", source.directory)
      object.add("train_images", trainCount)
      object.add("test_images", testCount)
    case .failed(let error):
      object.add("data_error", error.description)
    }
    object.add("is_terminal", terminal.size != nil)
    object.add("columns", terminal.size?.columns)
    object.add("rows", terminal.size?.rows)
    object.add("term", terminal.name)
    object.add("locale", terminal.locale)
    object.add("encoding", terminal.traits.encoding == .ascii ? "ascii" : "utf-8")
    object.add("glyphs", terminal.traits.glyphs.rawValue)
    object.add("warnings", warnings)
    return object.text
  }
}
