internal import Experiment

extension Lesson {
  /// All lessons, those that train first.
  package static let all: [Lesson] = ofGeneralisation + ofOptimisation + ofBuildingBlocks

  private static let ofGeneralisation: [Lesson] = [
    Lesson(
      .d2lDropout, called: "dropout", "does dropout help here?",
      watch: "the test curves of both runs (bold), and the generalisation gap in the comparison.",
      question: "Would you expect dropout to raise test accuracy here?",
      answer:
        "Ten epochs over 60,000 images hardly overfit, so there is little to regularise: twenty seeds show no difference. "
        + "With 1,000 images dropout gives 0.7 to 0.9 points. Here it shows: "
        + "--train-size 3000 --epochs 60 --optimizer adam --dropout 0.5,0.5.",
      figures: [.trainAccuracy, .testAccuracy, .generalizationGap], isJudged: true),
    Lesson(
      .polynomial, "underfitting and overfitting",
      watch: "page Fit, the curves of 4, 2 and 20 features over the samples; and both losses, on a log axis.",
      question: "2 features underfit. Does the run with 20 overfit?",
      answer:
        "Hardly: gradient descent gets nowhere in the directions of the high powers, and ends near the 4 features. The "
        + "exact solution does overfit: x on page Fit, or lesson least-squares.",
      figures: [.trainLoss, .testLoss]),
    Lesson(
      .weightDecay, "200 weights from 20 samples",
      watch: "both train losses fall, and the test losses part; C charts the norm of the weights.",
      question: "Without decay the train loss is nearly 0. Where does the test loss come from?",
      answer:
        "20 samples fix 20 of 200 directions; in the others the weights stay as they were drawn, which costs nothing in "
        + "training. Decay multiplies that part by 1 − η λ a step, by 0.027 in all 400.",
      figures: [.trainLoss, .testLoss, .weightNorm]),
    Lesson(
      .l1l2, "two penalties",
      watch: "page Weights, the histograms and the share below 0.001; v shows the first layer as pictures.",
      question: "Both penalties shrink weights. Why does L1 leave so many at nearly 0, and L2 not?",
      answer:
        "L1 pulls with the same strength however small a weight is, so it gets there. L2 pulls by λ w, the less the nearer "
        + "a weight comes to 0.",
      figures: [.smallWeightShare, .weightNorm, .testAccuracy]),
    Lesson(
      .earlyStopping, "when to stop",
      watch:
        "the test loss of A, which turns and rises while its train loss goes on falling. Where does B end?",
      question: "B ends with a smaller test loss. Has it a higher test accuracy too?",
      answer:
        "Not as a rule: late in training wrong answers become surer, which costs loss, and the number of right ones hardly "
        + "changes. Stopping saves time, and it goes by images held out, not by the test set.",
      figures: [.trainLoss, .testLoss, .testAccuracy]),
    Lesson(
      .augmentation, "more images from the same ones",
      watch:
        "the gap between train and test accuracy of each run; v on page Samples shows what is learned from.",
      question: "The gap shrinks with every change. Is test accuracy higher too?",
      answer:
        "A smaller gap alone is no gain: it shrinks from above where changed images are harder to learn. Over five seeds it "
        + "went from 15 to 13 and 6 points, and no difference in test accuracy was shown after 40 epochs.",
      figures: [.trainAccuracy, .testAccuracy, .generalizationGap]),
    Lesson(
      .labelSmoothing, "targets that are not quite sure",
      watch: "test loss and test accuracy, which do not go together here; and page Calibration.",
      question: "The run with ε 0.3 has the largest test loss. Is it the worst?",
      answer:
        "The loss told is the plain one, and a network that learned targets of 0.73 is never sure enough for it. Its answers "
        + "can be right as often: see accuracy, and on page Calibration how sure it is.",
      figures: [.trainLoss, .testLoss, .testAccuracy]),
    Lesson(
      .modelSize, "small and large networks learn wrong labels",
      watch:
        "the train accuracy of each size: a fifth of the labels are wrong, and which networks learn them too?",
      question: "512 units learn every wrong label by heart. Is their test error the largest?",
      answer:
        "No, the smallest: over five seeds it was 50, 34, 31 and 28 % for 4, 16, 64 and 512 units. 4 units cannot even learn "
        + "the right labels; 512 can learn a wrong one and answer other images as before. No peak in between was shown.",
      figures: [.trainAccuracy, .testAccuracy]),
    Lesson(
      .epochDoubleDescent, "worse, and better again",
      watch:
        "the test curves of A: they turn, get worse, and turn again. C charts the changed labels memorised.",
      question: "Where would early stopping have ended A, and would the second descent have been better?",
      answer:
        "At the first minimum, after some 15 epochs, before the wrong labels were learned. The second descent comes when they "
        + "are learned, and over five seeds it did not come down as low as that.",
      figures: [.trainAccuracy, .testAccuracy]),
  ]

