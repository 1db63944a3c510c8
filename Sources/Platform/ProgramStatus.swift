internal import Messages

/// The numbers with which the program ends: those of `sysexits.h`, and 128 plus the signal after a signal.
package enum ProgramStatus: Int32, CaseIterable, Sendable {
  case success = 0
  case targetNotMet = 1
  case usage = 64
  case badData = 65
  case missingInput = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case cannotWrite = 74
  case hungUp = 129
  case interrupted = 130
  case limitNear = 138
  case closedPipe = 141
  case terminated = 143
  case outOfTime = 152

  /// What the number tells whoever started the program.
  package var meaning: String {
    switch self {
    case .success: says("done", "完成")
    case .targetNotMet:
      says(
        "--fail-under or --baseline was not met, or a run diverged",
        "未达到 --fail-under 或 --baseline 的要求，或有运行已发散")
    case .usage: says("an option or its value is wrong", "选项或它的值不对")
    case .badData:
      says(
        "the data is damaged or not what it should be, or a run's folder is damaged", "数据已损坏或不是所要的，或运行的文件夹已损坏"
      )
    case .missingInput: says("the data or the run was not found", "找不到数据或运行")
    case .unavailable: says("a download did not succeed", "下载未成功")
    case .internalError: says("a run failed for another reason", "运行因其他原因失败")
    case .cannotCreate: says("a file could not be created", "无法创建文件")
    case .cannotWrite: says("output could not be written (disk full, output closed)", "无法写入输出（磁盘已满或输出已关闭）")
    case .hungUp: says("ended by SIGHUP, after the table so far", "被 SIGHUP 结束，已给出至此的表格")
    case .limitNear:
      says("a job of a cluster ended by SIGUSR1, before its time was over", "集群的任务在时限之前被 SIGUSR1 结束")
    case .interrupted: says("ended by Ctrl-C, after the table so far", "被 Ctrl-C 结束，已给出至此的表格")
    case .closedPipe: says("the reader of the output went away", "读取输出的程序已退出")
    case .terminated: says("ended by SIGTERM, after the table so far", "被 SIGTERM 结束，已给出至此的表格")
    case .outOfTime:
      says("ended by the limit of processor time, after the table so far", "处理器时间用尽而结束，已给出至此的表格")
    }
  }

  /// One line for each status, for the help text.
  package static var helpText: String {
    allCases.map { status in
      let number = "  \(status.rawValue)"
      return number + String(repeating: " ", count: 7 - number.count) + status.meaning
    }.joined(separator: "\n")
  }
}
