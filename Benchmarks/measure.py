"""Runs fmnist-tui and PyTorch for the benchmarks, and reads what they tell."""
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build" / "release" / "fmnist-tui"
HAS_PYTORCH = importlib.util.find_spec("torch") is not None
PIXELS, CLASSES = 784, 10


def build():
    subprocess.run([ROOT / "scripts" / "build"], check=True)


def doctor():
    """Kernels, multiplications and additions per second, bytes of memory per second."""
    output = subprocess.run([PROGRAM, "doctor", "--format", "json"], check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def epochs(*options, directory=None, save=False, environment=None):
    """Each epoch's events, one for each run."""
    command = [PROGRAM, "--format", "jsonl", *([] if save else ["--no-save"]), *map(str, options)]
    output = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=directory, env=os.environ | (environment or {})).stdout
    events = [event for event in map(json.loads, output.splitlines()) if event["event"] == "epoch_evaluated"]
    return [[event for event in events if event["epoch"] == number] for number in range(1, events[-1]["epoch"] + 1)]


def seconds(*options, **more):
    """Seconds of training and of evaluation of each epoch but the first; runs side by side take as long as the slower."""
    return [
        (max(event["training_seconds"] for event in epoch), max(event["evaluation_seconds"] for event in epoch))
        for epoch in epochs(*options, **more)[1:]]


def pytorch(threads, count, *options):
    """The same of PyTorch."""
    script = pathlib.Path(__file__).with_name("pytorch_in_memory.py")
    command = [sys.executable, script, str(threads), str(count), *map(str, options)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [tuple(map(float, line.split())) for line in output.splitlines()[1:]]


def seconds_to_first_step():
    """From the start of the process until it tells of the first step; with so few images that is an event of its own."""
    command = [PROGRAM, "--no-save", "--no-compare", "--format", "jsonl", "--epochs", "1", "--train-size", "256"]
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if json.loads(line)["event"] == "steps_completed":
                elapsed = time.monotonic() - start
                break
        process.stdout.read()
    return elapsed


def peak_megabytes(*options):
    """The largest resident size of a session."""
    process = subprocess.Popen(
        [PROGRAM, "--no-save", "--no-tui", "--quiet", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def allocations_per_step(*options):
    """Allocations of memory in an epoch more, divided by its steps; None where they cannot be counted."""
    library = ROOT / ".build" / "count-allocations.so"
    source = pathlib.Path(__file__).with_name("count-allocations.c")
    compile = ["clang", "-shared", "-fPIC", "-O2", "-o", library, source]
    if shutil.which("clang") is None or subprocess.run(compile, capture_output=True).returncode:
        return None

    def count(number):
        command = [PROGRAM, "--no-save", "--no-compare", "--no-tui", "--quiet", "--epochs", str(number), *options]
        output = subprocess.run(
            command, check=True, capture_output=True, text=True, env=os.environ | {"LD_PRELOAD": str(library)}).stderr
        return int(output.split("allocations ")[1])

    return (count(3) - count(2)) / 235


def forward_operations(widths):
    """Multiplications and additions of one image's forward pass."""
    sizes = [PIXELS, *widths, CLASSES]
    return sum(2 * inputs * outputs for inputs, outputs in zip(sizes, sizes[1:]))


def training_operations(widths):
    """Those of forward and backward; the gradient of the pixels is not needed."""
    return 3 * forward_operations(widths) - 2 * PIXELS * (widths[0] if widths else CLASSES)
