import Experiment
internal import Messages
package import Platform
import Sessions
import TerminalUI

/// A session for a page that shows Markdown, such as the summary of a job: whether it passed, what was demanded, settings,
/// figures and findings.
package struct SessionSummary {
  private let outcome: SessionOutcome
  private let seconds: Double

  package init(_ outcome: SessionOutcome, seconds: Double) {
    self.outcome = outcome
    self.seconds = seconds
  }

  /// The page's lines.
  package var lines: [String] {
    let (session, status) = (outcome.session, outcome.status)
    let verdict =
      status == .success
      ? says("passed", "通过")
      : says(
        "failed: \(status.meaning) (status \(status.rawValue))",
        "未通过：\(status.meaning)（状态 \(status.rawValue)）")
    let name = session.folder.map { " `\($0)`" } ?? ""
    // What was not let finish has neither met nor missed anything.
    let demands = outcome.interruption == nil ? outcome.demands : []
    let missed = demands.map { demand in
      session.shortfall(of: demand).map { "- ❌ \($0)" } ?? "- ✅ \(session.fulfilment(of: demand))"
    }
    let reporter = TextReporter(session: session, encoding: .utf8)
    // Names come from people; a fence is not ended by what they wrote.
    let report =
      (SessionHeader(session: session, encoding: .utf8).lines
      + reporter.end(session, SessionEnd(status: status, seconds: seconds)))
      .map { $0.replacing("```", with: "'''") }
    return ["## fmnist-tui\(name) \(verdict)", ""] + missed + (missed.isEmpty ? [] : [""]) + ["```text"]
      + report + ["```", ""]
  }

  /// Checks that there can be a summary at `path`, which is written after all that it tells of.
  ///
  /// - Throws: `Failure` if it is no file or cannot be written, or is what a session or a sweep keeps.
  package static func check(_ path: String) throws(Failure) {
    if let owner = KeptFile.owner(of: path) {
      throw Failure(
        status: .cannotCreate,
        message: says(
          "\(path): \(owner) keeps this file, which a summary would damage. Give another name, such as checks.md.",
          "\(path)：这是 \(owner) 保存的文件，摘要会损坏它。请另取名称，例如 checks.md。"))
    }
    do { try DurableFile.demandWritable(path) } catch { throw Failure(error) }
  }

  /// Puts the lines at the end of the file at `path`, as jobs of several steps expect it.
  ///
  /// - Throws: `Failure` if it is no file or cannot be written.
  package func append(to path: String) throws(Failure) {
    do throws(RunLogError) {
      let former = Files.exists(path) ? try DurableFile.read(path) : []
      try DurableFile.write(
        former + Array((lines.joined(separator: "\n") + "\n").utf8), to: path, throughLinks: true)
    } catch {
      throw Failure(error)
    }
  }
}
