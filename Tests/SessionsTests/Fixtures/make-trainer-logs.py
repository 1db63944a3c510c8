"""Writes trainers/: what Keras and Lightning themselves write, and trainers/expected.json: what is in it by TensorBoard's own
reader and Python's.

    python3 make-trainer-logs.py trainers keras          needs tensorflow-cpu, tensorboard
    python3 make-trainer-logs.py trainers lightning      needs lightning, tensorboard
    python3 make-trainer-logs.py trainers expected       needs tensorboard
"""

import csv
import json
import os
import shutil
import sys

folder, part = sys.argv[1:]


def make_keras():
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    images, labels = np.random.rand(40, 6, 6, 1).astype("float32"), np.random.randint(0, 3, 40)
    model = keras.Sequential([
        keras.layers.Input((6, 6, 1)), keras.layers.Flatten(), keras.layers.Dense(3, "softmax", name="out")
    ])
    rate = keras.optimizers.schedules.ExponentialDecay(0.01, 10, 0.9)
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    os.makedirs(f"{folder}/keras-tables")
    history = model.fit(
        images, labels, epochs=3, batch_size=8, validation_split=0.2, verbose=0,
        callbacks=[
            keras.callbacks.TensorBoard(
                f"{folder}/keras", histogram_freq=1, write_images=True, update_freq=2, write_steps_per_second=True),
            keras.callbacks.CSVLogger(f"{folder}/keras-tables/training.log"),
            keras.callbacks.CSVLogger(f"{folder}/keras-tables/run.csv", separator=";"),
        ])
    with open(f"{folder}/keras-tables/history.json", "w") as file:
        json.dump(history.history, file)


def make_lightning():
    import lightning
    import torch
    from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger

    class Classifier(lightning.LightningModule):
        def __init__(self, lr=0.1, width=4):
            super().__init__()
            self.save_hyperparameters()
            self.network = torch.nn.Sequential(
                torch.nn.Linear(8, width), torch.nn.ReLU(), torch.nn.Linear(width, 3))

        def loss(self, batch):
            return torch.nn.functional.cross_entropy(self.network(batch[0]), batch[1])

        def training_step(self, batch, _):
            loss = self.loss(batch)
            self.log("train_loss", loss, on_step=True, on_epoch=True)
            return loss

        def validation_step(self, batch, _):
            self.log_dict({"val_loss": self.loss(batch), "hp_metric": self.loss(batch)})

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)

    torch.manual_seed(0)
    data = torch.utils.data.TensorDataset(torch.rand(32, 8), torch.randint(0, 3, (32,)))
    loader = torch.utils.data.DataLoader(data, batch_size=8)
    for lr in (0.1, 0.01):
        trainer = lightning.Trainer(
            max_epochs=3, log_every_n_steps=2, accelerator="cpu", enable_checkpointing=False,
            enable_progress_bar=False, enable_model_summary=False,
            logger=[TensorBoardLogger(folder, name="lightning"), CSVLogger(folder, name="lightning-tables")],
            callbacks=[lightning.pytorch.callbacks.LearningRateMonitor(logging_interval="step")])
        trainer.fit(Classifier(lr), loader, loader)


def expect():
    from tensorboard.backend.event_processing import plugin_event_multiplexer
    from tensorboard.util import tensor_util

    multiplexer = plugin_event_multiplexer.EventMultiplexer(
        tensor_size_guidance={"scalars": 0}, size_guidance={"tensors": 0, "scalars": 0})
    multiplexer.AddRunsFromDirectory(folder)
    multiplexer.Reload()
    found = {}
    for run in multiplexer.Runs():
        found[run] = {
            tag: [
                [event.step, repr(float(tensor_util.make_ndarray(event.tensor_proto)))]
                for event in multiplexer.Tensors(run, tag)
            ]
            for tag in multiplexer.PluginRunToTagToContent("scalars").get(run, {})
        }
    for version in (0, 1):
        found[f"lightning-tables/version_{version}"] = table(
            f"{folder}/lightning-tables/version_{version}/metrics.csv", ",")
    found["keras-tables/training.log"] = table(f"{folder}/keras-tables/training.log", ",")
    found["keras-tables/run.csv"] = table(f"{folder}/keras-tables/run.csv", ";")
    with open(f"{folder}/keras-tables/history.json") as file:
        lists = json.load(file)
    found["keras-tables/history.json"] = {
        name: [[place, repr(value)] for place, value in enumerate(values)] for name, values in lists.items()
    }
    with open(f"{folder}/expected.json", "w") as file:
        json.dump(found, file, indent=1, sort_keys=True)


def table(path, delimiter):
    figures = {}
    with open(path) as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            place = int(row["step"] if "step" in row else row["epoch"])
            for name, value in row.items():
                if value and name != "step" and not (name == "epoch" and "step" not in row):
                    figures.setdefault(name, []).append([place, repr(float(value))])
    return figures


{"keras": make_keras, "lightning": make_lightning, "expected": expect}[part]()
