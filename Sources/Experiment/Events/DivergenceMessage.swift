internal import Messages

/// What a run tells that diverged: what it measured, where, and what to try.
///
/// Files keep the sentence in English, whatever language the program speaks, and it is read from there to be told.
package struct DivergenceMessage: Hashable, Sendable {
  /// What was measured, in English: `the training loss`.
  package var quantity: String
  /// Whether it became NaN, and not infinite.
  package var isNaN: Bool
  /// The step, from 1.
  package var step: Int
  package var epoch: Int
  /// The learning rate that it was.
  package var learningRate: String
  /// Whether clipping of gradients is still to be tried.
  package var suggestsClipping: Bool

  package init(
    quantity: String, isNaN: Bool, step: Int, epoch: Int, learningRate: String, suggestsClipping: Bool
  ) {
    (self.quantity, self.isNaN, self.step, self.epoch) = (quantity, isNaN, step, epoch)
    (self.learningRate, self.suggestsClipping) = (learningRate, suggestsClipping)
  }

  /// The message that files keep.
  package var english: String {
    "\(quantity) became \(isNaN ? "NaN" : "infinite") at step \(step), epoch \(epoch); "
      + "try a smaller --lr (now \(learningRate))" + (suggestsClipping ? " or --clip-norm 1" : "")
  }

  private var chinese: String {
    "\(quantityInChinese)在第 \(epoch) 轮第 \(step) 步变为 \(isNaN ? "NaN" : "∞")；请减小 --lr（现为 \(learningRate)）"
      + (suggestsClipping ? "或用 --clip-norm 1" : "")
  }

  /// A run's message in the language that the program speaks now; one of another kind as it is.
  package static func told(_ message: String) -> String {
    says(message, Self(message)?.chinese ?? message)
  }
}

extension DivergenceMessage {
  /// Reads what `english` writes; `nil` if it is something else.
  init?(_ text: String) {
    let parts = text.split(separator: "; try a smaller --lr (now ", maxSplits: 1)
    let places = parts.first?.split(separator: " became ", maxSplits: 1).flatMap {
      $0.split(separator: " at step ")
    }
    guard parts.count == 2, let places, places.count == 3, ["NaN", "infinite"].contains(places[1]) else {
      return nil
    }
    let numbers = places[2].split(separator: ", epoch ").map { Int($0) }
    guard numbers.count == 2, let step = numbers[0], let epoch = numbers[1] else { return nil }
    self.init(
      quantity: String(places[0]), isNaN: places[1] == "NaN", step: step, epoch: epoch,
      learningRate: String(parts[1].prefix { $0 != ")" }),
      suggestsClipping: parts[1].hasSuffix("--clip-norm 1"))
    guard english == text else { return nil }
  }

  /// The name of the figure that was measured, as pages have it.
  private var quantityInChinese: String {
    let name = quantity.hasPrefix("the ") ? String(quantity.dropFirst(4)) : quantity
    guard name != "training loss" else { return "训练损失" }
    let figure = Figure.all.first { figure in
      name == figure.titles.english + (figure.conditions.map { " (\($0.english))" } ?? "")
    }
    return figure.map { $0.title + ($0.condition.map { "（\($0)）" } ?? "") } ?? name
  }
}
