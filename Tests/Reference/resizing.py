"""Resizes made-up images bilinearly with PIL, for Tests/DatasetsTests/Fixtures/resize-bilinear.json."""

import json
import sys

import numpy as np
from PIL import Image

generator = np.random.default_rng(1)
cases = []
for height, width, to_height, to_width, channels in [
    (8, 8, 24, 24, 3), (7, 7, 24, 24, 1), (5, 6, 15, 18, 1), (8, 8, 10, 10, 3), (20, 17, 8, 9, 3), (30, 40, 32, 32, 1),
    (9, 5, 9, 11, 3), (1, 1, 4, 4, 1),
]:
    pixels = generator.integers(0, 256, (height, width, channels), dtype=np.uint8)
    image = Image.fromarray(pixels if channels == 3 else pixels[..., 0])
    resized = np.asarray(image.resize((to_width, to_height), Image.Resampling.BILINEAR))
    cases.append({
        "height": height, "width": width, "toHeight": to_height, "toWidth": to_width, "channels": channels,
        "input": pixels.flatten().tolist(), "pil": resized.flatten().tolist(),
    })
json.dump({"case": "resize-bilinear", "cases": cases}, sys.stdout, separators=(",", ":"))
