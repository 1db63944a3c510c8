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

  @Test func noRunIsLightOnLight() {
    for color in Color.series + [.accent, .alert, .better, .worse] {
      let adapted = Theme.light.adapted(Style(foreground: color)).foreground
      #expect(adapted != color)
      #expect(![3, 7].contains(adapted?.basic), "neither yellow nor white")
      #expect(Theme.dark.adapted(Style(foreground: color)).foreground == color)
      #expect(color.basic != 4 && color.basic != 0, "neither blue nor black on black")
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
