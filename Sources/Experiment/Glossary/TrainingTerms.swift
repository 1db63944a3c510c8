extension Term {
  /// How networks learn.
  static let ofTraining: [Term] = [
    Term(
      "AdaGrad",
      "Divides a gradient by the root of the sum of all its squares so far: steps only ever become "
        + "smaller. --optimizer adagrad."),
    Term(
      "Adam",
      "A step is the gradient's running mean over the root of its running mean square (decays 0.9 "
        + "and 0.999), by parameter. --optimizer adam."),
    Term(
      "AdamW",
      "Adam whose weight decay shrinks weights by η λ w beside the step instead of being a part of "
        + "the gradient. --optimizer adamw."),
    Term(
      "backpropagation", also: ["backward"],
      "The chain rule from the loss back through the layers: each multiplies what comes by its "
        + "weights and its derivative. Page Gradients."),
    Term(
      "batch", also: ["batch-size", "batch size", "minibatch"],
      "The samples of one step, whose gradients are averaged. Small ones make many noisy steps. "
        + "--batch-size, / and * in the dashboard."),
    Term(
      "cross-entropy", also: ["negative log-likelihood"],
      "−ln of the probability given to the true class, in nats. Guessing among ten classes has ln "
        + "10 = 2.303, a sure right answer 0."),
    Term(
      "divergence", also: ["diverged", "nan"],
      "The loss grows until it is no number: the run ends and names its step. Smaller --lr, "
        + "--clip-norm or batch norm help. Exit status 1."),
    Term(
      "epoch", also: ["epochs"],
      "One pass over the training set: 235 steps for 60,000 images in batches of 256. --epochs; e "
        + "and E add some in the dashboard."),
    Term(
      "exploding gradient", also: ["exploding gradients"],
      "Each layer multiplies what comes back by more than 1 (ReLU: σ √(n/2)), so one step throws "
        + "the weights away. Preset exploding-gradients."),
    Term(
      "gradient", also: ["gradient_norm", "norm of the gradient", "gradient norm"],
      "The loss's derivative by each parameter; a step goes against it. The figure is the length of "
        + "the last step's, before penalties and clipping."),
    Term(
      "gradient clipping",
      also: ["clip-norm", "clip-value", "largest gradient norm", "largest gradient", "clipping"],
      "Shortens all gradients together to a norm (--clip-norm 1) or each to a size (--clip-value "
        + "0.5), so that no step throws the weights away."),
    Term(
      "learning rate", also: ["lr", "rate", "learning_rate"],
      "η in w := w − η gradient. Too small, it learns slowly; too large, it diverges. --lr 0.5, [ "
        + "and ] in the dashboard."),
    Term(
      "learning rate schedule", also: ["schedule", "cosine"],
      "The rate of each step: constant, step=EPOCHS:FACTOR, or cosine, which falls from --lr to 0. "
        + "--schedule; the figure learning rate tells it."),
    Term(
      "loss", also: ["train loss", "test loss", "validation loss"],
      "How wrong the answers are, a mean over samples: cross-entropy or squared error, told without "
        + "penalties and smoothing. Lower is better."),
    Term(
      "mean squared error", also: ["mse", "half-mse"],
      "Mean of (prediction − target)², the loss of a regression. --loss half-mse is half of it, "
        + "which halves the gradient too."),
    Term(
      "momentum",
      "v := μ v + gradient, w := w − η v: steps in one direction add up to 1/(1 − μ) of them. "
        + "--momentum 0.9, j and k in the dashboard."),
    Term(
      "Nesterov's momentum", also: ["nesterov"],
      "Momentum that looks ahead: w := w − η (gradient + μ v). --nesterov beside --momentum."),
    Term(
      "optimiser", also: ["optimizer"],
      "The rule that makes a step of a gradient. --optimizer sgd (the default), adam, adamw, "
        + "rmsprop or adagrad."),
    Term(
      "RMSprop",
      "Divides a gradient by the root of its running mean square, so that steps are alike in size "
        + "for all parameters. --optimizer rmsprop."),
    Term(
      "SGD", also: ["stochastic gradient descent"],
      "w := w − η gradient of one batch, a random part of the samples: hence stochastic. "
        + "--optimizer sgd, with --momentum or without."),
    Term(
      "step", also: ["update", "iteration"],
      "One update of all parameters from one batch, counted over the whole run. What a key changes "
        + "counts from the next step on."),
    Term(
      "vanishing gradient", also: ["vanishing gradients"],
      "Each layer multiplies what comes back by less than 1 (sigmoid: 0.25 σ √n): the first learn "
        + "nothing. Preset vanishing-gradients."),
    Term(
      "warm-up", also: ["warmup"],
      "The learning rate rises in equal parts over the first epochs, in which large steps do the "
        + "most harm. --warmup 1."),
  ]
}
