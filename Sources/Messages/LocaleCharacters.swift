#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The encoding of characters in the user's locale.
public enum LocaleCharacters {
  /// Whether the terminal and files take UTF-8, as the C library says of the locale that the environment names.
  ///
  /// A locale that the system does not have is none, whatever its name promises.
  public static let areUTF8: Bool = {
    // Numbers and dates stay as they are everywhere.
    setlocale(LC_CTYPE, "")
    return nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8"
  }()
}
