/// The pages of the help.
enum HelpPage: Hashable, Sendable {
  case closed
  case keys
  /// The keys for which there was no room, and what the curves are.
  case curves

  /// The page that the help key goes on to.
  var next: HelpPage {
    switch self {
    case .closed: .keys
    case .keys: .curves
    case .curves: .closed
    }
  }
}
