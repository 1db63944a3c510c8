import Datasets
import Experiment
import Messages
import NeuralNetwork

/// Which sessions are meant, as a person types it: `test>0.86 dropout=0.2 tag=baseline`.
///
/// Each word says something that holds: a comparison of a figure, a setting, the state, a tag, the name or the note, or a text
/// that stands somewhere in the name, the tags or the note. What is said of runs holds for one of the session's runs together.
package struct SessionQuery: Hashable, Sendable {
  /// The text as it was typed; nothing means every session.
  package let text: String
  private let terms: [Term]

  /// Every session.
  package static let all = SessionQuery()

  private init() { (text, terms) = ("", []) }

  /// Reads a query.
  ///
  /// - Throws: `SessionQueryError` for a comparison of something that nobody knows, or with no value.
  package init(_ text: String) throws(SessionQueryError) {
    self.text = text
    var terms: [Term] = []
    for word in text.split(whereSeparator: \.isWhitespace) { terms.append(try Term(String(word))) }
    self.terms = terms
  }

  /// Whether a session is meant.
  package func means(_ session: ListedSession) -> Bool {
    let ofSession = terms.filter { !$0.isAboutRuns }
    guard ofSession.allSatisfy({ $0.holds(for: session) }) else { return false }
    let ofRuns = terms.filter(\.isAboutRuns)
    guard !ofRuns.isEmpty else { return true }
    guard let runs = session.known?.runs else { return false }
    return runs.contains { run in ofRuns.allSatisfy { $0.holds(for: run.plan, run.summary) } }
  }

  /// What can be compared.
  package static let subjects =
    ["test", "best", "gap", "state", "tag", "name", "note"] + Figure.all.map(\.key)
    + Setting.allCases.map(\.key)
}

/// A query that cannot be read.
package struct SessionQueryError: Error, Hashable, CustomStringConvertible {
  let word: String
  let problem: String
  let remedy: String

  /// What is wrong, and what to do.
  package var description: String {
    says("'\(word)': \(problem). \(remedy).", "'\(word)'：\(problem)。\(remedy)。")
  }
}

private struct Term: Hashable, Sendable {
  enum Subject: Hashable {
    /// The final, or best, value of what runs are judged by; or how far training is ahead of testing.
    case final, best, gap
    case figure(Figure, ofBest: Bool)
    case setting(Setting)
    case state, tag, name, note
    /// The name, the tags and the note.
    case anything
  }

  enum Comparison: String, CaseIterable {
    // Longer ones are looked for first.
    case atMost = "<="
    case atLeast = ">="
    case other = "!="
    case equal = "="
    case less = "<"
    case more = ">"

    func holds<Number: Comparable>(_ first: Number, _ second: Number) -> Bool {
      switch self {
      case .atMost: first <= second
      case .atLeast: first >= second
      case .other: first != second
      case .equal: first == second
      case .less: first < second
      case .more: first > second
      }
    }
  }

  let subject: Subject
  let comparison: Comparison
  let value: String

  init(_ word: String) throws(SessionQueryError) {
    let places = Comparison.allCases.compactMap { comparison in
      word.firstRange(of: comparison.rawValue).map { (comparison: comparison, range: $0) }
    }
    guard let first = places.min(by: { $0.range.lowerBound < $1.range.lowerBound }) else {
      (subject, comparison, value) = (.anything, .equal, word.lowercased())
      return
    }
    comparison = first.comparison
    let key = String(word[..<first.range.lowerBound])
    guard let subject = Subject(key) else {
      throw SessionQueryError(
        word: word,
        problem: says("nothing is called '\(key)' that sessions can be compared by", "没有可用来比较会话的 '\(key)'"),
        remedy:
          says(
            "Give test, best, gap, state, tag, name, note, a figure such as test_loss, or a setting such as lr",
            "请用 test、best、gap、state、tag、name、note，或指标（如 test_loss），或设置（如 lr）"))
    }
    self.subject = subject
    let text = String(word[first.range.upperBound...])
    value = subject == .state ? text.lowercased() : text
    guard !value.isEmpty else {
      throw SessionQueryError(
        word: word, problem: says("the value is missing", "缺少值"),
        remedy: says("Give for example test>0.86 or test>86%", "例如 test>0.86 或 test>86%"))
    }
    if let (problem, remedy) = unreadableValue {
      throw SessionQueryError(word: word, problem: problem, remedy: remedy)
    }
  }

