import Experiment
import Messages
import Reports
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct GlossaryPageTests {
  private func text(_ dashboard: DashboardScreen, width: Int = 80, height: Int = 24) -> String {
    dashboard.render(width: width, height: height).lines.joined(separator: "\n")
  }

  @Test(arguments: GoldenFrameTests.glyphSets)
  func thePageIsAsRecorded(glyphs: GlyphSet) throws {
    let dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle, glyphs: glyphs).pressing("g")
    for (width, height) in GoldenFrameTests.sizes {
      try GoldenFrameTests.compare(
        dashboard.renderPage(width: width, height: height), "glossary-\(glyphs.rawValue)-\(width)x\(height)")
    }
  }

  @Test(arguments: [TextEncoding.utf8, .console, .ascii])
  func termsHaveAtMostTwoLinesOnAScreenOf80Columns(encoding: TextEncoding) {
    for term in Glossary.terms {
      let entry = GlossaryText(encoding: encoding).entry(term, width: 77)
      #expect((1...2).contains(entry.meaning.count), "\(term.word): \(entry.meaning)")
      let lines = [entry.heading] + entry.meaning
      #expect(lines.allSatisfy { $0.cellWidth <= 77 })
      // Every character has a look-alike.
      #expect(lines.joined().contains("?") == term.meaning.contains("?"), "\(term.word)")
    }
  }

  @Test func termsHaveAtMostTwoLinesInChineseToo() {
    Language.$scoped.withValue(.chinese) {
      for term in Glossary.terms {
        let entry = GlossaryText(encoding: .utf8).entry(term, width: 77)
        #expect((1...2).contains(entry.meaning.count), "\(term.word): \(entry.meaning)")
        #expect(([entry.heading] + entry.meaning).allSatisfy { $0.cellWidth <= 77 })
      }
    }
  }

  @Test func itOpensOverEveryPageAndGoesBackToIt() {
    for key in ["1", "2", "L"] {
      let before = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing(key)
      let open = before.pressing("g")
      #expect(open.page.title == "Glossary" && text(open).contains("accuracy"))
      #expect(open.pressing("g").page.title == (key == "L" ? "Charts" : before.page.title))
    }
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("2g")
    _ = dashboard.press(.escape)
    #expect(dashboard.page.title == "Comparison")
  }

  @Test func keysBehindItSteerNoRun() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("g")
    for key in "[]{} esU=f" { #expect(dashboard.press(.character(key)).isEmpty) }
    #expect(dashboard.page.title == "Glossary" && dashboard.state.question == nil)
  }

  @Test func termsAreFoundWhileTheyAreTyped() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("g/weight d")
    #expect(text(dashboard).contains("with 'weight d'") && text(dashboard).contains("1 − η λ"))
    _ = dashboard.press(.enter)
    #expect(text(dashboard).contains("with 'weight d'"))
    _ = dashboard.press(.escape)
    #expect(dashboard.page.title == "Glossary" && !text(dashboard).contains("with '"))
    #expect(text(dashboard.pressing("/dropuot")).contains("Like it are: dropout."))
  }

  @Test func allTermsCanBeReached() {
    var dashboard = ScriptedEvents.dashboard(ScriptedEvents.middle).pressing("g")
    var unseen = Set(Glossary.terms.map(\.word))
    for _ in Glossary.terms {
      let shown = text(dashboard)
      unseen = unseen.filter { !shown.contains($0) }
      _ = dashboard.press(.down)
    }
    #expect(unseen.isEmpty)
    _ = dashboard.press(.home)
    #expect(text(dashboard).contains("accuracy"))
    _ = dashboard.press(.end)
    #expect(text(dashboard).contains(Glossary.terms.last?.word ?? "-"))
  }
}
