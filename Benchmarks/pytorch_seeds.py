"""The default experiment in PyTorch with several seeds: a JSON line with the final figures of each run.

    python3 pytorch_seeds.py THREADS SEEDS
"""
import gzip
import json
import sys

import torch
from torch import nn

FOLDER = "/usr/share/datasets/fashion-mnist/"  # Debian's package dataset-fashion-mnist


def load(prefix):
    with gzip.open(f"{FOLDER}{prefix}-images-idx3-ubyte.gz") as images, gzip.open(f"{FOLDER}{prefix}-labels-idx1-ubyte.gz") as labels:
        pixels = torch.frombuffer(bytearray(images.read()[16:]), dtype=torch.uint8).reshape(-1, 784).float() / 255
        return pixels, torch.frombuffer(bytearray(labels.read()[8:]), dtype=torch.uint8).long()


def figures(net, images, labels):
    net.eval()
    with torch.no_grad():
        logits = torch.cat([net(part) for part in images.split(4096)])
        loss = nn.functional.cross_entropy(logits, labels).item()
        return loss, (logits.argmax(1) == labels).float().mean().item()


torch.set_num_threads(int(sys.argv[1]))
(images, labels), (test_images, test_labels) = load("train"), load("t10k")
for seed in range(1, int(sys.argv[2]) + 1):
    for name, dropout in (("with dropout", (0.2, 0.5)), ("without dropout", (0.0, 0.0))):
        torch.manual_seed(seed)
        net = nn.Sequential(
            nn.Linear(784, 256), nn.ReLU(), nn.Dropout(dropout[0]), nn.Linear(256, 256), nn.ReLU(),
            nn.Dropout(dropout[1]), nn.Linear(256, 10))
        for module in net:
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.01)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
        for _ in range(10):
            net.train()
            for batch in torch.randperm(60000).split(256):
                optimizer.zero_grad()
                nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
                optimizer.step()
        train, test = figures(net, images, labels), figures(net, test_images, test_labels)
        print(json.dumps({
            "seed": seed, "run": name, "train_loss": train[0], "train_accuracy": train[1], "test_loss": test[0],
            "test_accuracy": test[1]}), flush=True)
