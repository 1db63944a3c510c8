import ArgumentParser
import Datasets
import Experiment
import Messages
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
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "predict",
      abstract: says(
        "Ask a trained network about test images or pictures, and how sure it is.",
        "问训练好的网络，测试图像或图片是什么，以及它有多确信。"),
      discussion: says(
        """
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
        """,
        """
        每幅图像先关闭暂退法通过网络一次，再用新的暂退掩码通过多次：这些答案的离散程度说明网络有多确信（蒙特卡洛暂退法）。一致率是这些答案中投给均值最大的类别的比例；熵和互信息以 nat 为单位。

        图片是任意大小和种类的 PNG 文件。对 CIFAR-10 和图像文件夹，图片整幅、彩色地缩放。对其他数据集，则像那些图像当初那样处理：转正，变成灰度，背景亮的反相，裁剪到所画的东西并缩放。

        示例：
          fmnist-tui predict --image 0        最近会话的最佳权重，测试图像 0
          fmnist-tui predict --checkpoint exp3 --of B --image pictures/
          fmnist-tui predict --checkpoint weights.safetensors --dropout 0.2,0.5 --image shirt.png
        """))
  }

  @Option(
    help: ArgumentHelp(
      "A safetensors file, or a session: its folder, its name, or 'latest'.",
      "一个 safetensors 文件，或一个会话：它的文件夹、名称，或 'latest'。", valueName: "file|run"),
    completion: .file(extensions: ["safetensors"]))
  var checkpoint = "latest"

  @Option(
    help: ArgumentHelp(
      "A place in the test set from 0, a PNG file, or a folder with PNG files; may be repeated.",
      "测试集中从 0 起的位置、一个 PNG 文件，或有 PNG 文件的文件夹；可重复。",
      valueName: "N|file|folder"),
    completion: .file(extensions: ["png"]))
  var image: [String]

  @Option(
    help: ArgumentHelp(
      "Passes with dropout for each image, 1...10000. (default: 100)", "每幅图像开着暂退法通过网络的次数，1...10000。（默认：100）",
      valueName: "passes"))
  var mc: Int?

  private static let usualPasses = 100

  @Option(
    help: ArgumentHelp(
      "'text' for people, 'jsonl' for programs: one JSON object per image.",
      "'text' 给人看，'jsonl' 给程序：每幅图像一个 JSON 对象。"))
  var format = ReportFormat.text

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @OptionGroup var choice: WeightsOptions
  @OptionGroup(title: says("Where the weights do not tell, or to see what would be", "权重没有说明之处，或想看改变后如何"))
  var settings: SettingOptions<UntoldGroup>
  @OptionGroup var directory: DataDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    guard !image.isEmpty else {
      throw ValidationError(
        says(
          "no image was named. Give one or more with --image, for example --image 0.",
          "没有指定图像。用 --image 给一幅或几幅，例如 --image 0。"))
    }
    try choice.validate(for: checkpoint)
    try format.validate(ascii: ascii)
    if let mc, !(1...10_000).contains(mc) {
      throw ValidationError(
        says(
          "--mc \(mc): the number of passes lies in 1...10000. Give for example 100.",
          "--mc \(mc)：次数在 1...10000 之内。例如用 100。"))
    }
  }

  mutating func run() throws {
    let (network, usesData) = try network()
    guard network.dataset.task.kind == .classification else {
      throw ValidationError(
        says(
          "these are the weights of a regression (\(network.dataset.name)), whose answers are numbers and not what an "
            + "image shows. 'fmnist-tui runs open' shows them on the page Fit.",
          "这是回归（\(network.dataset.name)）的权重，它的答案是数，而不是图像显示了什么。"
            + "'fmnist-tui runs open' 在拟合页显示它们。"))
    }
    var status = ProgramStatus.success
    var origins: [PredictedImage.Origin] = []
    for text in image {
      do throws(Failure) { origins += try PredictedImage.origins(text) } catch { status = try tell(error) }
    }
    let test = try testImages(for: origins, network)
    if let data = directory.data, test == nil, !usesData, status == .success {
      throw ValidationError(
        says(
          "--data \(data) has no effect on pictures: it is where the test images are. Leave it out, or give --image a number.",
          "--data \(data) 对图片没有作用：它是测试图像所在的文件夹。请去掉它，或给 --image 一个数。"))
    }
    try StandardStream.error.write(lines: [network.assumption, uselessPasses(network)].compactMap(\.self))
    for origin in origins {
      let image: PredictedImage
      do throws(DatasetError) {
        image = try PredictedImage(origin, test: test, of: network.dataset)
      } catch {
        // The others may be readable.
        status = try tell(Failure(error))
        continue
      }
      try write(image, network.examine(image, passes: mc ?? Self.usualPasses), network)
    }
    guard status == .success else { throw ExitCode(status.rawValue) }
  }

  /// The network, and whether the folder of the data tells what its classes are, which the weights do not.
  private func network() throws -> (CheckpointNetwork, usesData: Bool) {
    var usesData = false
    let network = try CheckpointNetwork(
      path: choice.path(of: checkpoint), changes: settings.given,
      choose: { told in
        let chosen = directory.chosen(trainedOn: told)
        guard directory.data != nil, chosen.layout == .folders, chosen.foundShape == nil else {
          return chosen
        }
        usesData = true
        return directory.described(chosen)
      })
    return (network, usesData)
  }

  /// What was said of the passes, and comes to nothing.
  private func uselessPasses(_ network: CheckpointNetwork) -> String? {
    let options = (mc == nil ? [] : ["--mc"]) + (settings.given[.seed] == nil ? [] : ["--seed"])
    guard !network.configuration.usesDropout, !options.isEmpty else { return nil }
    return says(
      "The network has no dropout, so that all passes are alike: no effect of \(options.joined(separator: " and ")).",
      "网络没有暂退，每次通过都相同：\(options.joined(separator: " 和 ")) 没有作用。")
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
        says(
          "--image \(place): the test set has images 0...\(dataset.test.count - 1) (\(dataset.source)). "
            + "Give one of these, or a file of that name as ./\(place).",
          "--image \(place)：测试集有图像 0...\(dataset.test.count - 1)（\(dataset.source)）。"
            + "请用其中一个，或把同名的文件写作 ./\(place)。"))
    }
    return dataset.test
  }

  private func write(_ image: PredictedImage, _ answer: ExaminedImage, _ network: CheckpointNetwork) throws {
    switch format {
    case .text:
      let text = PredictionText(
        image: image, answer: answer, isDropping: network.configuration.usesDropout,
        classNames: network.dataset.shownClassNames, terminal: PictureTerminal(ascii: ascii))
      try StandardStream.output.write(pictures: text.lines)
    case .jsonLines:
      try StandardStream.output.write(
        lines: [PredictionJSON(image: image, answer: answer, network: network).text])
    }
  }

  /// Tells of a failure that does not end the program, and returns its status.
  private func tell(_ failure: Failure) throws -> ProgramStatus {
    if let message = failure.message {
      try StandardStream.error.write(lines: [says("Error: \(message)", "错误：\(message)")])
    }
    return failure.status
  }
}
