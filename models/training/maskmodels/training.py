"""What both trainings share: seeds, device, checkpoints, learning rate, averaged weights, progress and the curve's log."""
import copy
import json
import math
import os
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

RUNS = Path(__file__).resolve().parents[1] / "runs"


def seed_everything(seed):
    """Seeds Python, NumPy and PyTorch; returns NumPy's generator for the data."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    return np.random.default_rng(seed)


def best_device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def cosine(step, steps, warm_up, floor=0.02):
    """Factor of the learning rate: rises linearly over `warm_up` steps, then falls to `floor` along a cosine."""
    if step < warm_up:
        return (step + 1) / warm_up
    done = min(1.0, (step - warm_up) / max(1, steps - warm_up))
    return floor + (1 - floor) * (1 + math.cos(math.pi * done)) / 2


class AveragedWeights:
    """Exponential moving average of a network's weights; integer buffers are copied. Follows faster at the start."""

    def __init__(self, network, decay):
        self.network = copy.deepcopy(network).eval()
        self.decay, self.updates = decay, 0

    @torch.no_grad()
    def update(self, network):
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        state = network.state_dict()
        for name, mine in self.network.state_dict().items():
            if mine.is_floating_point():
                mine.lerp_(state[name], 1 - decay)
            else:
                mine.copy_(state[name])


class Run:
    """A training's folder: runs/NAME with checkpoint.pt, log.jsonl and whatever the training puts there."""

    def __init__(self, name):
        self.folder = Path(name) if os.sep in str(name) else RUNS / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.checkpoint, self.curve = self.folder / "checkpoint.pt", self.folder / "log.jsonl"

    def save(self, step, network, averaged, optimizer, generator, **more):
        """Writes the checkpoint to a new file first, so that a stop in the middle leaves the old one whole."""
        state = {
            "step": step,
            "network": network.state_dict(),
            "averaged": averaged.network.state_dict(),
            "updates": averaged.updates,
            "optimizer": optimizer.state_dict(),
            "generator": generator.bit_generator.state,
            "python": random.getstate(),
            "numpy": np.random.get_state(),
            "torch": torch.get_rng_state(),
            **more,
        }
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        os.replace(part, self.checkpoint)

    def resume(self, network, averaged, optimizer, generator):
        """Restores everything that `save` kept; returns the whole state (`step` is the number of finished steps)."""
        if not self.checkpoint.exists():
            sys.exit(f"There is nothing to resume: {self.checkpoint} is missing. Leave out --resume to start the training.")
        state = torch.load(self.checkpoint, map_location="cpu")
        network.load_state_dict(state["network"])
        averaged.network.load_state_dict(state["averaged"])
        averaged.updates = state["updates"]
        optimizer.load_state_dict(state["optimizer"])
        generator.bit_generator.state = state["generator"]
        random.setstate(state["python"])
        np.random.set_state(state["numpy"])
        torch.set_rng_state(state["torch"])
        self._forget_after(state["step"])
        return state

    def start_over(self):
        """Removes an earlier run of the same name."""
        for file in (self.checkpoint, self.curve):
            file.unlink(missing_ok=True)

    def log(self, step, **figures):
        """Appends a line to the training curve."""
        with self.curve.open("a") as file:
            file.write(json.dumps({"step": step, **{name: _plain(value) for name, value in figures.items()}}) + "\n")

    def _forget_after(self, step):
        # Steps behind the checkpoint are done again: their lines would stand in the curve twice.
        if self.curve.exists():
            kept = [line for line in self.curve.read_text().splitlines() if json.loads(line)["step"] <= step]
            self.curve.write_text("".join(line + "\n" for line in kept))


class Progress:
    """Steps done, loss and time left, on standard error."""

    def __init__(self, steps, done=0, every=10):
        self.steps, self.first, self.every, self.started = steps, done, every, time.monotonic()

    def show(self, step, **figures):
        """`step`: finished steps."""
        if step % self.every and step != self.steps:
            return
        each = (time.monotonic() - self.started) / max(1, step - self.first)
        left = round(each * (self.steps - step))
        values = "  ".join(f"{name} {float(value):.4g}" for name, value in figures.items())
        print(f"step {step}/{self.steps}  {values}  {each:.2f} s a step, {left // 60} min {left % 60:02} s left", file=sys.stderr, flush=True)


def _plain(value):
    value = value.item() if hasattr(value, "item") else value
    return None if value != value else value  # JSON knows no NaN
