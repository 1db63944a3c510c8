import Testing

@testable import Platform

struct PrintableTextTests {
  /// What a terminal obeys, what turns writing around, and what is not seen.
  static let hostile: [Unicode.Scalar] =
    (Array(0...0x1F) + [0x7F] + Array(0x80...0x9F) + [0xAD, 0x61C, 0x180E] + Array(0x200B...0x200F)
    + Array(0x2028...0x202E) + Array(0x2060...0x206F) + [0xFEFF, 0xFFF9, 0xE0001, 0xE0041]).compactMap {
      Unicode.Scalar($0 as UInt32)
    }

  @Test(arguments: hostile)
  func nothingThatATerminalObeysIsLeft(scalar: Unicode.Scalar) {
    for text in ["\(scalar)", "a\(scalar)b", "👩\(scalar)🔬", "e\u{301}\(scalar)"] {
      #expect(!text.printable.unicodeScalars.contains(scalar))
      #expect(!text.escapedJSON.unicodeScalars.contains(scalar) || scalar == "\n")
    }
    #expect("a\(scalar)b".printable == "a?b")
  }

  @Test func textOfManyLanguagesIsLeftAlone() {
    let text = "Dropout 0,5 × é ñ ß 随机失活 データ 드롭아웃 Слой क्षि ⠿▀█ 🙂"
    #expect(text.printable == text)
    #expect(text.escapedJSON == text)
  }

  @Test func picturesAreNotJoinedAndKeepTheirParts() {
    #expect("👩‍🔬z".printable == "👩🔬z")
    #expect("❤️".printable == "❤")
  }

  @Test func bytesThatAreNoUTF8AreShownAsQuestionMarks() {
    #expect(String(systemBytes: [0x63, 0xE9]).printable == "c?")
  }

  @Test func escapedJSONHasTheSameMeaning() {
    #expect("{\"a\":\"\u{9B}2J\u{202E}\u{E0001}\"}".escapedJSON == #"{"a":"\u009b2J\u202e\udb40\udc01"}"#)
  }
}
