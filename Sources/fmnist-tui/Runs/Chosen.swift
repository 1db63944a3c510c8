import ArgumentParser
import Experiment
import Reports

/// What is known by its key, and can be chosen by that.
protocol Keyed {
  var key: String { get }
  /// Those to choose among.
  static var choices: [Self] { get }
}

/// The value of an option that is one of several, by its key.
struct Chosen<Value: Keyed>: ExpressibleByArgument, CustomStringConvertible {
  let value: Value

  init(_ value: Value) { self.value = value }

  init?(argument: String) {
    guard let value = Value.choices.first(where: { $0.key == argument }) else { return nil }
    self.init(value)
  }

  var description: String { value.key }

  static var allValueStrings: [String] { Value.choices.map(\.key) }
}

extension Quantity: Keyed {
  static var choices: [Quantity] { all }
}

extension SessionColumn: Keyed {
  static var choices: [SessionColumn] { all }
}

extension Figure: Keyed {
  /// Those of which some values are better than others.
  static var choices: [Figure] { all.filter { $0.direction != .neither } }
}
