"""Computes with PyTorch, in double precision, what the networks and optimisers are tested against.

    scripts/reference            writes every case into Tests/NeuralNetworkTests/Fixtures
    scripts/reference CASE ...   writes these
    scripts/reference --check    compares all with what is there, to 1e-9
    scripts/reference --list     says what each case is

A case is a small network with weights, inputs, labels (or targets) and dropout masks of its own, and what comes of them in
three steps: logits, losses, gradients before anything clips them, parameters after the step, logits of the evaluation after
it. Tables are nested lists of rows; weights are [out][in]. A mask has 1 where a unit is kept; what is kept is divided by
1 - p. Float32 agrees to about 1e-5 of the largest number.

To add an activation or an optimiser: a line in ACTIVATIONS or OPTIMIZERS, a `Case` in CASES under a seed that no other has,
and its name in `ReferenceCase.names`. Networks that read images are in images.py.
"""
import dataclasses
import json
import math
import pathlib
import sys

import images
import numpy
import torch
from torch import nn
from torch.nn import functional

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "NeuralNetworkTests" / "Fixtures"
STEPS = 3
SAMPLES = 5

# Made anew for each hidden layer, as some have parameters.
ACTIVATIONS = {
    "relu": nn.ReLU,
    "leakyReLU": lambda: nn.LeakyReLU(0.01),
    "elu": nn.ELU,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "prelu": nn.PReLU,
}

# From groups of parameters and a case.
OPTIMIZERS = {
    "sgd": lambda groups, case: torch.optim.SGD(
        groups, lr=case.learning_rate, momentum=case.momentum, nesterov=case.nesterov),
    "adam": lambda groups, case: torch.optim.Adam(
        groups, lr=case.learning_rate, betas=case.betas, eps=case.epsilon),
    "adamW": lambda groups, case: torch.optim.AdamW(
        groups, lr=case.learning_rate, betas=case.betas, eps=case.epsilon),
    # Its one average is of squares, as is the second of Adam's.
    "rmsprop": lambda groups, case: torch.optim.RMSprop(
        groups, lr=case.learning_rate, alpha=case.betas[1], eps=case.epsilon, momentum=case.momentum),
    "adagrad": lambda groups, case: torch.optim.Adagrad(groups, lr=case.learning_rate, eps=case.epsilon),
}


@dataclasses.dataclass
class Case:
    """What is computed; the fields' names in the file are those of `settings`."""

    name: str
    what: str
    seed: int
    sizes: tuple = (12, 8, 6, 4)
    dropout: tuple = (0.2, 0.5)
    activation: str = "relu"
    optimizer: str = "sgd"
    learning_rate: float = 0.5
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    decays_biases: bool = True
    l1: float = 0.0
    clip_norm: float | None = None
    clip_value: float | None = None
    batch_norm: bool = False
    label_smoothing: float = 0.0
    loss: str = "crossEntropy"
    weight_deviation: float = 0.3
    betas: tuple = (0.9, 0.999)
    epsilon: float = 1e-8

    def settings(self):
        return {
            "case": self.name, "sizes": self.sizes, "dropout": self.dropout, "activation": self.activation,
            "optimiser": self.optimizer, "learningRate": self.learning_rate, "momentum": self.momentum,
            "nesterov": self.nesterov, "weightDecay": self.weight_decay, "weightDecayAppliesToBias": self.decays_biases,
            "l1": self.l1, "clipNorm": self.clip_norm, "clipValue": self.clip_value, "batchNorm": self.batch_norm,
            "labelSmoothing": self.label_smoothing, "loss": self.loss, "betas": self.betas, "epsilon": self.epsilon,
        }


