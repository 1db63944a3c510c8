#!/usr/bin/env python3
"""Writes mixed.safetensors anew; needs numpy and safetensors (made with 0.8.0) from PyPI."""

import pathlib

import numpy as np
from safetensors.numpy import save

tensors = {
    "0.weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 4 - 0.5,
    "0.bias": np.array([1e-45, -np.inf], np.float32),
    'größe "q"\n': np.array(7.5, np.float32),
    "empty": np.zeros((0, 3), np.float32),
    "step": np.array([-3, 2**62], np.int64),
    "seed": np.array([2**64 - 1], np.uint64),
}
path = pathlib.Path(__file__).with_name("mixed.safetensors")
path.write_bytes(save(tensors, metadata={"format": "pt"}))
