import ArgumentParser
import Messages
import Platform
import TerminalUI

/// What the parser of the command line says by itself, in the language that the program speaks.
///
/// The library speaks English only, and counts characters where it breaks lines, of which Chinese ones take two columns.
/// So its words are exchanged where they stand in its texts, and help is broken here.
enum ParserText {
  /// Help, or what is wrong with the arguments and how the command is used.
  ///
  /// Completions, the manual and versions, which the library throws too, are for programs and the same in all languages.
  static func full(of error: any Error, width: Int? = nil) -> String {
    let width = width ?? max(StandardStream.output.columns, 40)
    let english = Language.$scoped.withValue(.english) { Program.fullMessage(for: error) }
    guard Language.current == .chinese else { return english }
    guard !Program.exitCode(for: error).isSuccess else {
      guard english.hasPrefix(overview) else { return english }
      return help(Program.fullMessage(for: error, columns: unbroken), width: width)
    }
    let text = Program.fullMessage(for: error, columns: unbroken)
    let message = Program.message(for: error)
    let beginning = "Error: \(message)"
    guard text.hasPrefix(beginning) else { return text }
    return "错误：" + chinese(message) + help(String(text.dropFirst(beginning.count)), width: width)
  }

  private static let overview = "OVERVIEW: "
  /// No text is so long.
  private static let unbroken = 1_000_000

  // MARK: Help

  /// The library's help or usage with Chinese headings and words, broken into lines of `width` cells.
  static func help(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { broken(exchanged(String($0)), width: width) }.joined(separator: "\n")
  }

  /// A line of help with the library's own words exchanged.
  private static func exchanged(_ line: String) -> String {
    if let heading = headings[line] { return heading }
    for (english, chinese) in beginnings where line.hasPrefix(english) {
      return chinese + line.dropFirst(english.count)
    }
    if let match = line.wholeMatch(of: #/  See '(.*)' for (?:more information|detailed help)\./#) {
      return "  详情见 '\(match.1)'。"
    }
    guard line.hasPrefix("  ") else { return line }
    if let match = line.wholeMatch(of: #/(  \S+) \(default\)( +\S.*)/#) {
      // Its place is that of the other rows.
      let label = "\(match.1)（默认）"
      return label.padded(to: column) + match.2.drop { $0 == " " }
    }
    return withoutEnglishEnd(line)
  }

  private static func withoutEnglishEnd(_ line: String) -> String {
    for (english, chinese) in descriptions where line.hasSuffix(english) {
      return line.dropLast(english.count) + chinese
    }
    if let match = line.wholeMatch(of: #/(.*\S) ?\(values: ([^()]*?); default: ([^()]*)\)/#) {
      return "\(match.1)（可选：\(match.2)；默认：\(match.3)）"
    }
    if let match = line.wholeMatch(of: #/(.*\S) ?\(values: ([^()]*)\)/#) {
      return "\(match.1)（可选：\(match.2)）"
    }
    if let match = line.wholeMatch(of: #/(.*\S) ?\(default: ([^()]*)\)/#) {
      return "\(match.1)（默认：\(match.2)）"
    }
    return line
  }

  private static let headings = ["ARGUMENTS:": "参数：", "OPTIONS:": "选项：", "SUBCOMMANDS:": "子命令："]
  private static let beginnings = [
    (overview, "概述："), ("USAGE: ", "用法："), ("Usage: ", "用法："), ("Help:  ", "说明："),
  ]
  private static let descriptions = [
    ("Show help information.", "显示帮助。"), ("Show the version.", "显示版本。"),
  ]
  /// Where the library's descriptions of options begin.
  private static let column = 26

  /// A line broken so that what stands in a column of its own stays there.
  private static func broken(_ line: String, width: Int) -> [String] {
    guard line.cellWidth > width else { return [line] }
    let indent = indent(of: line, width: width)
    let head = line.prefix(columns: indent)
    let rest = String(line.dropFirst(head.count))
    return TextWrap.lines(rest, width: width - indent).enumerated().map { index, part in
      (index == 0 ? head : String(repeating: " ", count: indent)) + part
    }
  }

