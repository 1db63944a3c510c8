import Messages
import TestSupport
import Testing

@testable import Experiment

@Suite struct RunNameTests {
  /// What the networks of papers are called has no other language.
  private static let names: Set<String> = ["sigmoid", "tanh", "Xavier", "ReLU", "He"]

  @Test func everyNameThatTheProgramGivesHasBothLanguages() {
    let presets = Preset.allCases.flatMap(\.runs).compactMap(\.name)
    let usual = RunDifference(RunConfiguration(), RunConfiguration().withoutDropout()).names
    #expect(presets.count > 30 && usual == ["with dropout", "without dropout"])
    for name in presets + usual {
      let (english, chinese) = inBoth { RunName.shown(name) }
      #expect(english == name)
      #expect(chinese.latinWords(but: Self.names).isEmpty, "\(chinese)")
      #expect(chinese.hasChinese || name.latinWords(but: Self.names).isEmpty, "\(chinese)")
    }
  }

  @Test(arguments: ["my run", "with dropout 2", "lr 0.1", ""]) func whatAPersonCallsARunStaysAsItIs(
    name: String
  ) {
    #expect(inBoth { RunName.shown(name) } == (name, name))
  }

  @Test func forksAreNamedByWhereTheyComeFrom() throws {
    var run = RunConfiguration()
    (run.learningRate, run.momentum) = (0.1, 0.9)
    let changes = try VersusSpecification(words: "lr=0.1 momentum=0.9").changes
    let names = [changes, GivenSettings()].map { run.nameOfFork(of: RunID(2), changing: $0) }
    let (english, chinese) = inBoth { names.map(RunName.shown) }
    #expect(english == ["lr 0.1, momentum 0.9 from C", "copy of C"])
    #expect(chinese == ["lr 0.1, momentum 0.9 自 C", "C 的副本"])
  }

  @Test func noNameStandsForTwo() {
    let (english, chinese) = (RunName.given.map(\.english), RunName.given.map(\.chinese))
    #expect(Set(english).count == english.count && Set(chinese).count == chinese.count)
  }
}
