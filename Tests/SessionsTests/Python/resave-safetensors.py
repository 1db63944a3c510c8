"""Reads a safetensors file, writes it anew, and prints what is in it as JSON."""

import json
import sys

from safetensors import safe_open
from safetensors.numpy import load_file, save_file

source, target = sys.argv[1:]
tensors = load_file(source)
with safe_open(source, framework="numpy") as file:
    metadata = file.metadata()
save_file(tensors, target, metadata=metadata)
print(
    json.dumps(
        {
            name: {"type": str(array.dtype), "shape": array.shape, "values": array.ravel().tolist()}
            for name, array in tensors.items()
        }
    )
)
