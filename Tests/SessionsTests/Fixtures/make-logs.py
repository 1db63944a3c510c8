"""Writes logs/ with the packages that people use, and logs/tensorboard.json: what TensorBoard's own reader finds in them.

    python3 make-logs.py logs        needs tensorboard, tensorboardX, torch
"""

import json
import os
import shutil
import sys
import time

import numpy as np
import tensorboardX
from tensorboard.backend.event_processing import plugin_event_multiplexer
from tensorboard.compat.proto import event_pb2, tensor_pb2, types_pb2
from tensorboard.plugins.scalar import metadata
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util
from torch.utils.tensorboard import SummaryWriter

folder = sys.argv[1]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
start = 1700000000

with tensorboardX.SummaryWriter(f"{folder}/tensorboardX") as writer:
    for step in range(0, 60, 10):
        at = {"global_step": step, "walltime": start + step}
        writer.add_scalar("loss/train", 1 / (1 + step), **at)
        writer.add_scalar("lr", float("nan") if step == 30 else 0.1, **at)
        writer.add_scalars("metrics", {"train_loss": 1 / (1 + step), "test_acc": 0.5 + step / 200}, **at)
    writer.add_histogram("weights", np.arange(10), 0, walltime=start)
    writer.add_text("note", "hello", 0, walltime=start)
    writer.add_image("picture", np.zeros((3, 4, 4), dtype=np.uint8), 0, walltime=start)

with SummaryWriter(f"{folder}/torch") as writer:
    for step in range(5):
        at = {"global_step": step, "walltime": start + step}
        writer.add_scalar("loss", 2.0**-step, **at)
        writer.add_scalar("exact", 1 / 3 + step, double_precision=True, **at)
        writer.add_scalar("new", 0.1 * step, new_style=True, **at)
    writer.add_hparams({"lr": 0.1}, {"hparam/accuracy": 0.9}, run_name="hparams")

# A program that was started again.
for number, (first, end) in enumerate([(0, 6), (3, 8)]):
    with SummaryWriter(f"{folder}/restarted", purge_step=first, filename_suffix=f".{number}") as writer:
        for step in range(first, end):
            writer.add_scalar("loss", 10 * (number + 1) - step, step, walltime=start + 100 * number + step)
    time.sleep(1.1)

# What Keras and TensorFlow 2 write: tensors, of which the first tells that they are scalars.
for part in ("train", "validation"):
    writer = EventFileWriter(f"{folder}/keras/{part}")
    for step in range(4):
        event = event_pb2.Event(step=step, wall_time=start + step)
        scalar = metadata.create_summary_metadata("", "")
        event.summary.value.add(
            tag="epoch_loss", tensor=tensor_util.make_tensor_proto(np.float32(0.7**step)), metadata=scalar
        )
        value = event.summary.value.add(
            tag="epoch_accuracy", tensor=tensor_util.make_tensor_proto(np.float64(1 - 0.7**step))
        )
        if step == 0:
            value.metadata.CopyFrom(scalar)
        tensor = tensor_pb2.TensorProto(dtype=types_pb2.DT_FLOAT, float_val=[0.5 * step])
        event.summary.value.add(tag="float_val", tensor=tensor, metadata=scalar)
        writer.add_event(event)
    writer.close()

multiplexer = plugin_event_multiplexer.EventMultiplexer()
multiplexer.AddRunsFromDirectory(folder)
multiplexer.Reload()
found = {}
for run in sorted(multiplexer.Runs()):
    found[run] = {
        tag: [
            # JSON has no NaN, and Swift reads what Python prints.
            [event.step, event.wall_time, repr(float(tensor_util.make_ndarray(event.tensor_proto)))]
            for event in multiplexer.Tensors(run, tag)
        ]
        for tag in sorted(multiplexer.PluginRunToTagToContent("scalars").get(run, {}))
    }
with open(f"{folder}/tensorboard.json", "w") as file:
    json.dump(found, file, indent=1)
