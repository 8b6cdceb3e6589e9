"""Precision and recall of a detector on labelled photographs. The published figures come from the program's own `evaluate`."""
from dataclasses import dataclass

import numpy as np
import torch

from maskmodels import crowd_crops, detecting, detector_loss
from maskmodels.photographs import KINDS


@dataclass
class Matches:
    """Detections of a whole set, strongest first, and the score with which each face was found (0: not found)."""

    scores: np.ndarray
    hits: np.ndarray
    found: np.ndarray
    kinds: np.ndarray

    def recall(self, threshold, kind=None):
        found = self.found if kind is None else self.found[self.kinds == kind]
        return float((found >= threshold).mean())

    def precision(self, threshold):
        return float(self.hits[self.scores >= threshold].mean()) if (self.scores >= threshold).any() else 1.0

    def curve(self):
        hits = np.cumsum(self.hits)
        return hits / max(1, len(self.found)), hits / np.arange(1, len(hits) + 1)

    def average_precision(self):
        recall, precision = self.curve()
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        return float(np.sum(np.diff(recall, prepend=0) * envelope))

    def at_precision(self, precision):
        """(recall, threshold) at the lowest threshold that still has this precision."""
        recalls, precisions = self.curve()
        good = np.flatnonzero(precisions >= precision)
        return (float(recalls[good[-1]]), float(self.scores[good[-1]])) if len(good) else (0.0, 1.0)

    def summary(self):
        """The figures that a training watches."""
        recall, threshold = self.at_precision(0.93)
        by_kind = {kind: self.recall(threshold, index) for index, kind in enumerate(KINDS) if (self.kinds == index).any()}
        return {"ap50": self.average_precision(), "recall_at_93": recall, "threshold": threshold, **by_kind}


def match(detections, photographs, overlap=0.5):
    """`detections`: (boxes, scores) of each photograph, strongest first; each face is matched once."""
    scores, hits, found, kinds = [], [], [], []
    for (boxes, strengths), photograph in zip(detections, photographs):
        free = np.zeros(len(photograph.boxes))
        for box, strength in zip(boxes, strengths):
            scores.append(strength)
            overlaps = detecting.iou(box[None], photograph.boxes)[0] * (free == 0) if len(free) else np.zeros(1)
            best = overlaps.argmax()
            hits.append(overlaps[best] >= overlap)
            if hits[-1]:
                free[best] = strength
        found.append(free)
        kinds.append(photograph.kinds)
    scores, hits = np.array(scores), np.array(hits, bool)
    order = np.argsort(-scores, kind="stable")
    return Matches(scores[order], hits[order], np.concatenate(found), np.concatenate(kinds))


def measure(network, photographs):
    """Detects as the program does."""
    return match([detecting.look(network, photograph.image) for photograph in photographs], photographs)


@torch.no_grad()
def loss_on_crops(network, photographs, side, batches=50):
    """
    The training's loss on the same crops each time. It tells two networks apart that the average precision on a few
    hundred faces cannot: that moves by some tenths of a point with the order in which looks are merged.
    """
    device = next(network.parameters()).device
    crops = crowd_crops.CrowdCrops(photographs, np.random.default_rng(0), side, weathered=False)
    corners, strides = detector_loss.grid(side, device)
    losses = []
    for _ in range(batches):
        images, faces, ignored = crowd_crops.tensors(crops.batch(16), device)
        with detecting.fast_pointwise():
            outputs = network.logits(images)
        losses.append(detector_loss.loss(outputs, faces, ignored, corners, strides)[0].item())
    return float(np.mean(losses))
