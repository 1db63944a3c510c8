import ArgumentParser
import Datasets
import Messages
import Platform
import Reports
import TerminalUI

/// `fmnist-tui data show N`: an image and its label.
struct DataShowCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show", abstract: says("Show an image in the terminal.", "在终端里显示一幅图像。"))
  }

  /// One of the two sets.
  enum Split: String, CaseIterable, ExpressibleByArgument {
    case train
    case test
  }

  @Argument(help: ArgumentHelp("Position of the image in its set, from 0.", "图像在集合中的位置，从 0 起。"))
  var number: Int

  @Option(help: ArgumentHelp("The set.", "哪个集合。"))
  var split = Split.test

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @OptionGroup var directory: DataDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let dataset = try directory.load()
    guard dataset.description.synthesis == nil else {
      throw ValidationError(
        says(
          "\(dataset.description.key): its samples are no pictures. 'fmnist-tui data info --dataset "
            + "\(dataset.description.key)' tells what they are.",
          "\(dataset.description.key)：它的样本不是图像。'fmnist-tui data info --dataset "
            + "\(dataset.description.key)' 说明它们是什么。"))
    }
    let images = split == .train ? dataset.train : dataset.test
    guard (0..<images.count).contains(number) else {
      throw ValidationError(
        says(
          "\(number): the \(split.rawValue) set has images 0...\(images.count - 1) (\(dataset.source)). Give one of these.",
          "\(number)：\(split == .train ? "训练集" : "测试集")有图像 0...\(images.count - 1)（\(dataset.source)）。"
            + "请用其中一个。")
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
    let label = images.labels[number]
    let name = dataset.description.shownClassNames[Int(label)].printable
    let caption = says(
      "\(split.rawValue) image \(number): label \(label), \(name)",
      "\(split == .train ? "训练集" : "测试集")图像 \(number)：标签 \(label)，\(name)")
    try StandardStream.output.write(
      pictures: (usesBlocks ? image.halfBlockLines(trueColor: trueColor) : image.asciiLines) + [caption])
  }
}
