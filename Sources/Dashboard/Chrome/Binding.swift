internal import Messages
internal import TerminalUI

/// Keys, what they do, and how the footer and the help tell of them: declared once, by whoever owns what they change.
struct Binding<Owner>: Sendable {
  typealias Action = @Sendable (inout Owner) -> Void
  /// A text that is made when it is shown, in the language of then.
  typealias Text = @Sendable () -> String

  /// The keys that do it.
  let keys: [Key]
  /// The keys as they are shown, where that is not one after the other.
  var summary: String?
  private let footerText: Text
  private let helpText: Text
  /// Whether it is wanted when runs are over more than while they train: then it comes last in the footer.
  var isForTheEnd = false
  /// Whether it does something right now.
  let isAvailable: @Sendable (Owner) -> Bool
  /// What each key does, in the order of `keys`.
  let actions: [Action]

  /// The keys as they are shown.
  var caption: String {
    summary ?? keys.map(\.caption).joined(separator: keys.contains { $0.isArrow } ? "" : " ")
  }
  /// What it does, in the footer; empty if it is shown in the help only.
  var footer: String { footerText() }
  /// What it does, in the help; empty if another binding of the key tells it.
  var help: String { helpText() }

  init(
    _ keys: [Key], footer: @autoclosure @escaping Text = "", help: @autoclosure @escaping Text = "",
    when isAvailable: @escaping @Sendable (Owner) -> Bool = { _ in true }, _ actions: [Action]
  ) {
    precondition(keys.count == actions.count, "each key does something")
    self.keys = keys
    (footerText, helpText) = (footer, help)
    self.isAvailable = isAvailable
    self.actions = actions
  }

  /// One key.
  init(
    _ key: Key, footer: @autoclosure @escaping Text = "", help: @autoclosure @escaping Text = "",
    when isAvailable: @escaping @Sendable (Owner) -> Bool = { _ in true }, do action: @escaping Action
  ) {
    self.init([key], footer: footer(), help: help(), when: isAvailable, [action])
  }

  /// The same, wanted when runs are over.
  var forTheEnd: Binding {
    var binding = self
    binding.isForTheEnd = true
    return binding
  }

  /// Two keys, of which the first does something by −1 and the second by 1.
  init(
    _ back: Key, _ forth: Key, footer: @autoclosure @escaping Text = "",
    help: @autoclosure @escaping Text = "",
    when isAvailable: @escaping @Sendable (Owner) -> Bool = { _ in true },
    do action: @escaping @Sendable (inout Owner, Int) -> Void
  ) {
    self.init(
      [back, forth], footer: footer(), help: help(), when: isAvailable,
      [{ owner in action(&owner, -1) }, { owner in action(&owner, 1) }])
  }
}

/// A binding as the footer and the help show it.
struct KeyEntry: Hashable {
  var keys: [Key]
  var caption: String
  var footer: String
  var help: String
  var isAvailable: Bool
  var isForTheEnd = false
}

/// Bindings under one heading of the help.
struct KeyGroup: Hashable {
  var title: String
  var entries: [KeyEntry]
}

extension Sequence {
  /// Does what a key asks for, if it asks for anything now.
  func perform<Owner>(_ key: Key, on owner: inout Owner) -> Bool where Element == Binding<Owner> {
    for binding in self {
      guard let index = binding.keys.firstIndex(of: key), binding.isAvailable(owner) else { continue }
      binding.actions[index](&owner)
      return true
    }
    return false
  }

  /// The bindings as they are shown.
  func group<Owner>(_ title: String, for owner: Owner) -> KeyGroup where Element == Binding<Owner> {
    KeyGroup(
      title: title,
      entries: map {
        KeyEntry(
          keys: $0.keys, caption: $0.caption, footer: $0.footer, help: $0.help,
          isAvailable: $0.isAvailable(owner), isForTheEnd: $0.isForTheEnd)
      })
  }
}

extension Key {
  /// The key in the footer and the help.
  fileprivate var caption: String {
    switch self {
    case .character(" "): says("space", "空格")
    case .character(let character): String(character)
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "home"
    case .end: "end"
    case .pageUp: "pgup"
    case .pageDown: "pgdn"
    case .enter: says("enter", "回车")
    case .tab, .backTab: "tab"
    case .backspace: "backspace"
    case .delete: "delete"
    case .escape: "esc"
    case .control(let character): "ctrl-\(character)"
    case .resize, .click, .wheelUp, .wheelDown, .paste, .reply: ""
    }
  }

  fileprivate var isArrow: Bool { [.up, .down, .left, .right].contains(self) }
}

extension [KeyEntry] {
  /// Those whose keys do not do something else here, as an entry before says.
  var effective: [KeyEntry] {
    var taken: Set<Key> = []
    return filter { entry in
      guard entry.isAvailable else { return false }
      defer { taken.formUnion(entry.keys) }
      return !taken.isSuperset(of: entry.keys)
    }
  }
}
