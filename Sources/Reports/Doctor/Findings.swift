import Datasets
import Experiment
internal import Messages
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
    lines += section(says("kernels", "内核"), kernelPhrases)
    lines += section(says("processor", "处理器"), processorPhrases)
    lines += section(says("data", "数据"), dataPhrases)
    lines += section(says("terminal", "终端"), terminalPhrases)
    guard !warnings.isEmpty else {
      return lines + section(says("result", "结果"), [says("nothing hinders the program", "没有什么妨碍程序运行")])
    }
    return lines
      + warnings.flatMap {
        section(says("warning", "警告"), $0.split(separator: " ").map(String.init), " ")
      }
  }

  private var kernelPhrases: [String] {
    var phrases = [says("\(machine.kernels) in use", "使用 \(machine.kernels)")]
    let others = machine.supportedKernels.filter { $0 != machine.kernels }
    if !others.isEmpty {
      phrases.append(
        says(
          "\(others.joined(separator: ", ")) with FMNIST_KERNELS",
          "用 FMNIST_KERNELS 可选 \(others.joined(separator: ", "))"))
    }
    if !machine.unsupportedKernels.isEmpty {
      let others = machine.unsupportedKernels.joined(separator: ", ")
      phrases.append(says("not here: \(others)", "此处没有：\(others)"))
    }
    return phrases
  }

  private var processorPhrases: [String] {
    func billions(_ number: Double) -> String { NumberText.fixed(number / 1e9, decimals: 1) }
    return [
      machine.processor ?? says("unknown", "未知"),
      says(
        "\(machine.processors) \(machine.processors == 1 ? "processor" : "processors")",
        "\(machine.processors) 个处理器"),
      says(
        "\(billions(machine.arithmetic.oneThread)) GFLOP/s on one, "
          + "\(billions(machine.arithmetic.allThreads)) on all",
        "单个 \(billions(machine.arithmetic.oneThread)) GFLOP/s，全部 \(billions(machine.arithmetic.allThreads))"),
      says("\(billions(machine.memory)) GB/s from memory", "内存 \(billions(machine.memory)) GB/s"),
      "\(NumberText.bytes(machine.availableMemory.bytes)) \(machine.availableMemory.limit)",
    ]
  }

  private var dataPhrases: [String] {
    switch data {
    case .found(let source, let trainCount, let testCount):
      [
        source.dataset.name, source.description,
        says(
          "\(NumberText.grouped(trainCount)) training and \(NumberText.grouped(testCount)) test images",
          "训练图像 \(NumberText.grouped(trainCount))，测试图像 \(NumberText.grouped(testCount))"),
        source.dataset.isComplete(train: trainCount, test: testCount)
          ? says("complete", "完整")
          : says("not all of \(source.dataset.name)", "不是 \(source.dataset.name) 的全部"),
      ]
    case .failed: [says("none that can be used", "没有可用的")]
    }
  }

  private var terminalPhrases: [String] {
    let colors =
      switch terminal.traits.colors {
      case .none: says("no colours", "没有颜色")
      case .sixteen: says("16 colours", "16 色")
      case .palette256: says("256 colours", "256 色")
      }
    return [
      terminal.size.map { says("\($0.columns) × \($0.rows) cells", "\($0.columns) × \($0.rows) 格") }
        ?? says("output is not a terminal", "输出不是终端"),
      "TERM=\(terminal.name ?? "")", colors, terminal.glyphs,
    ]
  }

  /// One JSON object, the same in every language.
  package var json: String { Language.$scoped.withValue(.english) { jsonText } }

  private var jsonText: String {
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
