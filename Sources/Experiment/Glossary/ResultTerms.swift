extension Term {
  /// How results are told, compared and kept.
  static let ofResults: [Term] = [
    Term(
      "accuracy", also: ["train accuracy", "test accuracy", "validation accuracy"],
      "Share of samples whose most probable class is the true one; guessing has 10 %. Of 10,000 "
        + "images the standard error is about 0.35 points."),
    Term(
      "best epoch", also: ["best", "best weights"],
      "The one with the highest validation accuracy or, with no images held out, test accuracy "
        + "(lowest loss of a regression); a star marks it."),
    Term(
      "calibration", also: ["reliability diagram", "confidence"],
      "Whether answers that are 80 % sure are right 80 % of the time. Page Calibration draws "
        + "accuracy against the probability of the answer."),
    Term(
      "checkpoint",
      "Weights, optimiser and position in a file, from which a run goes on with the same bits: "
        + "--resume latest. The best weights are kept too."),
    Term(
      "confidence interval", also: ["interval", "95 % interval"],
      "95 of 100 such ranges hold the true mean difference (Student's t, paired by seed). One that "
        + "spans 0 shows no difference."),
    Term(
      "confusion matrix", also: ["confusion"],
      "How often images of each class (a row) were taken for each class (a column); the diagonal is "
        + "right. Page Samples, x."),
    Term(
      "evaluation", also: ["evaluate-every", "epochs between evaluations"],
      "Measuring weights with dropout off; nothing is learned by it. After each epoch, or every "
        + "fifth with --evaluate-every 5."),
    Term(
      "expected calibration error", also: ["ECE"],
      "Mean of |accuracy − confidence| over 15 bins of confidence, weighted by their images; 0 is "
        + "calibrated. Page Calibration."),
    Term(
      "fork",
      "A run that goes on from another's weights, optimiser and batches with a change: what if, "
        + "from here? f, or --fork 470:lr=0.1."),
    Term(
      "lockstep",
      "Runs wait for each other, so that none is more than a step ahead and a pause finds them at "
        + "one step. No bit changes. K, --lockstep."),
    Term(
      "Monte-Carlo dropout", also: ["mc", "monte carlo"],
      "Dropout left on when answering: many passes with other masks give a mean and a spread. "
        + "predict --mc 200; pages Samples and Calibration."),
    Term(
      "mutual information",
      "Entropy of the mean less the mean entropy of the passes, in nats: how much the masks of "
        + "Monte-Carlo dropout disagree."),
    Term(
      "no difference shown", also: ["verdict"],
      "The figures differ by no more than chance explains. That is no proof that the runs are "
        + "equal: more seeds may show something."),
    Term(
      "paired difference",
      "A minus B of the same seed, so that what the seed does to both cancels out. Means and "
        + "intervals of sides are made of these."),
    Term(
      "predictive entropy", also: ["entropy"],
      "−sum of p ln p over the classes, in nats: 0 is quite sure, ln 10 = 2.303 knows nothing about "
        + "ten classes."),
    Term(
      "preset",
      "A known experiment by its name, whose settings other options change: --preset polynomial. "
        + "fmnist-tui train --help lists them."),
    Term(
      "replicates", also: ["replicate", "side"],
      "Runs that differ in nothing but their seeds are a side: mean, deviation, interval. "
        + "--replicates 5; p adds a seed in the dashboard."),
    Term(
      "run",
      "One network in a session: A, B, … They train side by side; tab selects one, and keys change "
        + "that one."),
    Term(
      "running train figures", also: ["running_train_loss", "running_train_accuracy", "running"],
      "Means over an epoch's own steps, dropout on, weights still moving: mostly worse than the "
        + "final weights are. Not to be compared with test."),
    Term(
      "session",
      "What one start of the program trains and one folder holds, runs/exp1: settings, figures, "
        + "checkpoints. fmnist-tui runs lists them."),
    Term(
      "standard deviation", also: ["deviation", "sigma"],
      "Root of the mean squared distance from the mean (divided by n − 1): how far apart seeds are. "
        + "It is what stands behind ±."),
    Term(
      "sweep",
      "A run for each combination of values and seed: fmnist-tui sweep --dropout 0,0.2,0.5 --seeds "
        + "3. A map shows them."),
    Term(
      "twins", also: ["twin", "versus"],
      "Runs with the same initial weights and batches that differ in one setting: what differs in "
        + "the end was made by it. --versus."),
  ]
}
