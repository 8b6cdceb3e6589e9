"""Draws the pictures of the classifier's model card: python3 plot.py --run runs/classifier --evaluation FIGURES.json."""
import argparse
import json
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402 the backend has to be chosen first

INK, MUTED, ACCENT, SECOND = "#1f2937", "#6b7280", "#0f766e", "#b45309"
SMOOTHED = 25  # steps


def calm(axes):
    """No box, light horizontal lines, quiet numbers."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#d1d5db")
    axes.grid(axis="y", color="#e5e7eb", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=MUTED, length=0, labelsize=9)


def curve(log, target):
    lines = [json.loads(line) for line in Path(log).read_text().splitlines()]
    steps, losses = zip(*[(line["step"], line["loss"]) for line in lines if "loss" in line])
    looks = {line["step"]: line for line in lines if "accuracy" in line}
    window = min(SMOOTHED, len(losses))
    smooth = np.convolve(losses, np.ones(window) / window, "valid")
    figure, charts = plt.subplots(1, 2 if len(looks) > 1 else 1, figsize=(9 if len(looks) > 1 else 5.4, 3.2), dpi=150, squeeze=False)
    left = charts[0, 0]
    left.plot(steps, losses, color=ACCENT, alpha=0.2, linewidth=0.8)
    left.plot(steps[window - 1 :], smooth, color=ACCENT, linewidth=1.8)
    left.set_title(f"Loss in training (mean of {window} steps)", loc="left", fontsize=10, color=INK)
    left.set_ylim(0, np.percentile(losses, 99))
    if len(looks) > 1:
        right = charts[0, 1]
        for name, label, colour, style in (("accuracy", "mask or no mask, right", ACCENT, "o-"), ("kept", "faces kept", SECOND, "s--"), ("rejected", "background rejected", MUTED, "^:")):
            right.plot(list(looks), [100 * looks[step][name] for step in looks], style, color=colour, linewidth=1.8, markersize=4, label=label)
        right.set_title("On val, %", loc="left", fontsize=10, color=INK)
        right.legend(frameon=False, fontsize=8.5, labelcolor=INK, loc="best")
    for axes in charts[0]:
        calm(axes)
        axes.set_xlabel("step", fontsize=9, color=MUTED)
    figure.tight_layout(w_pad=3)
    figure.savefig(target)


def confusion(evaluation, target):
    truth = json.loads(Path(evaluation).read_text())["groundTruthBoxes"]["confusion"]
    counts = np.array([[truth[row][column] for column in ("mask", "noMask")] for row in ("mask", "noMask")])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(4.2, 3.6), dpi=150)
    axes.imshow(shares, cmap=matplotlib.colors.LinearSegmentedColormap.from_list("calm", ["#f8fafc", ACCENT]), vmin=0, vmax=1)
    for row in range(2):
        for column in range(2):
            colour = "white" if shares[row, column] > 0.5 else INK
            axes.text(column, row - 0.08, counts[row, column], ha="center", va="center", fontsize=17, color=colour)
            axes.text(column, row + 0.2, f"{100 * shares[row, column]:.1f} %", ha="center", va="center", fontsize=9, color=colour)
    names = ("mask", "no mask")
    axes.set_xticks(range(2), [f"called {name}" for name in names], color=INK, fontsize=9)
    axes.set_yticks(range(2), names, color=INK, fontsize=9)
    axes.set_title(f"Annotated boxes of val, {counts.sum()} faces", loc="left", fontsize=10, color=INK)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    figure.tight_layout()
    figure.savefig(target)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True, help="the training's folder with log.jsonl")
    parser.add_argument("--evaluation", required=True, help="what `evaluate --json FILE` wrote")
    parser.add_argument("--figures", default=str(Path(__file__).resolve().parent.parent / "figures"), help="where the pictures go")
    options = parser.parse_args()
    target = Path(options.figures)
    target.mkdir(parents=True, exist_ok=True)
    curve(Path(options.run, "log.jsonl"), target / "classifier-curve.png")
    confusion(options.evaluation, target / "classifier-confusion.png")


if __name__ == "__main__":
    main()
