internal import CNcurses
internal import Messages

/// The characters of the user's locale.
package enum TextLocale {
  /// Whether the terminal and files take UTF-8.
  package static var isUTF8: Bool { LocaleCharacters.areUTF8 }

  /// The address of a locale to ask for widths in where the user's does not know all characters; 0 where it does.
  private static let other: UInt = {
    guard !isUTF8 else { return 0 }
    let names = ["C.UTF-8", "C.utf8", "en_US.UTF-8"]
    return names.lazy.compactMap { newlocale(LC_CTYPE_MASK, $0, nil) }.first.map { UInt(bitPattern: $0) } ?? 0
  }()

  /// The cells that a terminal gives `scalar`, as the C library says: 0, 1 or 2, and -1 for what cannot be shown.
  package static func width(of scalar: Unicode.Scalar) -> Int {
    guard !scalar.isASCII else { return (32..<127).contains(scalar.value) ? 1 : -1 }
    guard let locale = locale_t(bitPattern: other) else { return Int(platform_width(scalar.value)) }
    let former = uselocale(locale)
    defer { uselocale(former) }
    return Int(platform_width(scalar.value))
  }
}