  /// What is wrong with the value, and what to do.
  private var unreadableValue: (problem: String, remedy: String)? {
    let isText = comparison == .equal || comparison == .other
    switch subject {
    case .state where !isText || !ListedSession.states.contains(value):
      return (
        says("no session is in the state '\(value)'", "没有会话处于状态 '\(value)'"),
        says(
          "Give = or != and one of \(ListedSession.states.joined(separator: ", "))",
          "请用 = 或 !=，以及以下之一：\(ListedSession.states.joined(separator: "、"))")
      )
    case .setting(let setting) where isText && number == nil && !setting.form.spells(value):
      return (
        says("'\(value)' is no value of \(setting.key)", "'\(value)' 不是 \(setting.key) 的值"),
        says("Give one as \(setting.option) takes it", "请给出 \(setting.option) 接受的值")
      )
    case .final, .best, .gap, .figure, .setting:
      guard number == nil, !isText || !subject.isSetting else { return nil }
      return (
        says("'\(value)' is no number", "'\(value)' 不是数"),
        says("Give for example test>0.86 or test>86%", "例如 test>0.86 或 test>86%")
      )
    case .state, .tag, .name, .note, .anything:
      return isText
        ? nil
        : (
          says("texts are not in order", "文本没有大小之分"),
          says("Give = or !=, for example tag=baseline", "请用 = 或 !=，例如 tag=baseline")
        )
    }
  }

  /// The value, if it is a number; per cent are shares.
  private var number: Double? {
    value.hasSuffix("%") ? Double(decimal: value.dropLast()).map { $0 / 100 } : Double(decimal: value)
  }

  var isAboutRuns: Bool {
    switch subject {
    case .final, .best, .gap, .figure, .setting: true
    case .state, .tag, .name, .note, .anything: false
    }
  }

  func holds(for session: ListedSession) -> Bool {
    switch subject {
    case .anything:
      return ([session.folder.name, session.note] + session.tags).contains { $0.lowercased().contains(value) }
    case .state:
      let states = session.known?.runs.map(\.summary.state.rawValue) ?? [session.fault?.key ?? ""]
      return states.contains(value) == (comparison == .equal)
    case .tag: return session.tags.contains(value) == (comparison == .equal)
    case .name: return LogPattern(value)?.places(in: [session.folder.name]).isEmpty == (comparison != .equal)
    case .note: return session.note.lowercased().contains(value.lowercased()) == (comparison == .equal)
    case .final, .best, .gap, .figure, .setting: return false
    }
  }

  func holds(for plan: RunRecord.Run, _ run: RunSummary.Run) -> Bool {
    let task = plan.configuration.dataset.task.kind
    switch subject {
    case .final: return holds(.judged(for: task)[0], in: run.final)
    case .best: return holds(.judged(for: task)[0], in: run.best)
    case .gap: return holds(Figure.judged(for: task)[1], in: run.final, times: 100)
    case .figure(let figure, let ofBest): return holds(figure, in: ofBest ? run.best : run.final)
    case .setting(let setting): return holds(setting, plan.configuration)
    case .state, .tag, .name, .note, .anything: return true
    }
  }

  /// `factor` is that of what is told in points.
  private func holds(_ figure: Figure, in epoch: Positioned<EpochEvaluated>?, times factor: Double = 1)
    -> Bool
  {
    holds(epoch?.metrics[figure].map { $0 * (figure.format == .points ? factor : 1) })
  }

  private func holds(_ found: Double?) -> Bool {
    guard let found, let number else { return false }
    return comparison.holds(found, number)
  }

  /// A list is meant by its whole text, or by any of its values.
  private func holds(_ setting: Setting, _ configuration: RunConfiguration) -> Bool {
    guard setting.applies(to: configuration) else { return false }
    let text = setting.text(in: configuration)
    let items = text.split(separator: ",").map(String.init)
    switch comparison {
    case .equal: return text == value || items.contains(value) || items.contains { holds($0, .equal) }
    case .other: return text != value && !items.contains(value) && !items.contains { holds($0, .equal) }
    default: return items.contains { holds($0, comparison) }
    }
  }

  /// Whole numbers are compared as such: seeds are larger than what a floating-point number tells apart.
  private func holds(_ item: String, _ comparison: Comparison) -> Bool {
    if let found = UInt64(item), let wanted = UInt64(value) { return comparison.holds(found, wanted) }
    guard let found = Double(item), let number else { return false }
    return comparison.holds(found, number)
  }
}

extension Term.Subject {
  fileprivate var isSetting: Bool { if case .setting = self { true } else { false } }

  init?(_ key: String) {
    switch key {
    case "test": self = .final
    case "best": self = .best
    case "gap": self = .gap
    case "state": self = .state
    case "tag": self = .tag
    case "name": self = .name
    case "note": self = .note
    default:
      let isBest = key.hasPrefix("best_")
      let name = isBest ? String(key.dropFirst(5)) : key.hasPrefix("final_") ? String(key.dropFirst(6)) : key
      if let figure = Figure.all.first(where: { $0.key == name }) {
        self = .figure(figure, ofBest: isBest)
      } else if let setting = Setting(key: key) {
        self = .setting(setting)
      } else {
        return nil
      }
    }
  }
}
