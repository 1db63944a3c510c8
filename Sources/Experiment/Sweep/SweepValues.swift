internal import Messages
internal import NeuralNetwork

/// The values of a list such as `0,0.1,...,0.7`, as a sweep reads them.
enum SweepValues {
  /// The most values that one list may have.
  static let most = 1000

  private static let dots: Set<Substring> = ["...", "…"]

  /// The values, numbers in their shortest spelling; `...` between numbers continues with the step before it.
  ///
  /// - Throws: `ConfigurationError` for a value that is missing or given twice, or for a range that leads nowhere.
  static func expand(_ text: String, of setting: Setting) throws(ConfigurationError) -> [String] {
    func error(_ problem: String, _ remedy: String) -> ConfigurationError {
      ConfigurationError(setting, text, problem, remedy: remedy)
    }
    let tooMany = error(
      says("a list has at most \(most) values", "一个列表至多有 \(most) 个值"), says("Give fewer", "减少一些"))
    let items = SettingText.items(text)
    var values: [String] = []
    for (index, item) in items.enumerated() {
      guard !item.isEmpty else {
        throw error(
          says("a value is missing", "缺少一个值"),
          says("Separate values by single commas, as in 0,0.5", "各值以单个逗号分隔，如 0,0.5"))
      }
      guard dots.contains(item) else {
        values.append(spelling(item))
        continue
      }
      guard index >= 2, index + 1 < items.count,
        [items[index - 2], items[index - 1], items[index + 1]].allSatisfy({ Double(decimal: $0) != nil })
      else {
        throw error(
          says("'\(item)' stands between two numbers and a last one", "“\(item)”应在两个数和最后一个数之间"),
          says("Give for example 0,0.1,...,0.7", "例如用 0,0.1,...,0.7"))
      }
      guard let between = between(items[index - 2], items[index - 1], items[index + 1]) else {
        throw error(
          says(
            "from \(items[index - 2]) on, \(items[index - 1]), \(item) does not come to \(items[index + 1])",
            "从 \(items[index - 2])、\(items[index - 1]) 起，\(item) 到不了 \(items[index + 1])"),
          says(
            "Give a last value that lies on the way, in at most \(most) steps, as in 0,0.1,...,0.7",
            "最后一个值须在至多 \(most) 步内正好到达，如 0,0.1,...,0.7"))
      }
      values += between
      guard values.count <= most else { throw tooMany }
    }
    guard values.count <= most else { throw tooMany }
    if let twice = values.first(where: { value in values.filter { $0 == value }.count > 1 }) {
      throw error(
        says("the value \(twice) is given twice", "值 \(twice) 给了两次"),
        says(
          "Give each once; layers of one network are joined by x, as in 256x256, their dropouts by /",
          "每个值只给一次；一个网络的各层以 x 相连，如 256x256，其暂退率以 / 相连"))
    }
    return values
  }

  /// A number in its shortest spelling; a whole one keeps all its digits, which a floating-point number may not have.
  private static func spelling(_ item: Substring) -> String {
    if let whole = whole(item) { return String(whole) }
    // Beyond this, floating-point numbers pass over whole ones.
    guard let number = Double(decimal: item), number.magnitude < 0x1p53 else { return String(item) }
    return SettingText.number(number)
  }

  /// A whole number, far from where calculating with it could overflow.
  private static func whole(_ text: Substring) -> Int128? {
    Int128(text).flatMap { $0.magnitude < 1 << 100 ? $0 : nil }
  }

  /// The numbers after `second` and before `last`; `nil` if `last` is not reached.
  private static func between(_ first: Substring, _ second: Substring, _ last: Substring) -> [String]? {
    let ends = [first, second, last]
    let whole = ends.compactMap(whole)
    if whole.count == ends.count { return steps(whole)?.map { String($0) } }
    // As decimals: 0.3 and not 0.1 + 0.2.
    let numbers = ends.compactMap { Double(decimal: $0) }
    var scale = 1.0
    while numbers.count == ends.count, scale <= 1e12 {
      let scaled = numbers.map { $0 * scale }
      if scaled.allSatisfy({ abs($0) < 1e15 && abs($0 - $0.rounded()) <= 1e-9 * max(1, abs($0)) }) {
        return steps(scaled.map { Int128($0.rounded()) })?.map { SettingText.number(Double($0) / scale) }
      }
      scale *= 10
    }
    return nil
  }

  /// The whole numbers after the second of three and before the last, at the distance of the first two.
  private static func steps(_ ends: [Int128]) -> [Int128]? {
    let (step, way) = (ends[1] - ends[0], ends[2] - ends[1])
    guard step != 0, way % step == 0, (1...Int128(most)).contains(way / step) else { return nil }
    return (1..<way / step).map { ends[1] + $0 * step }
  }
}
