internal import Experiment
internal import Messages

extension Lesson {
  /// All lessons, those that train first.
  package static let all: [Lesson] = ofGeneralisation + ofOptimisation + ofBuildingBlocks

  private static let ofGeneralisation: [Lesson] = [
    Lesson(
      .d2lDropout, called: "dropout",
      Wording("does dropout help here?", "暂退法在这里有用吗？"),
      watch: Wording(
        "the test curves of both runs (bold), and the generalisation gap in the comparison.",
        "两个运行的测试曲线（粗线），以及比较中的泛化差距。"),
      question: Wording(
        "Would you expect dropout to raise test accuracy here?",
        "你认为暂退法在这里会提高测试精度吗？"),
      answer: Wording(
        "Ten epochs over 60,000 images hardly overfit, so there is little to regularise: twenty seeds show no difference. "
          + "With 1,000 images dropout gives 0.7 to 0.9 points. Here it shows: "
          + "--train-size 3000 --epochs 60 --optimizer adam --dropout 0.5,0.5.",
        "在 60,000 张图像上训练 10 轮几乎不会过拟合，没有多少可以正则化的：20 个种子未见差异。只用 1,000 张图像时，暂退法带来 0.7 到 0.9 个百分点。这样看得出来：--train-size 3000 --epochs 60 --optimizer adam --dropout 0.5,0.5。"
      ),
      figures: [.trainAccuracy, .testAccuracy, .generalizationGap], isJudged: true),
    Lesson(
      .polynomial,
      Wording("underfitting and overfitting", "欠拟合与过拟合"),
      watch: Wording(
        "page Fit, the curves of 4, 2 and 20 features over the samples; and both losses, on a log axis.",
        "“拟合”页上 4、2、20 个特征的曲线和样本；以及对数轴上的两种损失。"),
      question: Wording(
        "2 features underfit. Does the run with 20 overfit?",
        "2 个特征欠拟合。20 个特征的运行过拟合吗？"),
      answer: Wording(
        "Hardly: gradient descent gets nowhere in the directions of the high powers, and ends near the 4 features. The "
          + "exact solution does overfit: x on page Fit, or lesson least-squares.",
        "几乎没有：梯度下降在高次幂的方向上几乎走不动，最后与 4 个特征相差不多。精确解确实过拟合：在“拟合”页按 x，或看课程 least-squares。"),
      figures: [.trainLoss, .testLoss]),
    Lesson(
      .weightDecay,
      Wording("200 weights from 20 samples", "20 个样本，200 个权重"),
      watch: Wording(
        "both train losses fall, and the test losses part; C charts the norm of the weights.",
        "两者的训练损失都下降，测试损失却分开；按 C 画出权重的范数。"),
      question: Wording(
        "Without decay the train loss is nearly 0. Where does the test loss come from?",
        "没有权重衰减时训练损失几乎为 0。测试损失从何而来？"),
      answer: Wording(
        "20 samples fix 20 of 200 directions; in the others the weights stay as they were drawn, which costs nothing in "
          + "training. Decay multiplies that part by 1 − η λ a step, by 0.027 in all 400.",
        "20 个样本只确定 200 个方向中的 20 个；在其余方向上权重停留在初始值，这在训练中没有代价。衰减每步把这一部分乘以 1 − η λ，全部 400 步共乘以 0.027。"),
      figures: [.trainLoss, .testLoss, .weightNorm]),
    Lesson(
      .l1l2,
      Wording("two penalties", "两种惩罚"),
      watch: Wording(
        "page Weights, the histograms and the share below 0.001; v shows the first layer as pictures.",
        "“权重”页的直方图和小于 0.001 的比例；按 v 把第一层显示为图片。"),
      question: Wording(
        "Both penalties shrink weights. Why does L1 leave so many at nearly 0, and L2 not?",
        "两种惩罚都缩小权重。为什么 L1 让那么多权重接近 0，而 L2 不会？"),
      answer: Wording(
        "L1 pulls with the same strength however small a weight is, so it gets there. L2 pulls by λ w, the less the nearer "
          + "a weight comes to 0.",
        "无论权重多小，L1 的拉力都一样大，所以能把它拉到 0。L2 的拉力是 λ w，权重越接近 0，拉力越小。"),
      figures: [.smallWeightShare, .weightNorm, .testAccuracy]),
    Lesson(
      .earlyStopping,
      Wording("when to stop", "何时停止"),
      watch: Wording(
        "the test loss of A, which turns and rises while its train loss goes on falling. Where does B end?",
        "A 的测试损失：它掉头上升，而训练损失继续下降。B 在哪里结束？"),
      question: Wording(
        "B ends with a smaller test loss. Has it a higher test accuracy too?",
        "B 结束时测试损失更小。它的测试精度也更高吗？"),
      answer: Wording(
        "Not as a rule: late in training wrong answers become surer, which costs loss, and the number of right ones hardly "
          + "changes. Stopping saves time, and it goes by images held out, not by the test set.",
        "通常不会：训练后期，错误的答案变得更肯定，损失因此增加，而答对的数目几乎不变。提前停止节省时间，它依据的是留出的图像，而不是测试集。"),
      figures: [.trainLoss, .testLoss, .testAccuracy]),
    Lesson(
      .augmentation,
      Wording("more images from the same ones", "从同样的图像得到更多图像"),
      watch: Wording(
        "the gap between train and test accuracy of each run; v on page Samples shows what is learned from.",
        "每个运行的训练精度与测试精度之差；在“样本”页按 v 可看到学习所用的图像。"),
      question: Wording(
        "The gap shrinks with every change. Is test accuracy higher too?",
        "每多一种改动，差距就缩小一些。测试精度也更高吗？"),
      answer: Wording(
        "A smaller gap alone is no gain: it shrinks from above where changed images are harder to learn. Over five seeds it "
          + "went from 15 to 13 and 6 points, and no difference in test accuracy was shown after 40 epochs.",
        "差距缩小本身不是收获：改动后的图像更难学，差距是从上面缩小的。五个种子上差距从 15 个百分点降到 13 和 6，而 40 轮之后测试精度未见差异。"),
      figures: [.trainAccuracy, .testAccuracy, .generalizationGap]),
    Lesson(
      .labelSmoothing,
      Wording("targets that are not quite sure", "不那么肯定的目标"),
      watch: Wording(
        "test loss and test accuracy, which do not go together here; and page Calibration.",
        "测试损失和测试精度，它们在这里并不一致；还有“校准”页。"),
      question: Wording(
        "The run with ε 0.3 has the largest test loss. Is it the worst?",
        "ε 为 0.3 的运行测试损失最大。它最差吗？"),
      answer: Wording(
        "The loss told is the plain one, and a network that learned targets of 0.73 is never sure enough for it. Its answers "
          + "can be right as often: see accuracy, and on page Calibration how sure it is.",
        "显示的是普通的损失，而学习目标只有 0.73 的网络对它来说永远不够肯定。它的答案可能同样正确：看精度，再到“校准”页看它有多肯定。"),
      figures: [.trainLoss, .testLoss, .testAccuracy]),
    Lesson(
      .modelSize,
      Wording("small and large networks learn wrong labels", "小网络和大网络学习错误标签"),
      watch: Wording(
        "the train accuracy of each size: a fifth of the labels are wrong, and which networks learn them too?",
        "各种大小的训练精度：五分之一的标签是错的，哪些网络连这些也学会？"),
      question: Wording(
        "512 units learn every wrong label by heart. Is their test error the largest?",
        "512 个单元记住了每个错误标签。它的测试误差最大吗？"),
      answer: Wording(
        "No, the smallest: over five seeds it was 50, 34, 31 and 28 % for 4, 16, 64 and 512 units. 4 units cannot even learn "
          + "the right labels; 512 can learn a wrong one and answer other images as before. No peak in between was shown.",
        "不，最小：五个种子上，4、16、64、512 个单元的测试误差为 50、34、31、28 %。4 个单元连正确的标签也学不会；512 个单元能记住一个错误标签，而对其他图像的回答照旧。中间未见峰值。"),
      figures: [.trainAccuracy, .testAccuracy]),
    Lesson(
      .epochDoubleDescent,
      Wording("worse, and better again", "先变差，再变好"),
      watch: Wording(
        "the test curves of A: they turn, get worse, and turn again. C charts the changed labels memorised.",
        "A 的测试曲线：掉头、变差、再掉头。按 C 画出记住的改动标签。"),
      question: Wording(
        "Where would early stopping have ended A, and would the second descent have been better?",
        "提前停止会让 A 停在哪里？第二次下降会更好吗？"),
      answer: Wording(
        "At the first minimum, after some 15 epochs, before the wrong labels were learned. The second descent comes when they "
          + "are learned, and over five seeds it did not come down as low as that.",
        "停在第一个最低点，大约 15 轮之后，错误标签还没有学会之前。学会它们时才有第二次下降，而五个种子上它没有降到那么低。"),
      figures: [.trainAccuracy, .testAccuracy]),
  ]

