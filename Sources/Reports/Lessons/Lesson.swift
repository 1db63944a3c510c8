package import Experiment
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
  package let title: String
  /// What is shown.
  package let subject: Subject
  /// What to look at while it is shown.
  package let watch: String
  /// What to think about.
  package let question: String
  /// What there is to say about it.
  package let answer: String
  /// What is told of each run at the end.
  let figures: [Figure]
  /// Whether the gradients of the first step are told too.
  let tellsGradients: Bool
  /// Whether the two runs are compared in a sentence.
  let isJudged: Bool

  init(
    _ preset: Preset, called name: String? = nil, _ title: String, watch: String, question: String,
    answer: String, figures: [Figure], tellsGradients: Bool = false, isJudged: Bool = false
  ) {
    (self.name, self.title, subject) = (name ?? preset.rawValue, title, .preset(preset))
    (self.watch, self.question, self.answer) = (watch, question, answer)
    (self.figures, self.tellsGradients, self.isJudged) = (figures, tellsGradients, isJudged)
  }

  init(_ demonstration: Demonstration, _ title: String, watch: String, question: String, answer: String) {
    (name, self.title, subject) = (demonstration.rawValue, title, .demonstration(demonstration))
    (self.watch, self.question, self.answer) = (watch, question, answer)
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
      let name = "\(run.id.letter) \(run.name)"
      let values = figures.compactMap { figure in
        run.final?.metrics[figure].map { "\(figure.title) \(figure.text($0))" }
      }
      let phrases = values + [outcome(of: run)].compactMap(\.self)
      return "\(name): \(phrases.joined(separator: ", "))."
    }
    if tellsGradients {
      sentences += runs.compactMap { run in
        // How a run ended has been told.
        guard case .diverged? = run.ended?.reason else {
          return run.layers.first.map {
            "\(run.id.letter), first step: \(GradientFindings($0.details, of: run).sentence)"
          }
        }
        return nil
      }
    }
    guard !runs.isEmpty, runs.allSatisfy(\.isOver) else { return sentences }
    if isJudged, runs.count == 2, let testCount = runs[0].started?.testCount {
      let findings = ComparisonFindings(
        Comparison(runs), histories: runs, mentions: runs.map { "\($0.id.letter) (\($0.name))" },
        testCount: testCount)
      sentences += findings.sentences.prefix(1)
    }
    let labels = LabelNoiseFindings(runs, mentions: runs.map(\.name)).sentences
    guard labels.isEmpty else { return sentences + labels }
    // What several seeds show together is the report's to say.
    return Set(runs.map(\.initialConfiguration.seed)).count > 1
      ? sentences : sentences + ["One seed each: a hint and no proof. --replicates 5 trains five."]
  }

  private func outcome(of run: RunHistory) -> String? {
    switch run.ended?.reason {
    case .diverged(let message)?: "diverged: \(message)"
    case .failed(let message)?: message
    case .stopped?: "stopped in epoch \(run.position.epoch)"
    case .completed?:
      run.ended?.restoredEpoch.map {
        "ended after epoch \(run.position.epoch) with the weights of epoch \($0)"
      }
    case nil: "so far"
    }
  }

  /// The lesson as it begins.
  package var beginning: [String] { ["Lesson \(name): \(title)", "Watch: \(watch)"] }

  /// The question, and what is said at the end.
  package func end(_ histories: [RunHistory]) -> [String] {
    let measured = measured(histories)
    return ["Question: \(question)", "Answer: \(answer)"]
      + (measured.isEmpty ? [] : ["Measured here:"] + measured.map { "  " + $0 })
  }
}
