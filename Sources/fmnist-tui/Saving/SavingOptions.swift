public import ArgumentParser
public import Sessions

/// The options that say where a session is kept, and what it goes on from.
struct SavingOptions: ParsableArguments {
  @Option(
    name: .customLong("runs-dir"),
    help: ArgumentHelp("Folder in which each session gets one of its own. (default: runs)", valueName: "dir"),
    completion: .directory)
  var givenRunsDir: String?

  /// The folder of the sessions' folders.
  var runsDir: String { givenRunsDir ?? "runs" }

  @Option(
    help: ArgumentHelp(
      "Name of the session's folder. (default: expN with the next free N)", valueName: "name"))
  var name: String?

  @Flag(help: "Keep nothing.")
  var noSave = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Keep a checkpoint at least so often within an epoch. (default: 30)", valueName: "seconds"))
  var checkpointEvery: Double?

  @Option(
    help:
      "TensorBoard's files: 'runs', a folder for each run, or 'scalars', one for each figure. (default: runs)"
  )
  var tensorboardLayout: TensorBoardLayout?

  @Option(
    help: ArgumentHelp(
      "Go on with a session: its folder, its name, or 'latest'. --epochs may ask for more.", valueName: "run")
  )
  var resume: String?

  @Flag(help: "Resume from the checkpoint before the latest one.")
  var previous = false

  @Option(
    help: ArgumentHelp(
      "Begin with the weights of a safetensors file, as PyTorch names them.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var initFrom: String?

  /// The plan that the options describe.
  var plan: SavingPlan {
    SavingPlan(
      directory: runsDir, name: name, checkpointInterval: .seconds(checkpointEvery ?? 30),
      tensorBoardLayout: tensorboardLayout ?? .runs)
  }

  /// The options of a further session in the same folder.
  var again: SavingOptions {
    var options = self
    (options.name, options.resume, options.previous, options.initFrom) = (nil, nil, false, nil)
    return options
  }

  /// Whether nothing was said.
  var areUntouched: Bool {
    givenRunsDir == nil && name == nil && !noSave && checkpointEvery == nil && tensorboardLayout == nil
      && resume == nil
      && initFrom == nil
  }

  /// Checks that the folder of sessions is of use, which may be to look for one only.
  func validatePlace(looksForSession: Bool) throws {
    guard !noSave || givenRunsDir == nil || looksForSession else {
      throw ValidationError("--runs-dir and --no-save contradict each other. Leave one of them out.")
    }
  }

  mutating func validate() throws {
    if let checkpointEvery, !(0.1...86_400).contains(checkpointEvery) {
      throw ValidationError(
        "--checkpoint-every \(checkpointEvery): seconds lie in 0.1...86400. Give for example 30.")
    }
    if let resume { try RunsDirectoryOption.validate(givenRunsDir, for: [resume]) }
    if noSave,
      let useless = [
        ("--name", name != nil),
        ("--checkpoint-every", checkpointEvery != nil),
        ("--tensorboard-layout", tensorboardLayout != nil),
      ].first(where: \.1)
    {
      throw ValidationError("\(useless.0) and --no-save contradict each other. Leave one of them out.")
    }
    guard resume == nil || (name == nil && !noSave && initFrom == nil) else {
      throw ValidationError(
        "--resume goes on in the session's own folder with its own weights: leave out --name, --no-save and --init-from."
      )
    }
    guard resume == nil || tensorboardLayout == nil else {
      throw ValidationError(
        "--resume goes on with the session's own layout of TensorBoard's files: leave out --tensorboard-layout."
      )
    }
    guard resume != nil || !previous else {
      throw ValidationError("--previous says which checkpoint to resume from. Add --resume.")
    }
  }
}

extension TensorBoardLayout: ExpressibleByArgument {}
