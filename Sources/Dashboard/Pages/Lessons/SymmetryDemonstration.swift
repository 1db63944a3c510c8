internal import Messages
internal import TerminalUI

/// A hidden layer whose units all begin with the same weights, after some steps without and with a dropout mask.
package struct SymmetryDemonstration: Hashable, Sendable {
  /// What became of the units.
  package struct Outcome: Hashable, Sendable {
    /// The samples for which each unit was kept; `nil` where nothing was dropped.
    package var kept: [[Bool]]?
    /// The weights of each unit after each step, the first of them before any.
    package var weights: [[[Float]]]

    /// Weights that were learned.
    package init(kept: [[Bool]]?, weights: [[[Float]]]) {
      self.kept = kept
      self.weights = weights
    }
  }

  /// Without dropout, and with masks of which those of the first two units are the same.
  package var outcomes: [Outcome]

  /// What was learned.
  package init(outcomes: [Outcome]) { self.outcomes = outcomes }

  /// Draws the sentences and a table for each outcome.
  func draw(on surface: inout Surface, in area: Rect, glyphs: GlyphSet) {
    for (row, line) in lines(width: area.width).enumerated() where row < area.height {
      surface.write(
        glyphs.plain(line.text), x: area.x, y: area.y + row, style: line.style, limit: area.maxX)
    }
  }

  /// What happens, in words and numbers.
  func lines(width: Int) -> [(text: String, style: Style)] {
    let sentences = TextWrap.lines(
      says(
        "A network 3-4-2 whose hidden weights all begin as 0.1. Units with equal weights get equal gradients, so they stay "
          + "equal for ever: four units do the work of one. A dropout mask tells them apart, but only those whose masks differ: "
          + "units 1 and 2 have the same mask here.",
        "一个 3-4-2 的网络，隐藏层的权重都从 0.1 开始。权重相同的单元得到相同的梯度，所以永远相同：四个单元只做一个的工作。"
          + "暂退法的掩码能把它们区分开，但只限于掩码不同的单元：这里单元 1 和 2 的掩码相同。"), width: min(width, 100))
    var lines: [(text: String, style: Style)] = sentences.map { ($0, .plain) }
    for outcome in outcomes {
      let steps = outcome.weights.count - 1
      lines.append(("", .plain))
      lines.append(
        (
          outcome.kept == nil
            ? says("after \(steps) steps without dropout", "\(steps) 步之后，不用暂退法")
            : says("after \(steps) steps with a dropout mask", "\(steps) 步之后，用暂退法的掩码"),
          .bold
        ))
      for (unit, weights) in (outcome.weights.last ?? []).enumerated() {
        let numbers = weights.map { NumberText.fixed(Double($0), decimals: 5).paddedLeft(to: 9) }
          .joined()
        let mask =
          outcome.kept.map { says("   kept for samples ", "   为这些样本保留 ") + Self.places($0[unit]) } ?? ""
        lines.append((says("  unit \(unit + 1)", "  单元 \(unit + 1)") + numbers + mask, .plain))
      }
    }
    return lines
  }

  private static func places(_ kept: [Bool]) -> String {
    kept.enumerated().map { $1 ? String($0 + 1) : "." }.joined(separator: " ")
  }
}
