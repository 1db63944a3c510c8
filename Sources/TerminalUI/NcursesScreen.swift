import CNcurses
import Platform

/// The terminal, by ncurses: the only place that draws on it while it is open.
package struct NcursesScreen: Screen {
  private let usesColor: Bool
  private var shown: Surface?

  package var listensToMouse = false {
    didSet { terminal_listen_to_mouse(listensToMouse) }
  }

  /// Takes over the terminal, or `nil` if it cannot be used as a screen.
  package init?(usesColor: Bool) {
    guard terminal_open() else { return nil }
    self.usesColor = usesColor && terminal_colors() >= 8
  }

  /// Gives the terminal back, as it was before.
  package func close() {
    terminal_close()
  }

  package var size: (width: Int, height: Int) {
    var width: Int32 = 0
    var height: Int32 = 0
    terminal_size(&width, &height)
    return (Int(width), Int(height))
  }

  package mutating func present(_ surface: Surface) {
    if shown?.width != surface.width || shown?.height != surface.height {
      shown = nil
      terminal_redraw()
    }
    for y in 0..<surface.height {
      for x in 0..<surface.width {
        let cell = surface[x, y]
        guard let character = cell.character, shown?[x, y] != cell || isBesideWide(x, y, surface) else {
          continue
        }
        terminal_put(Int32(x), Int32(y), String(character), style(cell.style))
      }
    }
    terminal_flush()
    shown = surface
  }

  package mutating func readKey(timeout seconds: Double) -> Key? {
    let code = terminal_read_key(Int32(min(max(seconds, 0), 3600) * 1000))
    // With SIGHUP ignored nothing else tells that nobody looks any more.
    if terminal_is_gone() { Interruption.request(SIGHUP) }
    return switch Int(code) {
    case Int(TERMINAL_NO_KEY), Int(TERMINAL_OTHER): nil
    case Int(TERMINAL_UP): .up
    case Int(TERMINAL_DOWN): .down
    case Int(TERMINAL_LEFT): .left
    case Int(TERMINAL_RIGHT): .right
    case Int(TERMINAL_HOME): .home
    case Int(TERMINAL_END): .end
    case Int(TERMINAL_PAGE_UP): .pageUp
    case Int(TERMINAL_PAGE_DOWN): .pageDown
    case Int(TERMINAL_ENTER): .enter
    case Int(TERMINAL_BACK_TAB): .backTab
    case Int(TERMINAL_BACKSPACE), 8: .backspace
    case Int(TERMINAL_RESIZE): .resize
    case Int(TERMINAL_CLICK): .click(x: mouseCell.x, y: mouseCell.y)
    case Int(TERMINAL_WHEEL_UP): .wheelUp(x: mouseCell.x, y: mouseCell.y)
    case Int(TERMINAL_WHEEL_DOWN): .wheelDown(x: mouseCell.x, y: mouseCell.y)
    case 9: .tab
    case 27: .escape
    case 1...26: .control(Character(Unicode.Scalar(UInt8(code + 96))))
    default: Unicode.Scalar(UInt32(code)).map { .character(Character($0)) }
    }
  }

  private var mouseCell: (x: Int, y: Int) {
    var x: Int32 = 0
    var y: Int32 = 0
    terminal_mouse_cell(&x, &y)
    return (Int(x), Int(y))
  }

  /// Whether the cell left of this one was wide: writing it anew may have blanked this one.
  private func isBesideWide(_ x: Int, _ y: Int, _ surface: Surface) -> Bool {
    x > 0 && shown?[x, y].character == nil
  }

  private func style(_ style: Style) -> terminal_style {
    let palette = usesColor && terminal_colors() >= 256
    func index(_ color: Color?) -> Int16 {
      guard usesColor, let color else { return -1 }
      return Int16(palette ? color.palette256 : color.basic)
    }
    return terminal_style(
      foreground: index(style.foreground), background: index(style.background), bold: style.isBold,
      dim: style.isDim, reverse: style.isReversed)
  }
}
