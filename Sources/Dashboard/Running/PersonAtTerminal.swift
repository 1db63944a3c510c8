internal import Platform
package import TerminalUI

extension NcursesScreen {
  /// Whether a person sits at both ends: what is shown can be seen, and keys come in.
  package static var hasPerson: Bool { StandardStream.output.isTerminal && StandardStream.isInputTerminal }

  /// The terminal as a screen, if a person sits there and it can be used as one.
  static func open(_ traits: TerminalTraits) -> NcursesScreen? {
    hasPerson && traits.movesCursor ? NcursesScreen(usesColor: traits.colors != .none) : nil
  }
}
