import Datasets
import Messages
import NeuralNetwork
import TestSupport
import Testing

@testable import Experiment

/// Every text for people has both languages, and the Chinese one has the room of the English one.
struct ChineseTests {
  /// Three words in a row, as only a sentence has them.
  private func hasEnglishSentence(_ text: String) -> Bool {
    text.replacing("fmnist-tui data info", with: "").contains(#/\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b/#)
  }

  /// Cells on a terminal, of the characters that the texts have.
  private func cells(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }

  private func expectBoth(
    _ name: String, mayBeAlike: Bool = false, location: SourceLocation = #_sourceLocation,
    _ make: () -> String
  ) {
    let (english, chinese) = inBoth(make)
    #expect(!english.hasChinese, "\(name): \(english)", sourceLocation: location)
    guard !mayBeAlike || chinese.hasChinese else { return }
    #expect(chinese.hasChinese, "\(name): \(chinese)", sourceLocation: location)
    #expect(!hasEnglishSentence(chinese), "\(name): \(chinese)", sourceLocation: location)
    #expect(
      !chinese.contains(#/\p{Han} \p{Han}|[，。：；（）] | [，。：；（）]|。。|\p{Han}[.,;]( |$)/#),
      "\(name): \(chinese)", sourceLocation: location)
  }

  @Test(arguments: Setting.allCases) func everySettingSpeaksBoth(setting: Setting) {
    expectBoth(setting.key) { setting.title }
    expectBoth(setting.key, mayBeAlike: setting == .activation || setting == .optimizer) {
      // The words of layers are the network's.
      setting == .network ? setting.help.replacing(NetworkSpecification.syntax, with: "") : setting.help
    }
    expectBoth(setting.key, mayBeAlike: true) { setting.defaultText }
    if setting.obstacleToFork != nil { expectBoth(setting.key) { setting.obstacleToFork ?? "" } }
    let (english, chinese) = inBoth { setting.title }
    #expect(cells(chinese) <= cells(english), "\(chinese)")
  }

  @Test func everyFigureSpeaksBothAndFitsItsColumn() {
    for figure in Figure.all {
      expectBoth(figure.key) { figure.title }
      expectBoth(figure.key) { figure.heading }
      if figure.condition != nil { expectBoth(figure.key) { figure.condition ?? "" } }
      let (english, chinese) = inBoth { [figure.title, figure.condition ?? ""] }
      for (english, chinese) in zip(english, chinese) { #expect(cells(chinese) <= cells(english)) }
      // Numbers need as much.
      let heading = inBoth { figure.heading }
      #expect(cells(heading.chinese) <= max(7, cells(heading.english)))
    }
    for quantity in Quantity.all {
      expectBoth(quantity.key) { quantity.title }
      let (english, chinese) = inBoth { quantity.title }
      #expect(cells(chinese) <= cells(english))
    }
    for split in Figure.Split.all {
      expectBoth("\(split)") { split.title }
      #expect(inBoth { cells(split.heading) }.chinese <= 5)
    }
  }

  @Test(arguments: Preset.allCases) func everyPresetSpeaksBoth(preset: Preset) {
    expectBoth(preset.rawValue) { preset.summary }
    let (english, chinese) = inBoth { preset.summary }
    #expect(cells(chinese) <= max(cells(english), 50))
  }

  @Test func everyTermSpeaksBothAndEitherWordLeadsToIt() {
    for term in Glossary.terms {
      expectBoth(term.words.english) { term.meaning }
      let (english, chinese) = inBoth { term }
      for word in [english.words.english, chinese.words.chinese, chinese.word] + term.chineseAlso {
        #expect(inBoth { Glossary.term(word) } == (term, term), "\(word)")
      }
      let meaning = inBoth { term.meaning }
      #expect(cells(meaning.chinese) <= 146, "\(term.words.english): \(cells(meaning.chinese))")
      // Both send to the same options, keys and places.
      for pattern in [#/--[a-z0-9-]+/#, #/fmnist-tui [a-z]+/#, #/[a-z]+-[a-z-]+/#] {
        let (first, second) = (meaning.english.matches(of: pattern), meaning.chinese.matches(of: pattern))
        let names = Set(second.map { String($0.output) })
        #expect(names.isSubset(of: first.map { String($0.output) }), "\(term.words.english): \(names)")
      }
    }
    #expect(inBoth { Glossary.term("dropout")?.word ?? "" } == ("dropout", "暂退法 (dropout)"))
    #expect(inBoth { Glossary.term("ReLU")?.word ?? "" } == ("ReLU", "ReLU"))
    #expect(inBoth { Glossary.terms(containing: "暂退").first?.words.english } == ("dropout", "dropout"))
    for spelling in ["L2惩罚", "l2 惩罚", "He初始化", "暂退法(dropout)", "95%置信区间"] {
      #expect(Glossary.term(spelling) != nil, "\(spelling)")
    }
    #expect(inBoth { Glossary.nearest(to: "暂退发").first ?? "" } == ("dropout", "暂退法 (dropout)"))
  }

  @Test func titlesOfEitherLanguageLeadToATerm() {
    for setting in Setting.allCases {
      #expect(inBoth { Glossary.term(setting.title) == Glossary.term(setting.key) } == (true, true))
    }
    for figure in Figure.all { #expect(inBoth { Glossary.term(figure.title) != nil } == (true, true)) }
  }

  private static let faults: [[Setting: String]] =
    Setting.allCases.filter { $0 != .network }.map { [$0: "?"] } + [
      [.network: "lineer 5"], [.learningRate: "0"], [.dropout: "2"], [.hidden: "0"], [.inputDropout: "2"],
      [.initialization: "normal=5000"], [.normalize: "5000/1"], [.schedule: "step=0:1"], [.warmup: "-1"],
      [.momentum: "1"], [.weightDecay: "-1"], [.l1: "-1"], [.clipNorm: "0"], [.clipValue: "0"],
      [.labelSmoothing: "1"], [.augment: "shift=99"], [.batchSize: "0"], [.epochs: "0"], [.trainSize: "0"],
      [.validation: "0"], [.labelNoise: "1"], [.earlyStopping: "0"], [.evaluationInterval: "0"],
      [.samples: "5"], [.loss: "mse"], [.optimizer: "adam", .momentum: "0.9"], [.nesterov: "true"],
      [.optimizer: "adam", .nesterov: "true", .momentum: "0.9"], [.warmup: "11"], [.earlyStopping: "3"],
      [.dropout: "0.1,0.2,0.3"], [.network: "linear 8 relu dropout 0.1 linear 10", .dropout: "0.1,0.2"],
      [.batchNorm: "true", .batchSize: "1"], [.batchNorm: "true", .trainSize: "257"],
      [.normalize: "0.5/0.5,0.5/0.5"], [.hidden: "10000", .batchSize: "65536"],
      [.network: "linear 10", .activation: "relu"], [.trainSize: "60001"], [.validation: "60000"],
    ]

  @Test(arguments: faults) func everyFaultIsToldInBoth(texts: [Setting: String]) throws {
    var given = GivenSettings()
    for (setting, text) in texts { given[setting] = text }
    let (english, chinese) = try inBoth {
      try #require(throws: ConfigurationError.self) {
        try given.configuration().validate(trainingImages: 60_000)
      }
    }
    #expect(english.given == chinese.given)
    // What is wrong with layers that are written out is told by the network.
    guard texts[.network] != "lineer 5" else { return }
    expectBoth("\(texts)") { Language.current == .english ? english.description : chinese.description }
  }

  @Test func sweepsAndRunsAsTheyAreTypedHaveFaultsInBoth() throws {
    let typed: [() throws -> Void] = [
      { _ = try VersusSpecification(run: "") }, { _ = try VersusSpecification(run: "x=1") },
      { _ = try VersusSpecification(run: "lr=1 lr=2") }, { _ = try VersusSpecification(run: "lr") },
      { _ = try ForkSpecification("x") }, { _ = try SweepAxis(.learningRate, list: "0.1,,0.2") },
      { _ = try SweepAxis(.learningRate, list: "0,...,1") },
      { _ = try SweepAxis(.learningRate, list: "1,1") },
      { _ = try SweepAxis(.learningRate, list: "0,0.3,...,1") },
      { _ = try SweepSpecification(options: GivenSettings(), over: ["x"], seeds: 1, steps: nil) },
      { _ = try SweepSpecification(options: GivenSettings(), over: [], seeds: 0, steps: nil) },
      { _ = try SweepSpecification(options: GivenSettings(), over: [], seeds: 1, steps: 0) },
      { _ = try SweepSpecification(options: GivenSettings(), over: [], seeds: 1, steps: nil) },
      { _ = try SweepSpecification(options: GivenSettings(), over: ["seed=1,2"], seeds: 1, steps: nil) },
      { _ = try SweepSides([], seeds: 2) },
      { _ = try SweepSides([.init(name: "a", configuration: RunConfiguration())], seeds: 1) },
      {
        var forked = GivenSettings()
        forked[.hidden] = "8"
        _ = try RunConfiguration().forked(with: forked)
      },
    ]
    for make in typed {
      let (english, chinese) = try inBoth { try #require(throws: ConfigurationError.self) { try make() } }
      expectBoth(english.given) { Language.current == .english ? english.description : chinese.description }
    }
  }

  @Test func whatARunHasIsToldInBoth() throws {
    let texts: [[Setting: String]] = [
      [
        .schedule: "cosine", .warmup: "2", .momentum: "0.9", .nesterov: "true", .weightDecay: "0.1",
        .noBiasDecay: "true", .l1: "0.1", .clipNorm: "1", .clipValue: "1", .labelSmoothing: "0.1",
        .augment: "flip,shift=2,cutout=3", .trainSize: "100", .validation: "50", .labelNoise: "0.1",
        .earlyStopping: "3", .evaluationInterval: "2", .normalize: "0.5/0.5",
      ], [.schedule: "step=3:0.1"], [.augment: "crop=1"],
    ]
    for texts in texts {
      var given = GivenSettings()
      for (setting, text) in texts { given[setting] = text }
      let configuration = try given.configuration()
      for setting in Setting.allCases where setting.words(in: configuration, grouped: { "\($0)" }) != nil {
        expectBoth(setting.key, mayBeAlike: setting == .l1) {
          setting.words(in: configuration) { "\($0)" } ?? ""
        }
      }
    }
    var idle = RunConfiguration()
    (idle.hiddenWidths, idle.dropout, idle.activation, idle.batchNorm) = ([], [], .tanh, true)
    (idle.decaysBiases, idle.evaluationInterval, idle.residual) = (false, 20, true)
    idle.schedule.decay = .step(epochs: 10, factor: 0.1)
    let (english, chinese) = inBoth { idle.withoutEffect }
    #expect(english.count == 6 && chinese.count == 6 && chinese.allSatisfy(\.hasChinese))
    #expect(chinese.contains("--no-bias-decay 在没有 --weight-decay 时不起作用"))
  }

  /// Files have no language: names of runs, keys and values are the same in all.
  @Test func whatIsWrittenToFilesIsTheSameInBoth() throws {
    var other = RunConfiguration()
    (other.batchNorm, other.clipNorm) = (true, 1)
    let runs = [RunConfiguration(), RunConfiguration().withoutDropout(), other]
    let names = inBoth { RunDifference.names(of: runs) + RunDifference(other, runs[0]).names }
    #expect(names.english == names.chinese && names.english.contains("no batch-norm, no clip-norm"))
    var changes = GivenSettings()
    changes[.clipNorm] = SettingText.none
    let fork = inBoth { runs[0].nameOfFork(of: RunID(0), changing: changes) }
    #expect(fork == ("no clip-norm from A", "no clip-norm from A"))
    let json = inBoth {
      var object = JSONObject()
      object.add(other)
      object.add([.trainLoss: 1, .generalizationGap: 0, .testAccuracy: 0.5])
      return object.text
    }
    #expect(json.english == json.chinese && !json.chinese.hasChinese)
    let keys = inBoth { Figure.all.map(\.key) + Quantity.all.map(\.key) + Setting.allCases.map(\.option) }
    #expect(keys.english == keys.chinese)
  }
}
