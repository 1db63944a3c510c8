internal import Messages
internal import Platform

/// A run that another program has logged, or this one: its figures, and what else is told of it.
package struct LoggedRun: Sendable {
  /// What is told of a run and is no figure, such as its images.
  package struct Other: Hashable, Sendable {
    /// Its kind, for example `histograms`, `images` or `texts`.
    package let kind: String
    /// Its name.
    package let tag: String
    /// How often it was told.
    package internal(set) var count: Int
  }

  /// A damaged log may have a name for each of its numbers.
  static let mostNames = 10_000
  private static let longestName = 500
  private static let epochNames = ["epoch", "train/epoch", "trainer/epoch"]

  /// Where it was found, and which of the runs there it is.
  package internal(set) var name: String
  /// The figures in the order in which they were first told.
  package private(set) var figures: [LoggedFigure] = []
  private var places: [ExactName: Int] = [:]
  /// What else was told.
  package private(set) var others: [Other] = []
  private var otherPlaces: [ExactName: Int] = [:]

  init(name: String) {
    self.name = name
  }

  /// The figure of a name.
  package subscript(name: String) -> LoggedFigure? { places[ExactName(name)].map { figures[$0] } }

  /// Takes in a point, from the file `part` of the run; `nil` if there are too many figures to take in another one.
  mutating func add(_ name: String, _ point: LoggedPoint, part: Int) -> LoggedFigure.Order? {
    let key = ExactName(name)
    if let place = places[key] { return figures[place].add(point, part: part) }
    guard figures.count < Self.mostNames else { return nil }
    var figure = LoggedFigure(name: String(name.unicodeScalars.prefix(Self.longestName)))
    let order = figure.add(point, part: part)
    places[key] = figures.count
    figures.append(figure)
    return order
  }

  /// Counts what is no figure.
  mutating func addOther(_ kind: String, _ tag: String) {
    let key = ExactName("\(kind)\u{0}\(tag)")
    if let place = otherPlaces[key] {
      others[place].count += 1
    } else if others.count < Self.mostNames {
      otherPlaces[key] = others.count
      others.append(Other(kind: kind, tag: String(tag.unicodeScalars.prefix(Self.longestName)), count: 1))
    }
  }

  /// Forgets what was told of `step` and later ones.
  mutating func takeBack(from step: Double) {
    for index in figures.indices { figures[index].takeBack(from: step) }
  }

  /// The epochs that are made at a step, as far as the log tells them beside the steps.
  package var epochs: [LoggedPoint] {
    Self.epochNames.lazy.compactMap { self[$0] }.first?.points.filter(\.value.isFinite) ?? []
  }

  /// Other things in words, most of a kind first: `3 histograms`.
  package var otherKinds: [(kind: String, tags: [Other])] {
    Dictionary(grouping: others, by: \.kind).map { (kind: $0.key, tags: $0.value) }
      .sorted { $0.kind < $1.kind }
  }
}

/// What a log tells: its runs, and what is strange about it.
struct LogContents: Sendable {
  /// What cannot be read as it stands, or is told twice.
  enum Problem: Int, CaseIterable {
    case notUTF8, notJSON, notCSV, noStep, tooLong, damaged, badRecord, badEvent, tooMany, largeStep
    case wentBack, restarted, replaced
  }

  /// The runs in the order in which they were first told.
  private(set) var runs: [LoggedRun] = []
  private var places: [ExactName: Int] = [:]
  private var problems: [Problem: (count: Int, first: String)] = [:]
  /// The file that is being read, from 0.
  var part = 0

  /// Takes in a point of a run; without a name it is the only one.
  mutating func add(
    _ figure: String, _ point: LoggedPoint, run: String = "", at place: @autoclosure () -> String
  ) {
    guard point.step.magnitude < LoggedPoint.firstRounded else { return note(.largeStep, at: place()) }
    guard let index = index(of: run) else { return note(.tooMany, at: place()) }
    switch runs[index].add(figure, point, part: part) {
    case .next: break
    case .back: note(.wentBack, at: place())
    case .restart: note(.restarted, at: place())
    case nil: note(.tooMany, at: place())
    }
  }

  /// Counts what is no figure.
  mutating func addOther(_ kind: String, _ tag: String, run: String = "") {
    if let index = index(of: run) { runs[index].addOther(kind, tag) }
  }

  /// Forgets what was told of `step` of a run, and later ones.
  mutating func takeBack(from step: Double, run: String = "") {
    if let index = places[ExactName(run)] { runs[index].takeBack(from: step) }
  }

