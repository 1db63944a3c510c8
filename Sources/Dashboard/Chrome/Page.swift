internal import Datasets
internal import Experiment
internal import Messages
internal import TerminalUI

/// A page of the dashboard: owns what only it shows, the keys that work on it, and its picture.
///
/// What several pages share is in `DashboardState`; header, footer, questions, help and messages are the chrome's.
protocol Page: Hashable, Sendable {
  /// What it is called in the settings.
  static var title: String { get }
  /// What it is called, for people.
  static var name: String { get }
  /// What it is called in the line of pages, in few letters; empty if only the help tells its key.
  static var tab: String { get }
  /// The key that shows it.
  static var key: Character { get }
  /// Its keys; they come before those of every page.
  static var bindings: [Binding<PageScope<Self>>] { get }
  /// Whether no key steers runs while it is shown; it is left as it was entered.
  static var coversRuns: Bool { get }
  /// Whether it shows what the networks of recorded runs tell, which are in their checkpoints.
  static var asksNetworks: Bool { get }

  /// Why it is not there, where it is not; nothing of a page in whose place another one is.
  static var absence: String? { get }

  /// Whether it makes sense for what the runs learn.
  func isAvailable(for task: Task.Kind) -> Bool
  /// Whether there is anything that it could show.
  func isAvailable(in state: DashboardState) -> Bool
  /// Whether it asks something, so that no key means anything else.
  var isModal: Bool { get }
  /// Follows what an event or, where there is none, a key has changed.
  mutating func update(after event: TrainingEvent?, in state: DashboardState)
  /// Asks for what its picture needs, while it is shown.
  mutating func ask(in state: inout DashboardState)
  /// Answers a click or a turn of the wheel.
  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState)
  /// Draws it, from itself and what the pages share.
  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect)
}

/// What the keys of a page change: the page, and what all pages share.
struct PageScope<Shown: Page> {
  var page: Shown
  var state: DashboardState
}

extension Page {
  typealias Keys = Binding<PageScope<Self>>

  static var bindings: [Keys] { [] }
  /// Of pages that show runs which repeat each other.
  static var bandsKey: Keys {
    Keys(
      "b", footer: says("band or runs", "范围或各个"),
      help: says("mean and band, or each run", "均值与范围，或各个运行"),
      when: \.state.replicates.areSeveral, do: { $0.state.settings.showsBands.toggle() })
  }
  static var tab: String { name }
  static var coversRuns: Bool { false }
  static var asksNetworks: Bool { false }
  static var absence: String? { nil }
  func isAvailable(for task: Task.Kind) -> Bool { true }
  func isAvailable(in state: DashboardState) -> Bool { isAvailable(for: state.task) }
  var isModal: Bool { false }
  mutating func update(after event: TrainingEvent?, in state: DashboardState) {}
  mutating func ask(in state: inout DashboardState) {}
  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {}

  // MARK: For the chrome, which does not know which page it is

  var title: String { Self.title }
  var name: String { Self.name }
  var tab: String { Self.tab }
  var key: Character { Self.key }
  var coversRuns: Bool { Self.coversRuns }
  var asksNetworks: Bool { Self.asksNetworks }
  var absence: String? { Self.absence }

  func keys(in state: DashboardState) -> KeyGroup {
    // What a picture tells itself stands in neither footer nor help.
    Self.bindings.filter { !$0.footer.isEmpty || !$0.help.isEmpty }
      .group(name, for: PageScope(page: self, state: state))
  }

  mutating func press(_ key: Key, in state: inout DashboardState) -> Bool {
    var scope = PageScope(page: self, state: state)
    guard Self.bindings.perform(key, on: &scope) else { return false }
    (self, state) = (scope.page, scope.state)
    return true
  }

  func isEqual(to other: any Page) -> Bool { other as? Self == self }
}
