import Datasets
package import Experiment
internal import Messages
import Platform
package import Sessions
package import TerminalUI

/// What a network says of an image, for a person: the image beside the classes.
package struct PredictionText {
  package let image: PredictedImage
  package let answer: ExaminedImage
  /// Whether any unit or pixel is dropped in the passes.
  package let isDropping: Bool
  /// The names of the classes, label 0 first.
  package let classNames: [String]
  package let terminal: PictureTerminal

  /// Made of its parts.
  package init(
    image: PredictedImage, answer: ExaminedImage, isDropping: Bool, classNames: [String],
    terminal: PictureTerminal
  ) {
    self.image = image
    self.answer = answer
    self.isDropping = isDropping
    // They may be names of folders; colours keep the lines from being made printable as a whole.
    self.classNames = classNames.map(\.printable)
    self.terminal = terminal
  }

  private static let barWidth = 24

  /// The lines, with escape sequences where pictures have colours, and else printable.
  package var lines: [String] {
    let right = figures
    let picture = terminal.lines(of: image.images.image(image.place))
    let rows = max(picture.lines.count, right.count)
    let body = (0..<rows).map { row in
      let blank = String(repeating: " ", count: picture.width)
      let left = row < picture.lines.count ? picture.lines[row] : blank
      return (left + (picture.width > 0 ? "  " : "") + (row < right.count ? right[row] : ""))
    }
    let notes = image.notes.isEmpty ? [] : [image.notes.joined(separator: says("; ", "；")) + says(".", "。")]
    return ([title] + notes).map { plain($0.printable) } + body.map(\.withoutTrailingBlanks) + [""]
  }

  private var title: String {
    switch image.origin {
    case .test(let place):
      says(
        "test image \(place): label \(label ?? 0), \(className(label ?? 0))",
        "测试图像 \(place)：标签 \(label ?? 0)，\(className(label ?? 0))")
    case .file(let path): path
    }
  }

  private var label: Int? { image.label }

  /// Fourteen lines, as many as the picture has.
  private var figures: [String] {
    let monteCarlo = answer.monteCarlo
    let passes =
      says(
        "\(NumberText.grouped(monteCarlo.passes)) pass\(monteCarlo.passes == 1 ? "" : "es") with dropout",
        "启用暂退 \(NumberText.grouped(monteCarlo.passes)) 次")
    let off = says("dropout off", "关闭暂退")
    let width = max(passes.cellWidth, off.cellWidth)
    let agreement = NumberText.percent(monteCarlo.agreement, decimals: 0)
    let entropy = NumberText.fixed(monteCarlo.predictiveEntropy, decimals: 3)
    let information = NumberText.fixed(monteCarlo.mutualInformation, decimals: 3)
    let summary =
      !isDropping
      ? says(
        "nothing is dropped in this network: all passes are alike, and say nothing of how sure it is",
        "这个网络什么也不丢弃：每次都一样，看不出它有多肯定")
      : says(
        "agreement \(agreement)   entropy \(entropy) nats   mutual information \(information) nats",
        "一致 \(agreement)   熵 \(entropy) nats   互信息 \(information) nats")
    return [
      verdict(off.padded(to: width), answer.prediction, answer.probabilities),
      verdict(passes.padded(to: width), monteCarlo.prediction, monteCarlo.means),
      summary, "",
    ].map(plain) + monteCarlo.means.indices.map(bar)
  }

  private func verdict(_ name: String, _ prediction: Int?, _ probabilities: [Double]) -> String {
    guard let prediction else {
      return says(
        "\(name)   no answer: what the network calculates is NaN", "\(name)   没有答案：网络算出的是 NaN")
    }
    let rightness =
      label.map { $0 == prediction ? says("   right", "   正确") : says("   wrong", "   错误") } ?? ""
    let share = NumberText.percent(probabilities[prediction], decimals: 1).paddedLeft(to: 6)
    return "\(name)   \(className(prediction).padded(to: nameWidth)) \(share)\(rightness)"
  }

  private func bar(_ index: Int) -> String {
    let (mean, deviation) = (answer.monteCarlo.means[index], answer.monteCarlo.standardDeviations[index])
    let bar = SpreadBar(
      mean: mean, spread: deviation, width: Self.barWidth, glyphs: terminal.glyphs)
    let share = NumberText.fixed(mean * 100, decimals: 1).paddedLeft(to: 5)
    // One pass has no spread.
    let spread =
      answer.monteCarlo.passes > 1
      ? " ± \(NumberText.fixed(deviation * 100, decimals: 1).paddedLeft(to: 4))" : ""
    return "\(className(index).padded(to: nameWidth)) \(bar.text.padded(to: Self.barWidth)) "
      + plain("\(share)\(spread)%")
  }

  private func plain(_ text: String) -> String { terminal.encoding.encode(text) }

  private func className(_ label: Int) -> String { classNames[label] }

  private var nameWidth: Int { classNames.map(\.cellWidth).max() ?? 0 }
}

extension ExaminedImage {
  /// The class with the largest probability, dropout off; `nil` where the network has no answer.
  package var prediction: Int? { MonteCarloPrediction.prediction(of: probabilities) }
}
