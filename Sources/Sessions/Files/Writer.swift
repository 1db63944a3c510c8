internal import Platform

/// A process that writes files where others, also of other machines, may write too.
struct Writer: Hashable {
  /// The machine, in letters, digits and `_`.
  let host: String
  /// The process on it.
  let process: Int32
  /// What tells it from earlier processes of that number.
  let nonce: String

  /// This process.
  static let current = Writer(
    host: String(
      Machine.hostName.unicodeScalars.prefix(40).map { scalar in
        scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          ? Character(scalar) : "_"
      }), process: getpid(),
    nonce: String(UInt32.random(in: .min ... .max), radix: 16))

  /// As a part of a file's name.
  var name: String { "\(host)-\(process)-\(nonce)" }

  private init(host: String, process: Int32, nonce: String) {
    (self.host, self.process, self.nonce) = (host, process, nonce)
  }

  /// The writer that gave a file its name while it was not complete; `nil` of a name of another form.
  init?(ofIncomplete name: String) {
    guard let last = name.split(separator: ".").dropLast().last else { return nil }
    let parts = last.split(separator: "-")
    guard parts.count == 4, let process = Int32(parts[1]), process > 0 else { return nil }
    self.init(host: String(parts[0]), process: process, nonce: String(parts[2]))
  }

  /// Whether it may be at work: another machine's processes cannot be asked.
  var mayBeWriting: Bool {
    guard host == Self.current.host else { return true }
    if process == Self.current.process { return nonce == Self.current.nonce }
    return kill(process, 0) == 0 || errno == EPERM
  }
}
