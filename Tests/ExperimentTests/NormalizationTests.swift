import Datasets
import Foundation
import NeuralNetwork
import Testing

@testable import Experiment

@Suite struct NormalizationTests {
  @Test(arguments: ["none", "train", "0.5/0.5", "0.4914/0.247,0.4822/0.2435,0.4465/0.2616", "-1/1e-06"])
  func aSpellingIsReadBack(text: String) throws {
    let normalization = try #require(Normalization(text: text))
    #expect(Normalization(text: normalization.text) == normalization)
  }

  @Test(arguments: [
    "", "0.5", "0.5/", "/0.5", "0.5/0.5/0.5", "0.5/0.5,", "half/half", "0x1/1", "train,train",
  ])
  func whatIsNoneIsRefused(text: String) { #expect(Normalization(text: text) == nil) }

  @Test func theTrainingSetTellsMeanAndDeviationOfEachChannel() {
    let pixels: [UInt8] = [0, 255, 51, 102, 255, 51]
    let known = Normalization.trainingSet.known(from: pixels, channels: 3)
    // The second and the third channel have one value each.
    #expect(known.text == "0.2/0.2,1/1,0.2/1")
    #expect(known.known(from: [9], channels: 1) == known)
    #expect(Normalization.none.known(from: pixels, channels: 3) == .none)
    #expect(known.ofPixels?.means == [0.2, 1, 0.2])
  }

  @Test func itIsOfAsManyChannelsAsTheImagesHave() throws {
    var settings = GivenSettings()
    settings[.normalize] = "0.5/0.5,0.5/0.5,0.5/0.5"
    let error = #expect(throws: ConfigurationError.self) { try settings.configuration() }
    #expect(error?.problem == "images of Fashion-MNIST have 1 channel")
    settings.dataset = .cifar10
    #expect(try settings.configuration().normalization.channels == 3)
    settings[.normalize] = "0.5/0"
    #expect(throws: ConfigurationError.self) { try settings.configuration() }
  }

  @Test func filesSayItOnlyWhereThereIsOne() throws {
    func text(_ configuration: RunConfiguration) -> String {
      var object = JSONObject()
      object.add(configuration)
      return object.text
    }
    var configuration = RunConfiguration()
    #expect(!text(configuration).contains("normalize") && !text(configuration).contains("image-size"))
    configuration.normalization = .given([.init(mean: 0.5, deviation: 0.25)])
    #expect(text(configuration).contains("\"normalize\":\"0.5/0.25\""))
  }

  private struct Read: Decodable {
    var configuration: RunConfiguration
    init(from decoder: any Decoder) throws {
      configuration = try RunConfiguration(decoder.container(keyedBy: Field.self))
    }
  }

  private func read(_ configuration: RunConfiguration, replacing old: String = "", by new: String = "") throws
    -> RunConfiguration
  {
    var object = JSONObject()
    object.add(configuration)
    let text = old.isEmpty ? object.text : object.text.replacingOccurrences(of: old, with: new)
    return try JSONDecoder().decode(Read.self, from: Data(text.utf8)).configuration
  }

  @Test func theDataSetIsReadBackAsItsFilesWereFound() throws {
    var configuration = RunConfiguration()
    configuration.dataset = try #require(
      DatasetDescription(
        key: "folder", foundClassNames: ["cat", "dog"], foundShape: [3, 20, 30], imageSize: nil))
    configuration.normalization = .given(Array(repeating: .init(mean: 0.5, deviation: 0.5), count: 3))
    #expect(try read(configuration) == configuration)
    configuration.dataset = configuration.dataset.resized(to: 48)
    #expect(try read(configuration) == configuration)
    #expect(configuration.dataset.shape == .image(channels: 3, height: 48, width: 48))
    configuration.dataset = DatasetDescription.cifar10.resized(to: 96)
    #expect(try read(configuration) == configuration)
    #expect(configuration.options.prefix(4) == ["--dataset", "cifar10", "--image-size", "96"])
  }

  @Test(arguments: [
    ("[\"cat\",\"dog\"]", "[]"), ("[\"cat\",\"dog\"]", "[\"cat\"]"), ("[3,20,30]", "[2,20,30]"),
    ("[3,20,30]", "[3,0,30]"), ("[3,20,30]", "[3,20]"), ("[3,20,30]", "[3,20,9000000]"),
    ("\"image-size\":48", "\"image-size\":-48"), ("\"folder\"", "\"cifar10\""), ("\"folder\"", "\"other\""),
  ])
  func impossibleDataSetsAreRefused(old: String, new: String) throws {
    var configuration = RunConfiguration()
    configuration.dataset = try #require(
      DatasetDescription(
        key: "folder", foundClassNames: ["cat", "dog"], foundShape: [3, 20, 30], imageSize: 48))
    #expect(throws: DecodingError.self) { try read(configuration, replacing: old, by: new) }
  }
}

@Suite struct AugmentationTextTests {
  @Test(arguments: ["none", "flip", "shift=2", "flip,shift=2", "crop=4", "flip,crop=4,cutout=8", "cutout=16"])
  func aSpellingIsReadBack(text: String) throws {
    #expect(try #require(Augmentation(text: text)).text == text)
  }

  @Test(arguments: ["flip,flip", "shift", "shift=2,shift=3", "crop=a", "cut=3", "flip="])
  func whatIsNoneIsRefused(text: String) { #expect(Augmentation(text: text) == nil) }

  @Test(arguments: [
    ("shift=2,crop=2", DatasetDescription.cifar10), ("crop=15", .cifar10), ("cutout=-1", .cifar10),
    ("cutout=300", .cifar10),
    ("flip", .mnist),
  ])
  func noRunIsChangedSo(text: String, dataset: DatasetDescription) {
    var settings = GivenSettings()
    settings.dataset = dataset
    settings[.augment] = text
    let error = #expect(throws: ConfigurationError.self) { try settings.configuration() }
    #expect(error?.setting == .augment)
  }
}
