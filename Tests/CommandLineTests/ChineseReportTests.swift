import Datasets
import Experiment
import Messages
import Platform
import Sessions
import TerminalUI
import TestSupport
import Testing
import Training

@testable import Reports

/// What is reported in Chinese says the same, in the same columns.
@Suite struct ChineseReportTests {
  /// Names and commands that are the same in all languages.
  private static let names: Set<String> = [
    "fmnist-tui", "train-size", "epochs", "optimizer", "adam", "dropout", "replicates", "least-squares",
    "ReLU",
    "Xavier", "sigmoid", "tanh", "ln",
  ]

  @Test(arguments: Lesson.all) func everyLessonIsTold(lesson: Lesson) {
    for make in [{ lesson.title }, { lesson.watch }, { lesson.question }, { lesson.answer }] {
      let (english, chinese) = inBoth(make)
      #expect(!english.hasChinese && chinese.hasChinese, "\(english)")
      #expect(
        chinese.latinWords(but: Self.names).isEmpty, "\(chinese.latinWords(but: Self.names)): \(chinese)")
      #expect(chinese.hasChinesePunctuation, "\(chinese)")
    }
    let (english, chinese) = inBoth { lesson }
    #expect(english == chinese)
    Language.$scoped.withValue(.chinese) {
      #expect(lesson.question.hasSuffix("？"), "\(lesson.question)")
      #expect("。？".contains(lesson.answer.suffix(1)) && "。？".contains(lesson.watch.suffix(1)))
      #expect(lesson.beginning.allSatisfy { $0.hasPrefix("课程") || $0.hasPrefix("观察") })
      #expect(lesson.end([]).map { $0.prefix(3) } == ["问题：", "回答："])
    }
    let numbers = inBoth { lesson.answer.matches(of: #/[0-9]+(?:[.,][0-9]+)*/#).map { String($0.output) } }
    // English has these as words.
    let words = lesson.name == "dropout" ? ["10", "20"] : []
    #expect(Set(numbers.english).union(words) == Set(numbers.chinese), "\(lesson.name)")
  }

  @Test(arguments: Lesson.all) func titlesTakeNoMoreRoom(lesson: Lesson) {
    let (english, chinese) = inBoth { lesson.title.cellWidth }
    #expect(chinese <= english)
  }

  @Test func theTextsOfALessonFitTheSmallestUsualTerminal() {
    Language.$scoped.withValue(.chinese) {
      for lesson in Lesson.all where lesson.preset != nil {
        let paragraphs = [
          lesson.title, "观察：\(lesson.watch)", "问题：\(lesson.question)", "回答：\(lesson.answer)",
        ]
        let lines = paragraphs.flatMap { TextWrap.lines($0, width: 76) }
        #expect(
          lines.count <= 11 && lines.allSatisfy { $0.cellWidth <= 76 }, "\(lesson.name): \(lines.count)")
      }
    }
  }

  // MARK: Reports

  /// The cells in which the columns of a line end.
  private func ends(_ line: String) -> [Int] {
    var (ends, cell) = ([Int](), 0)
    for part in line.split(separator: #/ {2,}/#) {
      guard let start = line.firstRange(of: part) else { continue }
      cell = String(line[..<start.upperBound]).cellWidth
      ends.append(cell)
    }
    return ends
  }

