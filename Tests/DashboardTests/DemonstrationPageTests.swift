import Foundation
import Reports
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct DemonstrationPageTests {
  /// Numbers like those of the real demonstrations; what these compute is tested where they are made.
  static let demonstrations = DemonstrationSource {
    let input = (0..<16).map { Float($0) }
    let settings = (0...20).map { step in
      let probability = Double(step) / 20
      let scale = probability < 1 ? 1 / (1 - probability) : 0
      let draws = (0..<16).map { draw in
        input.enumerated().map { index, value in
          Double((index * 7 + draw * 5) % 20) / 20 < probability ? 0 : value * Float(scale)
        }
      }
      let means = (0...10).map { power in
        let error = probability < 1 ? 8.8 * (probability * scale / Double(1 << power)).squareRoot() : 8.8
        return DropoutDemonstration.Mean(
          count: 1 << power, values: input.map { $0 * (1 + Float(error) / 100) }, error: error)
      }
      return DropoutDemonstration.Setting(
        probability: probability, scale: scale, draws: draws, means: means)
    }
    let arguments = (-600...600).map { Double($0) / 100 }
    let functions: [(String, String, (Double) -> Double, (Double) -> Double)] = [
      (
        "sigmoid", "1 / (1 + exp(−x))", { 1 / (1 + exp(-$0)) },
        { 1 / (1 + exp(-$0)) * (1 - 1 / (1 + exp(-$0))) }
      ),
      ("tanh", "tanh(x)", { tanh($0) }, { 1 - tanh($0) * tanh($0) }),
      ("ReLU", "max(0, x)", { max(0, $0) }, { $0 > 0 ? 1 : 0 }),
    ]
    return Demonstrations(
      dropout: DropoutDemonstration(columns: 8, input: input, settings: settings),
      activations: functions.map { name, formula, value, derivative in
        ActivationCurve(
          name: name, formula: formula, arguments: arguments, values: arguments.map(value),
          derivatives: arguments.map(derivative))
      },
      products: products, symmetry: symmetry)
  }

  private static let products: MatrixProductDemonstration = {
    let curves = (0..<5).map { seed -> [Double] in
      let slope = 0.23 + 0.01 * Double(seed)
      return (0...100).map { factor -> Double in 0.4 + Double(factor) * slope }
    }
    return MatrixProductDemonstration(curves: curves, ends: [24, 25, 26], growth: 0.557)
  }()

  private static let symmetry: SymmetryDemonstration = {
    let masks = [[true, false, true], [true, false, true], [false, true, true], [true, true, false]]
    func weights(unit: Int, step: Int, isMasked: Bool) -> [Float] {
      let own: Float = isMasked && unit > 1 ? Float(unit) / 50 : 0
      return (0..<3).map { input -> Float in 0.1 + Float(step * input) / 100 + own }
    }
    func history(isMasked: Bool) -> [[[Float]]] {
      (0...3).map { step in (0..<4).map { weights(unit: $0, step: step, isMasked: isMasked) } }
    }
    return SymmetryDemonstration(
      outcomes: [
        SymmetryDemonstration.Outcome(kept: nil, weights: history(isMasked: false)),
        SymmetryDemonstration.Outcome(kept: masks, weights: history(isMasked: true)),
      ])
  }()

  static func dashboard(
    _ name: Demonstrations.Name = .dropoutLayer, keys: [Key] = [], glyphs: GlyphSet = .braille
  ) -> DashboardScreen {
    let place = Lesson.all.firstIndex { $0.demonstration == name } ?? 0
    let opening: [Key] = ["6"] + Array(repeating: .down, count: place) + [.enter]
    var dashboard = DashboardScreen(
      DashboardState(caption: "60,000 + 10,000 images (cache)", terminalGlyphs: glyphs),
      demonstrations: demonstrations)
    for event in ScriptedEvents.middle { dashboard.record(event, at: 1) }
    for key in opening + keys { _ = dashboard.press(key) }
    return dashboard
  }

  private static let pages: [(name: String, demonstration: Demonstrations.Name, keys: [Key])] = [
    ("demonstration-dropout", .dropoutLayer, []), ("demonstration-activation", .activations, [.right]),
    ("demonstration-product", .matrixProduct, []), ("demonstration-symmetry", .symmetry, ["x"]),
  ]

  @Test(arguments: pages, GoldenFrameTests.glyphSets)
  func pagesAreAsRecorded(
    page: (name: String, demonstration: Demonstrations.Name, keys: [Key]), glyphs: GlyphSet
  ) throws {
    let dashboard = Self.dashboard(page.demonstration, keys: page.keys, glyphs: glyphs)
    for (width, height) in GoldenFrameTests.sizes {
      try GoldenFrameTests.compare(
        dashboard.renderPage(width: width, height: height),
        "\(page.name)-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  private func text(_ dashboard: DashboardScreen) -> String {
    dashboard.render(width: 120, height: 40).lines.joined(separator: "\n")
  }

  @Test func arrowsChangeTheProbabilityUpToItsEnds() {
    #expect(text(Self.dashboard()).contains("p = 0.50"))
    #expect(text(Self.dashboard(keys: [.left])).contains("p = 0.45"))
    #expect(
      text(Self.dashboard(keys: Array(repeating: .left, count: 30))).contains("p = 0.00: nothing is dropped"))
    #expect(
      text(Self.dashboard(keys: Array(repeating: .right, count: 30))).contains(
        "p = 1.00: everything is dropped"))
  }

  @Test func arrowsLeaveTheRunsAlone() {
    var dashboard = Self.dashboard()
    let onThePage = dashboard.press(.right)
    #expect(onThePage.isEmpty)
    _ = dashboard.press(.character("1"))
    let onTheCharts = dashboard.press(.right)
    #expect(!onTheCharts.isEmpty)
  }

  @Test func enterDrawsAnotherMask() {
    let (first, second) = (text(Self.dashboard()), text(Self.dashboard(keys: [.enter])))
    #expect(first.contains("draw 1 "))
    #expect(second.contains("draw 2 "))
    #expect(text(Self.dashboard(keys: Array(repeating: .enter, count: 16))) == first)
  }

  @Test func functionsFollowEachOtherInACircle() {
    #expect(text(Self.dashboard(.activations)).contains("sigmoid: 1 / (1 + exp"))
    #expect(text(Self.dashboard(.activations, keys: [.left])).contains("ReLU: max(0, x)"))
    #expect(
      text(Self.dashboard(.activations, keys: [.right, .right, .right])).contains("sigmoid: 1 / (1 + exp"))
  }

  @Test func everySizeCanBeDrawn() {
    for name in Demonstrations.Name.allCases {
      for (width, height) in [(60, 16), (61, 17), (64, 60), (79, 20), (200, 16), (300, 90)] {
        let surface = Self.dashboard(name).render(width: width, height: height)
        #expect(surface.width == width)
      }
    }
  }
}

@Suite struct ComputedDemonstrationTests {
  @Test func theProductGrowsAsTheBookTells() {
    let products = Demonstrations.computed.products
    #expect(abs(products.end.mean - 25) < 0.4)
    #expect(abs(products.end.deviation - 1.75) < 0.35)
    #expect(abs(products.growth - MatrixProductDemonstration.expectedGrowth) < 0.01)
    #expect(products.curves.count == 5 && products.curves.allSatisfy { $0.count == 101 })
  }

  @Test func onlyUnitsWithOtherMasksBecomeOthers() {
    let outcomes = Demonstrations.computed.symmetry.outcomes
    #expect(outcomes.map { Set($0.weights.last ?? []).count } == [1, 3])
    let last = outcomes[1].weights.last ?? []
    #expect(last.count == 4 && last[0] == last[1])
    #expect(
      outcomes.allSatisfy {
        $0.weights.count == 4 && $0.weights[0] == Array(repeating: [0.1, 0.1, 0.1], count: 4)
      })
  }
}
