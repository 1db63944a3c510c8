package import Experiment
internal import Messages
internal import TerminalUI

/// Something to be seen in a prepared session: what to watch, a question with its answer, and what was measured here.
package struct Lesson: Hashable, Sendable {
  /// What it is about: runs that are trained, or numbers that layers compute at once.
  package enum Subject: Hashable, Sendable {
    /// The runs of a known experiment.
    case preset(Preset)
    /// Numbers of a building block.
    case demonstration(Demonstration)
  }

  /// A building block shown with its own numbers, by its name on the command line.
  package enum Demonstration: String, CaseIterable, Hashable, Sendable {
    /// The mask of a dropout layer at work.
    case dropoutLayer = "dropout-layer"
    /// The activation functions and their derivatives.
    case activations
    /// The product of many random matrices.
    case matrixProduct = "matrix-product"
    /// Units that begin alike stay alike, unless dropout tells them apart.
    case symmetry
    /// Exact solutions of a regression by degree.
    case leastSquares = "least-squares"
  }

  /// Its name on the command line.
  package let name: String
  /// What it is about, in a few words.
  package var title: String { titleWording.text }
  /// What is shown.
  package let subject: Subject
  /// What to look at while it is shown.
  package var watch: String { watchWording.text }
  /// What to think about.
  package var question: String { questionWording.text }
  /// What there is to say about it.
  package var answer: String { answerWording.text }
  // Lessons are made once, and told in the language of whoever asks.
  private let titleWording: Wording
  private let watchWording: Wording
  private let questionWording: Wording
  private let answerWording: Wording
  /// What is told of each run at the end.
  let figures: [Figure]
  /// Whether the gradients of the first step are told too.
  let tellsGradients: Bool
  /// Whether the two runs are compared in a sentence.
  let isJudged: Bool

  init(
    _ preset: Preset, called name: String? = nil, _ title: Wording, watch: Wording, question: Wording,
    answer: Wording, figures: [Figure], tellsGradients: Bool = false, isJudged: Bool = false
  ) {
    (self.name, titleWording, subject) = (name ?? preset.rawValue, title, .preset(preset))
    (watchWording, questionWording, answerWording) = (watch, question, answer)
    (self.figures, self.tellsGradients, self.isJudged) = (figures, tellsGradients, isJudged)
  }

  init(
    _ demonstration: Demonstration, _ title: Wording, watch: Wording, question: Wording, answer: Wording
  ) {
    (name, titleWording, subject) = (demonstration.rawValue, title, .demonstration(demonstration))
    (watchWording, questionWording, answerWording) = (watch, question, answer)
    (figures, tellsGradients, isJudged) = ([], false, false)
  }

  /// The lesson of that name.
  package init?(name: String) {
    guard let known = Self.all.first(where: { $0.name == name }) else { return nil }
    self = known
  }

  /// The lesson about a building block.
  package init?(_ demonstration: Demonstration) { self.init(name: demonstration.rawValue) }

  /// The experiment that it trains, if it does.
  package var preset: Preset? { if case .preset(let preset) = subject { preset } else { nil } }

  /// The building block that it shows, if it does.
  package var demonstration: Demonstration? {
    if case .demonstration(let demonstration) = subject { demonstration } else { nil }
  }

  /// What its runs have shown so far: a sentence for each, and what they show together.
  package func measured(_ histories: [RunHistory]) -> [String] {
    let runs = histories.filter { !$0.isRemoved && ($0.final != nil || $0.ended != nil) }
    var sentences = runs.map { run in
      let name = "\(run.id.letter) \(run.shownName)"
      let values = figures.compactMap { figure in
        run.final?.metrics[figure].map { "\(figure.title) \(figure.text($0))" }
      }
      let phrases = values + [outcome(of: run)].compactMap(\.self)
      return says(
        "\(name): \(phrases.joined(separator: ", ")).", "\(name)：\(phrases.joined(separator: "，"))。")
    }
    if tellsGradients {
      sentences += runs.compactMap { run in
        // How a run ended has been told.
        guard case .diverged? = run.ended?.reason else {
          return run.layers.first.map {
            let sentence = GradientFindings($0.details, of: run).sentence
            return says(
              "\(run.id.letter), first step: \(sentence)", "\(run.id.letter) 的第一步：\(sentence)")
          }
        }
        return nil
      }
    }
    guard !runs.isEmpty, runs.allSatisfy(\.isOver) else { return sentences }
    if isJudged, runs.count == 2, let testCount = runs[0].started?.testCount {
      let findings = ComparisonFindings(
        Comparison(runs), histories: runs, mentions: runs.map { "\($0.id.letter) (\($0.shownName))" },
        testCount: testCount)
      sentences += findings.sentences.prefix(1)
    }
    let labels = LabelNoiseFindings(runs, mentions: runs.map(\.shownName)).sentences
    guard labels.isEmpty else { return sentences + labels }
    // What several seeds show together is the report's to say.
    return Set(runs.map(\.initialConfiguration.seed)).count > 1
      ? sentences
      : sentences + [
        says(
          "One seed each: a hint and no proof. --replicates 5 trains five.",
          "各只有一个种子：是线索，不是证明。--replicates 5 训练五个。")
      ]
  }

  private func outcome(of run: RunHistory) -> String? {
    switch run.ended?.reason {
    case .diverged(let message)?:
      says("diverged: \(message)", "已发散：\(DivergenceMessage.told(message))")
    case .failed(let message)?: message
    case .stopped?: says("stopped in epoch \(run.position.epoch)", "在第 \(run.position.epoch) 轮停止")
    case .completed?:
      run.ended?.restoredEpoch.map {
        says(
          "ended after epoch \(run.position.epoch) with the weights of epoch \($0)",
          "第 \(run.position.epoch) 轮之后结束，用第 \($0) 轮的权重")
      }
    case nil: says("so far", "到目前为止")
    }
  }

  /// The lesson as it begins.
  package var beginning: [String] {
    [
      says("Lesson \(name): \(title)", "课程 \(name)：\(title)"), says("Watch: \(watch)", "观察：\(watch)"),
    ]
  }

  /// The question, and what is said at the end.
  package func end(_ histories: [RunHistory]) -> [String] {
    let measured = measured(histories)
    return [
      says("Question: \(question)", "问题：\(question)"), says("Answer: \(answer)", "回答：\(answer)"),
    ]
      + (measured.isEmpty ? [] : [says("Measured here:", "这里测得：")] + measured.map { "  " + $0 })
  }
}
