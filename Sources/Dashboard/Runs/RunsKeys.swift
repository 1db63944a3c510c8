internal import Messages
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
      groups: [
        Self.ofTable.group(says("Sessions", "会话"), for: self),
        Self.program.group(says("Program", "程序"), for: self),
      ],
      glyphs: glyphs, explanation: (says("the sessions", "会话"), Self.explanation))
  }

  private static var explanation: [String] {
    [
      says(
        "A row is a session, and its best run stands for it; the runs of the selected one are below. What is written meanwhile is "
          + "shown, new sessions too.",
        "一行是一个会话，由其中最好的运行代表；选中会话的各个运行列在下面。期间写入的内容和新的会话也会显示。"),
      says(
        "/ asks which sessions are shown: words that stand in a name, a tag or a note, and comparisons, of which all have to hold "
          + "for one run: test>0.86 best>=87% gap<5 dropout=0.2 lr<0.1 optimizer=adam state=completed tag=baseline name=exp1*. "
          + "Without a word all of them.",
        "按 / 选择显示哪些会话：名称、标记或备注中的词，以及须由同一个运行全部满足的比较："
          + "test>0.86 best>=87% gap<5 dropout=0.2 lr<0.1 optimizer=adam state=completed tag=baseline name=exp1*。"
          + "不写则全部显示。"),
      says(
        "What is deleted lies in the folder .trash beside the sessions until that is emptied: u puts back what was deleted last, "
          + "'fmnist-tui runs restore' the others.",
        "删除的会话放在会话旁边的 .trash 文件夹中，直到回收站清空：按 u 放回最近删除的，其他的用 'fmnist-tui runs restore'。"),
    ]
  }

  private static let ofTable: [Binding<RunsState>] = [
    Binding(.up, .down, footer: says("move", "移动"), help: says("select a session", "选择会话")) {
      $0.select(($0.selectedPlace ?? 0) + $1)
    },
    Binding(.pageUp, .pageDown, help: says("ten sessions up, down", "上移、下移十个会话")) {
      $0.select(($0.selectedPlace ?? 0) + 10 * $1)
    },
    Binding(
      [.home, .end], help: says("the first, the last", "第一个、最后一个"),
      [{ $0.select(0) }, { $0.select($0.listed.rows.count - 1) }]),
    Binding(.enter, footer: says("open", "打开"), help: says("open it, or the marked ones", "打开它，或已标出的")) {
      state in
      guard !state.meant.isEmpty else { return }
      state.requests.append(.open(state.meant.map(\.session.folder)))
    },
    Binding(" ", footer: says("mark", "标出"), help: says("mark, to compare several", "标出，以便比较多个")) { state in
      guard let folder = state.selected else { return }
      if state.marked.remove(folder) == nil { state.marked.insert(folder) }
      state.select((state.selectedPlace ?? 0) + 1)
    },
    Binding(
      .escape, help: says("no marks, then all sessions", "取消标出，再显示全部"),
      when: { !$0.marked.isEmpty || $0.query != .all },
      do: { state in
        if state.marked.isEmpty { state.query = .all } else { state.marked = [] }
      }),
    Binding("/", footer: says("filter", "筛选"), help: says("which sessions are shown", "显示哪些会话")) {
      $0.askForQuery()
    },
    Binding(
      ["o", "O"], footer: says("order", "排序"), help: says("next column, from its end", "按下一列，或倒序"),
      [
        { $0.order = (($0.order.column + 1) % SessionColumn.all.count, false) },
        { $0.order.isReversed.toggle() },
      ]),
    Binding("n", footer: says("note", "备注"), help: says("write a note", "写备注")) { $0.askForNote() },
    Binding("t", footer: says("tags", "标记"), help: says("add tags, -tag takes away", "加标记，-标记 则去掉")) {
      $0.askForTags()
    },
    Binding("r", help: says("rename the session", "会话改名")) { $0.askForName() },
    Binding("e", help: says("export every epoch as CSV", "每一轮导出为 CSV")) { $0.askForFile() },
    Binding("d", footer: says("delete", "删除"), help: says("delete, into the trash", "删除到回收站")) {
      $0.askToDelete()
    },
    Binding("u", help: says("put back the last deleted", "放回最近删除的")) { $0.requests.append(.restore) },
    Binding("X", help: says("empty the trash", "清空回收站")) { state in
      state.ask(
        Question(
          prompt: says("remove the deleted sessions for good", "彻底清除已删除的会话"),
          keys: says("y yes   any other key no", "y 是   其他键 否")
        ) {
          $0.requests.append(.emptyTrash)
        })
    },
  ]

  private static let program: [Binding<RunsState>] =
    look + [Binding("q", footer: says("quit", "退出"), help: says("leave", "退出")) { $0.isLeaving = true }]

  // MARK: What they ask

  private mutating func askForQuery() {
    let words = SessionQuery.subjects
    ask(
      Question(
        prompt: says("sessions", "会话"),
        keys: says("enter show   tab complete   esc leave as is", "回车 显示   tab 补全   esc 不变"),
        text: query.text,
        completions: { word in words.filter { $0.hasPrefix(word) } }
      ) { state, text in
        do throws(SessionQueryError) {
          state.query = try SessionQuery(text)
          if state.listed.rows.isEmpty, !state.found.rows.isEmpty {
            state.message = says("none is like that", "没有这样的会话")
          }
        } catch {
          state.message = error.description
        }
      })
  }

  private mutating func askForNote() {
    guard let row = selectedRow, let labels = labels(of: row) else { return }
    ask(
      Question(
        prompt: says("note on \(row.session.folder.name)", "\(row.session.folder.name) 的备注"),
        keys: says("enter keep   esc leave as is", "回车 保存   esc 不变"), text: labels.note,
        limit: SessionLabels.longestNote
      ) { state, text in
        state.keep(labels, on: row) { labels throws(LabelError) in try labels.write(note: text) }
      })
  }

  private mutating func askForTags() {
    let rows = meant
    guard !rows.isEmpty else { return }
    let known = Set(found.rows.flatMap(\.session.tags)).sorted()
    let names =
      rows.count == 1 ? rows[0].session.folder.name : says("\(rows.count) sessions", "\(rows.count) 个会话")
    ask(
      Question(
        prompt: says("tags on \(names)", "\(names) 的标记"),
        keys: says("enter add   -word takes away   tab complete", "回车 添加   -词 去掉   tab 补全"), text: "",
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
      Question(
        prompt: says("name", "名称"), keys: says("enter rename   esc leave as is", "回车 改名   esc 不变"),
        text: folder.name
      ) { state, text in
        if text != folder.name { state.requests.append(.rename(folder, to: text)) }
      })
  }

  private mutating func askForFile() {
    let folders = meant.map(\.session.folder)
    guard let first = folders.first else { return }
    ask(
      Question(
        prompt: says("file", "文件"), keys: says("enter write   esc leave", "回车 写入   esc 取消"),
        text: folders.count == 1 ? "\(first.name).csv" : "sessions.csv"
      ) { state, text in
        if !text.isEmpty { state.requests.append(.export(folders, to: text)) }
      })
  }

  private mutating func askToDelete() {
    let folders = meant.map(\.session.folder)
    guard let first = folders.first else { return }
    let names =
      folders.count == 1
      ? first.name : says("the \(folders.count) marked sessions", "标出的 \(folders.count) 个会话")
    ask(
      Question(
        prompt: says("delete \(names), into the trash", "把 \(names) 删除到回收站"),
        keys: says("y yes   any other key no", "y 是   其他键 否")
      ) {
        $0.requests.append(.delete(folders))
      })
  }
}
