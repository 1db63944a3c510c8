import Datasets
package import Experiment
import Messages
package import NeuralNetwork
import Platform
package import Training

/// The files of a run's checkpoints, in the safetensors format.
///
/// Weights are files of their own, which PyTorch's `load_state_dict` takes as they are. To go on from there a run also
/// needs how far it is and what the optimiser remembers: these are one file with the weights, so that they always fit.
package struct CheckpointFile {
  /// The format that this version of the program writes and reads.
  private static let format = 2
  private static let formatKey = "fmnist-tui.checkpoint"
  private static let progressKey = "place"
  private static let stepKey = "optimizer.step"
  private static let prefix = "optimizer."
  private static let bestPrefix = "best."

  package let folder: RunFolder
  package let run: RunID

  /// Made of its parts.
  package init(folder: RunFolder, run: RunID) {
    self.folder = folder
    self.run = run
  }

  private var base: String { "\(folder.checkpoints)/\(run.letter)" }
  /// The latest weights, for other programs: those of `resume`, or between two system calls those before.
  package var latest: String { base + "-latest.safetensors" }
  /// The weights of the best epoch.
  package var best: String { base + "-best.safetensors" }
  /// All that is needed to go on.
  package var resume: String { base + "-resume.safetensors" }
  /// The one before.
  package var previous: String { base + "-resume-previous.safetensors" }

  /// The file whose weights are the latest: what is gone on from counts, wherever the program was killed.
  package var newest: String { [resume, previous].first(where: { Files.exists($0) }) ?? latest }

  /// Makes the latest weights those of `checkpoint`, if they are not: a kill can come before they are.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package func bringLatest(to checkpoint: Checkpoint) throws(RunLogError) {
    let bytes = Self.weights(checkpoint).bytes
    do throws(RunLogError) {
      if try DurableFile.read(latest, limit: SafetensorsFile.mostBytes) == bytes { return }
    } catch {
      guard error.kind != .unreadable else { throw error }
    }
    try DurableFile.write(bytes, to: latest)
  }

  /// Makes the checkpoint before the latest one the latest, for good.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package func removeNewest() throws(RunLogError) {
    try DurableFile.remove(resume)
    try Folder.synchronize(folder.checkpoints)
  }

  /// Removes all files of the run, if there are any.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package func remove() throws(RunLogError) {
    for path in [resume, previous, best, latest] { try DurableFile.remove(path) }
  }

  /// The step and the figures of the weights of the best epoch, if there are any.
  ///
  /// - Throws: `RunLogError` if the system cannot read them; damaged ones are as good as none.
  package var bestFigures: (step: Int, metrics: Measurements)? {
    get throws(RunLogError) {
      let metadata: [String: String]
      do {
        metadata = try SafetensorsFile(path: best).metadata
      } catch {
        guard error.kind != .unreadable else { throw error }
        return nil
      }
      guard let step = metadata["step"].flatMap(Int.init) else { return nil }
      var metrics = Measurements()
      for figure in Figure.all { metrics[figure] = metadata[figure.key].flatMap { Double($0) } }
      return metrics.selection.map { _ in (step, metrics) }
    }
  }

  /// Weights with a note of where they come from.
  package static func weights(_ checkpoint: Checkpoint) -> SafetensorsFile {
    let position = checkpoint.progress.position
    var settings = JSONObject()
    settings.add(checkpoint.progress.configuration)
    var metadata = [
      "format": "pt", "run": checkpoint.progress.name, "epoch": "\(checkpoint.progress.epochOfWeights)",
      "step": "\(position.step)",
      "configuration": settings.text,
    ]
    for (figure, value) in checkpoint.progress.metrics?.all ?? [] { metadata[figure.key] = "\(value)" }
    return SafetensorsFile(checkpoint.weights.map(tensor), metadata: metadata)
  }

  /// The weights of a network under the names that it was published with, with its settings.
  package static func published(_ network: Network, _ configuration: RunConfiguration) -> SafetensorsFile {
    var settings = JSONObject()
    settings.add(configuration)
    return SafetensorsFile(
      network.publishedStateDictionary.map(tensor),
      metadata: ["format": "pt", "configuration": settings.text])
  }

  /// All of a checkpoint.
  package static func complete(_ checkpoint: Checkpoint) -> SafetensorsFile {
    let memory = checkpoint.optimizer.numbers.flatMap { name, parameters in
      parameters.enumerated().map { index, values in
        StoredTensor("\(prefix)\(name).\(index)", shape: [values.count], .float32(values))
      }
    }
    let best = checkpoint.bestWeights.map {
      StoredTensor(bestPrefix + $0.name, shape: $0.shape, .float32($0.values))
    }
    return SafetensorsFile(
      checkpoint.weights.map(tensor) + memory + best,
      metadata: [
        formatKey: "\(format)", progressKey: checkpoint.progress.json.text,
        stepKey: "\(checkpoint.optimizer.step)",
      ])
  }

  /// Reads all of a checkpoint.
  ///
  /// - Throws: `RunLogError` if the file is not there, damaged, or of another format.
  package static func read(_ path: String) throws(RunLogError) -> Checkpoint {
    let file = try SafetensorsFile(path: path)
    guard let text = file.metadata[formatKey], let version = Int(text) else {
      throw RunLogError(
        .invalid, path: path, problem: says("this is no checkpoint to go on from", "这不是可以接着训练的检查点"),
        remedy: says("Weights alone can be given with --init-from", "只有权重的文件可用 --init-from 给出"))
    }
    guard version == format else { throw RunLogError(format: version, known: format, path: path) }
    guard let text = file.metadata[progressKey], let step = file.metadata[stepKey].flatMap(Int.init),
      (0...FieldDecoder.largestCount).contains(step)
    else {
      throw RunLogError(
        .invalid, path: path, problem: says("the checkpoint does not say how far the run is", "检查点没有说明运行到了哪里")
      )
    }
    let progress = try JSONText.decode(CheckpointProgress.self, Array(text.utf8), path: path)
    var weights: [NamedTensor] = []
    var bestWeights: [NamedTensor] = []
    var memory: [String: [Int: [Float]]] = [:]
    for tensor in file.tensors {
      guard let values = tensor.float32 else { continue }
      if tensor.name.hasPrefix(bestPrefix) {
        let name = String(tensor.name.dropFirst(bestPrefix.count))
        bestWeights.append(NamedTensor(name: name, shape: tensor.shape, values: values))
        continue
      }
      guard tensor.name.hasPrefix(prefix) else {
        weights.append(NamedTensor(name: tensor.name, shape: tensor.shape, values: values))
        continue
      }
      let parts = tensor.name.dropFirst(prefix.count).split(separator: ".")
      if parts.count == 2, let index = Int(parts[1]) {
        memory[String(parts[0]), default: [:]][index] = values
      }
    }
    let numbers = memory.mapValues { byIndex in byIndex.sorted { $0.key < $1.key }.map(\.value) }
    return Checkpoint(
      progress: progress, weights: weights, optimizer: OptimizerState(step: step, numbers: numbers),
      bestWeights: bestWeights)
  }

  /// The weights of a file, whoever has written it.
  ///
  /// - Throws: `RunLogError` if the file is not there, damaged, or holds other numbers than floats.
  package static func readWeights(_ path: String) throws(RunLogError) -> [NamedTensor] {
    try readWeights(of: SafetensorsFile(path: path), path: path)
  }

  /// The weights in a file that is read already.
  ///
  /// - Throws: `RunLogError` if it holds other numbers than floats.
  package static func readWeights(of file: SafetensorsFile, path: String) throws(RunLogError) -> [NamedTensor]
  {
    var weights: [NamedTensor] = []
    for tensor in file.tensors where !tensor.name.hasPrefix(prefix) && !tensor.name.hasPrefix(bestPrefix) {
      if let values = tensor.float32 {
        weights.append(NamedTensor(name: tensor.name, shape: tensor.shape, values: values))
      } else if !tensor.name.hasSuffix(".num_batches_tracked") {
        throw RunLogError(
          .invalid, path: path,
          problem: says("the tensor \(tensor.name) holds whole numbers", "张量 \(tensor.name) 存的是整数"),
          remedy: says("Save the weights as single-precision floats", "请把权重存为单精度浮点数"))
      }
    }
    return withoutWrappers(weights)
  }

  /// The tensors under the names that they have without what was around the network: `module.` of `DataParallel`,
  /// `_orig_mod.` of `torch.compile`, `model.` or `net.` of a module that has the network as one of its own.
  private static func withoutWrappers(_ weights: [NamedTensor]) -> [NamedTensor] {
    var weights = weights
    while let wrapper = wrapper(of: weights) {
      weights = weights.map {
        NamedTensor(
          name: String(Substring($0.name.utf8.dropFirst(wrapper.utf8.count))), shape: $0.shape,
          values: $0.values)
      }
    }
    return weights
  }

  /// What all names begin with up to their first dot, if it is no place of a layer and leaves more than the tensor's own name.
  private static func wrapper(of weights: [NamedTensor]) -> Substring? {
    guard let first = weights.first, let dot = first.name.firstIndex(of: "."),
      Int(first.name[..<dot]) == nil
    else { return nil }
    let wrapper = first.name[...dot]
    let isAround = weights.allSatisfy {
      $0.name.utf8.starts(with: wrapper.utf8)
        && $0.name.utf8.dropFirst(wrapper.utf8.count).contains(UInt8(ascii: "."))
    }
    return isAround ? wrapper : nil
  }

  /// The settings in force when a file was written, if it tells.
  package static func configuration(of file: SafetensorsFile) -> RunConfiguration? {
    if let text = file.metadata["configuration"] { return decode(Settings.self, text)?.configuration }
    return progress(of: file)?.configuration
  }

  /// How far the run was, if the file tells: weights alone do not.
  package static func progress(of file: SafetensorsFile) -> CheckpointProgress? {
    file.metadata[progressKey].flatMap { decode(CheckpointProgress.self, $0) }
  }

  /// Settings as an object of their own.
  private struct Settings: Decodable {
    let configuration: RunConfiguration

    init(from decoder: any Decoder) throws {
      configuration = try RunConfiguration(decoder.container(keyedBy: Field.self))
    }
  }

  /// The hash of weights, by which it is known whether two runs ended with the same bits.
  package static func hash(_ weights: [NamedTensor]) -> String {
    SHA256.hash(file(weights).bytes)
  }

  /// A file of weights alone.
  package static func file(_ weights: [NamedTensor]) -> SafetensorsFile {
    SafetensorsFile(weights.map(tensor))
  }

  private static func tensor(_ tensor: NamedTensor) -> StoredTensor {
    StoredTensor(tensor.name, shape: tensor.shape, .float32(tensor.values))
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
    try? JSONText.decode(type, Array(text.utf8), path: "")
  }
}
