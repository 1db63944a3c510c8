import Experiment
import Foundation
import NeuralNetwork
import Testing
import Training

@testable import Sessions

/// A value comes in by an option, `run.json`, a checkpoint, a fork and a live change: all accept the same.
@Suite struct SettingDoorsTests {
  private static let base = RunConfiguration()

  static let values: [(setting: Setting, text: String, json: String, isPossible: Bool)] = [
    (.learningRate, "1000", "1000", true), (.learningRate, "1000.0001", "1000.0001", false),
    (.learningRate, "1e-40", "1e-40", true), (.learningRate, "1e-300", "1e-300", false),
    (.learningRate, "0", "0", false),
    (.learningRate, "-0.5", "-0.5", false), (.learningRate, "1e300", "1e300", false),
    (.learningRate, "nan", "\"nan\"", false), (.learningRate, "inf", "1e999", false),
    (.weightDecay, "0", "0", true), (.weightDecay, "1000", "1000", true),
    (.weightDecay, "1001", "1001", false),
    (.weightDecay, "-1e-9", "-1e-9", false), (.l1, "1000", "1000", true), (.l1, "1000.5", "1000.5", false),
    (.labelNoise, "0.99", "0.99", true), (.labelNoise, "1", "1", false), (.labelNoise, "-0.1", "-0.1", false),
    (.labelSmoothing, "0.99", "0.99", true), (.labelSmoothing, "1", "1", false),
    (.dropout, "0,1", "[0,1]", true), (.dropout, "0,1.01", "[0,1.01]", false),
    (.dropout, "0.1,0.1,0.1", "[0.1,0.1,0.1]", false), (.inputDropout, "1", "1", true),
    (.inputDropout, "1.5", "1.5", false), (.augment, "shift=14", "\"shift=14\"", true),
    (.augment, "shift=15", "\"shift=15\"", false), (.augment, "turn", "\"turn\"", false),
    (.epochs, "100000", "100000", true), (.epochs, "100001", "100001", false), (.epochs, "0", "0", false),
    (.epochs, "1.5", "1.5", false), (.momentum, "0.99", "0.99", true), (.momentum, "1", "1", false),
    (.nesterov, "true", "true", false), (.clipNorm, "0", "0", false), (.clipNorm, "none", "null", true),
    (.clipValue, "1e6", "1e6", true), (.clipValue, "2e6", "2e6", false), (.warmup, "10", "10", true),
    (.warmup, "10.5", "10.5", false), (.earlyStopping, "5", "5", false),
    (.schedule, "step=0:0.5", "\"step=0:0.5\"", false), (.batchSize, "65536", "65536", true),
    (.batchSize, "65537", "65537", false), (.batchSize, "-1", "-1", false),
    (.seed, "18446744073709551615", "18446744073709551615", true),
    (.seed, "18446744073709551616", "18446744073709551616", false), (.trainSize, "0", "0", false),
    (.hidden, "1000000000000,1", "[1000000000000,1]", false), (.hidden, "0,1", "[0,1]", false),
    (.network, "perceptron", "null", true),
    (.network, "linear 10", "\"linear 10\"", true), (.network, "linear 9", "\"linear 9\"", false),
    (.network, "linear", "\"linear\"", false),
    (.initialization, "normal=1001", "\"normal=1001\"", false), (.evaluationInterval, "0", "0", false),
  ]

  /// The settings as JSON, one replaced.
  private func json(_ setting: Setting, _ value: String, in base: RunConfiguration = base) throws -> String {
    var (all, old) = (JSONObject(), JSONObject())
    all.add(base)
    old.add(setting.key, setting.value(in: base))
    let field = String(old.text.dropFirst().dropLast())
    #expect(all.text.contains(field))
    return all.text.replacing(field, with: "\"\(setting.key)\":\(value)")
  }

  @Test(arguments: values.indices)
  func allDoorsAcceptTheSame(index: Int) throws {
    let (setting, text, json, isPossible) = Self.values[index]
    var given = GivenSettings()
    given[setting] = text
    // Where layers are written out, files have nothing to say of a perceptron's.
    let written = setting == .network ? try? given.configuration() : nil
    var base = written ?? Self.base
    // Files say nothing of it where there is none.
    if setting == .labelNoise { base.labelNoise = 0.5 }
    let fields = try self.json(setting, json, in: base)
    var found: [String: RunConfiguration?] = [
      "option": try? given.configuration(),
      "versus": try? GivenSettings().changed(by: given).configuration(),
      "files": try? JSONText.decode(Flat.self, Array(fields.utf8), path: "").configuration,
    ]
    if setting.obstacleToFork == nil { found["fork"] = try? Self.base.forked(with: given) }
    if setting.live != nil {
      found["live"] = try? Self.base.liveChanges(given).reduce(Self.base) { try $0.changed(by: $1) }
    }
    for (door, configuration) in found {
      #expect((configuration != nil) == isPossible, "\(setting)=\(text) by \(door)")
      if let configuration {
        #expect(setting.text(in: configuration) == setting.text(in: try given.configuration()), "\(door)")
      }
    }
  }

  /// Fields as in `run.json` and in a checkpoint.
  private struct Flat: Decodable {
    let configuration: RunConfiguration
    init(from decoder: any Decoder) throws {
      configuration = try RunConfiguration(decoder.container(keyedBy: Field.self))
    }
  }

  @Test func aFaultNamesTheField() throws {
    let fields = try json(.learningRate, "-1")
    let error = #expect(throws: RunLogError.self) {
      try JSONText.decode(Flat.self, Array(fields.utf8), path: "p")
    }
    #expect(
      error?.problem == "the field 'lr' is wrong: the learning rate lies above 0, up to 1000")
  }

  @Test func aFileDoesNotSayBothLayersAndAPerceptron() throws {
    let fields = try json(.network, "\"linear 10\"")
    #expect(throws: RunLogError.self) { try JSONText.decode(Flat.self, Array(fields.utf8), path: "p") }
  }

  @Test func aMillionLayersAreRefusedInLinearTime() throws {
    let fields = try json(.hidden, "[" + Array(repeating: "1", count: 1_000_000).joined(separator: ",") + "]")
    let clock = ContinuousClock()
    let duration = clock.measure {
      #expect(throws: RunLogError.self) { try JSONText.decode(Flat.self, Array(fields.utf8), path: "p") }
    }
    // Quadratic time would be hours; whatever else the machine does, this is seconds.
    #expect(duration < .seconds(120))
  }
}