  private static let ofOptimisation: [Lesson] = [
    Lesson(
      .learningRateTooHigh, "too slow, right, too fast",
      watch: "the loss of the first steps: which falls, which stays at ln 10 = 2.30, which is no number.",
      question: "With rate 1 nothing diverges, and nothing is learned. What happened?",
      answer:
        "A step threw the weights so far that the units are below 0 for every image: ReLU lets no gradient back, and "
        + "guessing is left, with a loss of ln 10. Page Layers counts the silent units.",
      figures: [.trainLoss, .testAccuracy]),
    Lesson(
      .vanishingGradients, "why depth did not work",
      watch: "page Gradients, the bars of the first and the last layer; and which run leaves 10 % accuracy.",
      question: "Xavier's rule was made for depth. Why does the sigmoid not learn with it?",
      answer:
        "A sigmoid's derivative is 0.25 at most, so each layer leaves about a quarter of the gradient. tanh has 1 at 0 and "
        + "ReLU 1 above 0; batch norm and residual connections help the sigmoid too.",
      figures: [.testAccuracy], tellsGradients: true),
    Lesson(
      .explodingGradients, "one step too far",
      watch: "which runs diverge, and in which step; page Gradients has the size of their first gradient.",
      question: "Clipping keeps a gradient's direction. Why is that enough?",
      answer:
        "The direction was good and the length was not: with a norm of 1e9 and a rate of 0.1 a step leaves every weight far "
        + "away. Shortened to a norm of 1, it moves the weights by 0.1 together.",
      figures: [.testAccuracy], tellsGradients: true),
  ]

  private static let ofBuildingBlocks: [Lesson] = [
    Lesson(
      .dropoutLayer, "dropout's mask at work on a small matrix",
      watch:
        "what is dropped, and what becomes of the rest; in the dashboard ← and → change p, enter draws again.",
      question: "Why are the numbers that are kept divided by 1 − p?",
      answer:
        "So that the mean that the next layer reads stays what it was, and nothing has to change where dropout is off."
    ),
    Lesson(
      .activations, "activation functions, their derivatives, and where they saturate",
      watch: "the dashed derivatives; in the dashboard ← and → show the next function.",
      question: "Which of them can leave a gradient as it was after ten layers?",
      answer:
        "Those whose derivative is 1 somewhere: ReLU and its relatives above 0, tanh at 0. Ten sigmoids leave 0.25 to the "
        + "10, a millionth, at best."),
    Lesson(
      .matrixProduct, "why gradients explode: the product of a hundred random matrices",
      watch: "how straight the lines are: every factor multiplies the norm by about the same.",
      question: "Which deviation of the numbers would keep the norm?",
      answer:
        "About 0.5 to 0.6 for matrices 4 × 4: each number of a product is a sum of 4 terms, and 1/√4 = 0.5. For n inputs "
        + "1/√n is what the rules for initial weights come to."),
    Lesson(
      .symmetry, "units with equal weights stay equal, until dropout tells them apart",
      watch: "which of the four units become others.",
      question: "What do random initial weights do that dropout does here?",
      answer:
        "They make units different before the first step, so that their gradients are different. Without, all units of a "
        + "layer learn what one can."),
    Lesson(
      .leastSquares,
      "under- and overfitting: exact solutions of a polynomial by degree and number of samples",
      watch: "train and test error beyond degree 3, with 20 samples and with 100.",
      question: "Why does the train error go on falling beyond degree 3?",
      answer:
        "Each further power can only fit the samples better; what it fits there is their noise, as the test error tells. "
        + "More samples put it off."),
  ]
}
