/// Where surfaces are shown and keys come from: a terminal, or a test.
public protocol Screen {
  /// Columns and rows.
  var size: (width: Int, height: Int) { get }

  /// Whether the mouse is reported, too.
  var listensToMouse: Bool { get set }

  /// Whether somebody is there: keys came, or the terminal answered.
  var isAttended: Bool { get }

  /// Shows a picture of that size.
  mutating func present(_ surface: Surface)

  /// The next key, or `nil` if none came within `seconds`.
  mutating func readKey(timeout seconds: Double) -> Key?
}

extension Screen {
  /// A screen that does not know otherwise is looked at.
  public var isAttended: Bool { true }
}
