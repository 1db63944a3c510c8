import ArgumentParser
import Datasets
import Platform
import Reports
import TerminalUI

/// `fmnist-tui data show N`: an image and its label.
struct DataShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an image in the terminal.")

  /// One of the two sets.
  enum Split: String, CaseIterable, ExpressibleByArgument {
    case train
    case test
  }

  @Argument(help: "Position of the image in its set, from 0.")
  var number: Int

  @Option(help: "The set.")
  var split = Split.test

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  @OptionGroup var directory: DataDirectoryOption

  mutating func run() throws {
    let dataset = try directory.load()
    guard dataset.description.synthesis == nil else {
      throw ValidationError(
        "\(dataset.description.key): its samples are no pictures. 'fmnist-tui data info --dataset "
          + "\(dataset.description.key)' tells what they are.")
    }
    let images = split == .train ? dataset.train : dataset.test
    guard (0..<images.count).contains(number) else {
      throw ValidationError(
        "\(number): the \(split.rawValue) set has images 0...\(images.count - 1) (\(dataset.source)). Give one of these."
      )
    }
    let environment = Environment.variables
    let traits = TerminalTraits(environment: environment)
    let usesBlocks =
      !ascii && StandardStream.output.isTerminal && traits.encoding == .utf8 && traits.colors == .palette256
    let trueColor = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    // A character is half as wide as a pixel.
    let columns =
      StandardStream.output.isTerminal ? StandardStream.output.columns / (usesBlocks ? 1 : 2) : .max
    let image = images.image(number).fitting(columns: columns)
    let caption =
      "\(split.rawValue) image \(number): label \(images.labels[number]), "
      + dataset.description.task.classNames[Int(images.labels[number])]
    try StandardStream.output.write(
      pictures: (usesBlocks ? image.halfBlockLines(trueColor: trueColor) : image.asciiLines) + [caption])
  }
}
