extension Term {
  /// How networks learn.
  static let ofTraining: [Term] = [
    Term(
      "AdaGrad",
      "Divides a gradient by the root of the sum of all its squares so far: steps only ever become "
        + "smaller. --optimizer adagrad.",
      "AdaGrad",
      "把梯度除以迄今所有梯度平方之和的根：步子只会越来越小。--optimizer adagrad。"),
    Term(
      "Adam",
      "A step is the gradient's running mean over the root of its running mean square (decays 0.9 "
        + "and 0.999), by parameter. --optimizer adam.",
      "Adam",
      "每个参数的步子是梯度的移动平均除以其平方的移动平均的根（衰减率 0.9 和 0.999）。--optimizer adam。"),
    Term(
      "AdamW",
      "Adam whose weight decay shrinks weights by η λ w beside the step instead of being a part of "
        + "the gradient. --optimizer adamw.",
      "AdamW",
      "权重衰减不算入梯度的 Adam：它在每步之外把权重缩小 η λ w。--optimizer adamw。"),
    Term(
      "backpropagation", also: ["backward"],
      "The chain rule from the loss back through the layers: each multiplies what comes by its "
        + "weights and its derivative. Page Gradients.",
      "反向传播",
      "链式法则，从损失经各层往回算：每层把传来的值乘以自己的权重和导数。“梯度”页。"),
    Term(
      "batch", also: ["batch-size", "batch size", "minibatch"],
      "The samples of one step, whose gradients are averaged. Small ones make many noisy steps. "
        + "--batch-size, / and * in the dashboard.",
      "批量", alsoChinese: ["小批量", "批量大小"],
      "一步所用的样本，它们的梯度取平均。小批量的步子多而嘈杂。--batch-size，仪表板中按 / 和 *。"),
    Term(
      "cross-entropy", also: ["negative log-likelihood"],
      "−ln of the probability given to the true class, in nats. Guessing among ten classes has ln "
        + "10 = 2.303, a sure right answer 0.",
      "交叉熵", alsoChinese: ["负对数似然"],
      "给真实类别的概率的 −ln，单位为奈特。在十类中乱猜是 ln 10 = 2.303，确信且正确是 0。"),
    Term(
      "divergence", also: ["diverged", "nan"],
      "The loss grows until it is no number: the run ends and names its step. Smaller --lr, "
        + "--clip-norm or batch norm help. Exit status 1.",
      "发散", alsoChinese: ["已发散"],
      "损失一直增大，直到不再是数：运行结束并指出是哪一步。减小 --lr、--clip-norm 或批量规范化有帮助。退出状态为 1。"),
    Term(
      "epoch", also: ["epochs"],
      "One pass over the training set: 235 steps for 60,000 images in batches of 256. --epochs; e "
        + "and E add some in the dashboard.",
      "训练轮数", alsoChinese: ["轮", "轮数"],
      "把训练集过一遍为一轮：60,000 张图像、批量为 256 时是 235 步。--epochs；仪表板中按 e 和 E 增加。"),
    Term(
      "exploding gradient", also: ["exploding gradients"],
      "Each layer multiplies what comes back by more than 1 (ReLU: σ √(n/2)), so one step throws "
        + "the weights away. Preset exploding-gradients.",
      "梯度爆炸",
      "每层把传回的值乘以大于 1 的数（ReLU：σ √(n/2)），一步就会把权重毁掉。预设 exploding-gradients。"),
    Term(
      "gradient", also: ["gradient_norm", "norm of the gradient", "gradient norm"],
      "The loss's derivative by each parameter; a step goes against it. The figure is the length of "
        + "the last step's, before penalties and clipping.",
      "梯度", alsoChinese: ["梯度范数", "梯度的范数"],
      "损失对每个参数的导数；每步逆着它走。指标是最后一步的梯度长度，不计惩罚和裁剪。"),
    Term(
      "gradient clipping",
      also: ["clip-norm", "clip-value", "largest gradient norm", "largest gradient", "clipping"],
      "Shortens all gradients together to a norm (--clip-norm 1) or each to a size (--clip-value "
        + "0.5), so that no step throws the weights away.",
      "梯度裁剪", alsoChinese: ["最大梯度范数", "最大梯度", "裁剪"],
      "把所有梯度一起缩短到某个范数（--clip-norm 1），或逐个限制大小（--clip-value 0.5），使一步毁不掉权重。"),
    Term(
      "learning rate", also: ["lr", "rate", "learning_rate"],
      "η in w := w − η gradient. Too small, it learns slowly; too large, it diverges. --lr 0.5, [ "
        + "and ] in the dashboard.",
      "学习率",
      "w := w − η g 中的 η，g 是梯度。太小则学得慢，太大则发散。--lr 0.5，仪表板中按 [ 和 ]。"),
    Term(
      "learning rate schedule", also: ["schedule", "cosine"],
      "The rate of each step: constant, step=EPOCHS:FACTOR, or cosine, which falls from --lr to 0. "
        + "--schedule; the figure learning rate tells it.",
      "学习率调度", alsoChinese: ["调度", "余弦"],
      "每一步的学习率：constant、step=EPOCHS:FACTOR，或从 --lr 降到 0 的 cosine。--schedule；指标“学习率”给出它的值。"),
    Term(
      "loss", also: ["train loss", "test loss", "validation loss"],
      "How wrong the answers are, a mean over samples: cross-entropy or squared error, told without "
        + "penalties and smoothing. Lower is better.",
      "损失", alsoChinese: ["训练损失", "测试损失", "验证损失", "损失函数"],
      "答案错得有多厉害，对样本取平均：交叉熵或平方误差，不含惩罚和平滑。越低越好。"),
    Term(
      "mean squared error", also: ["mse", "half-mse"],
      "Mean of (prediction − target)², the loss of a regression. --loss half-mse is half of it, "
        + "which halves the gradient too.",
      "均方误差",
      "(预测 − 目标)² 的均值，是回归的损失。--loss half-mse 是它的一半，梯度也随之减半。"),
    Term(
      "momentum",
      "v := μ v + gradient, w := w − η v: steps in one direction add up to 1/(1 − μ) of them. "
        + "--momentum 0.9, j and k in the dashboard.",
      "动量",
      "v := μ v + 梯度，w := w − η v：同一方向的步子累积到 1/(1 − μ) 倍。--momentum 0.9，仪表板中按 j 和 k。"),
    Term(
      "Nesterov's momentum", also: ["nesterov"],
      "Momentum that looks ahead: w := w − η (gradient + μ v). --nesterov beside --momentum.",
      "Nesterov 动量",
      "向前看一步的动量：w := w − η (梯度 + μ v)。--nesterov 与 --momentum 同用。"),
    Term(
      "optimiser", also: ["optimizer"],
      "The rule that makes a step of a gradient. --optimizer sgd (the default), adam, adamw, "
        + "rmsprop or adagrad.",
      "优化器",
      "由梯度得出一步的规则。--optimizer sgd（默认）、adam、adamw、rmsprop 或 adagrad。"),
    Term(
      "RMSprop",
      "Divides a gradient by the root of its running mean square, so that steps are alike in size "
        + "for all parameters. --optimizer rmsprop.",
      "RMSprop",
      "把梯度除以其平方的移动平均的根，使所有参数的步子大小相近。--optimizer rmsprop。"),
    Term(
      "SGD", also: ["stochastic gradient descent"],
      "w := w − η gradient of one batch, a random part of the samples: hence stochastic. "
        + "--optimizer sgd, with --momentum or without.",
      "SGD", alsoChinese: ["随机梯度下降", "小批量随机梯度下降"],
      "w := w − η 一个批量的梯度，批量是样本的随机一部分：因此称为随机。--optimizer sgd，--momentum 可有可无。"),
    Term(
      "step", also: ["update", "iteration"],
      "One update of all parameters from one batch, counted over the whole run. What a key changes "
        + "counts from the next step on.",
      "步", alsoChinese: ["更新", "迭代"],
      "由一个批量对所有参数做的一次更新，在整个运行中连续计数。按键的更改从下一步起生效。"),
    Term(
      "vanishing gradient", also: ["vanishing gradients"],
      "Each layer multiplies what comes back by less than 1 (sigmoid: 0.25 σ √n): the first learn "
        + "nothing. Preset vanishing-gradients.",
      "梯度消失",
      "每层把传回的值乘以小于 1 的数（sigmoid：0.25 σ √n）：最前面的层什么也学不到。预设 vanishing-gradients。"),
    Term(
      "warm-up", also: ["warmup"],
      "The learning rate rises in equal parts over the first epochs, in which large steps do the "
        + "most harm. --warmup 1.",
      "预热",
      "学习率在最初几轮里匀速上升，那时大的步子危害最大。--warmup 1。"),
  ]
}
