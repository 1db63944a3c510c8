import Experiment
internal import Messages
import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A column of the table of sessions, by which it can be ordered.
package struct SessionColumn: Sendable {
  /// By what sessions are ordered: the lowest comes first, and what is not known last.
  private enum Place {
    case number(Double)
    case text(String)
    case unknown
  }

  /// The name that is typed.
  package let key: String
  /// The name above it.
  package var heading: String { headingWording.text }
  private let headingWording: Wording
  /// Whether its texts end at one place.
  package let isNumeric: Bool
  /// What it tells of a session.
  package let text: @Sendable (SessionRow) -> String
  private let place: @Sendable (SessionRow) -> Place

  private init(
    _ key: String, _ heading: Wording, isNumeric: Bool = false,
    text: @escaping @Sendable (SessionRow) -> String, by place: @escaping @Sendable (SessionRow) -> Place
  ) {
    (self.key, headingWording, self.isNumeric) = (key, heading, isNumeric)
    (self.text, self.place) = (text, place)
  }

  /// All columns but the one with the settings, in the order in which they stand.
  package static let all = [
    SessionColumn(
      "name", Wording("session", "会话"), text: { $0.session.folder.name }, by: { .number(Double($0.place)) }),
    SessionColumn(
      "state", Wording("state", "状态"), text: \.state,
      by: { .text($0.session.known?.summary.state.rawValue ?? $0.session.fault?.key ?? "") }),
    // The latest first.
    SessionColumn("when", Wording("when", "时间"), text: \.when) { row in
      row.session.known.map { .number(-$0.record.provenance.created.timeIntervalSince1970) } ?? .unknown
    },
    SessionColumn("best", Wording("best", "最佳"), isNumeric: true, text: \.best) { row in
      goodness(row.lead?.best?.judged(0))
    },
    SessionColumn("test", Wording("final", "最终"), isNumeric: true, text: \.final) {
      goodness($0.lead?.final?.judged(0))
    },
    SessionColumn("gap", Wording("gap", "差距"), isNumeric: true, text: \.gap) { row in
      row.lead?.final?.judged(1).map { .number($0.value) } ?? .unknown
    },
    // The largest first.
    SessionColumn("size", Wording("size", "大小"), isNumeric: true, text: \.size) { row in
      row.session.bytes.map { .number(-Double($0)) } ?? .unknown
    },
    SessionColumn("labels", Wording("tags, note", "标记、备注"), text: \.labels) { row in
      row.labels.isEmpty ? .unknown : .text(row.labels.lowercased())
    },
  ]

  /// The better, the lower; accuracies, which lie below 0 then, before losses.
  private static func goodness(_ value: (figure: Figure, value: Double)?) -> Place {
    guard let (figure, value) = value, !value.isNaN else { return .unknown }
    return .number(figure.direction == .higher ? -value : value)
  }

  /// Orders rows by it, those of one value as they stand; what is not known stays at the end.
  package func ordered(_ rows: [SessionRow], isReversed: Bool = false) -> [SessionRow] {
    let placed = rows.map { (row: $0, place: place($0)) }
    let known = placed.filter { if case .unknown = $0.place { false } else { true } }
    let unknown = placed.filter { if case .unknown = $0.place { true } else { false } }
    let ordered = known.enumerated().sorted { first, second in
      let (left, right) =
        isReversed ? (second.element.place, first.element.place) : (first.element.place, second.element.place)
      switch (left, right) {
      case (.number(let left), .number(let right)) where left != right: return left < right
      case (.text(let left), .text(let right)) where left != right: return left < right
      default: return first.offset < second.offset
      }
    }
    return ordered.map(\.element.row) + unknown.map(\.row)
  }
}
