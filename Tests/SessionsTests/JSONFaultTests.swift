import Messages
import Testing

@testable import Sessions

/// Where a file is no JSON.
struct JSONFaultTests {
  @Test(arguments: [
    ("{\n  \"a\": 1,\n  \"a\": 2\n}", "the field 'a' is there twice, in line 2 and line 3"),
    (#"{"a": [{"b": 1, "\u0062": 2}]}"#, "the field 'b' is there twice"),
    ("{\"é\": 1,\n}", "it is no JSON at line 2, column 1: there is a comma too many before '}'"),
    ("[1, ]", "it is no JSON at column 5: there is a comma too many before ']'"),
    ("{\"é\": NaN}", "it is no JSON at column 7: 'NaN' is no value of JSON"),
    ("[01]", "it is no JSON at column 2: '01' is no value of JSON"),
    ("[1.]", "it is no JSON at column 2: '1.' is no value of JSON"),
    ("[+1]", "it is no JSON at column 2: '+1' is no value of JSON"),
    ("{'a': 1}", "it is no JSON at column 2: a field's name in quotation marks is expected"),
    ("{\"a\" 1}", "it is no JSON at column 6: ':' is expected"),
    ("[1 2]", "it is no JSON at column 4: ',' or ']' is expected"),
    ("{\"a\": 1 // x", "it is no JSON at column 9: ',' or '}' is expected"),
    ("[1]\n]", "it is no JSON at line 2, column 1: something follows the end"),
    ("[\"a\nb\"]", "it is no JSON at line 1, column 4: a text has a line break or another control character"),
    (#"["a\x"]"#, "it is no JSON at column 4: a text has an unknown escape"),
    (#"["\u12G4"]"#, "it is no JSON at column 3: a text has an unknown escape"),
    ("", "it is not complete JSON: it is empty"),
    ("{\n\"a\":", "it is not complete JSON: it ends at line 2, column 5"),
    (#"["\u12"#, "it is not complete JSON: it ends at column 7"),
  ]) func thePlaceIsTold(text: String, problem: String) {
    #expect(JSONFault(in: Array(text.utf8))?.description == problem)
  }

  @Test(arguments: [
    "{}", "[]", " [1, -0.5e+3, 0, 1E5, true, false, null, \"\"] \n",
    #"{"a": {"a": 1}, "b": [{"a": "\"\\\/\b\u00e9\ud83d\ude00"}]}"#,
    "\u{FEFF}{\"é\": 1}",
  ]) func whatIsJSONHasNone(text: String) {
    #expect(JSONFault(in: Array(text.utf8)) == nil)
  }

  @Test func hostileTextsEndInAFault() {
    #expect(
      JSONFault(in: [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20))?.description.contains("too deeply")
        == true)
    #expect(
      JSONFault(in: Array("\u{22}".utf8) + [0xFF] + Array("\u{22}".utf8))?.description.contains("UTF-8")
        == true)
    #expect(JSONFault(in: [0xFF, 0xFE, 0x7B, 0])?.description.contains("UTF-16") == true)
  }
}
