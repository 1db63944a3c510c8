extension Term {
  /// What networks learn from, and what keeps them from learning it by heart.
  static let ofGeneralisation: [Term] = [
    Term(
      "augmentation", also: ["augment", "data augmentation"],
      "Training images changed at random, labels kept: flip, shift, crop, cutout. Test images stay. "
        + "--augment flip,shift=2; Samples shows it with v.",
      "数据增强", alsoChinese: ["增强", "图像增广"],
      "随机改变训练图像而标签不变：flip、shift、crop、cutout。测试图像不动。--augment flip,shift=2；“样本”页按 v 显示。"),
    Term(
      "decay of biases", also: ["no-bias-decay", "no decay of biases"],
      "Biases shift a unit and do not bend it, so shrinking them helps little. --no-bias-decay "
        + "decays the weights alone.",
      "偏置的衰减", alsoChinese: ["偏置不衰减"],
      "偏置只平移单元，不改变其形状，缩小它用处不大。--no-bias-decay 只衰减权重。"),
    Term(
      "double descent", also: ["interpolation peak"],
      "With wrong labels test error may rise where a network can just learn all by heart, and fall "
        + "beyond, by size or epochs. Preset epoch-double-descent.",
      "双重下降", alsoChinese: ["双下降"],
      "标签有错时，测试误差会在网络刚能全部背下之处上升，越过之后（更大或更多轮）又下降。预设 epoch-double-descent。"),
    Term(
      "early stopping", also: ["early-stopping", "patience"],
      "Ends after so many epochs without a better validation figure, with the weights of the best. "
        + "--early-stopping 5 --validation 5000.",
      "提前停止", alsoChinese: ["早停"],
      "验证指标连续若干轮没有改善便结束，取最佳一轮的权重。--early-stopping 5 --validation 5000。"),
    Term(
      "Fashion-MNIST", also: ["dataset", "data set"],
      "60,000 + 10,000 grey pictures of clothes, 28 × 28, in ten classes. --dataset takes others; "
        + "fmnist-tui data info tells which is used.",
      "Fashion-MNIST", alsoChinese: ["数据集"],
      "60,000 + 10,000 张 28 × 28 的灰度服装图像，分为十类。--dataset 用别的数据集；fmnist-tui data info 说明用的是哪个。"),
    Term(
      "generalisation gap", also: ["gap", "generalization_gap", "generalization gap", "loss_gap"],
      "Train minus test accuracy in points (of losses test minus train), dropout off: what was "
        + "learned by heart, if the runs are alike else.",
      "泛化差距", alsoChinese: ["差距", "泛化"],
      "训练精度减测试精度，单位为百分点（损失则是测试减训练），关闭暂退法：其他条件相同时，就是背下来的部分。"),
    Term(
      "images held out", also: ["validation", "validation set", "held out"],
      "--validation 5000 takes images out of training, by the seed. Best epoch and early stopping "
        + "go by them, so that the test set decides nothing.",
      "留出图像", alsoChinese: ["验证集", "验证", "留出"],
      "--validation 5000 按种子从训练中留出图像。最佳轮和提前停止以它们为准，测试集因而不决定任何事。"),
    Term(
      "L1 penalty", also: ["l1", "lasso"],
      "Adds λ |w| to the loss of each weight: all are pulled to 0 by the same amount, and many get "
        + "there. --l1 1e-4, ; and ' in the dashboard.",
      "L1 惩罚", alsoChinese: ["L1 正则化", "L1 范数"],
      "给损失加上每个权重的 λ |w|：所有权重以同样的量被拉向 0，许多会到达。--l1 1e-4，仪表板中按 ; 和 '。"),
    Term(
      "label noise", also: ["label-noise", "unchanged_accuracy", "accuracy on unchanged labels"],
      "Each training image has with this probability the label of another class: of 0.2 a fifth is "
        + "wrong. Test images keep theirs. --label-noise 0.2.",
      "标签噪声", alsoChinese: ["未改标签的精度"],
      "每张训练图像以这一概率换成另一类别的标签：0.2 即五分之一有错。测试图像不变。--label-noise 0.2。"),
    Term(
      "label smoothing", also: ["label-smoothing"],
      "The target is 1 − ε + ε/K for the true one of K classes and ε/K for the others: nobody need "
        + "be quite sure. --label-smoothing 0.1.",
      "标签平滑",
      "K 个类别中真实类别的目标是 1 − ε + ε/K，其他的是 ε/K：不必十分确信。--label-smoothing 0.1。"),
    Term(
      "least squares", also: ["exact solution", "normal equations"],
      "The weights with the smallest squared error, solved for at once instead of in steps. Page "
        + "Fit, demo least-squares.",
      "最小二乘", alsoChinese: ["最小二乘法", "解析解", "正规方程"],
      "平方误差最小的权重，一次解出，而不是逐步逼近。“拟合”页，演示 least-squares。"),
    Term(
      "memorisation",
      also: [
        "memorized_share", "changed labels memorised", "recovered_share", "changed labels recovered",
      ],
      "Answering a changed label teaches nothing of others: the share memorised; recovered are those "
        + "answered with the true class. Preset model-size.",
      "记忆", alsoChinese: ["记住的改动标签", "还原的改动标签"],
      "答出改动过的标签，对别的图像毫无用处：这是记住的比例；还原的是答出真实类别的比例。预设 model-size。"),
    Term(
      "overfitting", also: ["overfit", "learned by heart"],
      "Train figures go on improving and test figures do not: the gap grows. More images, fewer "
        + "weights or regularisation help.",
      "过拟合",
      "训练指标继续改善而测试指标不再改善：差距变大。增加图像、减少权重或正则化有帮助。"),
    Term(
      "regression",
      "Learning numbers instead of classes: there is a loss, and no accuracy. Presets polynomial "
        + "and weight-decay; page Fit.",
      "回归", alsoChinese: ["线性回归", "多项式回归"],
      "学习数值而不是类别：有损失，没有精度。预设 polynomial 和 weight-decay；“拟合”页。"),
    Term(
      "regularisation", also: ["regularization", "penalty"],
      "What makes learning by heart harder: dropout, weight decay, L1, augmentation, label "
        + "smoothing, early stopping. It may cost accuracy too.",
      "正则化", alsoChinese: ["惩罚"],
      "使死记硬背更难的手段：暂退法、权重衰减、L1、数据增强、标签平滑、提前停止。也可能降低精度。"),
    Term(
      "seed",
      "The key of all random numbers: the same seed gives the same bits, another one shows what "
        + "chance does. --seed 2, --replicates 5.",
      "随机种子", alsoChinese: ["种子"],
      "所有随机数的来源：种子相同则结果逐位相同，换一个可看出偶然的作用。--seed 2，--replicates 5。"),
    Term(
      "share of small weights", also: ["small_weight_share", "share of weights below 0.001", "sparsity"],
      "Weights below 0.001 in size over all, without biases: how sparse a network is. An L1 penalty "
        + "makes it grow. Page Weights.",
      "小权重的占比", alsoChinese: ["低于 0.001 的权重占比", "稀疏"],
      "所有权重中大小低于 0.001 的比例，不计偏置：网络有多稀疏。L1 惩罚使它增大。“权重”页。"),
    Term(
      "split", also: ["training set", "test set"],
      "train is learned from, validation chosen by, test tells the result, once. Who chooses by the "
        + "test set finds it better than it is.",
      "数据划分", alsoChinese: ["训练集", "测试集"],
      "训练集用来学习，验证集用来选择，测试集只在最后给出结果，只用一次。用测试集来选择，结果会显得过好。"),
    Term(
      "synthetic data",
      also: ["features", "samples", "training samples", "test-samples", "data-seed", "seed of the data"],
      "Samples made from a seed, so that the truth is known: --features numbers each, --samples to "
        + "learn from, --test-samples, --data-seed.",
      "合成数据", alsoChinese: ["特征", "训练样本", "测试样本", "数据种子"],
      "由种子生成的样本，真相因而已知：--features 是每个样本的数的个数，--samples 用来学习，--test-samples，--data-seed。"),
    Term(
      "training images", also: ["train-size"],
      "--train-size 3000 learns from so many, drawn by the seed. With few images networks overfit "
        + "sooner, and regularisation shows.",
      "训练图像",
      "--train-size 3000 只学习按种子抽取的这么多张。图像少时网络更早过拟合，正则化的作用便显现出来。"),
    Term(
      "underfitting", also: ["underfit"],
      "Even the train figures are bad: the network is too small for what is to be learned, or "
        + "learned too little. Preset polynomial, 2 features.",
      "欠拟合",
      "连训练指标也很差：网络对要学的东西来说太小，或学得太少。预设 polynomial，2 个特征。"),
    Term(
      "weight decay", also: ["weight-decay", "L2", "L2 penalty", "ridge"],
      "Adds λ w to the gradient, so the penalty is λ/2 ‖w‖²: each step shrinks weights by the "
        + "factor 1 − η λ. --weight-decay, { and }.",
      "权重衰减", alsoChinese: ["L2 惩罚", "L2 正则化", "岭回归"],
      "给梯度加上 λ w，惩罚即为 λ/2 ‖w‖²：每步使权重缩小到 1 − η λ 倍。--weight-decay，{ 和 }。"),
    Term(
      "weight norm", also: ["weight_norm", "norm of all weights", "norm"],
      "√ of the sum of all squared weights, without biases and batch norm. It grows in training; "
        + "weight decay keeps it small.",
      "权重范数", alsoChinese: ["所有权重的范数", "范数"],
      "所有权重的平方和的 √，不计偏置和批量规范化。它在训练中增大；权重衰减使它保持较小。"),
  ]
}
