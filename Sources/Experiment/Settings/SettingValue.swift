internal import NeuralNetwork

/// The value of a setting, as JSON has it.
public enum SettingValue: Hashable, Sendable {
  /// No limit, all images, or none held out.
  case none
  case flag(Bool)
  case integer(Int)
  /// A whole number of 64 bits without a sign, which no floating-point number holds.
  case seed(UInt64)
  case number(Double)
  case text(String)
  case list([SettingValue])
}

extension SettingValue {
  /// The number, if it is one that can be counted with.
  public var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  /// Whether a network, which computes in single precision, would take it, or one of its items, for 0 or infinity.
  var isLostInSinglePrecision: Bool {
    switch self {
    case .number(let number): number.isLostInSinglePrecision
    case .list(let values): values.contains(where: \.isLostInSinglePrecision)
    default: false
    }
  }
}

/// How the values of a setting are spelt, as text and in JSON.
public indirect enum SettingForm: Hashable, Sendable {
  case flag, integer, seed, number, text
  /// Several values, in text separated by commas, or `none`.
  case list(SettingForm)
  /// A value or none, for which a word stands in text, and null in JSON.
  case optional(SettingForm, none: String)

  /// The spelling of a value of this form.
  public func text(of value: SettingValue) -> String {
    switch (value, self) {
    case (.none, .optional(_, let none)): none
    case (.none, _): SettingText.none
    case (.flag(let flag), _): String(flag)
    case (.integer(let integer), _): String(integer)
    case (.seed(let seed), _): String(seed)
    case (.number(let number), _): SettingText.number(number)
    case (.text(let text), _): text
    case (.list(let values), .list(let form)): SettingText.list(values.map(form.text))
    case (.list(let values), _): SettingText.list(values.map(text))
    }
  }

  /// Whether `text` spells a value.
  public func spells(_ text: String) -> Bool { value(of: text) != nil }

  /// The value that `text` spells; `nil` if it spells none.
  func value(of text: String) -> SettingValue? {
    switch self {
    case .flag:
      switch text {
      case "true", "on", "yes": .flag(true)
      case "false", "off", "no": .flag(false)
      default: nil
      }
    case .integer: Int(text).map { .integer($0) }
    case .seed: UInt64(text).map { .seed($0) }
    case .number: Double(decimal: text).map { .number($0) }
    case .text: .text(text)
    case .optional(let form, let none): text == none ? SettingValue.none : form.value(of: text)
    case .list(let form): Self.list(of: text, form)
    }
  }

  private static func list(of text: String, _ form: SettingForm) -> SettingValue? {
    guard text != SettingText.none else { return .list([]) }
    let values = SettingText.items(text).map { form.value(of: String($0)) }
    return values.contains(nil) ? nil : .list(values.compactMap(\.self))
  }

  /// The form of what belongs to one layer.
  var element: SettingForm { if case .list(let form) = self { form } else { self } }
}

// MARK: - JSON

extension SettingValue: Encodable {
  /// Writes the value; whole numbers as whole numbers.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .none: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .integer(let integer): try container.encode(integer)
    case .seed(let seed): try container.encode(seed)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let values): try container.encode(values)
    }
  }
}

extension KeyedDecodingContainer {
  /// Reads a value of a known form.
  public func decode(_ form: SettingForm, forKey key: Key) throws -> SettingValue {
    try named(key) { try value(form, forKey: key) }
  }

  private func value(_ form: SettingForm, forKey key: Key) throws -> SettingValue {
    switch form {
    case .flag: try .flag(decode(Bool.self, forKey: key))
    case .integer: try .integer(decode(Int.self, forKey: key))
    case .seed: try .seed(decode(UInt64.self, forKey: key))
    case .number: try .number(decode(Double.self, forKey: key))
    case .text: try .text(decode(String.self, forKey: key))
    case .list(.integer): try .list(decode([Int].self, forKey: key).map { .integer($0) })
    case .list(.number): try .list(decode([Double].self, forKey: key).map { .number($0) })
    case .list: try .list(decode([String].self, forKey: key).map { .text($0) })
    case .optional(let form, _): try decodeNil(forKey: key) ? SettingValue.none : decode(form, forKey: key)
    }
  }
}
