/// The values of a list such as `0,0.1,...,0.7`, as a sweep reads them.
enum SweepValues {
  /// The most values that one list may have.
  static let most = 1000

  private static let dots: Set<Substring> = ["...", "…"]

  /// The values, numbers in their shortest spelling; `...` between numbers continues with the step before it.
  ///
  /// - Throws: `ConfigurationError` for a value that is missing or given twice, or for a range that leads nowhere.
  static func expand(_ text: String, of setting: RunSetting) throws(ConfigurationError) -> [String] {
    func error(_ problem: String, _ remedy: String) -> ConfigurationError {
      ConfigurationError(setting, text, problem, remedy: remedy)
    }
    let items = SettingText.items(text)
    var values: [String] = []
    for (index, item) in items.enumerated() {
      guard !item.isEmpty else {
        throw error("a value is missing", "Separate values by single commas, as in 0,0.5")
      }
      guard dots.contains(item) else {
        values.append(number(item).map(SettingText.number) ?? String(item))
        continue
      }
      guard index >= 2, index + 1 < items.count, let first = number(items[index - 2]),
        let second = number(items[index - 1]), let last = number(items[index + 1])
      else {
        throw error("'\(item)' stands between two numbers and a last one", "Give for example 0,0.1,...,0.7")
      }
      guard let between = numbers(first, second, last) else {
        throw error(
          "from \(items[index - 2]) on, \(items[index - 1]), \(item) does not come to \(items[index + 1])",
          "Give a last value that lies on the way, in at most \(most) steps, as in 0,0.1,...,0.7")
      }
      values += between
    }
    guard values.count <= most else {
      throw error("a list has at most \(most) values", "Give fewer")
    }
    if let twice = values.first(where: { value in values.filter { $0 == value }.count > 1 }) {
      throw error(
        "the value \(twice) is given twice",
        "Give each once; layers of one network are joined by x, as in 256x256, their dropouts by /")
    }
    return values
  }

  /// A decimal number; Swift reads more, such as `0x10` and `nan`.
  private static func number(_ text: Substring) -> Double? {
    guard text.allSatisfy({ "0123456789.+-eE".contains($0) }), let number = Double(text), number.isFinite
    else {
      return nil
    }
    return number
  }

  /// The numbers after `second` and before `last`, as decimals: 0.3 and not 0.1 + 0.2; `nil` if `last` is not reached.
  private static func numbers(_ first: Double, _ second: Double, _ last: Double) -> [String]? {
    var scale = 1.0
    while scale <= 1e12 {
      let scaled = [first, second, last].map { $0 * scale }
      if scaled.allSatisfy({ abs($0) < 1e15 && abs($0 - $0.rounded()) <= 1e-9 * max(1, abs($0)) }) {
        let whole = scaled.map { Int($0.rounded()) }
        let step = whole[1] - whole[0]
        guard step != 0, (whole[2] - whole[1]) % step == 0 else { return nil }
        let count = (whole[2] - whole[1]) / step
        guard count > 0, count <= most else { return nil }
        return (1..<count).map { SettingText.number(Double(whole[1] + $0 * step) / scale) }
      }
      scale *= 10
    }
    return nil
  }
}
