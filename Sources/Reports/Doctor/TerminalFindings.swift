internal import Messages
package import Platform
package import TerminalUI

/// What the terminal can show, and why the program thinks so.
package struct TerminalFindings: Hashable, Sendable {
  /// Whether a person sees standard output, and its size then.
  package var size: TerminalSize?
  /// The environment variable `TERM`.
  package var name: String?
  /// The variable that decides on the encoding, and its value.
  package var locale: String?
  /// What can be shown.
  package var traits: TerminalTraits

  /// The glyphs of the charts, with the reason.
  package var glyphs: String {
    if traits.glyphs == .braille {
      return says("braille, as \(locale ?? "the locale") is UTF-8", "盲文点，因为 \(locale ?? "区域设置") 是 UTF-8")
    }
    if traits.glyphs == .console {
      return says("half blocks, as the console's fonts have no braille", "半块字符，因为控制台的字体没有盲文点")
    }
    return says(
      "ASCII, as \(locale.map { "\($0) is not UTF-8" } ?? "neither LC_ALL, LC_CTYPE nor LANG is set")",
      "ASCII，因为 \(locale.map { "\($0) 不是 UTF-8" } ?? "LC_ALL、LC_CTYPE 和 LANG 都没有设置")")
  }

  /// What can be done about what hinders.
  package var warnings: [String] {
    var warnings: [String] = []
    if !traits.movesCursor {
      warnings.append(
        says(
          "TERM=\(name ?? "") has no dashboard: in a terminal window, set it to what the terminal is, such as TERM=xterm-256color.",
          "TERM=\(name ?? "") 没有仪表板：在终端窗口中，请把它设为终端的类型，例如 TERM=xterm-256color。")
      )
    }
    if traits.encoding == .ascii {
      warnings.append(
        says(
          "charts are coarse without UTF-8: set LANG=C.UTF-8, or another UTF-8 locale.",
          "没有 UTF-8 时图表很粗略：请设置 LANG=C.UTF-8，或别的 UTF-8 区域设置。"))
    }
    if let size, size.columns < 60 || size.rows < 16 {
      warnings.append(
        says("the dashboard needs 60 x 16 cells: make the window larger.", "仪表板需要 60 x 16 格：请放大窗口。"))
    }
    return warnings
  }
}

extension TerminalFindings {
  /// Looks at standard output and the environment.
  package init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].first { !(environment[$0] ?? "").isEmpty }
    self.init(
      size: StandardStream.output.terminalSize, name: environment["TERM"],
      locale: locale.map { "\($0)=\(environment[$0] ?? "")" },
      traits: TerminalTraits(environment: environment))
  }
}