NO_DROPOUT = (0.0, 0.0)
CASES = [
    Case("sgd-plain", "gradient descent without anything else", 0, dropout=NO_DROPOUT),
    Case("sgd-dropout", "dropout after both hidden layers", 1),
    Case("sgd-dropout-all", "a layer of which nothing is kept", 2, dropout=(0.0, 1.0)),
    Case("sgd-weight-decay", "decay of weights and biases", 3, dropout=(0.0, 0.5), learning_rate=0.1, weight_decay=0.05),
    Case("sgd-weight-decay-weights-only", "decay of the weights alone", 4, learning_rate=0.1, weight_decay=0.05,
         decays_biases=False),
    Case("sgd-momentum", "momentum, with decay in what it gathers", 5, learning_rate=0.1, momentum=0.9, weight_decay=1e-2),
    Case("sgd-nesterov", "Nesterov's momentum", 6, learning_rate=0.1, momentum=0.9, nesterov=True),
    Case("sgd-l1", "a penalty on the weights' absolute values", 7, dropout=NO_DROPOUT, learning_rate=0.1, l1=0.01),
    Case("sgd-clip-norm", "gradients shortened together", 8, dropout=NO_DROPOUT, clip_norm=0.25),
    Case("sgd-clip-value", "each gradient held within bounds", 9, dropout=NO_DROPOUT, clip_value=0.05),
    Case("adam", "Adam", 10, optimizer="adam", learning_rate=0.01),
    Case("adamw", "Adam with decay apart from the gradients", 11, optimizer="adamW", learning_rate=0.01, weight_decay=0.1),
    Case("rmsprop", "RMSprop with decay", 12, optimizer="rmsprop", learning_rate=0.01, betas=(0.0, 0.99), weight_decay=0.05),
    Case("rmsprop-momentum", "RMSprop with momentum", 13, optimizer="rmsprop", learning_rate=0.01, betas=(0.0, 0.99),
         momentum=0.9),
    Case("adagrad", "AdaGrad with decay", 14, optimizer="adagrad", learning_rate=0.1, epsilon=1e-10, weight_decay=0.05),
    Case("activation-sigmoid", "the logistic function", 20, activation="sigmoid"),
    Case("activation-tanh", "the hyperbolic tangent", 21, activation="tanh"),
    Case("activation-leakyrelu", "a rectifier with slope 0.01 below 0", 22, activation="leakyReLU"),
    Case("activation-elu", "an exponential below 0", 23, activation="elu"),
    Case("activation-gelu", "the Gaussian error linear unit, by the error function", 24, activation="gelu"),
    Case("activation-silu", "the inputs times their logistic function", 25, activation="silu"),
    Case("activation-prelu", "a rectifier with a slope below 0 that each layer learns", 26, activation="prelu"),
    Case("label-smoothing", "a tenth of each target spread over all classes", 30, label_smoothing=0.1),
    Case("batch-norm", "normalised over the batch, and by running averages in evaluation", 31, batch_norm=True,
         learning_rate=0.1),
    Case("softmax-regression", "no hidden layer", 32, sizes=(12, 4), dropout=(), learning_rate=0.1),
    Case("one-hidden-layer", "one hidden layer, wider than its inputs", 33, sizes=(12, 16, 4), dropout=(0.0,),
         learning_rate=0.1),
    Case("mean-squared-error-linear", "linear regression with strong decay of the weights", 34, sizes=(20, 1), dropout=(),
         learning_rate=0.003, weight_decay=3.0, decays_biases=False, loss="meanSquaredError", weight_deviation=1.0),
]


class Network:
    """Layers of a case with weights drawn in a fixed order, and their parameters by kind."""

    def __init__(self, case, random):
        self.case = case
        self.linears = [nn.Linear(inputs, units) for inputs, units in zip(case.sizes, case.sizes[1:])]
        for linear in self.linears:
            self.fill(linear, random, 0, case.weight_deviation)
        hidden = case.sizes[1:-1]
        self.norms = [nn.BatchNorm1d(units) for units in hidden] if case.batch_norm else []
        for norm in self.norms:
            self.fill(norm, random, 1, 0.1)
        self.activations = [ACTIVATIONS[case.activation]() for _ in hidden]
        self.modules = nn.ModuleList(self.linears + self.norms + self.activations)

    @staticmethod
    def fill(layer, random, mean, deviation):
        layer.weight.data = torch.tensor(random.normal(mean, deviation, layer.weight.shape))
        layer.bias.data = torch.tensor(random.normal(0, 0.1, layer.bias.shape))

    @property
    def weights(self):
        return [linear.weight for linear in self.linears]

    def optimizer(self):
        is_weight = {id(weight) for weight in self.weights}
        others = [parameter for parameter in self.modules.parameters() if id(parameter) not in is_weight]
        decay = self.case.weight_decay
        groups = [{"params": self.weights, "weight_decay": decay},
                  {"params": others, "weight_decay": decay if self.case.decays_biases else 0.0}]
        return OPTIMIZERS[self.case.optimizer](groups, self.case)

    def logits(self, inputs, masks=None):
        values = inputs
        for layer, activation in enumerate(self.activations):
            values = self.linears[layer](values)
            if self.norms:
                values = self.norms[layer](values)
            values = activation(values)
            if masks is not None:
                kept = 1 - self.case.dropout[layer]
                values = values * (masks[layer] / kept if kept else 0)
        return self.linears[-1](values)

    @property
    def slopes(self):
        return [slope for activation in self.activations for slope in activation.parameters()]

    def parameters(self):
        parameters = {
            "weights": numbers(self.weights), "biases": numbers(linear.bias for linear in self.linears),
            "batchNormScale": numbers(norm.weight for norm in self.norms),
            "batchNormShift": numbers(norm.bias for norm in self.norms),
        }
        return parameters | ({"activationSlopes": numbers(self.slopes)} if self.slopes else {})

    def averages(self):
        return {"batchNormRunningMean": numbers(norm.running_mean for norm in self.norms),
                "batchNormRunningVariance": numbers(norm.running_var for norm in self.norms)}


