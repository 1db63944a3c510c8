import Datasets
import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct FeatureMapsTests {
  private static let images = SmallExperiment.dataset.test

  private func examination(
    _ text: String, of images: LabeledImages = images, change: (inout Network) -> Void = { _ in }
  ) throws -> NetworkExamination {
    var network = try Network(
      NetworkSpecification(text: text), input: images.shape, initialization: .he, seed: 3)
    change(&network)
    return NetworkExamination(
      network: network, configuration: seeded(1), images: images, team: ThreadTeam(threads: 1))
  }

  @Test func aFilterThatLeavesTheImageShowsIt() throws {
    let examination = try examination("conv 2x1 no-bias relu gap linear 10") { network in
      network.updateParameters { parameter, index in
        if index == 0 { parameter.values.elements = [1, -0.5] }
      }
    }
    let pictures = try #require(examination.picture(image: 5, layer: 0))
    let pixels = Array(Self.images.pixels[5 * 36..<6 * 36])
    let largest = try #require(pixels.max())
    let maps = try #require(pictures.maps)
    #expect(maps.count == 2 && [maps.height, maps.width] == [6, 6])
    #expect(maps.smallest == 0 && abs(maps.largest - Double(largest) / 255) < 1e-6)
    for (map, pixel) in zip(maps[0], pixels) {
      let expected = Double(pixel) * 255 / Double(largest)
      #expect(abs(Double(map) - expected) <= 0.51)
    }
    #expect(maps[1].allSatisfy { $0 == 0 }, "the other filter gives nothing above 0")
    let filters = try #require(pictures.filters)
    #expect(filters.pixels == [255, 64] && filters.smallest == -1 && filters.largest == 1)
  }

  @Test func eachLayerHasTheMapsThatItLeavesToTheNext() throws {
    let examination = try examination(
      "conv 5x3 relu residual(conv 8x3 bn relu conv 8x3 bn | conv 8x1) relu pool 2 conv 70x3 relu flatten linear 10"
    )
    let shapes = (0..<7).map { layer -> [Int]? in
      examination.picture(image: 0, layer: layer).map { pictures in
        pictures.maps.map { [$0.count, $0.keptCount, $0.height] } ?? []
      }
    }
    #expect(
      shapes == [[5, 5, 6], [8, 8, 6], [8, 8, 6], [8, 8, 3], [70, 64, 3], [], nil])
    #expect(examination.picture(image: -1, layer: 0) == nil)
    #expect(examination.picture(image: Self.images.count, layer: 0) == nil)
  }

  @Test func largeMapsAreMadeSmaller() throws {
    let pixels = (0..<130 * 130).map { UInt8($0 % 130) }
    let images = LabeledImages(count: 1, height: 130, width: 130, pixels: pixels, labels: [0])
    let maps = try #require(
      try examination("conv 1x1 relu gap linear 10", of: images).picture(image: 0, layer: 0)?.maps)
    #expect(maps.height == 43 && maps.width == 43 && maps.pixels.count == 43 * 43)
  }

  @Test func aPerceptronHasNoPictures() throws {
    let images = LabeledImages(
      count: 1, height: 6, width: 6, pixels: [UInt8](repeating: 9, count: 36), labels: [0])
    let network = try SmallExperiment.configuration.makeNetwork(sample: .units(36), classes: 10)
    let pictures = NetworkExamination(
      network: network, configuration: seeded(1), images: images, team: ThreadTeam(threads: 1)
    )
    .picture(image: 0, layer: 1)
    #expect(pictures == FeatureMapsPictured(image: 0, layer: 1, filters: nil, maps: nil))
  }

  @Test func aNetworkThatDivergedIsPicturedToo() throws {
    let examination = try examination("conv 2x3 relu gap linear 10") { network in
      network.updateParameters { parameter, index in
        if index == 0 { parameter.values.elements = parameter.values.elements.map { _ in .nan } }
      }
    }
    let pictures = try #require(examination.picture(image: 0, layer: 0))
    #expect(pictures.filters?.pixels.allSatisfy { $0 == 0 } == true)
  }

  @Test func aRunUnderWayAnswers() throws {
    let run = SteeredRun(isWatched: true) { $0.writtenNetwork = SmallExperiment.imageNetwork }
    run.send(.pause)
    run.engine.start()
    _ = run.collect { if case .paused = $0.kind { true } else { false } }
    run.send(.picture(image: 3, layer: 1))
    let events = run.collect { if case .featureMapsPictured = $0.kind { true } else { false } }
    guard case .featureMapsPictured(let pictures) = events.last?.kind else {
      Issue.record("no pictures")
      return
    }
    #expect(pictures.image == 3 && pictures.layer == 1 && pictures.maps != nil && pictures.filters != nil)
    _ = run.stop()
  }
}
