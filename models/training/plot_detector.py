"""Draws the pictures of the detector's model card: python3 plot_detector.py --run runs/detector --evaluation FIGURES.json."""
import argparse
import json
from pathlib import Path

import numpy as np

from plot import ACCENT, INK, MUTED, SECOND, SMOOTHED, calm, plt

LOGGED_EVERY = 10  # steps


def training_curve(log, target):
    lines = [json.loads(line) for line in Path(log).read_text().splitlines()]
    lines = [line for line in lines if "loss" in line]
    steps = [line["step"] for line in lines]
    window = max(1, min(len(steps), 2 * SMOOTHED // LOGGED_EVERY))
    figure, panels = plt.subplots(1, 3, figsize=(9, 3.0), dpi=150)
    for axes, name, title in zip(panels, ("obj", "cls", "box"), ("Face or background", "Overlap foretold", "Box (EIoU)")):
        values = [line.get(name, np.nan) for line in lines]
        axes.plot(steps, values, color=ACCENT, alpha=0.25, linewidth=0.8)
        axes.plot(steps[window - 1 :], np.convolve(values, np.ones(window) / window, "valid"), color=ACCENT, linewidth=1.8)
        axes.set_title(title, loc="left", fontsize=10, color=INK)
        axes.set_xlabel("step", fontsize=9, color=MUTED)
        axes.set_ylim(bottom=0)
        calm(axes)
    figure.suptitle(f"Loss in training, mean of {window * LOGGED_EVERY} steps", x=0.01, ha="left", fontsize=10, color=MUTED)
    figure.tight_layout(w_pad=2)
    figure.savefig(target)


def precision_recall(evaluation, target):
    detection = json.loads(Path(evaluation).read_text())["detection"]
    recall, precision = ([point[name] for point in detection["curve"]] for name in ("recall", "precision"))
    figure, axes = plt.subplots(figsize=(4.8, 4), dpi=150)
    axes.plot(recall, precision, color=ACCENT, linewidth=1.8)
    axes.plot(detection["recall"], detection["precision"], "o", color=SECOND, markersize=7)
    here = f"threshold {detection['scoreThreshold']:.2f}: precision {100 * detection['precision']:.1f} %, recall {100 * detection['recall']:.1f} %"
    axes.annotate(here, (detection["recall"], detection["precision"]), (0.52, 0.70), fontsize=8.5, color=INK, ha="left",
                  arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.8})
    axes.set_xlim(0.5, 1)
    axes.set_ylim(0.5, 1.005)
    axes.set_xlabel("recall", fontsize=9, color=MUTED)
    axes.set_ylabel("precision", fontsize=9, color=MUTED)
    axes.set_title(f"Faces of val, IoU 0.5: AP {100 * detection['ap50']:.1f} %", loc="left", fontsize=10, color=INK)
    calm(axes)
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
    training_curve(Path(options.run, "log.jsonl"), target / "detector-curve.png")
    precision_recall(options.evaluation, target / "detector-precision-recall.png")


if __name__ == "__main__":
    main()
