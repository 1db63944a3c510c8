/// Turns the bytes that a terminal sends into keys: a value, to which bytes and the passing of time are told.
///
/// Escape sequences (ECMA-48) are taken whole, also unknown ones and those that arrive in pieces: no part of one is ever
/// taken for a key. What does not go on in time is dropped; an escape that stays alone is the key.
///
/// ```swift
/// var decoder = KeyDecoder()
/// decoder.keys(from: Array("\u{1B}[".utf8), at: 0)  // []
/// decoder.keys(from: Array("A".utf8), at: 0.01)  // [.up]
/// ```
public struct KeyDecoder: Hashable, Sendable {
  /// How long an escape waits for what would make it the beginning of a sequence.
  public static let escapeSeconds = 0.05
  /// How long the rest of a sequence is waited for.
  static let sequenceSeconds = 1.0
  /// How long the rest of a pasted text is waited for.
  static let pasteSeconds = 5.0

  private enum State: Hashable {
    case ground
    /// The first bytes of a character in UTF-8, and how many it has.
    case character([UInt8], count: Int, isAlt: Bool)
    case escape(isSecond: Bool)
    /// Behind an escape and a byte that says how the next one is meant.
    case intermediate
    /// A control sequence, with its bytes so far.
    case control([UInt8], isAlt: Bool)
    /// A function key of the Linux console has one byte more.
    case consoleFunction
    /// A report of the mouse in three bytes.
    case mouse([UInt8])
    /// A key of the keypad, with its bytes so far.
    case keypad([UInt8], isAlt: Bool)
    /// A string of the terminal; of an operating system command it is told.
    case string([UInt8], isCommand: Bool)
    case paste([UInt8])
  }

  private var state = State.ground
  /// When what has begun is given up, if nothing comes.
  public private(set) var deadline: Double?

  /// A decoder at the beginning of a key.
  public init() {}

  /// The keys that `bytes`, which arrive at the time `seconds`, complete.
  public mutating func keys(from bytes: some Sequence<UInt8>, at seconds: Double) -> [Key] {
    var keys: [Key] = []
    for byte in bytes { take(byte, &keys) }
    deadline =
      switch state {
      case .ground: nil
      case .escape, .intermediate: seconds + Self.escapeSeconds
      case .paste: seconds + Self.pasteSeconds
      default: seconds + Self.sequenceSeconds
      }
    return keys
  }

  /// The keys that nothing having arrived until the time `seconds` makes.
  public mutating func keys(at seconds: Double) -> [Key] {
    guard let deadline, seconds >= deadline else { return [] }
    defer { (state, self.deadline) = (.ground, nil) }
    return switch state {
    case .escape(let isSecond): isSecond ? [.escape, .escape] : [.escape]
    case .paste(let bytes): [.paste(Self.text(bytes))]
    default: []
    }
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [Key]) {
    switch state {
    case .ground: begin(byte, isAlt: false, &keys)
    case .character(var bytes, let count, let isAlt):
      guard (0x80...0xBF).contains(byte) else { return restart(byte, &keys) }
      bytes.append(byte)
      guard bytes.count == count else {
        state = .character(bytes, count: count, isAlt: isAlt)
        return
      }
      state = .ground
      guard let character = String(validating: bytes, as: UTF8.self)?.first else { return }
      complete(character, isAlt: isAlt, &keys)
    case .escape(let isSecond): follow(escape: byte, isAlt: isSecond, &keys)
    case .intermediate:
      guard byte >= 0x20 else { return restart(byte, &keys) }
      if byte >= 0x30 { state = .ground }
    case .control(let bytes, let isAlt): follow(control: bytes, byte, isAlt: isAlt, &keys)
    case .consoleFunction:
      guard byte >= 0x20 else { return restart(byte, &keys) }
      state = .ground
    case .mouse(let bytes):
      guard byte >= 0x20 else { return restart(byte, &keys) }
      state = bytes.count == 2 ? .ground : .mouse(bytes + [byte])
      if bytes.count == 2 { keys += Self.mouse(bytes + [byte]) }
    case .keypad(let bytes, let isAlt):
      switch byte {
      case ..<0x20, 0x7F...: restart(byte, &keys)
      case 0x30...0x3B: if bytes.count < 64 { state = .keypad(bytes + [byte], isAlt: isAlt) }
      default:
        state = .ground
        if bytes.isEmpty, !isAlt, let key = Self.keypad[byte] { keys.append(key) }
      }
    case .string(let bytes, let isCommand): follow(string: bytes, byte, isCommand: isCommand, &keys)
    case .paste(var bytes):
      // What has two owners would be copied for each byte.
      state = .ground
      bytes.append(byte)
      let end = Array("\u{1B}[201~".utf8)
      guard bytes.suffix(end.count) == end[...] else {
        state = .paste(bytes)
        return
      }
      keys.append(.paste(Self.text(bytes.dropLast(end.count))))
    }
  }

