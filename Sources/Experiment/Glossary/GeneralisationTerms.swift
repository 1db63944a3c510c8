extension Term {
  /// What networks learn from, and what keeps them from learning it by heart.
  static let ofGeneralisation: [Term] = [
    Term(
      "augmentation", also: ["augment", "data augmentation"],
      "Training images changed at random, labels kept: flip, shift, crop, cutout. Test images stay. "
        + "--augment flip,shift=2; Samples shows it with v."),
    Term(
      "decay of biases", also: ["no-bias-decay", "no decay of biases"],
      "Biases shift a unit and do not bend it, so shrinking them helps little. --no-bias-decay "
        + "decays the weights alone."),
    Term(
      "double descent", also: ["interpolation peak"],
      "With wrong labels test error may rise where a network can just learn all by heart, and fall "
        + "beyond, by size or epochs. Preset epoch-double-descent."),
    Term(
      "early stopping", also: ["early-stopping", "patience"],
      "Ends after so many epochs without a better validation figure, with the weights of the best. "
        + "--early-stopping 5 --validation 5000."),
    Term(
      "Fashion-MNIST", also: ["dataset", "data set"],
      "60,000 + 10,000 grey pictures of clothes, 28 × 28, in ten classes. --dataset takes others; "
        + "fmnist-tui data info tells which is used."),
    Term(
      "generalisation gap", also: ["gap", "generalization_gap", "generalization gap", "loss_gap"],
      "Train minus test accuracy in points (of losses test minus train), dropout off: what was "
        + "learned by heart, if the runs are alike else."),
    Term(
      "images held out", also: ["validation", "validation set", "held out"],
      "--validation 5000 takes images out of training, by the seed. Best epoch and early stopping "
        + "go by them, so that the test set decides nothing."),
    Term(
      "L1 penalty", also: ["l1", "lasso"],
      "Adds λ |w| to the loss of each weight: all are pulled to 0 by the same amount, and many get "
        + "there. --l1 1e-4, ; and ' in the dashboard."),
    Term(
      "label noise", also: ["label-noise", "unchanged_accuracy", "accuracy on unchanged labels"],
      "Each training image has with this probability the label of another class: of 0.2 a fifth is "
        + "wrong. Test images keep theirs. --label-noise 0.2."),
    Term(
      "label smoothing", also: ["label-smoothing"],
      "The target is 1 − ε + ε/K for the true one of K classes and ε/K for the others: nobody need "
        + "be quite sure. --label-smoothing 0.1."),
    Term(
      "least squares", also: ["exact solution", "normal equations"],
      "The weights with the smallest squared error, solved for at once instead of in steps. Page "
        + "Fit, demo least-squares."),
    Term(
      "memorisation",
      also: [
        "memorized_share", "changed labels memorised", "recovered_share", "changed labels recovered",
      ],
      "Answering a changed label teaches nothing of others: the share memorised; recovered are those "
        + "answered with the true class. Preset model-size."),
    Term(
      "overfitting", also: ["overfit", "learned by heart"],
      "Train figures go on improving and test figures do not: the gap grows. More images, fewer "
        + "weights or regularisation help."),
    Term(
      "regression",
      "Learning numbers instead of classes: there is a loss, and no accuracy. Presets polynomial "
        + "and weight-decay; page Fit."),
    Term(
      "regularisation", also: ["regularization", "penalty"],
      "What makes learning by heart harder: dropout, weight decay, L1, augmentation, label "
        + "smoothing, early stopping. It may cost accuracy too."),
    Term(
      "seed",
      "The key of all random numbers: the same seed gives the same bits, another one shows what "
        + "chance does. --seed 2, --replicates 5."),
    Term(
      "share of small weights", also: ["small_weight_share", "share of weights below 0.001", "sparsity"],
      "Weights below 0.001 in size over all, without biases: how sparse a network is. An L1 penalty "
        + "makes it grow. Page Weights."),
    Term(
      "split", also: ["training set", "test set"],
      "train is learned from, validation chosen by, test tells the result, once. Who chooses by the "
        + "test set finds it better than it is."),
    Term(
      "synthetic data",
      also: ["features", "samples", "training samples", "test-samples", "data-seed", "seed of the data"],
      "Samples made from a seed, so that the truth is known: --features numbers each, --samples to "
        + "learn from, --test-samples, --data-seed."),
    Term(
      "training images", also: ["train-size"],
      "--train-size 3000 learns from so many, drawn by the seed. With few images networks overfit "
        + "sooner, and regularisation shows."),
    Term(
      "underfitting", also: ["underfit"],
      "Even the train figures are bad: the network is too small for what is to be learned, or "
        + "learned too little. Preset polynomial, 2 features."),
    Term(
      "weight decay", also: ["weight-decay", "L2", "L2 penalty", "ridge"],
      "Adds λ w to the gradient, so the penalty is λ/2 ‖w‖²: each step shrinks weights by the "
        + "factor 1 − η λ. --weight-decay, { and }."),
    Term(
      "weight norm", also: ["weight_norm", "norm of all weights", "norm"],
      "√ of the sum of all squared weights, without biases and batch norm. It grows in training; "
        + "weight decay keeps it small."),
  ]
}
