import Experiment
import Foundation
import Testing

struct FigureTests {
  @Test func everyFigureHasAKeyOfItsOwn() {
    #expect(Set(Figure.all.map(\.key)).count == Figure.all.count)
    for figures in [Figure.byQuantity, Quantity.all.flatMap(\.figures)] {
      #expect(Set(figures) == Set(Figure.all))
      #expect(figures.count == Figure.all.count)
    }
  }

  /// A set of importance that lacks one hides it in sweeps and in the history of epochs.
  @Test func everyFigureOfFinalWeightsHasAnImportance() {
    #expect(Set(Figure.byImportance) == Set(Figure.all.filter { $0.split != .runningTrain }))
    #expect(Figure.byImportance.first == .selection(isValidated: false))
  }

  @Test func lossesAreBetterLowAccuraciesHigh() {
    #expect(Figure.testLoss.isBetter(0.3, than: 0.4))
    #expect(!Figure.testLoss.isBetter(0.4, than: 0.4))
    #expect(Figure.testAccuracy.isBetter(0.4, than: 0.3))
    #expect(Figure.generalizationGap.isBetter(-0.1, than: 0))
  }

  @Test(arguments: Figure.all) func whatIsNoNumberIsNeverBetter(figure: Figure) {
    #expect(!figure.isBetter(.nan, than: 0.5))
    #expect(!figure.isBetter(.nan, than: .nan))
    #expect(figure.isBetter(0.5, than: .nan) == (figure.direction != .neither))
  }
}

struct MeasurementsTests {
  private let measured: Measurements = [
    .trainAccuracy: 0.9375, .testAccuracy: 0.875, .testLoss: 0.5, .trainLoss: .infinity,
  ]

  @Test func theGapIsMadeOfTwoAccuraciesAndCannotBeSet() {
    #expect(measured[.generalizationGap] == 0.0625)
    #expect(Measurements(.test, loss: 1, accuracy: 1)[.generalizationGap] == nil)
    var changed = measured
    changed[.generalizationGap] = 1
    #expect(changed == measured)
  }

  @Test func whatWasMeasuredIsListedInOneOrder() {
    let keys = measured.all.map(\.figure.key)
    #expect(keys == ["train_loss", "train_accuracy", "test_loss", "test_accuracy", "generalization_gap"])
  }

  @Test func theBestEpochIsChosenByTheImagesHeldOutWhereThereAreSome() throws {
    #expect(measured.selection?.figure == .testAccuracy)
    var validated = measured
    validated.add(Measurements(.validation, loss: 1, accuracy: 0.25))
    #expect(validated.selection?.figure == .validationAccuracy)
    #expect(validated.selection?.value == 0.25)
  }

  @Test func whatIsNoNumberIsNeverTheBest() {
    let lost: Measurements = [.testAccuracy: .nan]
    #expect(!lost.isBetter(than: nil))
    #expect(!lost.isBetter(than: measured))
    #expect(measured.isBetter(than: lost))
    #expect(measured.isBetter(than: nil))
    #expect(!measured.isBetter(than: measured))
    #expect(!Measurements().isBetter(than: nil))
  }
}
