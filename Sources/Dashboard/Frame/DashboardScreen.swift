import Experiment
package import TerminalUI

extension DashboardState {
  /// The smallest screen that everything fits on.
  static let smallestSize = (width: 60, height: 16)

  /// Draws the dashboard at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    var surface = draw(width: width, height: height)
    if !showsColors || terminalColors == .none {
      surface.restyle(surface.bounds) { style in (style.foreground, style.background) = (nil, nil) }
    }
    return surface
  }

  private func draw(width: Int, height: Int) -> Surface {
    var surface = Surface(width: width, height: height)
    guard width >= Self.smallestSize.width, height >= Self.smallestSize.height else {
      drawTooSmall(on: &surface)
      return surface
    }
    let (header, page, footer) = areas(of: surface.bounds)
    HeaderView(state: self).draw(on: &surface, in: header)
    FooterView(state: self).draw(on: &surface, in: footer)
    if showsHelp {
      blank(helpArea(of: surface.bounds), on: &surface)
      HelpView(state: self).draw(on: &surface, in: helpArea(of: surface.bounds))
      return surface
    }
    drawPage(on: &surface, in: page)
    // The comparison has a line for it, unless it is cut short.
    let hasPlaceForMessage = view == .comparison || view == .charts && page.height >= 20
    if question != nil || !hasPlaceForMessage { drawMessage(on: &surface, in: page) }
    return surface
  }

  private func drawPage(on surface: inout Surface, in page: Rect) {
    switch view {
    case .charts: ChartsView(state: self).draw(on: &surface, in: page)
    case .comparison: HistoryView(state: self).draw(on: &surface, in: page)
    case .samples: SamplesView(state: self).draw(on: &surface, in: page)
    case .layers: LayersView(state: self).draw(on: &surface, in: page)
    case .calibration: CalibrationView(state: self).draw(on: &surface, in: page)
    case .demonstrations: DemonstrationsView(state: self).draw(on: &surface, in: page)
    }
  }

  /// Tells the latest change or refusal over the lower edge of a page.
  private func drawMessage(on surface: inout Surface, in page: Rect) {
    guard !message.isEmpty else { return }
    let lines = TextWrap.lines(plain(message), width: page.width - 2).suffix(page.height)
    for (row, line) in lines.enumerated() {
      let y = page.maxY - lines.count + row
      blank(Rect(x: page.x, y: y, width: page.width, height: 1), on: &surface)
      surface.write(line, x: page.x + 1, y: y, style: Style(foreground: .accent))
    }
  }

  private func blank(_ area: Rect, on surface: inout Surface) {
    for y in area.y..<area.maxY { surface.write(String(repeating: " ", count: area.width), x: area.x, y: y) }
  }

  /// The parts of a screen that is large enough.
  func areas(of screen: Rect) -> (header: Rect, page: Rect, footer: Rect) {
    let (body, footer) = screen.splitBottom(1)
    let (header, page) = body.splitTop(HeaderView(state: self).height)
    return (header, page, footer)
  }

  /// The help lies over the lines of the runs: there are more keys than a page has rows.
  private func helpArea(of screen: Rect) -> Rect { screen.splitTop(1).rest.splitBottom(1).rest }

  /// Closes the help where it was turned beyond its last page on a screen of a size.
  package mutating func closeHelp(behindLastPageOf width: Int, _ height: Int) {
    guard let helpPage else { return }
    let pages = HelpView(state: self).pages(in: helpArea(of: Rect(width: width, height: height)))
    if helpPage >= pages.count { self.helpPage = nil }
  }

  private func drawTooSmall(on surface: inout Surface) {
    let needed = Self.smallestSize
    surface.write(
      "needs \(needed.width)x\(needed.height), is \(surface.width)x\(surface.height); q quits", x: 0, y: 0)
    guard let question else { return }
    for (row, line) in TextWrap.lines(plain(question.text), width: surface.width).enumerated() {
      surface.write(line, x: 0, y: row + 1, style: .bold)
    }
  }
}

extension DashboardState {
  /// `text` in the characters that the glyph set allows.
  func plain(_ text: String) -> String { glyphs == .ascii ? TextEncoding.ascii.encode(text) : text }
}
