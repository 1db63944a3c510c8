import Experiment
import TerminalUI
import Testing

@testable import Reports

@Suite struct SweepCurveFindingsTests {
  /// A sweep of which each cell has test accuracies by seed.
  private func progress(_ setting: Setting, _ values: String, _ tests: [[Double]]) throws -> SweepProgress {
    var options = GivenSettings()
    options[setting] = values
    let plan = try SweepSpecification(options: options, over: [], seeds: tests[0].count, steps: nil)
      .plan(trainingImages: 1000)
    return SweepProgress(
      plan, trainingImages: 1000,
      results: plan.cells.indices.flatMap { cell in
        tests[cell].indices.map { number in
          SweepResult(
            key: plan.key(cell: cell, number), step: 1, epoch: 1, seconds: 1,
            metrics: [.testAccuracy: tests[cell][number], .trainAccuracy: cell == 0 ? 0.9 : 1, .testLoss: 1])
        }
      })
  }

  private func sentences(_ progress: SweepProgress) throws -> [String] {
    SweepCurveFindings(progress, try #require(SweepCurve(progress, of: .testAccuracy))).sentences
  }

  @Test func aPeakThatAllSeedsShareIsOne() throws {
    let tests = [[0.7, 0.71, 0.72], [0.6, 0.61, 0.62], [0.8, 0.81, 0.83]]
    let found = try sentences(progress(.hidden, "4,16,64", tests))
    #expect(
      found[0]
        == "A peak: test error at hidden 16, 39.00%, is 10.00 points above hidden 4 and 20.33 points above hidden 64, "
        + "more than chance (95 %, picked afterwards): double descent.")
    #expect(found[1] == "Train error is below 1 % from hidden 16 on.")
    #expect(try !sentences(progress(.learningRate, "0.1,0.2,0.3", tests))[0].contains("descent"))
  }

  @Test func aPeakThatChanceMayHaveMadeIsNotShown() throws {
    let unsure = [[0.7, 0.6, 0.65], [0.6, 0.66, 0.62], [0.8, 0.81, 0.83]]
    #expect(try sentences(progress(.hidden, "4,16,64", unsure))[0].hasSuffix("chance may do that."))
    let single = [[0.7], [0.6], [0.8]]
    #expect(
      try sentences(progress(.hidden, "4,16,64", single))[0].hasSuffix("one seed cannot tell it from chance.")
    )
  }

  @Test func aCurveWithoutAPeakTellsWhereItIsLowest() throws {
    let found = try sentences(progress(.hidden, "4,16,64", [[0.6], [0.7], [0.8]]))
    #expect(
      found[0] == "No peak: test error is lowest at hidden 64, 20.00%, and nowhere rises and falls again.")
    #expect(try sentences(progress(.hidden, "4,16", [[0.6], [0.7]])).isEmpty)
  }

  @Test(arguments: [GlyphSet.braille, .ascii]) func theChartIsDrawnAtAnySize(glyphs: GlyphSet) throws {
    let progress = try progress(.hidden, "4,16,64", [[0.6, 0.7], [0.7, 0.7], [0.8, 0.9]])
    let chart = try #require(SweepCurveChart(progress, figure: .testAccuracy, selected: 1, glyphs: glyphs))
    for (width, height) in [(0, 0), (1, 1), (12, 3), (40, 10), (79, 20), (200, 60)] {
      var surface = Surface(width: width, height: height)
      chart.draw(on: &surface, in: surface.bounds)
    }
  }
}
