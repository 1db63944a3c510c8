import Messages
import Testing

@Suite struct LanguageTests {
  @Test(
    arguments: [
      ([:], .english),
      (["LANG": "zh_CN.UTF-8"], .chinese),
      (["LANG": "zh_SG.utf8", "LC_ALL": ""], .chinese),
      (["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"], .english),
      (["LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"], .chinese),
      (["LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C"], .english),
      (["LC_ALL": "zh_CN.UTF-8", "LANG": "C"], .chinese),
      (["LANG": "zh_CN.GB18030"], .english),
      (["LANG": "zh_CN"], .english),
      (["LANG": "de_DE.UTF-8"], .english),
      // The console's fonts have no Chinese characters.
      (["LANG": "zh_CN.UTF-8", "TERM": "linux"], .english),
      (["LANG": "zh_CN.UTF-8", "TERM": "xterm"], .chinese),
    ] as [([String: String], Language)])
  func theLocaleForMessagesDecides(variables: [String: String], language: Language) {
    #expect(Language { variables[$0] } == language)
  }

  @Test(
    arguments: [
      (["runs", "list"], nil, ["runs", "list"]),
      (["--lang", "zh", "runs"], .chinese, ["runs"]),
      (["runs", "--lang=en"], .english, ["runs"]),
      (["--lang", "zh_CN.UTF-8"], .chinese, []),
      (["--lang", "zh-Hans"], .chinese, []),
      (["--lang", "zh", "--lang", "en"], .english, []),
      (["runs", "note", "--", "--lang", "zh"], nil, ["runs", "note", "--", "--lang", "zh"]),
    ] as [([String], Language?, [String])])
  func theOptionIsTakenOutWhereverItStands(given: [String], language: Language?, kept: [String]) throws {
    var arguments = given
    #expect(try Language.takeOption(from: &arguments) == language)
    #expect(arguments == kept)
  }

  @Test(arguments: [
    ["--lang", "fr"], ["--lang="], ["--lang"], ["--lang", "--epochs", "2"], ["--lang", "zhuang"],
  ])
  func aLanguageThatIsNotSpokenIsRefused(given: [String]) {
    var arguments = given
    #expect(throws: Language.OptionError.self) { try Language.takeOption(from: &arguments) }
    #expect(arguments == given)
  }

  /// Who asks for a language that is not there may read either of those that are.
  @Test(arguments: [["--lang", "fr"], ["--lang"]])
  func whatIsWrongWithTheLanguageIsToldInBoth(given: [String]) throws {
    var arguments = given
    let error = #expect(throws: Language.OptionError.self) { try Language.takeOption(from: &arguments) }
    let message = try #require(error).message
    #expect(message.contains("en, zh"))
    #expect(message.contains("en、zh") == LocaleCharacters.areUTF8)
  }

  @Test func aTextIsToldInTheLanguageOfTheMoment() {
    let wording = Wording("epoch", "轮")
    func told() -> [String] { [wording.text, says("epoch", "轮")] }
    #expect(Language.$scoped.withValue(.english, operation: told) == ["epoch", "epoch"])
    #expect(Language.$scoped.withValue(.chinese, operation: told) == ["轮", "轮"])
  }
}
