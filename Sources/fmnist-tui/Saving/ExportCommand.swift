import ArgumentParser
import RunLog
import TrainingEvents

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `fmnist-tui export RUN --onnx FILE`: a trained network for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a trained network as an ONNX file.",
    discussion: """
      Input 'images', shape [N, 784], pixels as fractions of 255; output 'logits', shape [N, 10]. PyTorch needs no \
      export: the safetensors files in the session's folder 'checkpoints' are state_dicts.
      """)

  /// Which of a run's weights.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case best
    case latest
  }

  @Argument(
    help: ArgumentHelp(
      "The session (its folder, its name, or 'latest'), or a safetensors file that it has written.",
      valueName: "run"))
  var session: String

  @Option(
    help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file(extensions: ["onnx"]))
  var onnx: String

  @Option(help: ArgumentHelp("Which run of the session.", valueName: "letter"))
  var of = "A"

  @Option(help: "The weights with the best test accuracy, or the latest ones.")
  var weights = Choice.best

  @Flag(help: "Replace the file if it is there.")
  var force = false

  @Option(help: ArgumentHelp("Folder with the sessions' folders.", valueName: "dir"), completion: .directory)
  var runsDir = "runs"

  mutating func run() throws {
    guard force || !FileManager.default.fileExists(atPath: onnx) else {
      throw Failure(
        status: .cannotCreate, message: "\(onnx): the file is there already. Give another name, or --force.")
    }
    do throws(RunLogError) {
      let path = try source()
      let file = try SafetensorsFile(path: path)
      guard let text = file.metadata["configuration"],
        let configuration = try? JSONDecoder().decode(RunConfiguration.self, from: Data(text.utf8))
      else {
        throw RunLogError(
          .invalid, path: path, problem: "the file does not say which activation the network has",
          remedy: "Give weights that fmnist-tui has written")
      }
      try ONNXModel(
        file.tensors, activation: configuration.activation, programVersion: Program.version, path: path
      ).write(to: onnx)
    } catch {
      throw Failure(saving: error)
    }
    try StandardStream.output.write(lines: ["Wrote \(onnx)."])
  }

  private func source() throws(RunLogError) -> String {
    if session.hasSuffix(".safetensors") { return session }
    let folder = try ResumedSession.find(session, in: runsDir)
    let letters = try RunReader(folder).record().runs.indices.map { RunID($0).letter }
    guard let index = letters.firstIndex(of: of.uppercased()) else {
      throw RunLogError(
        .missing, path: folder.path, problem: "the session has no run \(of)",
        remedy: "Give one of \(letters.joined(separator: ", ")) with --of")
    }
    let file = CheckpointFile(folder: folder, run: RunID(index))
    return weights == .best ? file.best : file.latest
  }
}
