import ArgumentParser
import Messages
import Platform
import Sessions

/// `fmnist-tui runs`: looking back at what was trained.
struct RunsCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "runs",
      abstract: says(
        "List, show, compare, plot, export, open and tidy recorded runs.", "列出、查看、比较、绘图、导出、打开和整理记录下来的运行。"),
      discussion: says(
        """
        A NAME is that of a folder within --runs-dir. A path with a slash is taken as it is, and 'latest' is the \
        session that began last.

        EXAMPLES:
          fmnist-tui runs                               a table of all runs
          fmnist-tui runs show latest                   everything about the latest
          fmnist-tui runs compare exp1 exp4             what differs, and a chart
          fmnist-tui runs plot exp1 exp4 -o chart.svg   the chart as a picture
          fmnist-tui runs export exp1 --csv -o exp1.csv every epoch for a spreadsheet
          fmnist-tui runs open                          the same as a table to work in
          fmnist-tui runs open latest                   the dashboard, live too
          fmnist-tui runs list --filter 'test>0.86 dropout=0.2' --sort best
          fmnist-tui runs best --by test_loss           the best run by a figure
          fmnist-tui runs tag baseline exp1 exp4        tags; 'runs note exp1 TEXT' writes a note
          fmnist-tui runs delete exp2                   into a trash, from which 'runs restore' takes it
        """,
        """
        NAME 是 --runs-dir 之内一个文件夹的名称。带斜杠的路径按原样使用；'latest' 是最近开始的会话。

        示例：
          fmnist-tui runs                               所有运行的表
          fmnist-tui runs show latest                   最近一次的全部内容
          fmnist-tui runs compare exp1 exp4             差别，以及一张图
          fmnist-tui runs plot exp1 exp4 -o chart.svg   把图存成图片
          fmnist-tui runs export exp1 --csv -o exp1.csv 每一轮，给电子表格用
          fmnist-tui runs open                          同样的表，可在其中操作
          fmnist-tui runs open latest                   仪表板，训练中也可
          fmnist-tui runs list --filter 'test>0.86 dropout=0.2' --sort best
          fmnist-tui runs best --by test_loss           按一个指标最好的运行
          fmnist-tui runs tag baseline exp1 exp4        加标记；'runs note exp1 TEXT' 写备注
          fmnist-tui runs delete exp2                   移到回收站，可用 'runs restore' 取回
        """),
      subcommands: [
        RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self, RunsPlotCommand.self,
        RunsExportCommand.self, RunsOpenCommand.self, RunsBestCommand.self, RunsTagCommand.self,
        RunsNoteCommand.self, RunsRenameCommand.self, RunsDeleteCommand.self, RunsRestoreCommand.self,
        RunsTrashCommand.self,
      ],
      defaultSubcommand: RunsListCommand.self)
  }

  @OptionGroup var language: LanguageOption
}

/// The option that says where the runs' folders are.
struct RunsDirectoryOption: ParsableArguments {
  @Option(
    name: .customLong("runs-dir"),
    help: ArgumentHelp(
      "Folder that holds the runs' folders. (default: runs)", "存放各运行文件夹的文件夹。（默认：runs）", valueName: "dir"),
    completion: .directory)
  var given: String?

  /// The folder of the runs' folders.
  var runsDir: String { given ?? "runs" }

  /// Refuses a folder in which none of the runs is looked for.
  func validate(for names: [String]) throws { try Self.validate(given, for: names) }

  /// The same for a folder that was given to another option.
  static func validate(_ given: String?, for names: [String]) throws {
    guard let given, let name = names.first,
      names.allSatisfy({ $0.hasFolder || $0.endsWithBytes(of: ".safetensors") })
    else { return }
    throw ValidationError(
      says(
        "--runs-dir \(given): \(name) says by itself where it is, and is not looked for there. Leave one of the two out.",
        "--runs-dir \(given)：\(name) 自己已说明在哪里，不在那里找。请去掉两者之一。")
    )
  }

  /// What a person is told whose folder has no runs.
  var noRuns: String {
    says(
      "\(runsDir): no runs here yet. Train one, or give another folder with --runs-dir.",
      "\(runsDir)：这里还没有运行。先训练一个，或用 --runs-dir 给另一个文件夹。")
  }

  /// The folder that a person named.
  ///
  /// - Throws: `Failure` if there is none.
  func folder(_ name: String) throws(Failure) -> RunFolder {
    let folder: RunFolder
    if name == "latest" {
      guard let latest = try latest() else {
        throw Failure(status: .missingInput, message: noRuns)
      }
      folder = latest
    } else {
      let named = RunFolder(path: name.hasFolder ? name : "\(runsDir)/\(name)")
      // `.` and `..` lead to a folder whose name they do not tell.
      folder =
        [".", ".."].contains(named.name)
        ? (try? Files.resolved(named.path)).map(RunFolder.init(path:)) ?? named : named
    }
    guard (try? Files.status(folder.path))??.kind == .folder,
      folder.isSession || Files.mayExist(SweepFolder(path: folder.path).record)
    else {
      throw Failure(
        status: .missingInput,
        message:
          says(
            "\(folder.path): there is no such run. 'fmnist-tui runs' lists those there are; give another folder "
              + "with --runs-dir, or a path with a slash.",
            "\(folder.path)：没有这个运行。'fmnist-tui runs' 列出有哪些；用 --runs-dir 给另一个文件夹，"
              + "或给带斜杠的路径。"))
    }
    return folder
  }

  /// What the folders that a person named tell, each only once.
  ///
  /// - Throws: `Failure` if one is not there or damaged.
  func sessions(_ names: [String]) throws(Failure) -> [RecordedSession] {
    var sessions: [RecordedSession] = []
    for folder in try folders(names) {
      do {
        try sessions.append(RecordedSession(folder))
      } catch {
        var failure = Failure(error)
        if error.remedy == nil {
          failure.message? += says(
            " Leave the run out, or restore the file from a copy.", "请去掉这个运行，或用副本恢复这个文件。")
        }
        throw failure
      }
    }
    return sessions
  }

  /// The folders that a person named, each only once.
  ///
  /// - Throws: `Failure` if one is not there.
  func folders(_ names: [String]) throws(Failure) -> [RunFolder] {
    var folders: [RunFolder] = []
    for name in names {
      let folder = try folder(name)
      if !folders.contains(folder) { folders.append(folder) }
    }
    return folders
  }

  private func latest() throws(Failure) -> RunFolder? {
    do {
      return try RunReader.latest(in: runsDir)?.folder
    } catch {
      throw Failure(error)
    }
  }
}
