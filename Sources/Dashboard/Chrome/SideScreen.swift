internal import Messages
internal import TerminalUI

/// What the screens beside the dashboard have in common: how they look, their help, and how a key reaches them.
protocol SideScreen: Asking, Equatable, Sendable {
  /// What a person sets once.
  var settings: DashboardSettings { get set }
  var terminalGlyphs: GlyphSet { get }
  var terminalColors: TerminalTraits.Colors { get }
  /// What the terminal's own colours are made for.
  var terminalTheme: Theme { get set }
  /// The page of the help that is open, from 0.
  var helpPage: Int? { get set }
  var help: HelpView { get }
  /// Whether the person leaves.
  var isLeaving: Bool { get set }
  /// The keys that are heard now.
  var bindings: [Binding<Self>] { get }
  /// The keys of the footer: those of what is shown, and the ways to the others and out of here.
  var footer: (keys: [KeyEntry], ways: [KeyEntry]) { get }
  /// Does what a key asks for.
  mutating func perform(_ key: Key)
  /// Draws the screen at any size: a pure function of the state.
  func render(width: Int, height: Int) -> Surface
}

extension SideScreen {
  /// The characters to draw with.
  var glyphs: GlyphSet { settings.glyphs?.limited(to: terminalGlyphs) ?? terminalGlyphs }
  /// What the colours are made for.
  var theme: Theme { settings.theme ?? terminalTheme }
  /// Whether colours are wanted and there.
  var showsColors: Bool { settings.showsColors && terminalColors != .none }

  /// Answers a key; returns whether the person leaves.
  mutating func press(_ key: Key) -> Bool {
    if case .reply(let reply) = key {
      terminalTheme = Theme(reply: reply) ?? terminalTheme
    } else if key == .control("c") {
      return true
    } else if let question {
      answer(question, with: key)
    } else {
      perform(key)
    }
    return isLeaving
  }

  mutating func perform(_ key: Key) { _ = bindings.perform(key, on: &self) }

  // MARK: Picture

  /// A whole screen: what `draw` draws, or, where there is no room for that, what `small` says in few words.
  func screen(
    width: Int, height: Int, small: (inout Surface, Rect) -> Void, draw: (inout Surface) -> Void
  ) -> Surface {
    .screen(
      width: width, height: height, glyphs: glyphs, showsColors: showsColors, theme: theme,
      terminalTheme: terminalTheme, question: question?.line,
      small: { surface, area in
        if let helpPage { help.draw(helpPage, on: &surface, in: area) } else { small(&surface, area) }
      }, draw: draw)
  }

  /// Draws the footer and, if it is open, the help; returns whether that covers everything below the title.
  func drawFooterAndHelp(on surface: inout Surface) -> Bool {
    FooterView(keys: footer.keys, ways: footer.ways, question: question?.line, glyphs: glyphs).draw(
      on: &surface, in: surface.bounds.splitBottom(1).bottom)
    guard let helpPage else { return false }
    let area = helpArea(of: surface.bounds)
    surface.clear(area)
    help.draw(helpPage, on: &surface, in: area)
    return true
  }

  // MARK: Help

  /// Where the help lies: everywhere but on the title and the footer.
  func helpArea(of screen: Rect) -> Rect {
    let isSmall = screen.width < Surface.smallestScreen.width || screen.height < Surface.smallestScreen.height
    return isSmall ? screen : screen.splitTop(1).rest.splitBottom(1).rest
  }

  /// Closes the help where it was turned beyond its last page on a screen of a size.
  mutating func closeHelp(behindLastPageOf width: Int, _ height: Int) {
    guard let helpPage else { return }
    if helpPage >= help.pages(in: helpArea(of: Rect(width: width, height: height))).count {
      self.helpPage = nil
    }
  }

  // MARK: Keys

  /// The keys of how a screen looks, and of its help.
  static var look: [Binding<Self>] {
    [
      Binding("G", help: says("braille, block or ASCII", "盲文点、方块或 ASCII")) {
        $0.settings.glyphs = $0.glyphs.next(upTo: $0.terminalGlyphs)
      },
      Binding("T", help: says("dark, light, high contrast", "深色、浅色、高对比度")) {
        $0.settings.theme = $0.theme.next
      },
      Binding("c", help: says("colours on or off", "开关颜色")) { $0.settings.showsColors.toggle() },
      Binding("?", footer: says("help", "帮助"), help: says("all keys", "所有按键")) { $0.helpPage = 0 },
    ]
  }

  /// The keys while the help is open: nothing behind it hears any.
  static var ofHelp: [Binding<Self>] {
    [
      Binding("?", footer: says("more", "更多")) { $0.helpPage = $0.helpPage.map { $0 + 1 } },
      Binding(
        [.escape, .enter, "q"], footer: says("close", "关闭"), Array(repeating: { $0.helpPage = nil }, count: 3)
      ),
    ]
  }
}

/// A screen with what it shows, which is drawn again only where something has changed.
struct ShownScreen<Display: Screen, State: SideScreen> {
  /// Seconds to wait for a key while something moves.
  static var frameSeconds: Double { 1.0 / 20 }
  /// The same while nothing does: a signal may come just before it begins to wait.
  static var idleSeconds: Double { 0.25 }

  private(set) var screen: Display
  private var drawn: (state: State, width: Int, height: Int)?

  /// A screen on which nothing is shown yet.
  init(_ screen: Display) { self.screen = screen }

  /// Shows `state`; returns whether it had to be drawn.
  mutating func show(_ state: inout State) -> Bool {
    let size = screen.size
    state.closeHelp(behindLastPageOf: size.width, size.height)
    if let drawn, drawn.state == state, drawn.width == size.width, drawn.height == size.height {
      return false
    }
    screen.present(state.render(width: size.width, height: size.height))
    drawn = (state, size.width, size.height)
    return true
  }

  /// The next key, if one comes soon.
  mutating func readKey(isIdle: Bool) -> Key? {
    screen.readKey(timeout: isIdle ? Self.idleSeconds : Self.frameSeconds)
  }
}
