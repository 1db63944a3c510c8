/// How values of settings are spelt on the command line.
public enum SettingText {
  /// Stands for an empty list or a switched-off limit.
  public static let none = "none"
  /// Stands for the whole training set.
  public static let all = "all"

  /// The shortest text that reads back as `number`, without a needless `.0`: `0.5`, `0`, `1e-5`.
  public static func number(_ number: Double) -> String {
    let parts = "\(number)".split(separator: "e", maxSplits: 1)
    var mantissa = parts.first.map(String.init) ?? ""
    if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
    guard parts.count == 2, let exponent = Int(parts[1]) else { return mantissa }
    return "\(mantissa)e\(exponent)"
  }

  /// `items` joined by commas, or `none`.
  public static func list(_ items: [String]) -> String {
    items.isEmpty ? none : items.joined(separator: ",")
  }

  /// The items of a comma-separated `text`, without spaces around them; empty items are kept.
  static func items(_ text: String) -> [Substring] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      var item = item.drop { $0 == " " }
      while item.last == " " { item.removeLast() }
      return item
    }
  }
}

extension InitializationKind {
  /// Every spelling that `init(text:)` reads.
  public static let spellings = ["normal", "normal=STD", "pytorch", "xavier", "he"]

  /// The kind that `text` spells; `normal` alone has the default standard deviation.
  public init?(text: String) {
    switch text {
    case "normal": self = .normal(standardDeviation: Self.defaultStandardDeviation)
    case "pytorch": self = .pytorch
    case "xavier": self = .xavier
    case "he": self = .he
    default:
      guard text.hasPrefix("normal="), let deviation = Double(text.dropFirst("normal=".count)) else {
        return nil
      }
      self = .normal(standardDeviation: deviation)
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    switch self {
    case .normal(let standardDeviation): "normal=" + SettingText.number(standardDeviation)
    case .pytorch: "pytorch"
    case .xavier: "xavier"
    case .he: "he"
    }
  }
}
