internal import NeuralNetwork

/// How values of settings are spelt on the command line.
public enum SettingText {
  /// Stands for an empty list or a switched-off limit.
  public static let none = "none"
  /// Stands for the whole training set.
  public static let all = "all"

  /// The shortest text that reads back as `number`, without a needless `.0`: `0.5`, `0`, `1e-5`.
  public static func number(_ number: Double) -> String { NeuralNetwork.spelling(of: number) }

  /// `items` joined by commas, or `none`.
  public static func list(_ items: [String]) -> String {
    items.isEmpty ? none : items.joined(separator: ",")
  }

  /// A number and what there is so many of: `1 epoch`, `10 epochs`.
  static func count(_ count: Int, _ unit: String, _ grouped: (Int) -> String) -> String {
    "\(grouped(count)) \(unit)\(count == 1 ? "" : "s")"
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
