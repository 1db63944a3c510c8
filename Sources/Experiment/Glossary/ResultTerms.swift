extension Term {
  /// How results are told, compared and kept.
  static let ofResults: [Term] = [
    Term(
      "accuracy", also: ["train accuracy", "test accuracy", "validation accuracy"],
      "Share of samples whose most probable class is the true one; guessing has 10 %. Of 10,000 "
        + "images the standard error is about 0.35 points.",
      "精度", alsoChinese: ["准确率", "训练精度", "测试精度", "验证精度"],
      "最可能的类别就是真实类别的样本比例；乱猜是 10 %。对 10,000 张图像，标准误约为 0.35 个百分点。"),
    Term(
      "best epoch", also: ["best", "best weights"],
      "The one with the highest validation accuracy or, with no images held out, test accuracy "
        + "(lowest loss of a regression); a star marks it.",
      "最佳轮", alsoChinese: ["最佳", "最佳权重"],
      "验证精度最高的一轮；没有留出图像时看测试精度（回归看最低的损失）；用星号标出。"),
    Term(
      "calibration", also: ["reliability diagram", "confidence"],
      "Whether answers that are 80 % sure are right 80 % of the time. Page Calibration draws "
        + "accuracy against the probability of the answer.",
      "校准", alsoChinese: ["可靠性图", "置信度"],
      "有 80 % 把握的答案是否有 80 % 答对。“校准”页画出精度随答案概率的变化。"),
    Term(
      "checkpoint",
      "Weights, optimiser and position in a file, from which a run goes on with the same bits: "
        + "--resume latest. The best weights are kept too.",
      "检查点",
      "存有权重、优化器和位置的文件，运行可由此逐位相同地继续：--resume latest。最佳权重也会保存。"),
    Term(
      "confidence interval", also: ["interval", "95 % interval"],
      "95 of 100 such ranges hold the true mean difference (Student's t, paired by seed). One that "
        + "spans 0 shows no difference.",
      "置信区间", alsoChinese: ["区间", "95 % 置信区间"],
      "100 个这样的范围中有 95 个含有真实的平均差（学生 t 分布，按种子配对）。跨过 0 即未见差异。"),
    Term(
      "confusion matrix", also: ["confusion"],
      "How often images of each class (a row) were taken for each class (a column); the diagonal is "
        + "right. Page Samples, x.",
      "混淆矩阵", alsoChinese: ["混淆"],
      "每个类别（行）的图像被当成每个类别（列）的次数；对角线上的是对的。“样本”页，x。"),
    Term(
      "evaluation", also: ["evaluate-every", "epochs between evaluations"],
      "Measuring weights with dropout off; nothing is learned by it. After each epoch, or every "
        + "fifth with --evaluate-every 5.",
      "评估", alsoChinese: ["测量", "测量间隔轮数"],
      "关闭暂退法测量权重；不从中学习。每轮之后一次，或用 --evaluate-every 5 每五轮一次。"),
    Term(
      "expected calibration error", also: ["ECE"],
      "Mean of |accuracy − confidence| over 15 bins of confidence, weighted by their images; 0 is "
        + "calibrated. Page Calibration.",
      "期望校准误差",
      "在 15 个置信度区间上 |精度 − 置信度| 的均值，按图像数加权；0 为校准良好。“校准”页。"),
    Term(
      "fork",
      "A run that goes on from another's weights, optimiser and batches with a change: what if, "
        + "from here? f, or --fork 470:lr=0.1.",
      "分支",
      "从另一个运行的权重、优化器和批量继续，但有一处更改：如果从这里起……会怎样？f，或 --fork 470:lr=0.1。"),
    Term(
      "lockstep",
      "Runs wait for each other, so that none is more than a step ahead and a pause finds them at "
        + "one step. No bit changes. K, --lockstep.",
      "齐步",
      "各运行互相等待，谁也不领先超过一步，暂停时都在同一步。结果逐位不变。K，--lockstep。"),
    Term(
      "Monte-Carlo dropout", also: ["mc", "monte carlo"],
      "Dropout left on when answering: many passes with other masks give a mean and a spread. "
        + "predict --mc 200; pages Samples and Calibration.",
      "蒙特卡罗暂退法", alsoChinese: ["蒙特卡洛暂退法"],
      "回答时暂退法仍开着：用不同的掩码算许多次，得到均值和离散程度。predict --mc 200；“样本”页和“校准”页。"),
    Term(
      "mutual information",
      "Entropy of the mean less the mean entropy of the passes, in nats: how much the masks of "
        + "Monte-Carlo dropout disagree.",
      "互信息",
      "均值的熵减去各次的熵的均值，单位为奈特：蒙特卡罗暂退法的各个掩码有多大分歧。"),
    Term(
      "no difference shown", also: ["verdict"],
      "The figures differ by no more than chance explains. That is no proof that the runs are "
        + "equal: more seeds may show something.",
      "未见差异", alsoChinese: ["结论"],
      "指标相差不超过偶然所能解释的。这并不证明各运行相同：更多的种子也许会显出差异。"),
    Term(
      "paired difference",
      "A minus B of the same seed, so that what the seed does to both cancels out. Means and "
        + "intervals of sides are made of these.",
      "配对差",
      "同一种子下 A 减 B，种子对两者的共同影响便抵消了。各方的均值和区间由此得出。"),
    Term(
      "predictive entropy", also: ["entropy"],
      "−sum of p ln p over the classes, in nats: 0 is quite sure, ln 10 = 2.303 knows nothing about "
        + "ten classes.",
      "预测熵", alsoChinese: ["熵"],
      "−Σ p ln p，对各类别求和，单位为奈特：0 是十分确信，ln 10 = 2.303 是对十个类别一无所知。"),
    Term(
      "preset",
      "A known experiment by its name, whose settings other options change: --preset polynomial. "
        + "fmnist-tui train --help lists them.",
      "预设",
      "用名称指定的已知实验，其设置可由其他选项更改：--preset polynomial。fmnist-tui train --help 列出它们。"),
    Term(
      "replicates", also: ["replicate", "side"],
      "Runs that differ in nothing but their seeds are a side: mean, deviation, interval. "
        + "--replicates 5; p adds a seed in the dashboard.",
      "重复", alsoChinese: ["一方"],
      "只有种子不同的运行组成一方：均值、标准差、区间。--replicates 5；仪表板中按 p 增加一个种子。"),
    Term(
      "run",
      "One network in a session: A, B, … They train side by side; tab selects one, and keys change "
        + "that one.",
      "运行",
      "会话中的一个网络：A、B……它们并排训练；tab 选定一个，按键更改的就是它。"),
    Term(
      "running train figures", also: ["running_train_loss", "running_train_accuracy", "running"],
      "Means over an epoch's own steps, dropout on, weights still moving: mostly worse than the "
        + "final weights are. Not to be compared with test.",
      "训练中的指标",
      "对一轮自身各步的平均，启用暂退法，权重还在变动：大多比最终权重的差。不可与测试指标相比。"),
    Term(
      "session",
      "What one start of the program trains and one folder holds, runs/exp1: settings, figures, "
        + "checkpoints. fmnist-tui runs lists them.",
      "会话",
      "程序启动一次所训练的一切，存在一个文件夹中，如 runs/exp1：设置、指标、检查点。fmnist-tui runs 列出它们。"),
    Term(
      "standard deviation", also: ["deviation", "sigma"],
      "Root of the mean squared distance from the mean (divided by n − 1): how far apart seeds are. "
        + "It is what stands behind ±.",
      "标准差",
      "与均值之差的平方的均值（除以 n − 1）的根：各种子相差多远。± 后面的就是它。"),
    Term(
      "sweep",
      "A run for each combination of values and seed: fmnist-tui sweep --dropout 0,0.2,0.5 --seeds "
        + "3. A map shows them.",
      "扫描",
      "每种取值与种子的组合各一个运行：fmnist-tui sweep --dropout 0,0.2,0.5 --seeds 3。结果画成一张图。"),
    Term(
      "twins", also: ["twin", "versus"],
      "Runs with the same initial weights and batches that differ in one setting: what differs in "
        + "the end was made by it. --versus.",
      "孪生", alsoChinese: ["孪生运行"],
      "初始权重和批量相同、只有一项设置不同的运行：最后的差别由它造成。--versus。"),
  ]
}