  @Test(arguments: [true, false], [Task.Kind.classification, .regression])
  func theColumnsOfEpochsEndWhereTheyDoInEnglish(showsValidation: Bool, task: Task.Kind) {
    let (english, chinese) = inBoth {
      EpochLines(epochs: 10, showsValidation: showsValidation, task: task).heading
    }
    #expect(english.count == chinese.count)
    for (english, chinese) in zip(english, chinese) {
      // The last column of regressions is wider in English than its figures.
      #expect(
        chinese.cellWidth == english.cellWidth
          || task == .regression && chinese.cellWidth < english.cellWidth,
        "\(chinese)")
      #expect(chinese.latinWords().isEmpty, "\(chinese)")
    }
  }

  private static let courses:
    [(name: String, first: [Double], second: [Double], english: String, chinese: String)] = [
      (
        "no difference", [0.75, 0.84, 0.85, 0.86, 0.86], [0.76, 0.85, 0.86, 0.86, 0.85],
        "No difference shown", "未见差异：测试精度"
      ),
      ("too early", [0.7], [0.8], "1 epoch is too few", "1 轮太少，无法判断"),
      (
        "difference", [0.9, 0.9, 0.9, 0.9, 0.9], [0.5, 0.5, 0.5, 0.5, 0.5], "Higher test accuracy in run A",
        "测试精度较高的是"
      ),
      ("identical", [0.8, 0.8, 0.8, 0.8, 0.8], [0.8, 0.8, 0.8, 0.8, 0.8], "Identical", "完全相同"),
    ]

  @Test(arguments: courses.map(\.name)) func everyVerdictIsTold(name: String) throws {
    let course = try #require(Self.courses.first { $0.name == name })
    let (english, chinese) = try inBoth {
      let session = try ScriptedSession(settings: [.epochs: "\(course.first.count)"])
      return session.text(session.complete(course.first, course.second))
    }
    #expect(english.contains(course.english), "\(english)")
    #expect(chinese.contains(course.chinese), "\(chinese)")
    for line in chinese.split(separator: "\n") { #expect(line.description.cellWidth <= 79, "\(line)") }
    // Above the columns stands what the data and the settings say of themselves.
    let report = try #require(chinese.split(separator: "\n\n", maxSplits: 1).last).description
    let known = Self.names.union(["with", "without", "images", "batch"])
    #expect(report.latinWords(but: known).isEmpty, "\(report.latinWords(but: known))\n\(report)")
  }

  @Test func theTableOfFiguresIsAligned() throws {
    let (english, chinese) = try inBoth {
      let session = try ScriptedSession(settings: [.epochs: "5"])
      let text = session.text(
        session.complete([0.75, 0.84, 0.85, 0.86, 0.86], [0.76, 0.85, 0.86, 0.86, 0.85]), isQuiet: true)
      return text.split(separator: "\n").map(String.init)
    }
    #expect(english.count == chinese.count)
    let widths = chinese.filter { ends($0).count == 4 }.map(\.cellWidth)
    #expect(widths.count > 5 && Set(widths).count == 1, "\(chinese.joined(separator: "\n"))")
  }

  @Test func whyTheRunningLossLiesAboveIsTold() throws {
    for handicaps in [
      RunningLossNote.Handicaps.dropout, .augmentation, .labelNoise, [.dropout, .augmentation, .labelNoise],
      [],
    ] {
      let (english, chinese) = try inBoth {
        try #require(RunningLossNote([("A", handicaps, 0.5, 0.4, 0.45)]))
      }
      #expect(chinese.line.cellWidth <= english.line.cellWidth, "\(chinese.line)")
      for text in chinese.sentences + [chinese.line] {
        #expect(text.latinWords().isEmpty && text.hasChinese && text.hasChinesePunctuation, "\(text)")
      }
    }
  }

  // MARK: States

  @Test func everyStateHasWordsAndKeepsItsName() {
    for state in RunSummary.State.allCases {
      let (english, chinese) = inBoth { state.words }
      #expect(english == state.rawValue && chinese.hasChinese && chinese.cellWidth <= 8)
    }
    for place in DataSource.Place.allCases {
      let (english, chinese) = inBoth { place.words }
      #expect(english == place.key && chinese.hasChinese)
    }
    for column in SessionColumn.all {
      let (english, chinese) = inBoth { column.heading }
      #expect(!english.hasChinese && chinese.hasChinese)
    }
  }

  @Test func theDoctorTellsProgramsTheSameInBoth() {
    // The memory that is free changes.
    let found = Findings.bad
    let (english, chinese) = inBoth { found.json }
    #expect(english == chinese)
    let lines = Language.$scoped.withValue(.chinese) { found.lines }
    #expect(lines.contains { $0.hasPrefix("警告") } && lines.allSatisfy { $0.cellWidth <= 79 }, "\(lines)")
  }
}

extension Findings {
  /// Everything is wrong.
  fileprivate static var bad: Findings {
    Findings(
      machine: MachineFindings(
        kernels: "avx2", supportedKernels: ["avx2", "generic"], unsupportedKernels: ["avx512"],
        wantedKernels: "avx512", processor: nil, processors: 4, arithmetic: (1e10, 1.5e10), memory: 2e10,
        availableMemory: .current),
      data: .found(
        source: DataSource(of: .usual, place: .sample, directory: "assets"), trainCount: 6000, testCount: 1000
      ),
      terminal: TerminalFindings(
        size: nil, name: "dumb", locale: "LC_ALL=C.UTF-8",
        traits: TerminalTraits(environment: ["TERM": "dumb", "LC_ALL": "C"])))
  }
}
