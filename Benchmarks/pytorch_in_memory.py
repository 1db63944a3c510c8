"""An experiment in PyTorch with the data in memory: prints seconds of training and of evaluation per epoch.

    python3 pytorch_in_memory.py THREADS EPOCHS [OPTIONS, a few of fmnist-tui's; by default its default experiment]
"""
import argparse
import gzip
import time

import torch
from torch import nn

FOLDER = "/usr/share/datasets/fashion-mnist/"  # Debian's package dataset-fashion-mnist
ACTIVATIONS = {"relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "elu": nn.ELU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


def numbers(kind):
    return lambda text: [kind(part) for part in text.split(",") if text != "none"]


parser = argparse.ArgumentParser()
parser.add_argument("threads", type=int)
parser.add_argument("epochs", type=int)
parser.add_argument("--hidden", type=numbers(int), default=[256, 256])
parser.add_argument("--dropout", type=numbers(float), default=None)
parser.add_argument("--activation", choices=ACTIVATIONS, default="relu")
parser.add_argument("--batch-norm", action="store_true")
parser.add_argument("--optimizer", choices=["sgd", "adam", "adamw"], default="sgd")
parser.add_argument("--lr", type=float, default=None)
parser.add_argument("--momentum", type=float, default=0)
parser.add_argument("--weight-decay", type=float, default=0)
parser.add_argument("--batch-size", type=int, default=256)
options = parser.parse_args()
dropout = options.dropout or [0.2 if layer == 0 else 0.5 for layer in range(len(options.hidden))]


def load(prefix):
    with gzip.open(f"{FOLDER}{prefix}-images-idx3-ubyte.gz") as images, gzip.open(f"{FOLDER}{prefix}-labels-idx1-ubyte.gz") as labels:
        pixels = torch.frombuffer(bytearray(images.read()[16:]), dtype=torch.uint8).reshape(-1, 784).float() / 255
        return pixels, torch.frombuffer(bytearray(labels.read()[8:]), dtype=torch.uint8).long()


torch.set_num_threads(options.threads)
torch.manual_seed(1)
(images, labels), (test_images, test_labels) = load("train"), load("t10k")
modules, inputs = [], 784
for width, probability in zip(options.hidden, dropout):
    modules.append(nn.Linear(inputs, width))
    modules += [nn.BatchNorm1d(width)] if options.batch_norm else []
    modules.append(ACTIVATIONS[options.activation]())
    modules += [nn.Dropout(probability)] if probability > 0 else []
    inputs = width
net = nn.Sequential(*modules, nn.Linear(inputs, 10))
for module in net:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.01)
if options.optimizer == "sgd":
    optimizer = torch.optim.SGD(
        net.parameters(), lr=options.lr or 0.5, momentum=options.momentum, weight_decay=options.weight_decay)
else:
    rule = torch.optim.Adam if options.optimizer == "adam" else torch.optim.AdamW
    optimizer = rule(net.parameters(), lr=options.lr or 0.001, weight_decay=options.weight_decay)
loss_function = nn.CrossEntropyLoss()
for _ in range(options.epochs):
    start = time.perf_counter()
    net.train()
    for batch in torch.randperm(60000).split(options.batch_size):
        optimizer.zero_grad()
        loss_function(net(images[batch]), labels[batch]).backward()
        optimizer.step()
    middle = time.perf_counter()
    net.eval()
    with torch.no_grad():
        for x, y in ((images, labels), (test_images, test_labels)):
            logits = torch.cat([net(part) for part in x.split(4096)])
            loss_function(logits, y).item()
            (logits.argmax(1) == y).float().mean().item()
    print(middle - start, time.perf_counter() - middle)
