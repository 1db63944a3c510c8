import Reports
internal import Sessions
internal import TerminalUI

extension RunsState {
  /// The keys that are heard now.
  var bindings: [Binding<RunsState>] { helpPage != nil ? Self.ofHelp : Self.ofTable + Self.program }

  var footer: (keys: [KeyEntry], ways: [KeyEntry]) {
    helpPage == nil
      ? (Self.ofTable.group("", for: self).entries, Self.program.group("", for: self).entries)
      : ([], bindings.group("", for: self).entries)
  }

  var help: HelpView {
    HelpView(
      groups: [Self.ofTable.group("Sessions", for: self), Self.program.group("Program", for: self)],
      glyphs: glyphs, explanation: ("the sessions", Self.explanation))
  }

  private static let explanation = [
    "A row is a session, and its best run stands for it; the runs of the selected one are below. What is written meanwhile is "
      + "shown, new sessions too.",
    "/ asks which sessions are shown: words that stand in a name, a tag or a note, and comparisons, of which all have to hold "
      + "for one run: test>0.86 best>=87% gap<5 dropout=0.2 lr<0.1 optimizer=adam state=completed tag=baseline name=exp1*. "
      + "Without a word all of them.",
    "What is deleted lies in the folder .trash beside the sessions until that is emptied: u puts back what was deleted last, "
      + "'fmnist-tui runs restore' the others.",
  ]

  private static let ofTable: [Binding<RunsState>] = [
    Binding(.up, .down, footer: "move", help: "select a session") { $0.select(($0.selectedPlace ?? 0) + $1) },
    Binding(.pageUp, .pageDown, help: "ten sessions up, down") {
      $0.select(($0.selectedPlace ?? 0) + 10 * $1)
    },
    Binding(
      [.home, .end], help: "the first, the last",
      [{ $0.select(0) }, { $0.select($0.listed.rows.count - 1) }]),
    Binding(.enter, footer: "open", help: "open it, or the marked ones") { state in
      guard !state.meant.isEmpty else { return }
      state.requests.append(.open(state.meant.map(\.session.folder)))
    },
    Binding(" ", footer: "mark", help: "mark, to compare several") { state in
      guard let folder = state.selected else { return }
      if state.marked.remove(folder) == nil { state.marked.insert(folder) }
      state.select((state.selectedPlace ?? 0) + 1)
    },
    Binding(
      .escape, help: "no marks, then all sessions", when: { !$0.marked.isEmpty || $0.query != .all },
      do: { state in
        if state.marked.isEmpty { state.query = .all } else { state.marked = [] }
      }),
    Binding("/", footer: "filter", help: "which sessions are shown") { $0.askForQuery() },
    Binding(
      ["o", "O"], footer: "order", help: "next column, from its end",
      [
        { $0.order = (($0.order.column + 1) % SessionColumn.all.count, false) },
        { $0.order.isReversed.toggle() },
      ]),
    Binding("n", footer: "note", help: "write a note") { $0.askForNote() },
    Binding("t", footer: "tags", help: "add tags, -tag takes away") { $0.askForTags() },
    Binding("r", help: "rename the session") { $0.askForName() },
    Binding("e", help: "export every epoch as CSV") { $0.askForFile() },
    Binding("d", footer: "delete", help: "delete, into the trash") { $0.askToDelete() },
    Binding("u", help: "put back the last deleted") { $0.requests.append(.restore) },
    Binding("X", help: "empty the trash") { state in
      state.ask(
        Question(prompt: "remove the deleted sessions for good", keys: "y yes   any other key no") {
          $0.requests.append(.emptyTrash)
        })
    },
  ]

  private static let program: [Binding<RunsState>] =
    look + [Binding("q", footer: "quit", help: "leave") { $0.isLeaving = true }]

  // MARK: What they ask

  private mutating func askForQuery() {
    let words = SessionQuery.subjects
    ask(
      Question(
        prompt: "sessions", keys: "enter show   tab complete   esc leave as is", text: query.text,
        completions: { word in words.filter { $0.hasPrefix(word) } }
      ) { state, text in
        do throws(SessionQueryError) {
          state.query = try SessionQuery(text)
          if state.listed.rows.isEmpty, !state.found.rows.isEmpty { state.message = "none is like that" }
        } catch {
          state.message = error.description
        }
      })
  }

  private mutating func askForNote() {
    guard let row = selectedRow, let labels = labels(of: row) else { return }
    ask(
      Question(
        prompt: "note on \(row.session.folder.name)", keys: "enter keep   esc leave as is", text: labels.note,
        limit: SessionLabels.longestNote
      ) { state, text in
        state.keep(labels, on: row) { labels throws(LabelError) in try labels.write(note: text) }
      })
  }

  private mutating func askForTags() {
    let rows = meant
    guard !rows.isEmpty else { return }
    let known = Set(found.rows.flatMap(\.session.tags)).sorted()
    let names = rows.count == 1 ? rows[0].session.folder.name : "\(rows.count) sessions"
    ask(
      Question(
        prompt: "tags on \(names)", keys: "enter add   -word takes away   tab complete", text: "",
        completions: { word in
          let isTakenAway = word.hasPrefix("-")
          return known.filter { $0.hasPrefix(word.drop { $0 == "-" }) }.map { (isTakenAway ? "-" : "") + $0 }
        }
      ) { state, text in
        let words = text.split { $0 == " " || $0 == "," }.map(String.init)
        for row in rows {
          guard let labels = state.labels(of: row) else { return }
          let isKept = state.keep(labels, on: row) { labels throws(LabelError) in
            for word in words {
              if word.hasPrefix("-") {
                labels.remove(tag: String(word.dropFirst()))
              } else {
                try labels.add(tag: word)
              }
            }
          }
          guard isKept else { return }
        }
      })
  }

  /// What is written on a session; says so if it cannot be read, and must not be replaced.
  private mutating func labels(of row: SessionRow) -> SessionLabels? {
    do {
      return try row.session.labels.get()
    } catch {
      message = error.description
      return nil
    }
  }

  /// Asks for labels to be kept if they are changed; returns whether they could be.
  @discardableResult
  private mutating func keep(
    _ labels: SessionLabels, on row: SessionRow, _ change: (inout SessionLabels) throws(LabelError) -> Void
  ) -> Bool {
    var changed = labels
    do {
      try change(&changed)
    } catch {
      message = error.description
      return false
    }
    if changed != labels { requests.append(.keep(changed, on: row.session.folder)) }
    return true
  }

  private mutating func askForName() {
    guard let folder = selected else { return }
    ask(
      Question(prompt: "name", keys: "enter rename   esc leave as is", text: folder.name) { state, text in
        if text != folder.name { state.requests.append(.rename(folder, to: text)) }
      })
  }

  private mutating func askForFile() {
    let folders = meant.map(\.session.folder)
    guard let first = folders.first else { return }
    ask(
      Question(
        prompt: "file", keys: "enter write   esc leave",
        text: folders.count == 1 ? "\(first.name).csv" : "sessions.csv"
      ) { state, text in
        if !text.isEmpty { state.requests.append(.export(folders, to: text)) }
      })
  }

  private mutating func askToDelete() {
    let folders = meant.map(\.session.folder)
    guard let first = folders.first else { return }
    let names = folders.count == 1 ? first.name : "the \(folders.count) marked sessions"
    ask(
      Question(prompt: "delete \(names), into the trash", keys: "y yes   any other key no") {
        $0.requests.append(.delete(folders))
      })
  }
}
