extension Term {
  /// What networks are made of, and how they begin.
  static let ofNetworks: [Term] = [
    Term(
      "activation", also: ["activation function"],
      "What a unit makes of its sum, such as max(0, x). Without one, layers together would be a "
        + "single linear one. --activation, demo activations."),
    Term(
      "batch normalisation", also: ["batch-norm", "batch norm", "bn"],
      "Each unit less the batch's mean, over its deviation, then scaled and shifted by learnt "
        + "numbers; running means when measuring. --batch-norm."),
    Term(
      "convolution", also: ["conv", "filter", "kernel", "feature map", "channel"],
      "A filter of few weights slides over the image; its answers are a channel, or feature map. "
        + "conv 16x3 has 16 filters of 3 × 3. Page Layers, v."),
    Term(
      "dropout", also: ["dropout mask", "channel dropout"],
      "Sets each unit to 0 with probability p in training and divides the others by 1 − p; off when "
        + "measuring. --dropout 0.2,0.5; ← and → change it."),
    Term(
      "GELU", also: ["silu", "swish"],
      "x times the share of the normal distribution below x; SiLU is x sigmoid(x). Smooth relatives "
        + "of ReLU. --activation gelu or silu."),
    Term(
      "He initialisation", also: ["he", "kaiming"],
      "Weights N(0, 2/n) for a unit with n inputs: keeps the spread of activations from layer to "
        + "layer with ReLU. --init he."),
    Term(
      "initialisation", also: ["init", "initialization", "initial weights"],
      "How weights are drawn before the first step, from the seed. Too small, they let gradients "
        + "vanish; too large, explode. --init."),
    Term(
      "input dropout", also: ["input-dropout", "dropout of pixels"],
      "Dropout of the image's pixels, before the first layer. --input-dropout 0.1."),
    Term(
      "layer", also: ["hidden layer", "hidden layers", "hidden", "network", "perceptron", "MLP"],
      "A function with parameters; a network is a sequence of them. --hidden 256,256 has two hidden "
        + "ones of 256 units, --network writes all layers."),
    Term(
      "LeakyReLU", also: ["leaky-relu", "prelu", "elu"],
      "ReLU with a slope of 0.01 below 0, so that units cannot fall silent. PReLU learns the slope, "
        + "ELU has exp(x) − 1 there. --activation leaky-relu."),
    Term(
      "logit", also: ["logits", "softmax"],
      "The network's last numbers z; softmax makes probabilities of them: exp(z) over the sum of "
        + "exp(z) of all classes."),
    Term(
      "normalisation of pixels", also: ["normalize", "normalise", "normalisation", "normalization"],
      "(pixel − mean) / deviation, so that the first layer reads numbers around 0. --normalize "
        + "train measures both on the training images."),
    Term(
      "parameter", also: ["parameters", "weight", "weights", "bias"],
      "A number that is learned: weights multiply what a unit reads, a bias is added. "
        + "784-256-256-10 has 269,322; fmnist-tui network counts."),
    Term(
      "pooling", also: ["pool", "max pooling", "average pooling", "gap layer"],
      "The largest or the mean number of each window: pool 2 halves an image's sides, the layer gap "
        + "leaves one mean of each channel."),
    Term(
      "ReLU", also: ["rectifier"],
      "max(0, x): its derivative is 1 above 0 and 0 below. A unit that is below 0 for every image "
        + "falls silent. --activation relu."),
    Term(
      "residual connection", also: ["residual", "residual connections", "skip connection"],
      "A layer adds what it reads to what it makes of it, x + f(x), so that gradients have a way "
        + "past it. --residual, residual(…) in --network."),
    Term(
      "saturation", also: ["saturated"],
      "Where an activation's derivative is nearly 0, here below 0.05: hardly any gradient comes "
        + "through. Demo activations shows where."),
    Term(
      "sigmoid", also: ["logistic function"],
      "1 / (1 + exp(−x)), in 0...1. Its derivative is 0.25 at most, so ten layers leave a millionth "
        + "of a gradient. --activation sigmoid."),
    Term(
      "silent unit", also: ["dead unit", "dead relu", "silent"],
      "A unit that is 0 for every image that was looked at: no gradient reaches its weights. Page "
        + "Layers counts them."),
    Term(
      "symmetry", also: ["symmetry breaking"],
      "Units that begin with equal weights get equal gradients and stay equal. Random weights tell "
        + "them apart, or dropout. Demo symmetry."),
    Term(
      "tanh", also: ["hyperbolic tangent"],
      "(exp(x) − exp(−x)) / (exp(x) + exp(−x)), in −1...1. Its derivative is 1 at 0 and falls to 0 "
        + "on both sides. --activation tanh."),
    Term(
      "Xavier initialisation", also: ["xavier", "glorot", "xavier-uniform"],
      "Weights N(0, 2/(n + m)) for n inputs and m outputs: keeps spreads with tanh, and does not "
        + "cure a sigmoid. --init xavier."),
  ]
}
