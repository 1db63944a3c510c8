import Datasets
import Experiment
import Testing

@testable import Reports

struct FigureTextTests {
  @Test func whatIsNotZeroDoesNotLookLikeIt() {
    #expect(Figure.trainLoss.text(0.00003) == "3.0e−5")
    #expect(Figure.trainLoss.text(0.00003, width: 6) == "3.0e−5")
    #expect(Figure.trainLoss.text(1e-300, width: 6) == "1e−300")
    #expect(Figure.trainLoss.text(0) == "0.0000")
    #expect(Figure.trainLoss.text(0.34567) == "0.3457")
  }

  @Test func equalValuesHaveNoDeviationByRounding() throws {
    let statistics = try #require(SampleStatistics([0.2, 0.2, 0.2]))
    #expect(Figure.testLoss.bareText(statistics) == "0.2000 ± 0.0000")
  }

  @Test func sharesAreInPerCentAndTheirDifferencesInPoints() {
    #expect(Figure.testAccuracy.text(0.872) == "87.20%")
    #expect(Figure.testAccuracy.text(1) == "100.00%")
    #expect(Figure.testAccuracy.text(1, width: 6) == "100.0%")
    #expect(Figure.testAccuracy.differenceText(-0.0123) == "−1.23")
    #expect(Figure.generalizationGap.text(0.0123) == "1.23")
    #expect(Figure.generalizationGap.label(usesDropout: true) == "generalisation gap, points")
    #expect(Figure.trainAccuracy.label(usesDropout: true) == "train accuracy, dropout off")
    #expect(Figure.trainAccuracy.label(usesDropout: false) == "train accuracy")
    #expect(Figure.runningTrainLoss.label(usesDropout: false) == "train loss, weights moving")
    #expect(Figure.gradientNorm.label(usesDropout: false) == "norm of the gradient, last step")
    #expect(Figure.trainAccuracy.titleWithUnit == "train accuracy, %")
  }

  @Test func everyFigureIsInTheLinesForPrograms() {
    var measured = Measurements()
    for figure in Figure.all { measured[figure] = 0.5 }
    var object = JSONObject()
    object.add(measured)
    let known = Figure.all.filter { $0.isMeasured(for: .classification) }
    for figure in known { #expect(object.text.contains("\"\(figure.key)\":")) }
    #expect(RunsCSV.fields(measured).count { !$0.isEmpty } == known.count)
  }

  @Test func thereAreAsManyDigitsAsItTakesToSeeWhatIsLower() {
    #expect(Figure.testAccuracy.text(0.15, apartFrom: 0.154) == "15.00%")
    #expect(Figure.testAccuracy.text(0.153967, apartFrom: 0.154) == "15.397%")
    #expect(Figure.testAccuracy.text(0.1539999, apartFrom: 0.154) == "15.39999%")
  }
}
