import Testing

@testable import Platform

@Suite struct PathTextTests {
  /// A mark that makes one character with whatever stands before it.
  private static let mark = "\u{301}x"

  @Test(arguments: [
    ("a/b", "a", "b"), ("a", ".", "a"), ("/a", "/", "a"), ("a/", "a", ""), ("/", "/", ""), ("", ".", ""),
    ("a/\u{301}x", "a", "\u{301}x"), ("/\u{301}x", "/", "\u{301}x"),
    ("\u{301}/\u{301}", "\u{301}", "\u{301}"),
    ("\u{600}/a", "\u{600}", "a"), ("a//b", "a/", "b"),
  ])
  func aPathIsTakenApartByItsBytes(path: String, folder: String, name: String) {
    #expect(path.folderAndName.folder.hasSameBytes(as: folder))
    #expect(path.folderAndName.name.hasSameBytes(as: name))
  }

  @Test func aMarkBehindASlashDoesNotHideIt() {
    #expect("/\(Self.mark)".isAbsolutePath && !Self.mark.isAbsolutePath)
    #expect("a/\(Self.mark)".hasFolder && !Self.mark.hasFolder)
    #expect("\u{600}/".endsInSlash && !"a/\(Self.mark)".endsInSlash)
    #expect("/a/\(Self.mark)//b".pathComponents == ["a", Self.mark, "b"])
    #expect(".\(Self.mark)".beginsWithBytes(of: ".") && "\u{600}.png".endsWithBytes(of: ".png"))
  }

  @Test func twoSpellingsOfALetterAreTwoNames() {
    #expect("\u{E9}" == "e\u{301}" && !"\u{E9}".hasSameBytes(as: "e\u{301}"))
  }
}
