internal import TerminalUI

/// The keys that work right now, or the question that waits for an answer.
struct FooterView {
  let state: DashboardState

  func draw(on surface: inout Surface, in area: Rect) {
    if let question = state.question {
      let style = Style(foreground: .accent, isBold: true)
      surface.write(" " + state.plain(question.text), x: area.x, y: area.y, style: style)
      return
    }
    // The ways to the other keys and out of here come first when there is little room.
    let always = KeyBindings.footer(in: state, always: true)
    let alwaysWidth = always.reduce(0) { $0 + width(of: $1) }
    var x = area.x + 1
    for binding in KeyBindings.footer(in: state, always: false)
    where x + width(of: binding) + alwaysWidth <= area.maxX {
      x = draw(binding, on: &surface, x: x, y: area.y)
    }
    for binding in always { x = draw(binding, on: &surface, x: x, y: area.y) }
  }

  private func draw(_ binding: KeyBindings.Binding, on surface: inout Surface, x: Int, y: Int) -> Int {
    let next = surface.write(state.plain(binding.caption), x: x, y: y, style: .bold) + 1
    return surface.write(state.plain(binding.footer), x: next, y: y, style: .dim) + 3
  }

  private func width(of binding: KeyBindings.Binding) -> Int {
    state.plain(binding.caption).cellWidth + 1 + state.plain(binding.footer).cellWidth + 3
  }
}

extension DashboardState.Question {
  /// The question and its answers.
  var text: String {
    switch self {
    case .quit: "stop and keep the run?   y stop   n keep training"
    case .fork(let text): "fork with: \(text)_   enter fork   ctrl-u clear   esc cancel"
    case .rename(let text): "name: \(text)_   enter set   ctrl-u clear   esc keep"
    case .remove(let name): "remove \(name)?   y remove   n keep"
    case .restart(let newSeed):
      "begin all runs anew\(newSeed ? ", next seed" : "")?   y restart   n keep"
    case .dropout(let text): "dropout probability, 0 to 1: \(text)_   enter set   esc keep"
    }
  }
}
