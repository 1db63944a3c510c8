import Datasets
import Experiment
import Foundation
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct LayersMeasuredTests {
  private func measured(_ change: (inout RunConfiguration) -> Void = { _ in }) -> [Positioned<
    LayersMeasured
  >] {
    var configuration = SmallExperiment.configuration
    change(&configuration)
    return SmallExperiment.events(configuration, measuresLayers: true).compactMap {
      if case .layersMeasured(let told) = $0.kind { Positioned(told, at: $0.position) } else { nil }
    }
  }

  @Test func layersAreMeasuredInTheStepsThatAreToBe() {
    #expect(measured().map(\.position.step) == (1...33).filter(LayersMeasured.measures))
  }

  @Test func nothingIsMeasuredForNobody() {
    let events = SmallExperiment.events(SmallExperiment.configuration)
    #expect(!events.contains { if case .layersMeasured = $0.kind { true } else { false } })
  }

  @Test func theGradientsAreThoseOfAllWeightsBeforeClipping() throws {
    let (plain, clipped) = (
      measured { $0.epochs = 1 },
      measured {
        $0.epochs = 1
        $0.clipNorm = 1e-3
      }
    )
    // The first step is made of the same weights.
    let first = try #require(plain.first)
    #expect(first.details == clipped.first?.details)
    #expect(
      first.gradientNorms.count == 3 && first.signalNorms.count == 2
        && first.activationSpreads.count == 2)
    #expect(first.gradientNorms.allSatisfy { $0 > 1e-3 })
  }

  @Test func whatComesBackIsMultipliedByTheWeightsAndTheDerivative() throws {
    let details = try #require(
      measured {
        $0.hiddenWidths = Array(repeating: 256, count: 4)
        $0.dropout = [0, 0, 0, 0]
        $0.activation = .sigmoid
        $0.initialization = .normal(standardDeviation: 0.01, biasDeviation: 0)
        $0.epochs = 1
      }.first?.details)
    for (before, after) in zip(details.signalNorms, details.signalNorms.dropFirst()) {
      #expect(abs(before / after / 0.04 - 1) < 0.15)
    }
    for (before, after) in zip(
      details.gradientNorms.dropFirst().dropLast(2), details.gradientNorms.dropFirst(2))
    {
      #expect(abs(before / after / 0.04 - 1) < 0.15)
    }
  }

  @Test func theSpreadOfAResidualLayerIsThatOfTheSum() throws {
    func spreads(_ isResidual: Bool) throws -> [Double] {
      try #require(
        measured {
          $0.hiddenWidths = [32, 32, 32]
          $0.dropout = [0, 0, 0]
          $0.initialization = .he
          $0.residual = isResidual
          $0.epochs = 1
        }.first?.details.activationSpreads)
    }
    let (plain, residual) = (try spreads(false), try spreads(true))
    #expect(plain[0] == residual[0])
    #expect(residual[1] > 1.2 * residual[0] && residual[2] > 1.2 * residual[1])
  }

  @Test func divergenceNamesItsStep() throws {
    var configuration = SmallExperiment.configuration
    configuration.hiddenWidths = Array(repeating: 64, count: 8)
    configuration.dropout = configuration.hiddenWidths.map { _ in 0 }
    configuration.initialization = .normal(standardDeviation: 2, biasDeviation: 0)
    let end = try #require(SmallExperiment.events(configuration).end())
    guard case .diverged(let message) = end.reason else {
      Issue.record("it did not diverge")
      return
    }
    #expect(message.contains("at step \(end.position.step + 1), epoch 1"))
  }

  @Test func weightsAreToldOfWithTheirHistogramAndPictures() throws {
    let network = try SmallExperiment.configuration.makeNetwork(
      sample: .image(channels: 1, height: 6, width: 6), classes: 10)
    let observed = WeightsObserved(network)
    #expect(observed.layers.map(\.count) == [864, 384, 160])
    #expect(
      observed.layers.allSatisfy {
        $0.histogram.reduce(0, +) == $0.count && $0.smallest < 0 && $0.largest > 0
      })
    let bound = 1 / 36.0.squareRoot()
    #expect(observed.layers[0].reach <= bound && observed.layers[0].reach > 0.98 * bound)
    #expect(observed.pictures.count == 16)
    #expect(observed.pictures.allSatisfy { $0.levels.count == 36 })
    #expect(observed.pictures.flatMap(\.levels).map { abs(Int($0)) }.max() == 127)
  }

  @Test func whatIsToldOfLayersIsReadBack() throws {
    let network = try SmallExperiment.configuration.makeNetwork(
      sample: .image(channels: 1, height: 6, width: 6), classes: 10)
    let place = RunPosition(run: RunID(1), step: 3, epoch: 1, batch: 3)
    for kind in [
      TrainingEvent.Kind.weightsObserved(WeightsObserved(network)),
      .layersMeasured(
        LayersMeasured(gradientNorms: [1e-11, 2], signalNorms: [0.5], activationSpreads: [3])),
    ] {
      let event = TrainingEvent(kind, at: place)
      let read = try JSONDecoder().decode(Line.self, from: Data(event.json().text.utf8)).event
      #expect(read == event)
    }
  }

  private struct Line: Decodable {
    let event: TrainingEvent

    init(from decoder: any Decoder) throws {
      event = try TrainingEvent(decoder.container(keyedBy: Field.self))
    }
  }
}