  /// The column of the text behind the last gap of a line, or of its beginning.
  private static func indent(of line: String, width: Int) -> Int {
    if line.hasPrefix("用法：") { return "用法：".cellWidth }
    let gap = line.ranges(of: #/ {2,}/#).last { $0.upperBound < line.endIndex }
    let indent = gap.map { String(line[..<$0.upperBound]).cellWidth } ?? 0
    return indent <= width * 2 / 3 ? indent : line.prefix { $0 == " " }.count
  }

  // MARK: Faults

  /// What the library says is wrong with the arguments; a text of the program's own stays as it is.
  static func chinese(_ message: String) -> String {
    if let match = message.wholeMatch(
      of: #/(Unknown option '.*')\n   or: (Missing value for '.*') in '(.*)'/#.dotMatchesNewlines())
    {
      return "\(chinese(String(match.1)))\n   或者：“\(match.3)”中\(chinese(String(match.2)))"
    }
    if let match = message.wholeMatch(
      of: #/Unknown option '(.*)'\. Did you mean '(.*)'\?/#.dotMatchesNewlines())
    {
      return "没有选项 '\(match.1)'。是想用 '\(match.2)' 吗？"
    }
    if let match = message.wholeMatch(of: #/Unknown option '(.*)'/#.dotMatchesNewlines()) {
      return "没有选项 '\(match.1)'。"
    }
    if let match = message.wholeMatch(of: #/Missing value for '(.*)'/#.dotMatchesNewlines()) {
      return "'\(match.1)' 缺少值。"
    }
    if let match = message.wholeMatch(
      of: #/The option '(.*)' does not take any value, but '(.*)' was specified\./#.dotMatchesNewlines())
    {
      return "选项 '\(match.1)' 不带值，却给了 '\(match.2)'。"
    }
    if let match = message.wholeMatch(of: #/Unexpected argument '(.*)'/#.dotMatchesNewlines()) {
      return "多余的参数 '\(match.1)'。"
    }
    if let match = message.wholeMatch(of: #/(\d+) unexpected arguments: ('.*')/#.dotMatchesNewlines()) {
      return "\(match.1) 个多余的参数：\(match.2)。"
    }
    if let match = message.wholeMatch(of: #/Missing expected argument '(.*)'/#.dotMatchesNewlines()) {
      return "缺少参数 '\(match.1)'。"
    }
    if let match = message.wholeMatch(of: #/Missing one of: ('.*')/#.dotMatchesNewlines()) {
      return "缺少其中一个：\(match.1)。"
    }
    if let match = message.wholeMatch(
      of: #/Value to be set with flag (.*) had already been set with flag (.*)/#.dotMatchesNewlines())
    {
      return "\(match.1) 与前面的 \(match.2) 互相矛盾。请去掉其中一个。"
    }
    return invalidValue(message) ?? otherFault(message)
  }

  /// A value that an option cannot have, with the values that it can have.
  private static func invalidValue(_ message: String) -> String? {
    guard
      let match = message.wholeMatch(
        of: #/The value '(.*)' is invalid for '([^']*)'(.*)/#.dotMatchesNewlines())
    else { return nil }
    let fault = "'\(match.1)' 不是 '\(match.2)' 的值"
    if let choices = match.3.wholeMatch(
      of: #/\. Please provide one of the following:\n(.*)/#.dotMatchesNewlines())
    {
      return "\(fault)。请用其中一个：\n\(choices.1)"
    }
    if let choices = match.3.wholeMatch(of: #/\. Please provide one of (.*)\./#) {
      let names = choices.1.replacing(" and ", with: "、").replacing(" or ", with: "、").replacing(
        ", ", with: "、")
      return "\(fault)。请用其中一个：\(names)。"
    }
    // What a reader of the program's own says.
    let reason = match.3.hasPrefix(": ") ? match.3.dropFirst(2) : match.3
    return reason.isEmpty ? "\(fault)。" : "\(fault)：\(reason)"
  }

  private static func otherFault(_ message: String) -> String {
    if let match = message.wholeMatch(of: #/Invalid option: (.*)/#.dotMatchesNewlines()) {
      return "选项无效：\(match.1)"
    }
    if let match = message.wholeMatch(
      of: #/Can't (?:generate completion scripts for '(.*)'|autodetect a supported shell)\.\n.*:\n(.*)/#
        .dotMatchesNewlines())
    {
      return
        "\(match.1.map { "没有 '\($0)' 的补全脚本。" } ?? "看不出用的是哪个命令行外壳。")"
        + "请用 --generate-completion-script=<shell> 指定其中一个：\(match.2.split(separator: " ").joined(separator: "、"))。"
    }
    return message == "Missing required subcommand." ? "缺少子命令。" : message
  }
}
