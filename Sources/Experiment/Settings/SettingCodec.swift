internal import Messages
internal import NeuralNetwork

/// How a property of `RunConfiguration` becomes the value of a setting, and back.
struct SettingCodec<Value: Sendable>: Sendable {
  /// The spelling.
  let form: SettingForm
  /// What a text has to be, in words: `a number`.
  let expected: @Sendable () -> String
  /// A text that is one.
  let example: @Sendable () -> String
  /// The texts to choose from, where they can be listed.
  var choices: [String] = []
  /// Whether a value tells by itself what it is of.
  var isSelfExplanatory = false
  let value: @Sendable (Value) -> SettingValue
  /// The property; `nil` if the value is none of its.
  let property: @Sendable (SettingValue) -> Value?
  /// What is wrong with a text that is none, where more is known than what it has to be.
  var fault: @Sendable (String) -> SpellingFault? = { _ in nil }
}

/// What a text has to be that is one of several.
func oneOf(_ spellings: [String]) -> String {
  let list = spellings.joined(separator: ", ")
  return says("one of \(list)", "以下之一：\(list)")
}

/// What is wrong with a text, and what to do.
typealias SpellingFault = (problem: String, remedy: String)

extension SettingCodec where Value == Bool {
  static var flag: Self {
    Self(
      form: .flag, expected: { says("true or false", "布尔值（true 或 false）") }, example: { "true" },
      value: { .flag($0) },
      property: {
        if case .flag(let flag) = $0 { flag } else { nil }
      })
  }

  /// A flag that is set where the property is not.
  static var negatedFlag: Self {
    Self(
      form: .flag, expected: { says("true or false", "布尔值（true 或 false）") }, example: { "true" },
      value: { .flag(!$0) },
      property: {
        if case .flag(let flag) = $0 { !flag } else { nil }
      })
  }
}

extension SettingCodec where Value == Int {
  static var integer: Self {
    Self(
      form: .integer, expected: { says("a whole number", "整数") }, example: { "256" }, value: { .integer($0) },
      property: {
        if case .integer(let integer) = $0 { integer } else { nil }
      })
  }
}

extension SettingCodec where Value == UInt64 {
  static var seed: Self {
    Self(
      form: .seed, expected: { says("a whole number in 0...\(UInt64.max)", "整数，在 0...\(UInt64.max) 内") },
      example: { "1" }, value: { .seed($0) },
      property: {
        if case .seed(let seed) = $0 { seed } else { nil }
      })
  }
}

extension SettingCodec where Value == Double {
  static var number: Self {
    Self(
      form: .number, expected: { says("a number", "数") }, example: { says("0.5 or 1e-4", "0.5 或 1e-4") },
      value: { .number($0) },
      property: {
        if case .number(let number) = $0 { number } else { nil }
      })
  }
}

extension SettingCodec {
  /// A value or none, which `word` spells.
  static func optional<Wrapped>(
    _ codec: SettingCodec<Wrapped>, none word: String = SettingText.none
  ) -> Self where Value == Wrapped? {
    Self(
      form: .optional(codec.form, none: word),
      expected: { says("\(codec.expected()), or \(word)", "\(codec.expected())，或 \(word)") },
      example: codec.example, isSelfExplanatory: codec.isSelfExplanatory,
      value: { $0.map(codec.value) ?? .none },
      property: {
        $0 == .none ? .some(nil) : codec.property($0).map { .some($0) }
      }, fault: codec.fault)
  }

  /// Several values.
  static func list<Element>(
    _ codec: SettingCodec<Element>, of items: Wording, example: String
  ) -> Self where Value == [Element] {
    Self(
      form: .list(codec.form),
      expected: {
        says(
          "\(items.text) separated by commas, or \(SettingText.none)",
          "以逗号分隔的\(items.text)，或 \(SettingText.none)")
      },
      example: { example }, value: { .list($0.map(codec.value)) },
      property: {
        guard case .list(let values) = $0 else { return nil }
        let elements = values.compactMap(codec.property)
        return elements.count == values.count ? elements : nil
      })
  }

  /// What has a spelling of its own.
  static func spelling(
    expected: @escaping @Sendable () -> String, example: String, choices: [String] = [],
    text: @escaping @Sendable (Value) -> String,
    read: @escaping @Sendable (String) -> Value?
  ) -> Self {
    Self(
      form: .text, expected: expected, example: { example }, choices: choices, value: { .text(text($0)) },
      property: {
        if case .text(let text) = $0 { read(text) } else { nil }
      })
  }
}

extension SettingCodec where Value: RawRepresentable<String> & CaseIterable {
  /// A kind that is known by its name.
  static var choice: Self {
    let names = Value.allCases.map(\.rawValue)
    return Self(
      form: .text, expected: { oneOf(names) }, example: { names.first ?? "" },
      choices: names, isSelfExplanatory: true, value: { .text($0.rawValue) },
      property: {
        if case .text(let text) = $0 { Value(rawValue: text) } else { nil }
      })
  }
}

extension SettingCodec where Value == NetworkSpecification {
  /// The layers of a network.
  static var network: Self {
    Self(
      form: .text, expected: { says("the layers of a network", "网络的各层") },
      example: { "'linear 256 relu dropout 0.5 linear 10'" },
      isSelfExplanatory: true, value: { .text($0.text) },
      property: {
        if case .text(let text) = $0 { try? NetworkSpecification(text: text) } else { nil }
      },
      fault: { text in
        do throws(SpecificationError) {
          _ = try NetworkSpecification(text: text)
          return nil
        } catch {
          return (error.problem, error.remedy)
        }
      })
  }
}
