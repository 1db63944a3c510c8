import ArgumentParser
import Datasets
import Experiment
import NeuralNetwork
import Platform
import Reports
import Sessions
import TerminalUI
import Training

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `fmnist-tui predict`: what a trained network says of images, and how sure it is.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Ask a trained network about test images or pictures, and how sure it is.",
    discussion: """
      Every image is passed once with dropout off, and many times with fresh dropout masks: the spread of those \
      answers tells how sure the network is (Monte-Carlo dropout). Agreement is the share of these passes that \
      vote for the class with the largest mean; entropy and mutual information are in nats.

      Pictures are PNG files of any size and kind. For CIFAR-10 and image folders they are taken whole, in colour, and \
      scaled. For the others, as the images of these were made, they are turned upright, \
      become grey, are inverted where the background is bright, cropped to what they show and scaled.

      EXAMPLES:
        fmnist-tui predict --image 0                          the latest session's best weights, test image 0
        fmnist-tui predict --checkpoint exp3 --of B --image pictures/
        fmnist-tui predict --checkpoint weights.safetensors --dropout 0.2,0.5 --image shirt.png --format jsonl
      """)

  @Option(
    help: ArgumentHelp(
      "A safetensors file, or a session: its folder, its name, or 'latest'.", valueName: "file|run"),
    completion: .file(extensions: ["safetensors"]))
  var checkpoint = "latest"

  @Option(
    help: ArgumentHelp(
      "A place in the test set from 0, a PNG file, or a folder with PNG files; may be repeated.",
      valueName: "N|file|folder"),
    completion: .file(extensions: ["png"]))
  var image: [String]

  @Option(help: ArgumentHelp("Passes with dropout for each image, 1...10000.", valueName: "passes"))
  var mc = 100

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per image.")
  var format = ReportFormat.text

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  @OptionGroup var choice: WeightsOptions
  @OptionGroup(title: "Where the weights do not tell, or to see what would be") var settings:
    SettingOptions<UntoldGroup>
  @OptionGroup var directory: DataDirectoryOption

  mutating func validate() throws {
    guard !image.isEmpty else {
      throw ValidationError("no image was named. Give one or more with --image, for example --image 0.")
    }
    try choice.validate(for: checkpoint)
    try format.validate(ascii: ascii)
    guard (1...10_000).contains(mc) else {
      throw ValidationError("--mc \(mc): the number of passes lies in 1...10000. Give for example 100.")
    }
  }

  mutating func run() throws {
    let network = try network()
    guard network.dataset.task.kind == .classification else {
      throw ValidationError(
        "these are the weights of a regression (\(network.dataset.name)), whose answers are numbers and not what an "
          + "image shows. 'fmnist-tui runs open' shows them on the page Fit.")
    }
    var status = ProgramStatus.success
    var origins: [PredictedImage.Origin] = []
    for text in image {
      do throws(Failure) { origins += try PredictedImage.origins(text) } catch { status = try tell(error) }
    }
    let test = try testImages(for: origins, network)
    if let assumption = network.assumption {
      try StandardStream.error.write(lines: [assumption])
    }
    for origin in origins {
      let image: PredictedImage
      do throws(DatasetError) {
        image = try PredictedImage(origin, test: test, of: network.dataset)
      } catch {
        // The others may be readable.
        status = try tell(Failure(error))
        continue
      }
      try write(image, network.examine(image, passes: mc), network)
    }
    guard status == .success else { throw ExitCode(status.rawValue) }
  }

  private func network() throws -> CheckpointNetwork {
    try CheckpointNetwork(
      path: choice.path(of: checkpoint), changes: settings.given,
      choose: { directory.chosen(trainedOn: $0) })
  }

  /// The test set, if it is asked for.
  private func testImages(
    for origins: [PredictedImage.Origin], _ network: CheckpointNetwork
  ) throws -> LabeledImages? {
    let places = origins.compactMap { if case .test(let place) = $0 { place } else { nil } }
    guard !places.isEmpty else { return nil }
    let dataset = try directory.load(trainedOn: network.dataset)
    if let place = places.first(where: { !(0..<dataset.test.count).contains($0) }) {
      throw ValidationError(
        "--image \(place): the test set has images 0...\(dataset.test.count - 1) (\(dataset.source)). "
          + "Give one of these, or a file of that name as ./\(place).")
    }
    return dataset.test
  }

  private func write(_ image: PredictedImage, _ answer: ExaminedImage, _ network: CheckpointNetwork) throws {
    switch format {
    case .text:
      let text = PredictionText(
        image: image, answer: answer, isDropping: network.configuration.usesDropout,
        classNames: network.dataset.task.classNames, terminal: PictureTerminal(ascii: ascii))
      try StandardStream.output.write(pictures: text.lines)
    case .jsonLines:
      try StandardStream.output.write(
        lines: [PredictionJSON(image: image, answer: answer, network: network).text])
    }
  }

  /// Tells of a failure that does not end the program, and returns its status.
  private func tell(_ failure: Failure) throws -> ProgramStatus {
    if let message = failure.message { try StandardStream.error.write(lines: ["Error: \(message)"]) }
    return failure.status
  }
}
