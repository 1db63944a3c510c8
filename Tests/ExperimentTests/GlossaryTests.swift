import NeuralNetwork
import Testing

@testable import Experiment

struct GlossaryTests {
  @Test func everySettingAndFigureLeadsToATerm() {
    for setting in Setting.allCases {
      #expect(Glossary.term(setting.key) != nil && Glossary.term(setting.title) != nil, "\(setting.key)")
      #expect(Glossary.term(setting.option) == Glossary.term(setting.key))
    }
    for figure in Figure.all {
      #expect(Glossary.term(figure.key) != nil && Glossary.term(figure.title) != nil, "\(figure.key)")
    }
    for quantity in Quantity.all { #expect(Glossary.term(quantity.key) != nil, "\(quantity.key)") }
  }

  @Test func everyActivationAndOptimiserLeadsToATerm() {
    for name in Activation.allCases.map(\.rawValue) + OptimizerKind.allCases.map(\.rawValue) {
      #expect(Glossary.term(name) != nil, "\(name)")
    }
  }

  @Test func termsAreInTheirOrderAndEachWordLeadsToOne() {
    let words = Glossary.terms.map { Glossary.spelling($0.word) }
    #expect(words == words.sorted() && Set(words).count == words.count)
    let all = Glossary.terms.flatMap { Set(Glossary.words(of: $0)) }
    let twice = Dictionary(grouping: all) { $0 }.filter { $1.count > 1 }.keys
    #expect(twice.isEmpty, "\(twice)")
  }

  @Test func optionsThatTermsNameAreThere() {
    let others = [
      "versus", "replicates", "fork", "preset", "dataset", "lockstep", "resume", "mc", "seeds", "help",
    ]
    let known = Set(Setting.allCases.map(\.key) + others)
    for term in Glossary.terms {
      for match in term.meaning.matches(of: #/--([a-z][a-z0-9-]*)/#) {
        #expect(known.contains(String(match.1)), "\(term.word): --\(match.1)")
      }
    }
  }

  @Test(arguments: [
    ("weight decay", "weight decay"), ("--weight-decay", "weight decay"), ("WEIGHT_DECAY", "weight decay"),
    ("L2", "weight decay"), ("gap", "generalisation gap"), ("lr", "learning rate"), ("adam", "Adam"),
  ]) func aWordIsFoundHoweverItIsSpelt(word: String, term: String) {
    #expect(Glossary.term(word)?.word == term)
  }

  @Test(arguments: [("wieght decay", "weight decay"), ("dropuot", "dropout"), ("momentom", "momentum")])
  func unknownWordsHaveTheMostSimilarOnesBesideThem(word: String, term: String) {
    #expect(Glossary.term(word) == nil && Glossary.nearest(to: word).first == term)
  }

  @Test func whatIsTypedIsFoundInWordsBeforeMeanings() {
    let found = Glossary.terms(containing: "drop").map(\.word)
    #expect(found.first == "dropout" && found.contains("regularisation"))
    #expect(Glossary.terms(containing: " ").count == Glossary.terms.count)
    #expect(Glossary.terms(containing: "zzz").isEmpty)
  }
}
