import Dashboard
import Foundation
import Reports
import TerminalUI
import TestSupport
import Testing

@testable import fmnist_tui

/// The demonstrations: their numbers, which the project's layers compute, and the texts.
@Suite struct DemonstrationTests {
  static let demonstrations = Demonstrations.computed

  private func setting(_ probability: Double) throws -> DropoutDemonstration.Setting {
    try #require(Self.demonstrations.dropout.settings.first { abs($0.probability - probability) < 1e-12 })
  }

  @Test func noDropoutChangesNothingAndFullDropoutLeavesNothing() throws {
    let input = Self.demonstrations.dropout.input
    #expect(input == (0..<16).map { Float($0) })
    #expect(try setting(0).draws.allSatisfy { $0 == input })
    #expect(try setting(0).means.allSatisfy { $0.error == 0 })
    #expect(try setting(1).draws.allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test(arguments: [0.05, 0.2, 0.5, 0.75])
  func eachNumberIsDroppedOrScaled(probability: Double) throws {
    let input = Self.demonstrations.dropout.input
    let setting = try setting(probability)
    for draw in setting.draws {
      for (value, given) in zip(draw, input) {
        #expect(value == 0 || value == given * Float(1 / (1 - probability)))
      }
    }
    #expect(Set(setting.draws).count > 8)
  }

  /// The standard deviation of one number x after dropout is x √(p / (1 - p)); of the mean of n, that over √n.
  @Test(arguments: [0.1, 0.5, 0.9])
  func theMeanComesBackToTheInputAsOneOverTheRootOfDraws(probability: Double) throws {
    let setting = try setting(probability)
    #expect(setting.means.map(\.count) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])
    // √(mean of 0², 1², …, 15²) = √77.5
    let deviation = 77.5.squareRoot() * (probability / (1 - probability)).squareRoot()
    // Sixteen numbers tell a standard deviation to within a factor of two.
    for mean in setting.means.dropFirst(4) {
      let expected = deviation / Double(mean.count).squareRoot()
      #expect((0.4...2.0).contains(mean.error / expected), "\(mean.count): \(mean.error) of \(expected)")
    }
  }

  /// ln 19 = 2.944… is where 1/(1 + e^-x) reaches .95; the derivative y (1 - y) is .05 at y = (1 + √.8)/2, so x = 2.887;
  /// 1 - tanh² is .05 at artanh √.95 = 2.178; e^x is .05 at -2.996.
  @Test func saturationBeginsWhereTheDerivativeFallsBelowATwentieth() throws {
    let curves = Dictionary(uniqueKeysWithValues: Self.demonstrations.activations.map { ($0.name, $0) })
    #expect(curves.keys.sorted() == ["ELU", "GELU", "LeakyReLU", "PReLU", "ReLU", "SiLU", "sigmoid", "tanh"])
    let expected: [(String, below: Double?, above: Double?, largest: Double)] = [
      ("sigmoid", -2.887, 2.887, 0.25), ("tanh", -2.178, 2.178, 1), ("ReLU", 0, nil, 1),
      ("LeakyReLU", 0, nil, 1), ("ELU", -2.996, nil, 1),
    ]
    for (name, below, above, largest) in expected {
      let curve = try #require(curves[name])
      let saturated = curve.saturated
      #expect((saturated.below == nil) == (below == nil) && (saturated.above == nil) == (above == nil))
      if let below, let found = saturated.below { #expect(abs(found - below) < 0.011, "\(name): \(found)") }
      if let above, let found = saturated.above { #expect(abs(found - above) < 0.011, "\(name): \(found)") }
      #expect(abs(curve.largestDerivative - largest) < 1e-6)
    }
  }

  @Test func derivativesAreThoseOfTheValues() {
    for curve in Self.demonstrations.activations {
      for index in stride(from: 10, to: curve.values.count - 10, by: 7)
      where abs(curve.arguments[index]) > 0.02 {
        let slope =
          (curve.values[index + 1] - curve.values[index - 1])
          / (curve.arguments[index + 1] - curve.arguments[index - 1])
        #expect(abs(slope - curve.derivatives[index]) < 2e-4, "\(curve.name) at \(curve.arguments[index])")
      }
    }
  }

  @Test(arguments: Demonstrations.Name.allCases, [10, 80, 300])
  func textsFitTheirWidth(name: Demonstrations.Name, width: Int) {
    for glyphs in GlyphSet.allCases {
      let surfaces = DemonstrationText(Self.demonstrations, width: width, glyphs: glyphs).surfaces(name)
      #expect(surfaces.allSatisfy { $0.width == min(max(width, 60), 120) })
      let lines = surfaces.flatMap(\.lines)
      #expect(lines.count <= 60)
      if glyphs == .ascii { #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) }) }
    }
  }

  @Test func aPipeGetsPlainText() throws {
    for name in Demonstrations.Name.allCases {
      let result = try Executable.run(["demo", name.rawValue])
      #expect(result.status == 0)
      #expect(result.error.isEmpty)
      #expect(!result.output.contains("\u{1B}"))
      let ascii = try Executable.run(["demo", name.rawValue, "--ascii"]).output
      #expect(ascii.allSatisfy { $0.isASCII })
      #expect(ascii.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
    let dropout = try Executable.run(["demo", "dropout-layer"]).output
    #expect(dropout.contains("p = 0.00: nothing is dropped."))
    #expect(dropout.contains("1/(1 − p) = 2.000"))
    #expect(dropout.contains("p = 1.00: everything is dropped."))
    let activations = try Executable.run(["demo", "activations"]).output
    #expect(activations.contains("0.000000954"))
    #expect(activations.contains("x < −2.18, x > 2.18"))
  }

  @Test func aloneItListsTheDemonstrations() throws {
    let result = try Executable.run(["demo"])
    #expect(result.status == 0)
    #expect(result.output.contains("fmnist-tui demo dropout-layer"))
    #expect(result.output.contains("fmnist-tui demo activations"))
    let wrong = try Executable.run(["demo", "nothing"])
    #expect(wrong.status == 64)
    #expect(wrong.error.contains("dropout-layer"))
  }
}
