@testable import Experiment
@testable import NeuralNetwork
@testable import Sessions
@testable import TerminalUI

extension Reader {
  func readWords(_ text: String) {
    for setting in Setting.allCases {
      var configuration = RunConfiguration()
      guard (try? setting.set(text, in: &configuration)) != nil, (try? configuration.validate()) != nil else {
        continue
      }
      var again = configuration
      precondition((try? setting.set(setting.text(in: configuration), in: &again)) != nil)
      precondition(again == configuration)
    }
    if let changes = try? VersusSpecification(words: text).changes {
      _ = try? RunConfiguration().forked(with: changes)
    }
    _ = try? VersusSpecification(run: text).configuration(against: GivenSettings())
    _ = try? ForkSpecification(text)
    if let query = try? SessionQuery(text) {
      precondition((try? SessionQuery(query.text)) == query)
      _ = query.means(ListedSession(InputFile.folder))
    }
    if let sweep = try? SweepSpecification(options: GivenSettings(), over: [text], seeds: 1, steps: nil) {
      let values = sweep.axes.map(\.values.count).reduce(1, *)
      precondition(values <= SweepPlan.mostRuns)
      if values <= 50 { _ = try? sweep.plan(trainingImages: 60_000) }
    }
    if let network = try? NetworkSpecification(text: text) {
      precondition((try? NetworkSpecification(text: network.text)) == network)
    }
  }

  /// However the bytes arrive, they are the same keys; and in the end nothing is waited for.
  func readKeys(_ bytes: [UInt8]) {
    var (whole, parts) = (KeyDecoder(), KeyDecoder())
    let keys = whole.keys(from: bytes, at: 0)
    precondition(keys == bytes.flatMap { parts.keys(from: [$0], at: 0) })
    for case .paste(let text) in keys {
      precondition(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
    _ = whole.keys(at: 10)
    precondition(whole.deadline == nil && whole.keys(from: [0x61], at: 11) == [.character("a")])
  }
}
