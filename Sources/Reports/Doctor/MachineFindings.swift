internal import Messages
import NeuralNetwork
package import Platform
import Sessions

/// What there is to compute with.
package struct MachineFindings: Sendable {
  /// The kernels in use.
  package var kernels: String
  /// All kernels that this processor can run, the fastest first.
  package var supportedKernels: [String]
  /// The others that the program has.
  package var unsupportedKernels: [String]
  /// The kernels that `FMNIST_KERNELS` asks for.
  package var wantedKernels: String?
  /// The processor's name, where the system tells it.
  package var processor: String?
  /// Processors that the program may use.
  package var processors: Int
  /// Multiplications and additions per second of one thread, and of one on each processor.
  package var arithmetic: (oneThread: Double, allThreads: Double)
  /// Bytes per second that all threads read.
  package var memory: Double
  /// The memory that the program may take.
  package var availableMemory: AvailableMemory

  /// What can be done about what hinders.
  package var warnings: [String] {
    var warnings: [String] = []
    if let wantedKernels, wantedKernels != kernels {
      let choices = supportedKernels.joined(separator: ", ")
      warnings.append(
        says(
          "FMNIST_KERNELS=\(wantedKernels): this processor cannot run such kernels, or there are none. "
            + "Choose among \(choices), or unset it.",
          "FMNIST_KERNELS=\(wantedKernels)：这个处理器不能运行这样的内核，或没有这样的内核。请在 \(choices) 中选择，或取消该变量。"))
    }
    let share =
      arithmetic.allThreads / (arithmetic.oneThread * Double(min(processors, ThreadTeam.largestSize)))
    if share < 0.7 {
      warnings.append(
        says(
          "all processors together reach only \(Int(100 * share)) % of what one reaches times their number: "
            + "other work keeps them busy, or they share cores. End what can wait, or use fewer --threads.",
          "所有处理器一起只达到单个处理器乘以个数的 \(Int(100 * share)) %：它们忙于其他工作，或共用核心。"
            + "请结束可以等待的工作，或用较少的 --threads。"))
    }
    return warnings
  }
}

extension MachineFindings {
  /// Looks and measures.
  package init(environment: [String: String]) {
    let processors = Processors.count
    let together = ThreadTeam(threads: processors)
    self.init(
      kernels: Kernels.name, supportedKernels: Kernels.names.filter(Kernels.areSupported),
      unsupportedKernels: Kernels.names.filter { !Kernels.areSupported($0) },
      wantedKernels: environment["FMNIST_KERNELS"], processor: Machine.current.processor,
      processors: processors,
      arithmetic: (ThreadTeam(threads: 1).measureArithmetic(), together.measureArithmetic()),
      memory: together.measureMemory(), availableMemory: .current)
  }
}
