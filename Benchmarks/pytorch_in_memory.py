"""The default experiment in PyTorch with the data in memory: prints seconds of training and of evaluation per epoch.

    python3 pytorch_in_memory.py THREADS EPOCHS
"""
import gzip
import sys
import time

import torch
from torch import nn

FOLDER = "/usr/share/datasets/fashion-mnist/"  # Debian's package dataset-fashion-mnist


def load(prefix):
    with gzip.open(f"{FOLDER}{prefix}-images-idx3-ubyte.gz") as images, gzip.open(f"{FOLDER}{prefix}-labels-idx1-ubyte.gz") as labels:
        pixels = torch.frombuffer(bytearray(images.read()[16:]), dtype=torch.uint8).reshape(-1, 784).float() / 255
        return pixels, torch.frombuffer(bytearray(labels.read()[8:]), dtype=torch.uint8).long()


threads, epochs = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)
(images, labels), (test_images, test_labels) = load("train"), load("t10k")
net = nn.Sequential(
    nn.Linear(784, 256), nn.ReLU(), nn.Dropout(0.2), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10))
for module in net:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.01)
optimizer, loss_function = torch.optim.SGD(net.parameters(), lr=0.5), nn.CrossEntropyLoss()
for _ in range(epochs):
    start = time.perf_counter()
    net.train()
    for batch in torch.randperm(60000).split(256):
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
