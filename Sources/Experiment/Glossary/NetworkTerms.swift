extension Term {
  /// What networks are made of, and how they begin.
  static let ofNetworks: [Term] = [
    Term(
      "activation", also: ["activation function"],
      "What a unit makes of its sum, such as max(0, x). Without one, layers together would be a "
        + "single linear one. --activation, demo activations.",
      "激活函数",
      "单元对加权和所做的变换，如 max(0, x)。没有它，多层叠起来仍是一个线性层。--activation，演示 activations。"),
    Term(
      "batch normalisation", also: ["batch-norm", "batch norm", "bn"],
      "Each unit less the batch's mean, over its deviation, then scaled and shifted by learnt "
        + "numbers; running means when measuring. --batch-norm.",
      "批量规范化", alsoChinese: ["批量归一化", "批归一化"],
      "每个单元减去批量的均值，除以标准差，再按学到的数缩放和平移；测量时用移动平均。--batch-norm。"),
    Term(
      "convolution", also: ["conv", "filter", "kernel", "feature map", "channel"],
      "A filter of few weights slides over the image; its answers are a channel, or feature map. "
        + "conv 16x3 has 16 filters of 3 × 3. Page Layers, v.",
      "卷积", alsoChinese: ["滤波器", "卷积核", "特征图", "通道"],
      "权重不多的滤波器在图像上滑动，它的输出是一个通道，即特征图。conv 16x3 有 16 个 3 × 3 的滤波器。“层”页，v。"),
    Term(
      "dropout", also: ["dropout mask", "channel dropout"],
      "Sets each unit to 0 with probability p in training and divides the others by 1 − p; off when "
        + "measuring. --dropout 0.2,0.5; ← and → change it.",
      "暂退法", alsoChinese: ["暂退", "暂退掩码", "丢弃法"],
      "训练时以概率 p 把每个单元置 0，其余的除以 1 − p；测量时关闭。--dropout 0.2,0.5；按 ← 和 → 更改。"),
    Term(
      "GELU", also: ["silu", "swish"],
      "x times the share of the normal distribution below x; SiLU is x sigmoid(x). Smooth relatives "
        + "of ReLU. --activation gelu or silu.",
      "GELU",
      "x 乘以正态分布在 x 以下的概率；SiLU 是 x sigmoid(x)。它们是 ReLU 的平滑近亲。--activation gelu 或 silu。"),
    Term(
      "He initialisation", also: ["he", "kaiming"],
      "Weights N(0, 2/n) for a unit with n inputs: keeps the spread of activations from layer to "
        + "layer with ReLU. --init he.",
      "He 初始化",
      "n 个输入的单元，权重取自 N(0, 2/n)：配合 ReLU，激活值的离散程度逐层保持不变。--init he。"),
    Term(
      "initialisation", also: ["init", "initialization", "initial weights"],
      "How weights are drawn before the first step, from the seed. Too small, they let gradients "
        + "vanish; too large, explode. --init.",
      "初始化", alsoChinese: ["初始权重", "权重初始化"],
      "第一步之前由种子抽取权重的方法。权重太小则梯度消失，太大则梯度爆炸。--init。"),
    Term(
      "input dropout", also: ["input-dropout", "dropout of pixels"],
      "Dropout of the image's pixels, before the first layer. --input-dropout 0.1.",
      "输入暂退法", alsoChinese: ["像素暂退"],
      "对图像像素的暂退法，用在第一层之前。--input-dropout 0.1。"),
    Term(
      "layer", also: ["hidden layer", "hidden layers", "hidden", "network", "perceptron", "MLP"],
      "A function with parameters; a network is a sequence of them. --hidden 256,256 has two hidden "
        + "ones of 256 units, --network writes all layers.",
      "层", alsoChinese: ["隐藏层", "网络", "感知机", "多层感知机"],
      "带参数的函数；网络就是一串层。--hidden 256,256 有两个各 256 单元的隐藏层，--network 写出所有的层。"),
    Term(
      "LeakyReLU", also: ["leaky-relu", "prelu", "elu"],
      "ReLU with a slope of 0.01 below 0, so that units cannot fall silent. PReLU learns the slope, "
        + "ELU has exp(x) − 1 there. --activation leaky-relu.",
      "LeakyReLU",
      "0 以下斜率为 0.01 的 ReLU，单元因此不会沉默。PReLU 学习这一斜率，ELU 在那里取 exp(x) − 1。--activation leaky-relu。"),
    Term(
      "logit", also: ["logits", "softmax"],
      "The network's last numbers z; softmax makes probabilities of them: exp(z) over the sum of "
        + "exp(z) of all classes.",
      "未规范化的预测", alsoChinese: ["softmax 运算"],
      "网络最后的数 z；softmax 由它们得到概率：exp(z) 除以所有类别的 exp(z) 之和。"),
    Term(
      "normalisation of pixels", also: ["normalize", "normalise", "normalisation", "normalization"],
      "(pixel − mean) / deviation, so that the first layer reads numbers around 0. --normalize "
        + "train measures both on the training images.",
      "像素规范化", alsoChinese: ["规范化", "归一化"],
      "(像素 − 均值) / 标准差，使第一层读到 0 附近的数。--normalize train 由训练图像测得这两者。"),
    Term(
      "parameter", also: ["parameters", "weight", "weights", "bias"],
      "A number that is learned: weights multiply what a unit reads, a bias is added. "
        + "784-256-256-10 has 269,322; fmnist-tui network counts.",
      "参数", alsoChinese: ["权重", "偏置"],
      "学到的数：权重乘以单元读到的值，偏置再加上去。784-256-256-10 有 269,322 个；fmnist-tui network 可以计数。"),
    Term(
      "pooling", also: ["pool", "max pooling", "average pooling", "gap layer"],
      "The largest or the mean number of each window: pool 2 halves an image's sides, the layer gap "
        + "leaves one mean of each channel.",
      "汇聚", alsoChinese: ["汇聚层", "池化", "最大汇聚", "平均汇聚"],
      "每个窗口中的最大值或均值：pool 2 使图像的边长减半，gap 层只留下每个通道的均值。"),
    Term(
      "ReLU", also: ["rectifier"],
      "max(0, x): its derivative is 1 above 0 and 0 below. A unit that is below 0 for every image "
        + "falls silent. --activation relu.",
      "ReLU", alsoChinese: ["修正线性单元"],
      "max(0, x)：导数在 0 以上为 1，以下为 0。对每张图像都低于 0 的单元会沉默。--activation relu。"),
    Term(
      "residual connection", also: ["residual", "residual connections", "skip connection"],
      "A layer adds what it reads to what it makes of it, x + f(x), so that gradients have a way "
        + "past it. --residual, residual(…) in --network.",
      "残差连接", alsoChinese: ["残差块", "残差", "跳跃连接"],
      "层把读到的值加到由它算出的结果上，即 x + f(x)，梯度便有一条路绕过该层。--residual，--network 中的 residual(…)。"),
    Term(
      "saturation", also: ["saturated"],
      "Where an activation's derivative is nearly 0, here below 0.05: hardly any gradient comes "
        + "through. Demo activations shows where.",
      "饱和",
      "激活函数的导数接近 0 之处，这里指低于 0.05：几乎没有梯度能通过。演示 activations 显示何处饱和。"),
    Term(
      "sigmoid", also: ["logistic function"],
      "1 / (1 + exp(−x)), in 0...1. Its derivative is 0.25 at most, so ten layers leave a millionth "
        + "of a gradient. --activation sigmoid.",
      "sigmoid", alsoChinese: ["sigmoid 函数", "逻辑函数"],
      "1 / (1 + exp(−x))，在 0...1 内。导数至多 0.25，所以十层之后梯度只剩百万分之一。--activation sigmoid。"),
    Term(
      "silent unit", also: ["dead unit", "dead relu", "silent"],
      "A unit that is 0 for every image that was looked at: no gradient reaches its weights. Page "
        + "Layers counts them.",
      "沉默单元", alsoChinese: ["死亡单元", "沉默"],
      "对看过的每张图像都为 0 的单元：没有梯度到达它的权重。“层”页会数出它们。"),
    Term(
      "symmetry", also: ["symmetry breaking"],
      "Units that begin with equal weights get equal gradients and stay equal. Random weights tell "
        + "them apart, or dropout. Demo symmetry.",
      "对称性", alsoChinese: ["打破对称性"],
      "初始权重相同的单元得到相同的梯度，会一直相同。随机的权重或暂退法能把它们区分开。演示 symmetry。"),
    Term(
      "tanh", also: ["hyperbolic tangent"],
      "(exp(x) − exp(−x)) / (exp(x) + exp(−x)), in −1...1. Its derivative is 1 at 0 and falls to 0 "
        + "on both sides. --activation tanh.",
      "tanh", alsoChinese: ["双曲正切"],
      "(exp(x) − exp(−x)) / (exp(x) + exp(−x))，在 −1...1 内。导数在 0 处为 1，向两侧降到 0。--activation tanh。"),
    Term(
      "Xavier initialisation", also: ["xavier", "glorot", "xavier-uniform"],
      "Weights N(0, 2/(n + m)) for n inputs and m outputs: keeps spreads with tanh, and does not "
        + "cure a sigmoid. --init xavier.",
      "Xavier 初始化",
      "n 个输入、m 个输出时权重取自 N(0, 2/(n + m))：配合 tanh 能保持离散程度，但治不好 sigmoid。--init xavier。"),
  ]
}