def numbers(tensors):
    """Tensors as nested lists, to twelve places: what is smaller is rounding that differs between machines."""
    return [tensor.detach().numpy().round(12).tolist() for tensor in tensors]


def step(network, optimizer, random):
    """Draws samples and masks, makes one step with them, and tells all of it."""
    case = network.case
    inputs = torch.tensor(random.uniform(0, 1, (SAMPLES, case.sizes[0])))
    classifies = case.loss == "crossEntropy"
    if classifies:
        answers = torch.tensor(random.integers(0, case.sizes[-1], SAMPLES))
    else:
        answers = torch.tensor(random.normal(0, 1, (SAMPLES, case.sizes[-1])))
    masks = [torch.tensor((random.uniform(0, 1, (SAMPLES, units)) > probability).astype(float))
             for units, probability in zip(case.sizes[1:-1], case.dropout)]

    network.modules.train()
    optimizer.zero_grad()
    logits = network.logits(inputs, masks)
    if classifies:
        losses = functional.cross_entropy(logits, answers, reduction="none", label_smoothing=case.label_smoothing)
    else:
        losses = functional.mse_loss(logits, answers, reduction="none").mean(dim=1)
    total = losses.mean() + case.l1 * sum(weight.abs().sum() for weight in network.weights)
    total.backward()
    parameters = list(network.modules.parameters())
    told = {
        "inputs": numbers([inputs])[0],
        "labels": answers.tolist() if classifies else None,
        "targets": None if classifies else numbers([answers])[0],
        "masks": numbers(masks), "logits": numbers([logits])[0], "lossPerSample": numbers([losses])[0],
        "meanLoss": losses.mean().item(), "totalLoss": total.item(),
        "gradientNorm": math.sqrt(sum(parameter.grad.square().sum().item() for parameter in parameters)),
        "weightGradients": numbers(weight.grad for weight in network.weights),
        "biasGradients": numbers(linear.bias.grad for linear in network.linears),
    }
    if network.slopes:
        told["activationSlopeGradients"] = numbers(slope.grad for slope in network.slopes)
    if case.clip_norm is not None:
        nn.utils.clip_grad_norm_(parameters, case.clip_norm)
    if case.clip_value is not None:
        nn.utils.clip_grad_value_(parameters, case.clip_value)
    optimizer.step()

    network.modules.eval()
    with torch.no_grad():
        evaluated = network.logits(inputs)
    return told | {"after": network.parameters() | network.averages(), "evaluationLogitsAfter": numbers([evaluated])[0]}


def computed(case):
    if not isinstance(case, Case):
        return case.computed()
    random = numpy.random.default_rng(case.seed)
    network = Network(case, random)
    initial = network.parameters()
    optimizer = network.optimizer()
    return case.settings() | {"initial": initial, "steps": [step(network, optimizer, random) for _ in range(STEPS)]}


CASES += images.CASES


def differences(old, new, path=""):
    """Where two parsed files differ by more than rounding."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return [found for key in old for found in differences(old[key], new[key], f"{path}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [found for index, pair in enumerate(zip(old, new)) for found in differences(*pair, f"{path}[{index}]")]
    if isinstance(old, float) and isinstance(new, float) and abs(old - new) <= 1e-9:
        return []
    return [] if old == new else [f"{path.lstrip('.')}: {old} in the file, {new} computed"]


def check(case):
    file = FIXTURES / f"{case.name}.json"
    if not file.exists():
        return [f"{file.name} is missing"]
    found = differences(json.loads(file.read_text()), json.loads(json.dumps(computed(case))))
    return [f"{file.name}: {difference}" for difference in found]


def main(arguments):
    torch.set_default_dtype(torch.float64)
    if arguments == ["--list"]:
        print("\n".join(f"{case.name:31} {case.what}" for case in CASES))
    elif arguments == ["--check"]:
        found = [difference for case in CASES for difference in check(case)]
        known = {case.name for case in CASES}
        found += [f"{file.name} is of no case" for file in sorted(FIXTURES.glob("*.json")) if file.stem not in known]
        if found:
            sys.exit("\n".join(found[:20]))
        print(f"{len(CASES)} cases agree")
    else:
        unknown = set(arguments) - {case.name for case in CASES}
        if unknown:
            sys.exit(f"reference: there is no case {', '.join(sorted(unknown))}; see scripts/reference --list")
        for case in CASES:
            if not arguments or case.name in arguments:
                text = json.dumps(computed(case), separators=(",", ":"))
                (FIXTURES / f"{case.name}.json").write_text(text)


main(sys.argv[1:])
