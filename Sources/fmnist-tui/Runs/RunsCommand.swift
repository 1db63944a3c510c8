import ArgumentParser
import Platform
import Sessions

/// `fmnist-tui runs`: looking back at what was trained.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show, compare, plot, export, open and tidy recorded runs.",
    discussion: """
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
    subcommands: [
      RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self, RunsPlotCommand.self,
      RunsExportCommand.self, RunsOpenCommand.self, RunsBestCommand.self, RunsTagCommand.self,
      RunsNoteCommand.self, RunsRenameCommand.self, RunsDeleteCommand.self, RunsRestoreCommand.self,
      RunsTrashCommand.self,
    ],
    defaultSubcommand: RunsListCommand.self)
}

/// The option that says where the runs' folders are.
struct RunsDirectoryOption: ParsableArguments {
  @Option(
    name: .customLong("runs-dir"),
    help: ArgumentHelp("Folder that holds the runs' folders. (default: runs)", valueName: "dir"),
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
      "--runs-dir \(given): \(name) says by itself where it is, and is not looked for there. Leave one of the two out."
    )
  }

  /// What a person is told whose folder has no runs.
  var noRuns: String {
    "\(runsDir): no runs here yet. Train one, or give another folder with --runs-dir."
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
      folder = RunFolder(path: name.hasFolder ? name : "\(runsDir)/\(name)")
    }
    guard (try? Files.status(folder.path))??.kind == .folder else {
      throw Failure(
        status: .missingInput,
        message:
          "\(folder.path): there is no such run. 'fmnist-tui runs' lists those there are; give another folder "
          + "with --runs-dir, or a path with a slash.")
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
        if error.remedy == nil { failure.message? += " Leave the run out, or restore the file from a copy." }
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