  /// Drops what has begun: this byte does not go on with it.
  private mutating func restart(_ byte: UInt8, _ keys: inout [Key]) {
    state = .ground
    begin(byte, isAlt: false, &keys)
  }

  private mutating func begin(_ byte: UInt8, isAlt: Bool, _ keys: inout [Key]) {
    switch byte {
    case 0x1B: state = .escape(isSecond: false)
    case 0xC2...0xDF: state = .character([byte], count: 2, isAlt: isAlt)
    case 0xE0...0xEF: state = .character([byte], count: 3, isAlt: isAlt)
    case 0xF0...0xF4: state = .character([byte], count: 4, isAlt: isAlt)
    case 0x80...: state = .ground
    default: complete(Character(Unicode.Scalar(byte)), isAlt: isAlt, &keys)
    }
  }

  /// A character is there; with the Alt key it is none that is known, but for what deletes a word.
  private mutating func complete(_ character: Character, isAlt: Bool, _ keys: inout [Key]) {
    state = .ground
    let scalar = character.unicodeScalars.first?.value ?? 0
    // Control characters of one byte stand for an escape and another one.
    if (0x80...0x9F).contains(scalar) { return follow(escape: UInt8(scalar - 0x40), isAlt: false, &keys) }
    guard let key = Key(typed: character) else { return }
    if isAlt, key == .backspace { keys.append(.control("w")) }
    if !isAlt { keys.append(key) }
  }

  private mutating func follow(escape byte: UInt8, isAlt: Bool, _ keys: inout [Key]) {
    switch Unicode.Scalar(byte) {
    case "\u{1B}":
      if isAlt { keys.append(.escape) }
      state = .escape(isSecond: true)
    case "[": state = .control([], isAlt: isAlt)
    case "O": state = .keypad([], isAlt: isAlt)
    case "]": state = .string([], isCommand: true)
    case "P", "X", "^", "_": state = .string([], isCommand: false)
    case "\u{03}": restart(byte, &keys)
    case " "..."/": state = .intermediate
    default: begin(byte, isAlt: true, &keys)
    }
  }

  private mutating func follow(control bytes: [UInt8], _ byte: UInt8, isAlt: Bool, _ keys: inout [Key]) {
    switch Unicode.Scalar(byte) {
    case "[" where bytes.isEmpty: state = .consoleFunction
    case "M" where bytes.isEmpty: state = .mouse([])
    // rxvt ends keys that were pressed with Shift so.
    case "$" where bytes.allSatisfy { (0x30...0x39).contains($0) } && !bytes.isEmpty: state = .ground
    // Nobody needs to know more of a sequence that is so long.
    case " "..."?": if bytes.count < 64 { state = .control(bytes + [byte], isAlt: isAlt) }
    case "@"..."~":
      state = .ground
      let sequence = ControlSequence(bytes, end: Unicode.Scalar(byte))
      if sequence.isPaste { state = .paste([]) } else if !isAlt { keys += sequence.keys }
    default: restart(byte, &keys)
    }
  }

  private mutating func follow(string bytes: [UInt8], _ byte: UInt8, isCommand: Bool, _ keys: inout [Key]) {
    switch byte {
    case 0x07,
      0x5C where bytes.last == 0x1B:
      state = .ground
      let text = Self.text(bytes.last == 0x1B ? bytes.dropLast() : bytes[...])
      if isCommand { keys.append(.reply(text)) }
    case _ where bytes.last == 0x1B: follow(escape: byte, isAlt: false, &keys)
    case 0x03, 0x18, 0x1A: restart(byte, &keys)
    default: if bytes.count < 4096 || byte == 0x1B { state = .string(bytes + [byte], isCommand: isCommand) }
    }
  }

