/// Numbers as a person reads them, with a real minus sign; `TextEncoding.ascii` turns it into a hyphen.
public enum NumberText {
  /// `count` with commas between thousands: `60,000`.
  public static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    let groups = digits.enumerated().reduce(into: "") { text, digit in
      if digit.offset > 0, (digits.count - digit.offset).isMultiple(of: 3) { text.append(",") }
      text.append(digit.element)
    }
    return (count < 0 ? "−" : "") + groups
  }

  /// `number` rounded to a whole one, with commas between thousands.
  public static func grouped(_ number: Double) -> String {
    number.magnitude < 1e15 ? grouped(Int(number.rounded())) : fixed(number, decimals: 0)
  }

  /// `number` rounded to `decimals` digits after the point: `0.3412`, `−0.0169`.
  public static func fixed(_ number: Double, decimals: Int) -> String {
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "−inf" : "inf" }
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (number.magnitude * scale).rounded()
    guard scaled < 1e15 else { return scientific(number) }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = number < 0 && scaled > 0 ? "−" : ""
    return sign + padded.dropLast(decimals) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
  }

  /// As `fitting`, with `+` before positive numbers: a difference.
  public static func signed(_ number: Double, decimals: Int, width: Int = 9) -> String {
    let text = fitting(number, decimals: decimals, width: width)
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return number > 0 && !isZero ? "+" + text : text
  }

  /// `number` with up to `decimals` decimals, fewer if it would not fit into `width` characters.
  public static func fitting(_ number: Double, decimals: Int, width: Int) -> String {
    guard number.isFinite else { return fixed(number, decimals: 0) }
    for decimals in stride(from: decimals, through: 0, by: -1) {
      let text = fixed(number, decimals: decimals)
      if text.count <= width { return text }
    }
    let text = scientific(number)
    return text.count <= width ? text : scientific(number, decimals: 0)
  }

  /// Bytes in the unit that fits: `1.2 GB`, `340 MB`.
  public static func bytes(_ bytes: Double) -> String {
    bytes >= 1e9 ? fixed(bytes / 1e9, decimals: 1) + " GB" : fixed(max(1, bytes / 1e6), decimals: 0) + " MB"
  }

  /// A share as a percentage: `87.20%`.
  public static func percent(_ share: Double, decimals: Int = 2) -> String {
    fixed(share * 100, decimals: decimals) + "%"
  }

  /// Hours, minutes and seconds: `0:01:07`; `-:--:--` while `seconds` is unknown.
  public static func clock(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, seconds >= 0, seconds < 3.6e9 else { return "-:--:--" }
    let whole = Int(seconds.rounded())
    return "\(whole / 3600):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
  }

  /// `number` with so many significant digits, with an exponent below 0.001 and from 100,000 on: `12.3`, `4.56e−5`.
  public static func significant(_ number: Double, digits: Int) -> String {
    guard number.isFinite, number != 0 else { return fixed(number, decimals: 0) }
    guard (1e-3..<1e5).contains(number.magnitude) else { return scientific(number, decimals: digits - 1) }
    var (decimals, bound) = (digits - 1, 10.0)
    while decimals > 0, number.magnitude >= bound { (decimals, bound) = (decimals - 1, bound * 10) }
    bound = 1
    while number.magnitude < bound { (decimals, bound) = (decimals + 1, bound / 10) }
    return fixed(number, decimals: decimals)
  }

  /// `number` with an exponent of two digits, so that sizes far apart keep their columns: `3.1e-08`.
  public static func exponential(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return fixed(number, decimals: 0) }
    let text = scientific(number)
    guard let place = text.firstIndex(of: "e") else { return text }
    let exponent = text[text.index(after: place)...]
    let digits = exponent.filter(\.isNumber)
    return text[...place] + (exponent.hasPrefix("−") ? "-" : "+") + (digits.count < 2 ? "0" : "") + digits
  }

  /// A number of at least one and below ten, and an exponent: `1.2e8`.
  private static func scientific(_ number: Double, decimals: Int = 1) -> String {
    var mantissa = number.magnitude
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1, mantissa > 0 {
      mantissa *= 10
      exponent -= 1
    }
    // What rounds to ten is one with the next exponent.
    if fixed(mantissa, decimals: decimals).hasPrefix("10") {
      mantissa = 1
      exponent += 1
    }
    let sign = number < 0 ? "−" : ""
    return "\(sign)\(fixed(mantissa, decimals: decimals))e\(exponent < 0 ? "−" : "")\(exponent.magnitude)"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
