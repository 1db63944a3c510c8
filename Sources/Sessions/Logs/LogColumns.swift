internal import Messages
internal import Platform

/// What a number is in a line of a log: a figure, or its place.
package enum LogColumns {
  private static let steps = [
    "step", "global_step", "_step", "trainer/global_step", "iteration", "iter", "update",
  ]
  private static let epochs = ["epoch", "epochs"]
  private static let times = ["wall_time", "walltime", "time", "timestamp", "_timestamp"]

  /// What there is.
  package enum Meaning { case step, epoch, time, figure }

  /// What a name says.
  package static func meaning(of name: String) -> Meaning {
    let name = name.lowercased().replacing(" ", with: "_")
    if steps.contains(name) { return .step }
    if epochs.contains(name) { return .epoch }
    return times.contains(name) ? .time : .figure
  }

  /// A number as it is written: whole ones from 2^53 on would be rounded.
  struct Number {
    var name: String
    var value: Double
    var isRounded = false

    init(_ name: String, _ value: Double, written text: String) {
      (self.name, self.value) = (name, value)
      isRounded =
        !(value.magnitude < LoggedPoint.firstRounded) && text.utf8.allSatisfy { $0 != UInt8(ascii: ".") }
        && text.utf8.last.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false
        && !text.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
    }

    /// A number as programs write it; hexadecimal ones name commits and the like.
    static func value(of text: String) -> Double? {
      text.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") } ? nil : Double(text)
    }
  }

  /// Takes in the numbers of a line: its place is the step, else the epoch, else the number of the line.
  static func add(_ numbers: [Number], run: String, line: Int, into log: inout LogContents) {
    var (step, epoch, time): (Double?, Double?, Double?)
    // Only what is told needs it.
    func at() -> String { says("line \(line)", "第 \(line) 行") }
    for number in numbers {
      guard number.value.isFinite else {
        // Beside the steps of other lines that of this one would be a place that nobody told.
        if meaning(of: number.name) == .step { return log.note(.noStep, at: at()) }
        continue
      }
      switch meaning(of: number.name) {
      case .step: step = step ?? number.value
      case .epoch: epoch = epoch ?? number.value
      case .time: time = time ?? number.value
      case .figure: break
      }
    }
    let seconds = time.map(seconds) ?? .nan
    let place = step ?? epoch ?? Double(line)
    if step != nil, let epoch {
      log.add("epoch", LoggedPoint(step: place, time: seconds, value: epoch), run: run, at: at())
    }
    for number in distinct(numbers.filter { meaning(of: $0.name) == .figure }) {
      guard !number.isRounded else {
        log.addOther("whole numbers from 2^53 on", number.name, run: run)
        continue
      }
      log.add(
        number.name, LoggedPoint(step: place, time: seconds, value: number.value), run: run, at: at())
    }
  }

  /// The numbers, of which those that have a name for a second time have got another one: `loss (2)`.
  private static func distinct(_ numbers: [Number]) -> [Number] {
    guard Set(numbers.map { ExactName($0.name) }).count < numbers.count else { return numbers }
    var counts: [ExactName: Int] = [:]
    return numbers.map { number in
      var number = number
      let count = counts[ExactName(number.name), default: 0] + 1
      counts[ExactName(number.name)] = count
      if count > 1 { number.name += " (\(count))" }
      return number
    }
  }

  /// Milliseconds, microseconds and nanoseconds since 1970 are told by their size.
  private static func seconds(_ time: Double) -> Double {
    switch time {
    case 1e17...: time / 1e9
    case 1e14...: time / 1e6
    case 1e11...: time / 1e3
    default: time
    }
  }
}
