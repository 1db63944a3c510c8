import Foundation
import TestSupport
import Testing

/// What the presets of deep networks show of their gradients, as PyTorch found it over 1,000 images.
@Suite struct DeepNetworkSessionTests {
  /// Norms of the gradients of the first and the last layer in the first step, by the names of the runs.
  private func gradients(seed: Int) throws -> [String: (first: Double, last: Double)] {
    let result = try Executable.run([
      "train", "--preset", "vanishing-gradients", "--batch-size", "1000", "--train-size", "1000", "--epochs",
      "1",
      "--seed", "\(seed)", "--data", Executable.sample, "--no-save", "--format", "jsonl",
    ])
    #expect(result.status == 0, "\(result.error)")
    var names: [String: String] = [:]
    var norms: [String: (first: Double, last: Double)] = [:]
    for line in result.output.split(separator: "\n") {
      let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      guard let run = event["run"] as? String else { continue }
      if let name = event["name"] as? String { names[run] = name }
      if let layers = event["weight_gradient_norms"] as? [Double], event["step"] as? Int == 1 {
        let name = try #require(names[run])
        norms[name] = (try #require(layers.first), try #require(layers.last))
      }
    }
    return norms
  }

  @Test func theFirstGradientsArePyTorchsWithinAFactorOfTwo() throws {
    let found = try (1...3).map(gradients)
    for (name, first, last) in [
      ("sigmoid N(0,0.01²)", 1e-11, 0.24), ("sigmoid Xavier", 2.8e-5, 1.2), ("ReLU He", 1.6, 1.0),
    ] {
      let medians = [
        found.compactMap { $0[name]?.first }.sorted()[1], found.compactMap { $0[name]?.last }.sorted()[1],
      ]
      for (median, expected) in zip(medians, [first, last]) {
        #expect(median > expected / 2 && median < expected * 2, "\(name): \(median), \(expected)")
      }
    }
  }
}
