public import ArgumentParser
import Messages
public import Sessions

/// The options that say where a session is kept, and what it goes on from.
struct SavingOptions: ParsableArguments {
  @Option(
    name: .customLong("runs-dir"),
    help: ArgumentHelp(
      "Folder in which each session gets one of its own. (default: runs)", "每个会话在其中得到自己的文件夹。（默认：runs）",
      valueName: "dir"),
    completion: .directory)
  var givenRunsDir: String?

  /// The folder of the sessions' folders.
  var runsDir: String { givenRunsDir ?? "runs" }

  @Option(
    help: ArgumentHelp(
      "Name of the session's folder. (default: expN with the next free N)", "会话文件夹的名称。（默认：expN，N 为下一个未用的数）",
      valueName: "name"))
  var name: String?

  @Flag(help: ArgumentHelp("Keep nothing.", "什么也不保存。"))
  var noSave = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Keep a checkpoint at least so often within an epoch. (default: 30)", "一轮之内至少这么多秒保存一次检查点。（默认：30）",
      valueName: "seconds"),
    transform: decimalNumber)
  var checkpointEvery: Double?

  @Option(
    help:
      ArgumentHelp(
        "TensorBoard's files: 'runs', a folder for each run, or 'scalars', one for each figure. (default: runs)",
        "TensorBoard 的文件：'runs' 每个运行一个文件夹，'scalars' 每个指标一个。（默认：runs）")
  )
  var tensorboardLayout: TensorBoardLayout?

  @Option(
    help: ArgumentHelp(
      "Go on with a session: its folder, its name, or 'latest'. --epochs may ask for more.",
      "继续一个会话：它的文件夹、名称，或 'latest'。可用 --epochs 增加轮数。", valueName: "run")
  )
  var resume: String?

  @Flag(help: ArgumentHelp("Resume from the checkpoint before the latest one.", "从最近检查点的前一个恢复。"))
  var previous = false

  @Option(
    help: ArgumentHelp(
      "Begin with the weights of a safetensors file, as PyTorch names them.",
      "从一个 safetensors 文件的权重开始，名称与 PyTorch 的一样。", valueName: "file"),
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
      throw ValidationError(
        says(
          "--runs-dir and --no-save contradict each other. Leave one of them out.",
          "--runs-dir 和 --no-save 互相矛盾。请去掉其中一个。"))
    }
  }

  mutating func validate() throws {
    if let checkpointEvery, !(0.1...86_400).contains(checkpointEvery) {
      throw ValidationError(
        says(
          "--checkpoint-every \(checkpointEvery): seconds lie in 0.1...86400. Give for example 30.",
          "--checkpoint-every \(checkpointEvery)：秒数在 0.1...86400 之内。例如用 30。"))
    }
    if let resume { try RunsDirectoryOption.validate(givenRunsDir, for: [resume]) }
    if noSave,
      let useless = [
        ("--name", name != nil),
        ("--checkpoint-every", checkpointEvery != nil),
        ("--tensorboard-layout", tensorboardLayout != nil),
      ].first(where: \.1)
    {
      throw ValidationError(
        says(
          "\(useless.0) and --no-save contradict each other. Leave one of them out.",
          "\(useless.0) 和 --no-save 互相矛盾。请去掉其中一个。"))
    }
    guard resume == nil || (name == nil && !noSave && initFrom == nil) else {
      throw ValidationError(
        says(
          "--resume goes on in the session's own folder with its own weights: leave out --name, --no-save and --init-from.",
          "--resume 在会话自己的文件夹中用它自己的权重继续：请去掉 --name、--no-save 和 --init-from。")
      )
    }
    guard resume == nil || tensorboardLayout == nil else {
      throw ValidationError(
        says(
          "--resume goes on with the session's own layout of TensorBoard's files: leave out --tensorboard-layout.",
          "--resume 沿用会话自己的 TensorBoard 文件布局：请去掉 --tensorboard-layout。")
      )
    }
    guard resume != nil || !previous else {
      throw ValidationError(
        says(
          "--previous says which checkpoint to resume from. Add --resume.",
          "--previous 说明从哪个检查点恢复。请加上 --resume。"))
    }
  }
}

extension TensorBoardLayout: ExpressibleByArgument {}
