// A path is taken apart by its bytes: to Swift a mark that begins a name is one character with the slash before it, and two
// spellings of "é" are equal, which are two names to the system.
extension String {
  /// What separates the names of a path.
  private static let slash = UInt8(ascii: "/")

  /// Whether the path begins at the root.
  package var isAbsolutePath: Bool { utf8.first == Self.slash }

  /// Whether it is more than a name.
  package var hasFolder: Bool { utf8.contains(Self.slash) }

  /// Whether the path ends in a slash.
  package var endsInSlash: Bool { utf8.last == Self.slash }

  /// The names of the path, without what is between them.
  package var pathComponents: [String] { utf8.split(separator: Self.slash).map { String(Substring($0)) } }

  /// A path's folder and its last name.
  package var folderAndName: (folder: String, name: String) {
    guard let slash = utf8.lastIndex(of: Self.slash) else { return (".", self) }
    let folder = String(Substring(utf8[..<slash]))
    return (folder.isEmpty ? "/" : folder, String(Substring(utf8[utf8.index(after: slash)...])))
  }

  /// Whether the name begins with the bytes of `prefix`.
  package func beginsWithBytes(of prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  /// Whether the name ends with the bytes of `suffix`.
  package func endsWithBytes(of suffix: String) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// Whether both are the same name to the system.
  package func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

/// A name that is told apart by its bytes, as the system does it: Swift takes é as one character and as two for the same text.
package struct ExactName: Hashable, Sendable {
  /// The name.
  package let text: String

  /// The name `text`.
  package init(_ text: String) { self.text = text }

  package static func == (first: ExactName, second: ExactName) -> Bool {
    first.text.hasSameBytes(as: second.text)
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
