/// A colour, by what each kind of terminal can show of it.
public struct Color: Hashable, Sendable {
  /// Index in the palette of 256 colours of xterm.
  public let palette256: UInt8
  /// Nearest of the eight basic colours, 0 black to 7 white.
  public let basic: UInt8

  private init(_ palette256: UInt8, basic: UInt8) {
    self.palette256 = palette256
    self.basic = basic
  }

  /// A grey, from 0 black to 1 white.
  public static func gray(_ level: Double) -> Color {
    let level = level.isNaN ? 0 : min(max(level, 0), 1)
    // The grey ramp 232...255 lacks pure black and white, which the colour cube has.
    let step = Int((level * 25).rounded())
    return switch step {
    case 0: Color(16, basic: 0)
    case 25: Color(231, basic: 7)
    default: Color(UInt8(231 + step), basic: level > 0.5 ? 7 : 0)
    }
  }

  /// A colour of red, green and blue, 0 none to 255 all: the nearest one in the cube of colours and the ramp of greys.
  public static func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color {
    let channels = [red, green, blue].map { Int($0) }
    func distance(_ other: [Int]) -> Int {
      zip(channels, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    // The six levels of a channel of the cube are 0, 95, 135, 175, 215, 255; the greys of the ramp 8, 18, ... 238.
    let steps = channels.map { $0 < 48 ? 0 : $0 < 115 ? 1 : ($0 - 35) / 40 }
    let cube = steps.map { $0 == 0 ? 0 : 55 + 40 * $0 }
    let step = min(23, max(0, (channels.reduce(0, +) / 3 - 3) / 10))
    let isGray = distance([Int](repeating: 8 + 10 * step, count: 3)) < distance(cube)
    let bits = channels.enumerated().reduce(0) { $0 + ($1.element > 127 ? 1 << $1.offset : 0) }
    return Color(
      UInt8(isGray ? 232 + step : 16 + 36 * steps[0] + 6 * steps[1] + steps[2]), basic: UInt8(bits))
  }

  /// A place on a scale from blue over white to red, −1...1: what is negative, nothing, and positive.
  package static func diverging(_ level: Double) -> Color {
    let level = level.isNaN ? 0 : min(max(level, -1), 1)
    let rest = UInt8((255 * (1 - abs(level))).rounded())
    return level < 0 ? rgb(rest, rest, 255) : rgb(255, rest, rest)
  }

  /// The colours of runs, in order: safe for colour-blind eyes, blue and orange first (after Okabe and Ito, 2008).
  ///
  /// Of eight colours cyan and magenta come first: blue is not seen on black, yellow not on white.
  public static let series = [
    Color(75, basic: 6), Color(214, basic: 5), Color(79, basic: 2), Color(175, basic: 1),
    Color(228, basic: 3), Color(32, basic: 7), Color(166, basic: 6), Color(252, basic: 5),
    Color(141, basic: 2), Color(113, basic: 1), Color(205, basic: 3), Color(137, basic: 7),
  ]
  /// How many of them come before one of the eight basic colours comes again, on any background.
  package static let distinctBasicSeries = 4
  /// A place on a scale from dark blue over green to yellow, 0...1, and a character colour to be read on it.
  ///
  /// Its brightness grows all the way, so that the order can be seen without telling hues apart (after viridis).
  public static func heat(_ level: Double) -> Style {
    let scale = [
      Color(54, basic: 4), Color(60, basic: 4), Color(24, basic: 4), Color(30, basic: 6), Color(36, basic: 6),
      Color(77, basic: 2), Color(149, basic: 2), Color(227, basic: 3),
    ]
    let level = level.isNaN ? 0 : min(max(level, 0), 1)
    let step = Int((level * Double(scale.count - 1)).rounded())
    return Style(foreground: .gray(step < 3 ? 1 : 0), background: scale[step])
  }
  /// For what changed or needs attention.
  public static let accent = Color(228, basic: 3)
  /// For errors.
  public static let alert = Color(203, basic: 1)
  /// For a desirable difference; never the only sign of it.
  public static let better = Color(75, basic: 6)
  /// For an undesirable difference; never the only sign of it.
  public static let worse = Color(214, basic: 5)
}

extension Color {
  /// The colour in which the same is seen on a light background: darker, of the same hue.
  ///
  /// Of eight colours only black, red, blue and magenta are seen on white.
  var onLight: Color {
    switch palette256 {
    case 75: Color(25, basic: 4)
    case 214: Color(130, basic: 5)
    case 79: Color(29, basic: 0)
    case 175: Color(126, basic: 1)
    case 228: Color(94, basic: 4)
    case 32: Color(19, basic: 5)
    case 166: Color(88, basic: 0)
    case 252: Color(238, basic: 1)
    case 141: Color(55, basic: 4)
    case 113: Color(64, basic: 5)
    case 205: Color(162, basic: 0)
    case 137: Color(95, basic: 1)
    case 203: Color(160, basic: 1)
    case 231: Color(16, basic: 0)
    // The ramp of greys, upside down.
    case 232...255: Color(UInt8(255 - (Int(palette256) - 232)), basic: palette256 > 243 ? 0 : 7)
    default: self
    }
  }
}

/// How a cell looks beside its character.
public struct Style: Hashable, Sendable {
  /// Colour of the character, or `nil` for the terminal's own.
  public var foreground: Color?
  /// Colour behind it, or `nil` for the terminal's own.
  public var background: Color?
  /// Whether it stands out.
  public var isBold = false
  /// Whether it steps back.
  public var isDim = false
  /// Whether foreground and background are exchanged.
  public var isReversed = false

  /// A style; by default the terminal's own.
  public init(
    foreground: Color? = nil, background: Color? = nil, isBold: Bool = false, isDim: Bool = false,
    isReversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
    self.isReversed = isReversed
  }

  /// The terminal's own.
  public static let plain = Style()
  /// Bold.
  public static let bold = Style(isBold: true)
  /// Dim.
  public static let dim = Style(isDim: true)
  /// Foreground and background exchanged.
  public static let reversed = Style(isReversed: true)
}
