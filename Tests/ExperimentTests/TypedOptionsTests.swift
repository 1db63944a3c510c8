import Experiment
import Testing

@Suite struct TypedOptionsTests {
  /// What `words` say, read as options.
  private func settings(_ words: [String]) throws -> GivenSettings {
    var settings = GivenSettings()
    var rest = words[...]
    while let word = rest.popFirst() {
      let key = String(word.dropFirst(2))
      if let setting = Setting(key: key) {
        settings[setting] = setting.isFlag ? "true" : rest.popFirst()
      } else {
        settings[try #require(Setting(key: String(key.dropFirst(3))))] = "false"
      }
    }
    return settings
  }

  @Test(
    arguments: [
      [:],
      [.dropout: "0.1,0.3", .seed: "7", .epochs: "3"],
      [.hidden: "64", .optimizer: "adam", .batchNorm: "true", .trainSize: "1000"],
      [.hidden: "none", .learningRate: "0.1", .schedule: "cosine", .validation: "5000", .earlyStopping: "4"],
      [.optimizer: "adam", .learningRate: "0.5"],
      [.network: "linear 256 gelu batch-norm dropout 0.5 linear 10"],
      [.momentum: "0.9", .nesterov: "true", .augment: "flip,shift=2", .initialization: "he"],
    ] as [[Setting: String]])
  func theOptionsOfARunAskForTheSameRun(texts: [Setting: String]) throws {
    var given = GivenSettings()
    for (setting, text) in texts { given[setting] = text }
    let configuration = try given.configuration()
    #expect(try settings(configuration.options).configuration() == configuration)
  }

  @Test func whatIsUsualIsNotSaid() { #expect(RunConfiguration().options.isEmpty) }
}
