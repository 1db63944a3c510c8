"""Networks that read images, as PyTorch computes them in double precision; see reference.py, which has the command line.

A case is a text of layers as --network reads it, so that a tensor has the same name here and there. Images are
[batch][channels][height][width].

To add one: a `Network` or `Operators` in CASES, and its name in `ImageNetworkTests` or `ImageOperatorTests`.
"""
import dataclasses

import numpy
import torch
from torch import nn
from torch.nn import functional

STEPS = 3
DECIMALS = 4


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body = nn.Sequential(*body)
        if shortcut:
            self.shortcut = nn.Sequential(*shortcut)

    def forward(self, images):
        return self.body(images) + (self.shortcut(images) if hasattr(self, "shortcut") else images)


class Average(nn.Module):
    """The mean of each channel."""

    def forward(self, images):
        return images.mean((2, 3))


PLAIN = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "gelu": nn.GELU, "silu": nn.SiLU}


class Words:
    """Reads layers from a text; `shape` is that of what comes in, followed by running a batch of ones."""

    def __init__(self, text):
        for mark in "()|":
            text = text.replace(mark, f" {mark} ")
        self.words = text.split()

    def options(self, **values):
        while self.words and self.words[0] in values:
            word = self.words.pop(0)
            values[word] = True if isinstance(values[word], bool) else int(self.words.pop(0))
        return values

    def layers(self, images):
        """The layers up to a bracket, a bar or the end, and what they make of `images`."""
        layers = []
        while self.words and self.words[0] not in ")|":
            layer = self.layer(images)
            layers.append(layer)
            with torch.no_grad():
                images = layer(images)
        return layers

    def layer(self, images):
        word = self.words.pop(0)
        channels = images.shape[1]
        if word == "conv":
            outputs, kernel = map(int, self.words.pop(0).split("x"))
            given = self.options(stride=1, padding=kernel // 2, **{"no-bias": False})
            return nn.Conv2d(channels, outputs, kernel, given["stride"], given["padding"], bias=not given["no-bias"])
        if word in ("pool", "average-pool"):
            side = int(self.words.pop(0))
            given = self.options(stride=side, padding=0)
            kind = nn.MaxPool2d if word == "pool" else nn.AvgPool2d
            return kind(side, given["stride"], given["padding"])
        if word == "residual":
            self.words.pop(0)
            body = self.layers(images)
            shortcut = self.words[0] == "|" and self.words.pop(0) and self.layers(images)
            self.words.pop(0)
            return Residual(body, shortcut)
        if word in ("bn", "batch-norm"):
            return (nn.BatchNorm2d if images.dim() == 4 else nn.BatchNorm1d)(channels)
        if word == "dropout":
            return nn.Dropout(float(self.words.pop(0)))
        if word == "linear":
            return nn.Linear(channels, int(self.words.pop(0)))
        return {"gap": Average, "flatten": nn.Flatten, **PLAIN}[word]()


def network(text, shape, random):
    """The network of a text; like the program's, it begins with a layer that does nothing here."""
    modules = nn.Sequential(nn.Identity(), *Words(text).layers(torch.ones(2, *shape)))
    with torch.no_grad():
        for name, values in modules.named_parameters():
            scale = (2 / max(1, values[0].numel())) ** 0.5 if values.dim() > 1 else 0.1
            middle = 1 if name.endswith("weight") and values.dim() == 1 else 0
            values.copy_(torch.from_numpy(drawn(random, values.shape) * scale + middle).round(decimals=DECIMALS))
    return modules


def drawn(random, shape):
    return random.standard_normal(tuple(shape)).round(DECIMALS)


def told(tensor):
    # Ten digits are more than float32 has.
    return [told(part) for part in tensor] if tensor.dim() else float(f"{tensor.item():.10g}")


def state(modules):
    return {name: told(values) for name, values in modules.state_dict().items() if not name.endswith("tracked")}


@dataclasses.dataclass
class Network:
    """Three steps of training: outputs, gradients and parameters of each, and the evaluation after it."""
    seed: int
    name: str
    what: str
    text: str
    shape: tuple
    batch: int = 3
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    momentum: float = 0
    nesterov: bool = False
    weight_decay: float = 0
    decays_weights_only: bool = False

    def make_optimizer(self, modules):
        # Weights are what has more than one dimension.
        groups = [
            {"params": [values for values in modules.parameters() if (values.dim() > 1) == is_weight],
             "weight_decay": self.weight_decay if is_weight or not self.decays_weights_only else 0}
            for is_weight in (True, False)]
        if self.optimizer == "adamW":
            return torch.optim.AdamW(groups, lr=self.learning_rate)
        return torch.optim.SGD(groups, lr=self.learning_rate, momentum=self.momentum, nesterov=self.nesterov)

    def computed(self):
        random = numpy.random.default_rng(self.seed)
        modules = network(self.text, self.shape, random)
        initial = state(modules)
        optimizer = self.make_optimizer(modules)
        settings = dataclasses.asdict(self)
        names = {"learning_rate": "learningRate", "weight_decay": "weightDecay", "decays_weights_only": "decaysWeightsOnly"}
        kept = ("text", "optimizer", "momentum", "nesterov", *names)
        told_settings = {names.get(key, key): settings[key] for key in kept}
        steps = [self.step(modules, optimizer, random) for _ in range(STEPS)]
        return {"case": self.name, **told_settings, "initial": initial, "steps": steps}

    def step(self, modules, optimizer, random):
        images = torch.from_numpy(drawn(random, (self.batch, *self.shape)))
        modules.train()
        optimizer.zero_grad()
        output = modules(images)
        # Labels where it ends with logits, else targets.
        if output.dim() == 2:
            labels = torch.from_numpy(random.integers(output.shape[1], size=self.batch))
            loss, aim = functional.cross_entropy(output, labels), {"labels": labels.tolist()}
        else:
            targets = torch.from_numpy(drawn(random, output.shape))
            loss, aim = functional.mse_loss(output, targets), {"targets": told(targets)}
        loss.backward()
        gradients = {name: told(values.grad) for name, values in modules.named_parameters()}
        optimizer.step()
        modules.eval()
        with torch.no_grad():
            evaluated = modules(images)
        return {"images": told(images), **aim, "output": told(output), "gradients": gradients, "after": state(modules),
                "evaluation": told(evaluated)}


@dataclasses.dataclass
class Operators:
    """Single layers: output and gradients for images and a gradient that comes from above."""
    seed: int
    name: str
    what: str
    # Text, batch and shape of each.
    examples: tuple

    def computed(self):
        random = numpy.random.default_rng(self.seed)
        return {"case": self.name, "examples": [self.example(random, *example) for example in self.examples]}

    def example(self, random, text, batch, shape):
        modules = network(text, shape, random)
        initial = state(modules)
        images = torch.from_numpy(drawn(random, (batch, *shape)))
        if text.startswith("pool"):
            # Of numbers that are equal, the first one wins.
            images = (images * 2).round()
        images.requires_grad_()
        output = modules(images)
        above = torch.from_numpy(drawn(random, output.shape))
        output.backward(above)
        gradients = {name: told(values.grad) for name, values in modules.named_parameters()}
        after = state(modules)
        modules.eval()
        with torch.no_grad():
            evaluated = modules(images)
        return {"text": text, "images": told(images), "initial": initial, "output": told(output), "above": told(above),
                "imageGradient": told(images.grad), "gradients": gradients, "after": after,
                "evaluation": told(evaluated)}


def block(outputs, stride=1, bias=False, ends_with_relu=False, shortcut=None):
    """A residual block and the ReLU after it."""
    bias = "" if bias else " no-bias"
    projection = "" if shortcut is None else f" | conv {outputs}x1 stride {stride}{shortcut}"
    return (f"residual(conv {outputs}x3 stride {stride}{bias} bn relu conv {outputs}x3{bias} bn"
            f"{' relu' if ends_with_relu else ''}{projection}) relu")


def lenet(activation, pool):
    return (f"conv 2x5 {activation} {pool} 2 conv 3x5 padding 0 {activation} {pool} 2 flatten "
            f"linear 8 {activation} linear 6 {activation} linear 4")


PROJECTION = " no-bias bn"

CASES = [
    Operators(401, "convolutions", "convolutions of all kinds", (
        ("conv 1x3", 1, (1, 5, 5)), ("conv 3x3", 3, (2, 7, 6)), ("conv 16x3", 2, (16, 9, 8)),
        ("conv 17x3", 1, (19, 6, 11)), ("conv 8x3 stride 2", 2, (5, 9, 8)), ("conv 6x1 no-bias", 3, (4, 5, 3)),
        ("conv 6x1 stride 2", 2, (9, 7, 6)), ("conv 4x7 stride 2 padding 0", 1, (3, 15, 13)),
        ("conv 5x5", 2, (3, 8, 7)), ("conv 3x2 padding 0", 2, (4, 6, 5)), ("conv 4x4 stride 3 padding 2", 1, (2, 10, 9)),
        ("conv 16x3 padding 0 no-bias", 1, (16, 12, 7)), ("conv 32x3", 1, (16, 3, 3)))),
    Operators(402, "poolings", "maxima and means of windows, with equal numbers among them", (
        ("pool 2", 2, (3, 6, 6)), ("pool 2", 3, (3, 7, 5)), ("pool 3 stride 2", 2, (5, 9, 7)),
        ("pool 3 stride 2 padding 1", 1, (3, 8, 9)), ("average-pool 2", 2, (3, 6, 7)),
        ("average-pool 3 stride 2 padding 1", 1, (8, 7, 5)), ("gap", 3, (5, 4, 3)), ("gap", 1, (3, 1, 1)))),
    Operators(403, "batch-norm-images", "batch norm over the channels of images", (
        ("bn", 3, (3, 5, 4)), ("bn", 1, (7, 3, 3)), ("bn", 4, (16, 6, 5)))),
    Network(411, "residual-identity", "a residual block without shortcut", block(5), (5, 6, 7),
            momentum=0.9, weight_decay=0.005),
    Network(412, "residual-projection", "one with stride, and batch norm on the shortcut",
            block(5, stride=2, shortcut=PROJECTION), (3, 7, 6), momentum=0.9, nesterov=True, weight_decay=0.005),
    Network(413, "residual-biases", "one with biases, and a plain convolution as shortcut",
            block(4, stride=2, bias=True, shortcut=""), (3, 7, 6), learning_rate=0.05),
    Network(414, "residual-relu", "one that ends with ReLU before the sum",
            block(5, stride=2, ends_with_relu=True, shortcut=""), (3, 7, 6), momentum=0.9),
    Network(415, "small-lenet-sigmoid", "LeNet in small", lenet("sigmoid", "average-pool"), (1, 16, 16),
            learning_rate=0.9),
    Network(416, "small-lenet-relu", "the same with ReLU, max pooling and AdamW", lenet("relu", "pool"), (1, 16, 16),
            optimizer="adamW", learning_rate=0.01, weight_decay=0.05),
    Network(417, "small-resnet", "a residual network in small",
            f"conv 4x3 no-bias bn relu {block(4)} {block(6, stride=2, shortcut=PROJECTION)} gap linear 3", (1, 9, 8),
            batch=5, momentum=0.9, weight_decay=0.005),
    Network(418, "small-resnet-colour", "the same for three channels, with decay of weights only",
            f"conv 3x3 no-bias bn relu {block(3)} {block(5, stride=2, shortcut=PROJECTION)} gap linear 4", (3, 7, 7),
            batch=5, momentum=0.9, nesterov=True, weight_decay=0.05, decays_weights_only=True),
    Network(419, "small-resnet18-cifar", "the network for CIFAR-10 with other widths",
            "conv 3x7 stride 2 padding 0 pool 3 stride 2 " + " ".join(
                block(width, stride, ends_with_relu=True, shortcut="" if stride == 2 else None)
                for width, stride in ((3, 1), (3, 1), (4, 2), (4, 1), (5, 2), (5, 1), (6, 2), (6, 1)))
            + " gap linear 4", (3, 33, 32), batch=12, learning_rate=0.001, weight_decay=1e-4),
]