  /// Counts a problem; where the first one is, is told.
  mutating func note(_ problem: Problem, at place: String) {
    problems[problem, default: (0, place)].count += 1
  }

  private mutating func index(of run: String) -> Int? {
    if let place = places[ExactName(run)] { return place }
    guard runs.count < Problem.mostRuns else { return nil }
    places[ExactName(run)] = runs.count
    runs.append(LoggedRun(name: String(run.unicodeScalars.prefix(200))))
    return runs.count - 1
  }

  /// A sentence for each kind of problem; `name` is that of the log.
  func notes(of name: String) -> [String] {
    Problem.allCases.compactMap { problem in
      problems[problem].map {
        says(
          "\(name): \(problem.text($0.count, first: $0.first)).",
          "\(name)：\(problem.text($0.count, first: $0.first))。")
      }
    } + gaps(of: name)
  }

  private func gaps(of name: String) -> [String] {
    let figures = runs.flatMap(\.figures).filter { $0.nonFiniteCount > 0 }
    guard let first = figures.first else { return [] }
    let count = figures.reduce(0) { $0 + $1.nonFiniteCount }
    return [
      says(
        "\(name): \(count) \(count == 1 ? "value is" : "values are") NaN or infinite and shown as gaps, the first in '\(first.name)'.",
        "\(name)：\(count) 个值是 NaN 或无穷，显示为空隙，第一个在 '\(first.name)' 中。")
    ]
  }
}

extension LogContents.Problem {
  fileprivate func text(_ count: Int, first: String) -> String {
    let isOne = count == 1
    let rest = isOne ? "\(first)" : says("the first is \(first)", "第一处是\(first)")
    return switch self {
    case .notUTF8:
      says("it is text in UTF-16, which is not read: save it as UTF-8", "它是 UTF-16 文本，无法读取：请另存为 UTF-8")
    case .noStep:
      says(
        "\(isOne ? "1 line has" : "\(count) lines have") a step that is NaN or infinite, and \(isOne ? "is" : "are") left out: \(rest)",
        "\(count) 行的步数是 NaN 或无穷，已略过：\(rest)")
    case .notJSON:
      says(
        "\(isOne ? "1 line is" : "\(count) lines are") no JSON and left out: \(rest)",
        "\(count) 行不是 JSON，已略过：\(rest)")
    case .notCSV:
      says(
        "\(isOne ? "1 line does" : "\(count) lines do") not fit the heading and are read as far as possible: \(rest)",
        "\(count) 行与表头不符，已尽量读取：\(rest)")
    case .tooLong:
      says(
        "\(isOne ? "1 part is" : "\(count) parts are") too long to be read and left out: \(rest)",
        "\(count) 处太长而无法读取，已略过：\(rest)")
    case .damaged:
      says("it is damaged at \(first), and what cannot be read is left out", "\(first)处已损坏，读不出的内容已略过")
    case .badRecord:
      says(
        "\(isOne ? "1 record has" : "\(count) records have") a wrong check sum, and what \(isOne ? "it tells" : "they tell") is left out: \(rest)",
        "\(count) 条记录的校验和不对，其内容已略过：\(rest)")
    case .badEvent:
      says("\(isOne ? "1 event" : "\(count) events") cannot be read: \(rest)", "\(count) 个事件无法读取：\(rest)")
    case .tooMany:
      says(
        "it has more than \(LoggedRun.mostNames) figures or \(Self.mostRuns) runs, and the rest is left out",
        "指标超过 \(LoggedRun.mostNames) 个或运行超过 \(Self.mostRuns) 个，其余已略过")
    case .largeStep:
      says(
        "\(isOne ? "1 value is" : "\(count) values are") at a step of 2^53 or more, which would be rounded, and left out: \(rest)",
        "\(count) 个值所在的步数不小于 2^53，会被舍入，已略过：\(rest)")
    case .wentBack:
      says(
        "the step goes back \(isOne ? "once" : "\(count) times"), first at \(first); points are shown by their steps",
        "步数后退了 \(count) 次，首次在\(first)；各点按步数显示")
    case .restarted:
      says(
        "a later file begins again at \(first), and what earlier ones tell of later steps is left out",
        "后面的文件从\(first)重新开始，前面的文件中更后的步已略过")
    case .replaced: says("it was replaced or shortened, and is read anew", "它被替换或缩短，已重新读取")
    }
  }

  fileprivate static let mostRuns = 1000
}