  /// Bytes as text on one line: what separates words and lines is a space, other control characters are left out.
  private static func text(_ bytes: some Sequence<UInt8>) -> String {
    let text = String(decoding: Array(bytes), as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline || $0 == "\t" }.joined(
      separator: " ")
    return String(
      String.UnicodeScalarView(lines.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }

  /// What keys of the keypad, and arrows beside it, say behind `ESC O`.
  private static let keypad: [UInt8: Key] = {
    var keys: [Character: Key] = [
      "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "M": .enter, "I": .tab,
      "j": "*", "k": "+", "l": ",", "m": "-", "n": ".", "o": "/", "X": "=", " ": " ",
    ]
    for (digit, letter) in "pqrstuvwxy".enumerated() { keys[letter] = .character(Character("\(digit)")) }
    return Dictionary(
      uniqueKeysWithValues: keys.compactMap { key, value in key.asciiValue.map { ($0, value) } })
  }()

  /// A report of the mouse in the oldest form: button, column and row, each 32 too large.
  private static func mouse(_ bytes: [UInt8]) -> [Key] {
    let numbers = bytes.map { Int($0) - 32 }
    return Key(button: numbers[0], column: numbers[1], row: numbers[2]).map { [$0] } ?? []
  }
}

extension Key {
  /// The key that types a character; `nil` if none is known.
  fileprivate init?(typed character: Character) {
    switch character {
    case "\r", "\n": self = .enter
    case "\t": self = .tab
    case "\u{8}", "\u{7F}": self = .backspace
    case "\u{1B}": self = .escape
    case "\u{1}"..."\u{1A}":
      guard let value = character.asciiValue else { return nil }
      self = .control(Character(Unicode.Scalar(value + 0x60)))
    case ..<" ": return nil
    default: self = .character(character)
    }
  }

  /// A press of the first button or a turn of the wheel over a cell, counted from 1; `nil` for everything else.
  fileprivate init?(button: Int, column: Int, row: Int) {
    guard column > 0, row > 0 else { return nil }
    switch button {
    case 0: self = .click(x: column - 1, y: row - 1)
    case 64: self = .wheelUp(x: column - 1, y: row - 1)
    case 65: self = .wheelDown(x: column - 1, y: row - 1)
    default: return nil
    }
  }
}

/// A control sequence without its introducer: parameters and the byte that ends it.
private struct ControlSequence {
  /// `<`, `?` and the like, which make it another sequence.
  private let prefix: Unicode.Scalar?
  /// The parameters, each with its parts; what is left out is `nil`.
  private let parameters: [[Int?]]
  private let end: Unicode.Scalar
  private let isPlain: Bool

  init(_ bytes: [UInt8], end: Unicode.Scalar) {
    self.end = end
    prefix = bytes.first.map { Unicode.Scalar($0) }.flatMap { ("<"..."?").contains($0) ? $0 : nil }
    let rest = bytes.dropFirst(prefix == nil ? 0 : 1)
    isPlain = rest.allSatisfy { (0x30...0x3B).contains($0) }
    parameters = rest.split(separator: 0x3B, omittingEmptySubsequences: false).map { parameter in
      parameter.split(separator: 0x3A, omittingEmptySubsequences: false).map {
        Int(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  private func number(_ place: Int) -> Int? {
    parameters.indices.contains(place) ? parameters[place].first ?? nil : nil
  }

  /// Whether a pasted text follows.
  var isPaste: Bool { prefix == nil && end == "~" && number(0) == 200 }

  /// The key, if it is one that is known; with further keys held it is none.
  var keys: [Key] {
    guard isPlain else { return [] }
    if prefix == "<", end == "M", let button = number(0), let column = number(1), let row = number(2) {
      return Key(button: button, column: column, row: row).map { [$0] } ?? []
    }
    guard prefix == nil else { return [] }
    if end == "u" { return typed.map { [$0] } ?? [] }
    if end == "Z" { return [.backTab] }
    // A release is told as 3, with a colon, behind what was held.
    guard (number(1) ?? 1) == 1, parameters.count <= 2,
      parameters.last.map({ $0.count < 2 || $0[1] == 1 }) ?? true
    else { return [] }
    if end == "~" { return number(0).flatMap { Self.numbered[$0] }.map { [$0] } ?? [] }
    return (number(0) ?? 1) == 1 ? Self.lettered[end].map { [$0] } ?? [] : []
  }

  private static let lettered: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end,
  ]
  private static let numbered: [Int: Key] = [
    1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
  ]

  /// A key by the number of its character, as some terminals tell all keys.
  private var typed: Key? {
    guard let number = number(0), let scalar = Unicode.Scalar(UInt32(clamping: number)),
      scalar.properties.generalCategory != .privateUse,
      parameters.count < 2 || parameters[1].count < 2 || parameters[1][1] != 3
    else { return nil }
    switch (self.number(1) ?? 1, scalar) {
    case (1, _), (2, "!"..."~"): return Key(typed: Character(scalar))
    case (2, "\t"): return .backTab
    case (5, "a"..."z"): return .control(Character(scalar))
    default: return nil
    }
  }
}
