import CNcurses
import Platform

/// The terminal, by ncurses: the only place that draws on it while it is open.
package struct NcursesScreen: Screen {
  private let usesColor: Bool
  private var shown: Surface?
  private var decoder = KeyDecoder()
  private var keys: [Key] = []
  private let start = ContinuousClock.now

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

  package var isAttended: Bool { terminal_was_heard() }

  package mutating func readKey(timeout seconds: Double) -> Key? {
    let end = now + min(max(seconds, 0), 3600)
    while true {
      if !keys.isEmpty { return keys.removeFirst() }
      let wait = max(0, min(end, decoder.deadline ?? end) - now)
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = Int(terminal_read(&bytes, Int32(bytes.count), Int32((wait * 1000).rounded(.up))))
      // With SIGHUP ignored nothing else tells that nobody looks any more.
      if terminal_is_gone() { Interruption.request(SIGHUP) }
      if count == Int(TERMINAL_RESIZED) { return .resize }
      let arrived = count > 0 ? decoder.keys(from: bytes.prefix(count), at: now) : decoder.keys(at: now)
      keys = arrived.filter { listensToMouse || !$0.isOfMouse }
      // A signal ends the waiting early.
      if keys.isEmpty, now >= end || count == 0 && decoder.deadline == nil { return nil }
    }
  }

  private var now: Double {
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
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