  private static let ofOptimisation: [Lesson] = [
    Lesson(
      .learningRateTooHigh,
      Wording("too slow, right, too fast", "太慢、正好、太快"),
      watch: Wording(
        "the loss of the first steps: which falls, which stays at ln 10 = 2.30, which is no number.",
        "最初几步的损失：哪个下降，哪个停在 ln 10 = 2.30，哪个不再是数。"),
      question: Wording(
        "With rate 1 nothing diverges, and nothing is learned. What happened?",
        "学习率为 1 时没有发散，也什么都没学到。发生了什么？"),
      answer: Wording(
        "A step threw the weights so far that the units are below 0 for every image: ReLU lets no gradient back, and "
          + "guessing is left, with a loss of ln 10. Page Layers counts the silent units.",
        "某一步把权重抛得太远，使各单元对每张图像都低于 0：ReLU 不让梯度回传，只剩下猜测，损失为 ln 10。“层”页统计沉默的单元。"),
      figures: [.trainLoss, .testAccuracy]),
    Lesson(
      .vanishingGradients,
      Wording("why depth did not work", "为什么深度曾经行不通"),
      watch: Wording(
        "page Gradients, the bars of the first and the last layer; and which run leaves 10 % accuracy.",
        "“梯度”页上第一层和最后一层的条形；哪个运行离开 10 % 的精度。"),
      question: Wording(
        "Xavier's rule was made for depth. Why does the sigmoid not learn with it?",
        "Xavier 规则正是为深层网络设计的。为什么 sigmoid 用它仍学不会？"),
      answer: Wording(
        "A sigmoid's derivative is 0.25 at most, so each layer leaves about a quarter of the gradient. tanh has 1 at 0 and "
          + "ReLU 1 above 0; batch norm and residual connections help the sigmoid too.",
        "sigmoid 的导数最多为 0.25，所以每层大约只留下四分之一的梯度。tanh 在 0 处为 1，ReLU 在 0 以上为 1；批量规范化和残差连接对 sigmoid 也有帮助。"),
      figures: [.testAccuracy], tellsGradients: true),
    Lesson(
      .explodingGradients,
      Wording("one step too far", "走得太远的一步"),
      watch: Wording(
        "which runs diverge, and in which step; page Gradients has the size of their first gradient.",
        "哪些运行发散，在第几步；“梯度”页有它们第一个梯度的大小。"),
      question: Wording(
        "Clipping keeps a gradient's direction. Why is that enough?",
        "裁剪保持梯度的方向。为什么这就够了？"),
      answer: Wording(
        "The direction was good and the length was not: with a norm of 1e9 and a rate of 0.1 a step leaves every weight far "
          + "away. Shortened to a norm of 1, it moves the weights by 0.1 together.",
        "方向是对的，长度不对：范数为 1e9、学习率为 0.1 时，一步就把每个权重抛到远处。缩短到范数 1，所有权重一共只移动 0.1。"),
      figures: [.testAccuracy], tellsGradients: true),
  ]

