"""Checks all ONNX models in a folder and runs them on the images there; prints what comes out as JSON."""

import json
import pathlib
import sys

import onnx
import onnxruntime
from safetensors.numpy import load_file

folder = pathlib.Path(sys.argv[1])
images = load_file(folder / "images.safetensors")["images"]
results = {}
for path in folder.glob("*.onnx"):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    sizes = session.get_inputs()[0].shape[1:]
    run = lambda batch: session.run(["logits"], {"images": batch.reshape(-1, *sizes)})[0].tolist()
    results[path.stem] = {
        "logits": run(images),
        "first": run(images[:1]),
        "input": session.get_inputs()[0].shape,
        "output": session.get_outputs()[0].shape,
        "operators": [node.op_type for node in model.graph.node],
        "producer": [model.producer_name, model.producer_version],
        "versions": [model.ir_version, model.opset_import[0].version],
    }
print(json.dumps(results))
