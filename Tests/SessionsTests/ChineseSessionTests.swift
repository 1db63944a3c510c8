import Datasets
import Experiment
import Foundation
import Messages
import Platform
import TestSupport
import Testing
import Training

@testable import Sessions

/// What people read of sessions and their files, in Chinese; what is written is the same in both languages.
@Suite struct ChineseSessionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The text of the error that a body throws in Chinese.
  private func error(_ body: () throws -> Void) -> String {
    Language.$scoped.withValue(.chinese) {
      do {
        try body()
        return ""
      } catch let failure as Failure {
        return failure.message ?? ""
      } catch {
        return "\(error)"
      }
    }
  }

  @Test func filesThatCannotBeReadOrWrittenAreTold() throws {
    let path = folder.path
    ChineseText.expect(error { _ = try DurableFile.read(path + "/none") }, names: ["/none：无法打开：没有那个文件或目录。"])
    ChineseText.expect(error { _ = try DurableFile.read(path) }, names: [path, "不是文件"])
    let file = try folder.write("file", "12345")
    ChineseText.expect(error { _ = try DurableFile.read(file, limit: 3) }, names: [file, "5 字节", "至多读 3"])
    ChineseText.expect(error { try DurableFile.write([], to: path) }, names: [path, "无法替换：是一个目录"])
    ChineseText.expect(error { try DurableFile.write([], to: file + "/x") }, names: [file + "/x", "不是目录"])
    ChineseText.expect(error { try Folder.make(file + "/x/y") }, names: [file, "无法建立"])
    ChineseText.expect(
      error { _ = try RunFolder.claim(in: path, name: "a/b") }, names: [path, "'a/b'", "255 字节"])
    ChineseText.expect(error { _ = try RunFolder.claim(in: path, name: "latest") }, names: ["'latest'"])
    _ = try RunFolder.claim(in: path, name: "mine")
    ChineseText.expect(
      error { _ = try RunFolder.claim(in: path, name: "mine") }, names: [path + "/mine", "已有"])
    ChineseText.expect(error { _ = try FolderLock(path + "/none") }, names: [path + "/none", "没有这个文件夹"])
    let lock = try FolderLock(path)
    ChineseText.expect(error { _ = try FolderLock(path) }, names: [path, "正在写这个运行", "请等它结束"])
    withExtendedLifetime(lock) {}
    for what in ["exp9", "latest"] {
      ChineseText.expect(
        error { _ = try RunFolder.find(what, in: path + "/none") },
        names: [path + "/none", "--runs-dir"])
      ChineseText.expect(
        error { _ = try SweepFolder.find(what, in: path + "/none") },
        names: [what == "latest" ? path + "/none" : "exp9", "--runs-dir"])
    }
    ChineseText.expect(
      error { _ = try EventRecorder(path: file) }, names: ["--record", file, "尚不存在"])
    ChineseText.expect(error { _ = try PredictedImage.origins(path) }, names: [path, "没有 PNG 文件"])
  }

  @Test(
    arguments: [
      ("", "不是完整的 JSON"), ("[]", "不是 JSON 对象"), (#"{"format_version": 9}"#, "格式是 9"),
      (#"{"format_version": 1}"#, "格式是 1"), (#"{"format_version": 2}"#, "'version'"),
      (#"{"format_version": 2, "version": 3}"#, "'version' 的类型不对"),
      (#"{"format_version": 2, "version": null}"#, "'version' 是 null"),
    ])
  func aDamagedRecordIsTold(text: String, what: String) throws {
    let session = RunFolder(path: folder.path)
    try folder.write("run.json", text)
    ChineseText.expect(error { _ = try RunReader(session).record() }, names: [session.runRecord + "：", what])
    let problem = Language.$scoped.withValue(.chinese) { ListedSession(session).problem } ?? ""
    ChineseText.expect(problem, names: ["run.json：", what])
  }

  @Test func linesThatAreLeftOutAreTold() throws {
    let runs = try RecordedRuns()
    let session = try runs.complete()
    let handle = try FileHandle(forWritingTo: URL(filePath: session.metrics))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((String(repeating: "no event\n", count: 12) + "half a l").utf8))
    try handle.close()
    let notes = try Language.$scoped.withValue(.chinese) { try RunReader(session).events().notes }
    #expect(notes.count == 12)
    for note in notes { ChineseText.expect(note, names: [session.metrics + "："]) }
    #expect(notes.last?.contains("最后一行不完整") == true && notes[10].contains("另有 2 行"))
    ChineseText.expect(
      error { _ = try Recording(path: session.metrics) }, names: [session.metrics, "行不是录制的事件", "--record"])
  }

  @Test func weightsThatAreDamagedAreTold() throws {
    func file(_ header: String, _ count: Int = 0) -> [UInt8] {
      let header = Array(header.utf8)
      return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
        + [UInt8](repeating: 0, count: count)
    }
    let one = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    for (bytes, what) in [
      ([1, 2], "2 字节"), ([255, 255, 255, 255, 255, 0, 0, 0], "1099511627775"),
      ([9, 0, 0, 0, 0, 0, 0, 0], "17"),
      (file("[]"), "JSON 对象"), (file(one), "'a'"), (file(one, 9), "1 字节"), (file("{\"a\":"), "文件头第 5 字节"),
      (file("{\"a"), "文字没有结束"), (file(#"{"a":{}}"#), "缺少 dtype"),
      (file(one.replacing("F32", with: "F16"), 8), "F16"),
      (file(one.replacing("[2]", with: "[3]"), 8), "12 字节"),
      (file(one.replacing("[0,8]", with: "[8,0]"), 8), "不是区间"),
    ] as [([UInt8], String)] {
      let path = try folder.write("x.safetensors", bytes)
      ChineseText.expect(error { _ = try SafetensorsFile(path: path) }, names: [path + "：", what])
    }
    let path = try folder.write("x.safetensors", file(one, 8))
    ChineseText.expect(error { _ = try CheckpointFile.read(path) }, names: [path, "--init-from"])
    let numbers = try folder.write(
      "x.safetensors", file(one.replacing("F32", with: "I64").replacing("8]", with: "16]"), 16))
    ChineseText.expect(error { _ = try CheckpointFile.readWeights(numbers) }, names: [numbers, "张量 a", "整数"])
  }

  @Test func whatIsAskedOfTheWorkbenchWronglyIsTold() throws {
    for (query, values) in [
      ("tset>0.8", ["'tset'", "test_loss"]), ("test>x", ["'x'", "86%"]), ("test>", ["缺少值"]),
    ] {
      ChineseText.expect(error { _ = try SessionQuery(query) }, names: ["'\(query)'："] + values)
    }
    var labels = SessionLabels()
    ChineseText.expect(error { try labels.add(tag: "a b") }, names: ["'a b'", "40 个字符"])
    ChineseText.expect(
      error { try labels.write(note: String(repeating: "x", count: 1001)) }, names: ["1001 个字符", "1000"])
    for number in 0..<32 { try labels.add(tag: "\(number)") }
    ChineseText.expect(error { try labels.add(tag: "more") }, names: ["'more'", "32 个标记"])
    let trash = SessionTrash(of: folder.path)
    ChineseText.expect(
      error { _ = try trash.restore("none") }, names: [trash.path + "/none", "'fmnist-tui runs trash'"])
    for name in ["one", "two"] {
      let session = try RunFolder.claim(in: folder.path, name: name)
      try Data("{}".utf8).write(to: URL(filePath: session.runRecord))
    }
    ChineseText.expect(
      error { _ = try RunFolder(path: folder.path + "/one").renamed(to: "two") }, names: ["/two", "另一个名字"])
  }

  @Test func plansThatCannotBeMadeAreTold() throws {
    func plans(_ versus: String..., options: [Setting: String] = [:], forks: [String] = []) -> String {
      error {
        var settings = GivenSettings()
        for (setting, text) in options { settings[setting] = text }
        var plans = try RunPlans(
          settings: settings, versus: versus.map { try VersusSpecification(run: $0) }, comparing: true)
        try plans.add(forks)
        for run in plans.runs { try run.checkFork(among: plans.runs, trainingImages: 100) }
      }
    }
    ChineseText.expect(plans("dropout=0.2,0.5"), names: ["运行 B", "--no-compare"])
    ChineseText.expect(plans("lr=0.1", "lr=0.1"), names: ["运行 C", "运行 B"])
    ChineseText.expect(plans(forks: ["Z@1:lr=0.1"]), names: ["--fork Z@1:lr=0.1", "运行 Z", "A、B"])
    ChineseText.expect(plans(forks: ["A@99999:lr=0.1"]), names: ["A@99999", "--epochs"])
    ChineseText.expect(plans(forks: ["A@5:lr=0.1", "C@2:lr=0.2"]), names: ["第 5 步之后"])
    let first = try RunPlans(settings: GivenSettings(), versus: [], comparing: true)
    ChineseText.expect(error { _ = try first.replicated(99) }, names: ["--replicates 99", "26", "13"])
    // The names of runs are what files keep.
    let names = Language.$scoped.withValue(.chinese) {
      try? RunPlans(settings: GivenSettings(), versus: [], comparing: true).runs.map(\.name)
    }
    #expect(names == first.runs.map(\.name))
    ChineseText.expect(
      error {
        try MemoryCheck(
          [RunConfiguration(), RunConfiguration()], trainingImages: 60_000, threads: 2, isSaved: true
        )
        .run(available: AvailableMemory(bytes: 1000, limit: says("free", "本机的空闲内存")))
      }, names: ["同时 2 个运行", "本机的空闲内存", "1 MB"])
    let settings = try folder.write("settings.json", #"{"lr": 0.1, "dropuot": "0.5"}"#)
    ChineseText.expect(error { _ = try SettingsFile.read(settings) }, names: [settings, "'dropuot'", "不是设置"])
  }

  @Test func whatIsWrongWithLogsIsTold() throws {
    let lines =
      "{\"step\":5,\"loss\":1}\nno JSON\nno JSON\n{\"step\":1,\"loss\":null}\n{\"step\":2,\"loss\":NaN}\n"
      + String(repeating: "x", count: 1 << 21) + "\n"
    let table = "step,loss\n1,2\n2,3,4\nx,5\n3,nan\n"
    let damaged = [UInt8](repeating: 7, count: 100)
    let paths = try [
      folder.write("a.jsonl", lines), folder.write("b.csv", table),
      folder.write("events.out.tfevents.1", damaged),
    ]
    try Language.$scoped.withValue(.chinese) {
      let notes = try LogFollower.read(paths) { true }.notes
      #expect(notes.count >= 5, "\(notes)")
      for note in notes { ChineseText.expect(note, names: [folder.path + "/"]) }
      #expect(notes.contains { $0.contains("行不是 JSON，已略过：第一处是第 2 行") }, "\(notes)")
      #expect(notes.contains { $0.contains("第 0 字节处已损坏") }, "\(notes)")
    }
    ChineseText.expect(
      error { _ = try LogFollower.read([folder.path + "/none"]) { true } }, names: ["/none", "CSV"])
    ChineseText.expect(
      error { _ = try LogFollower.read(["/dev/null"]) { true } }, names: ["/dev/null", "套接字"])
  }

  @Test func theSentenceOfARepeatedSessionIsForPeopleAndItsLineForPrograms() throws {
    let error = RunLogError(.unwritable, path: "/x", problem: "无法写入：设备上没有空间")
    Language.$scoped.withValue(.chinese) {
      let failure = Failure(saving: error)
      #expect(failure.message == "/x：无法写入：设备上没有空间。--no-save 训练而不保存任何内容。")
    }
    let verdict = RepeatedSession.Verdict(
      run: RunID(0), isSame: true, sentences: Wording("A: the same weights.", "A：权重相同。"))
    let line = verdict.json.text
    Language.$scoped.withValue(.chinese) {
      #expect(verdict.sentence == "A：权重相同。" && verdict.json.text == line)
    }
  }

  @Test func whatIsWrittenIsTheSameInBothLanguages() throws {
    var files: [Language: [String: Data]] = [:]
    for language in Language.allCases {
      try Language.$scoped.withValue(language) {
        let runs = try RecordedRuns()
        let session = try runs.complete(name: "mine")
        var labels = SessionLabels()
        try labels.write(note: "a note")
        try labels.add(tag: "baseline")
        try session.keep(labels)
        var found: [String: Data] = [:]
        for name in ["run.json", "metrics.jsonl", "commands.jsonl", "summary.json", "labels.json"] {
          found[name] = try Data(contentsOf: URL(filePath: session.path + "/" + name))
        }
        let tags = TensorBoardLayout.runs.figures(
          of: Positioned(
            EpochEvaluated(
              metrics: .alike(on: [.train, .validation, .test], loss: 1, accuracy: 0.5), trainedSamples: 1,
              trainingSeconds: 1, evaluationSeconds: 1), at: .beginning(of: RunID(0)))
        ).map(\.tag)
        found["tags"] = Data(tags.joined(separator: "\n").utf8)
        files[language] = found
      }
    }
    #expect(files[.english]?.count == 6 && files[.english] == files[.chinese])
    #expect(
      files[.chinese]?["tags"].map { String(decoding: $0, as: UTF8.self) }?.contains("loss/validation")
        == true)
  }
}
