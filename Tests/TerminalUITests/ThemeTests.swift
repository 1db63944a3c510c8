import Foundation
import Testing

@testable import TerminalUI

@Suite struct ThemeTests {
  @Test(arguments: [
    ("11;rgb:ffff/ffff/ffff", Theme.light), ("11;rgb:fdf6/f6e3/e3e3", .light), ("11;rgb:00/2b/36", .dark),
    ("11;rgba:0000/0000/0000/ffff", .dark), ("11;rgb:f/f/f", .light),
  ])
  func theAnswerOfATerminalTellsItsBackground(reply: String, theme: Theme) {
    #expect(Theme(reply: reply) == theme)
  }

  @Test(arguments: ["", "11;", "10;rgb:ffff/ffff/ffff", "11;rgb:ffff/ffff", "11;rgb:gggg/0000/0000", "11;?"])
  func anotherAnswerTellsNothing(reply: String) { #expect(Theme(reply: reply) == nil) }

  /// The relative luminance of a colour of the palette, 0 black to 1 white (WCAG 2.2), with xterm's eight basic colours.
  private func luminance(_ index: UInt8) -> Double {
    let basic = [0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5]
    let levels = [0, 95, 135, 175, 215, 255]
    let index = Int(index)
    let channels: [Int] =
      switch index {
      case 0..<8: [basic[index] >> 16, basic[index] >> 8 & 255, basic[index] & 255]
      case 232...: Array(repeating: 8 + 10 * (index - 232), count: 3)
      default: [levels[(index - 16) / 36], levels[(index - 16) / 6 % 6], levels[(index - 16) % 6]]
      }
    let linear = channels.map { channel -> Double in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return zip(linear, [0.2126, 0.7152, 0.0722]).map(*).reduce(0, +)
  }

  /// Cyan on white had a contrast of 2 to 1, and the colours for high contrast 2.9 to 1 on black.
  @Test(arguments: Theme.allCases, [Theme.dark, .light]) func everyColourIsSeenOnItsBackground(
    theme: Theme, terminal: Theme
  ) {
    // Whoever chooses light or dark says what the background is.
    let background = theme == .contrast ? terminal : theme
    for color in Color.series + [.accent, .alert, .better, .worse] {
      let style = theme.adapted(Style(foreground: color, isDim: true), on: terminal)
      #expect(style.isDim == (theme != .contrast))
      for index in [style.foreground?.palette256, style.foreground?.basic].compactMap(\.self) {
        let other = background == .light ? 1.0 : 0
        let pair = [luminance(index), other].sorted()
        #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 3, "\(theme) on \(background): \(index)")
      }
    }
  }

  /// High contrast on a light terminal that does not answer what it is was cyan on white.
  @Test(arguments: [Theme.dark, .light]) func highContrastBringsItsBackground(terminal: Theme) {
    for style in [Style.plain, .bold, .dim, Style(foreground: .accent), Style(foreground: Color.series[0])] {
      let adapted = Theme.contrast.adapted(style, on: terminal)
      for index in [\Color.palette256, \Color.basic] {
        let pair = [adapted.foreground, adapted.background].compactMap {
          $0.map { luminance($0[keyPath: index]) }
        }
        .sorted()
        #expect(pair.count == 2 && (pair[1] + 0.05) / (pair[0] + 0.05) >= 3, "\(adapted)")
      }
    }
  }

  @Test func pictureCellsKeepTheirColours() {
    let style = Style(foreground: .gray(1), background: .gray(0.2))
    for theme in Theme.allCases { #expect(theme.adapted(style) == style) }
  }

  @Test(arguments: [
    (3.1e-8, "3.1e-08"), (0.5, "5.0e-01"), (12, "1.2e+01"), (1.5e23, "1.5e+23"), (0, "0"),
    (1e-300, "1.0e-300"),
  ])
  func exponentsHaveTwoDigits(number: Double, text: String) {
    #expect(NumberText.exponential(number) == text)
  }
}