  private static let ofBuildingBlocks: [Lesson] = [
    Lesson(
      .dropoutLayer,
      Wording("dropout's mask at work on a small matrix", "暂退法的掩码作用于一个小矩阵"),
      watch: Wording(
        "what is dropped, and what becomes of the rest; in the dashboard ← and → change p, enter draws again.",
        "丢弃了什么，其余的变成什么；在仪表板中 ← 和 → 改变 p，回车重新抽取。"),
      question: Wording(
        "Why are the numbers that are kept divided by 1 − p?",
        "为什么保留下来的数要除以 1 − p？"),
      answer: Wording(
        "So that the mean that the next layer reads stays what it was, and nothing has to change where dropout is off.",
        "这样下一层读到的均值保持不变，关闭暂退法时也不必改变什么。")),
    Lesson(
      .activations,
      Wording("activation functions, their derivatives, and where they saturate", "激活函数、它们的导数，以及在哪里饱和"),
      watch: Wording(
        "the dashed derivatives; in the dashboard ← and → show the next function.",
        "虚线的导数；在仪表板中 ← 和 → 显示下一个函数。"),
      question: Wording(
        "Which of them can leave a gradient as it was after ten layers?",
        "其中哪些经过十层之后还能让梯度保持原样？"),
      answer: Wording(
        "Those whose derivative is 1 somewhere: ReLU and its relatives above 0, tanh at 0. Ten sigmoids leave 0.25 to the "
          + "10, a millionth, at best.",
        "导数在某处为 1 的那些：ReLU 及其同类在 0 以上，tanh 在 0 处。十个 sigmoid 最多留下 0.25 的 10 次方，即百万分之一。")),
    Lesson(
      .matrixProduct,
      Wording("why gradients explode: the product of a hundred random matrices", "梯度为何爆炸：一百个随机矩阵的乘积"),
      watch: Wording(
        "how straight the lines are: every factor multiplies the norm by about the same.",
        "这些线有多直：每个因子都把范数乘以大致相同的倍数。"),
      question: Wording(
        "Which deviation of the numbers would keep the norm?",
        "这些数的标准差为多少时，范数保持不变？"),
      answer: Wording(
        "About 0.5 to 0.6 for matrices 4 × 4: each number of a product is a sum of 4 terms, and 1/√4 = 0.5. For n inputs "
          + "1/√n is what the rules for initial weights come to.",
        "4 × 4 的矩阵大约是 0.5 到 0.6：乘积中的每个数是 4 项之和，而 1/√4 = 0.5。对 n 个输入，初始权重的规则归结起来就是 1/√n。")),
    Lesson(
      .symmetry,
      Wording(
        "units with equal weights stay equal, until dropout tells them apart", "权重相同的单元保持相同，直到暂退法把它们分开"),
      watch: Wording(
        "which of the four units become others.",
        "四个单元中哪些变得不同。"),
      question: Wording(
        "What do random initial weights do that dropout does here?",
        "随机的初始权重做的什么事，在这里由暂退法来做？"),
      answer: Wording(
        "They make units different before the first step, so that their gradients are different. Without, all units of a "
          + "layer learn what one can.",
        "它们在第一步之前就使各单元不同，因而梯度也不同。否则一层的所有单元只学到一个单元能学的东西。")),
    Lesson(
      .leastSquares,
      Wording(
        "under- and overfitting: exact solutions of a polynomial by degree and number of samples",
        "欠拟合与过拟合：多项式的精确解，按次数和样本数"),
      watch: Wording(
        "train and test error beyond degree 3, with 20 samples and with 100.",
        "次数超过 3 之后的训练误差和测试误差，20 个样本和 100 个样本。"),
      question: Wording(
        "Why does the train error go on falling beyond degree 3?",
        "为什么次数超过 3 之后训练误差还继续下降？"),
      answer: Wording(
        "Each further power can only fit the samples better; what it fits there is their noise, as the test error tells. "
          + "More samples put it off.",
        "每多一次幂只会更好地拟合样本；在那里拟合的是样本的噪声，测试误差说明了这一点。样本更多则推迟它的到来。")),
  ]
}
