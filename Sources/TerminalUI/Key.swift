/// A key that a person pressed.
public enum Key: Hashable, Sendable {
  /// A character, with Control and Shift already applied.
  case character(Character)
  /// An arrow key.
  case up, down, left, right
  /// A key of the block above the arrows.
  case home, end, pageUp, pageDown
  /// Return or Enter.
  case enter
  /// Tabulator.
  case tab
  /// Shift and tabulator.
  case backTab
  /// Deletes to the left.
  case backspace
  /// Deletes to the right.
  case delete
  /// Escape.
  case escape
  /// The window has another size now.
  case resize
  /// A click of the mouse on a cell.
  case click(x: Int, y: Int)
  /// The wheel of the mouse turned away from the person, over a cell.
  case wheelUp(x: Int, y: Int)
  /// The wheel of the mouse turned towards the person, over a cell.
  case wheelDown(x: Int, y: Int)
  /// Control and a letter.
  case control(Character)
  /// A text that was pasted as a whole: never commands.
  case paste(String)
  /// What the terminal answers when it is asked something, for example `11;rgb:ffff/ffff/ffff` for its background.
  case reply(String)
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// The key of a character.
  public init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}

extension Key {
  /// Whether it is one of the mouse.
  public var isOfMouse: Bool {
    switch self {
    case .click, .wheelUp, .wheelDown: true
    default: false
    }
  }
}
