internal import Messages

/// The names that the program itself gives to runs, as people read them.
///
/// Files have the English ones in every language, and what a person called a run stays as it is.
public enum RunName {
  /// What a run of that name is called in the language that the program speaks now.
  public static func shown(_ name: String) -> String {
    guard Language.current != .english else { return name }
    if let parent = name.wholeMatch(of: #/copy of ([A-Z])/#) { return "\(parent.1) 的副本" }
    if let fork = name.wholeMatch(of: #/(.+) from ([A-Z])/#) { return "\(fork.1) 自 \(fork.2)" }
    return given.first { $0.english == name }?.text ?? name
  }

  /// The names that have words in them; settings, and what papers call networks, have no other language.
  static let given: [Wording] =
    [
      Wording("with dropout", "用暂退法"), Wording("without dropout", "不用暂退法"), Wording("base", "基准"),
      Wording("ReLU He + batch norm", "ReLU He + 批量规范化"), Wording("sigmoid residual", "sigmoid 残差"),
      Wording("ReLU N(0,1) + clip 1", "ReLU N(0,1) + 裁剪 1"), Wording("ReLU residual", "ReLU 残差"),
      Wording("ReLU residual + clip 1", "ReLU 残差 + 裁剪 1"), Wording("no weight decay", "无权重衰减"),
      Wording("no penalty", "无惩罚"), Wording("label noise 0.2", "标签噪声 0.2"),
      Wording("no label noise", "无标签噪声"), Wording("all epochs", "所有轮"), Wording("early stopping", "提前停止"),
      Wording("plain", "原样"), Wording("mirrored", "镜像"), Wording("mirrored, moved", "镜像并平移"),
    ] + ["0", "3", "1e-4"].map { Wording("weight decay \($0)", "权重衰减 \($0)") }
    + ["0", "0.1", "0.3"].map { Wording("smoothing \($0)", "标签平滑 \($0)") }
    + ["0.01", "0.1", "1", "100"].map { Wording("rate \($0)", "学习率 \($0)") }
    + ["4", "16", "64", "512"].map { Wording("\($0) units", "\($0) 个单元") }
    + ["4", "2", "20"].map { Wording("\($0) features", "\($0) 个特征") }
}
