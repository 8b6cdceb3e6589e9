"""What is no face: chance squares, and what the detectors take for faces. Boxes are left, top, right, bottom in pixels."""
from pathlib import Path

import cv2
import numpy as np

from maskmodels import detecting

MAX_OVERLAP = 0.1
LIKELY_FACE = 0.3  # detections from this score on that match no label are mostly faces that nobody labelled
HAAR = Path(__file__).resolve().parents[2] / "haarcascade_frontalface_default.xml"


def overlap(box, others):
    """Largest part of the smaller of two boxes that `box` shares with one of `others` [n, 4]."""
    common = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    area = np.clip(common, 0, None).prod(1)
    smaller = np.minimum((box[2:] - box[:2]).prod(), (others[:, 2:] - others[:, :2]).prod(1))
    return float((area / np.maximum(smaller, 1e-9)).max(initial=0))


def chance_square(photograph, sides, random):
    """A square as large as some face of the set that shares next to nothing with a face; None where there is no room."""
    height, width = photograph.image.shape[:2]
    for _ in range(50):
        side = float(random.choice(sides))
        if side <= min(width, height):
            left, top = random.random() * (width - side), random.random() * (height - side)
            box = np.array([left, top, left + side, top + side])
            if overlap(box, photograph.boxes) <= MAX_OVERLAP:
                return box
    return None


def haar_boxes(image, cascade):
    """What the cascade finds at twice the size with few neighbours: mostly mistakes."""
    grey = cv2.cvtColor(cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), cv2.COLOR_BGR2GRAY)
    return np.array([[x, y, x + width, y + height] for x, y, width, height in cascade.detectMultiScale(grey, 1.1, 1)], float).reshape(-1, 4) / 2


def mistakes(photographs, detector=None):
    """
    What the Haar cascade and a YuNet (optional) find where no face is labelled: [[photograph's index, left, top, right,
    bottom]]. What the YuNet is rather sure of is left out: a face without a label, learnt as no face, costs true ones.
    """
    cascade, found = cv2.CascadeClassifier(str(HAAR)), []
    for index, photograph in enumerate(photographs):
        boxes, faces = haar_boxes(photograph.image, cascade), photograph.boxes
        if detector is not None:
            detected, scores = detecting.detect(detector, photograph.image, 2.0, floor=0.1)
            boxes = np.concatenate([boxes, detected[scores < LIKELY_FACE]])
            faces = np.concatenate([faces, detected[scores >= LIKELY_FACE]])
        found += [[index, *map(float, box)] for box in boxes if overlap(box, faces) <= MAX_OVERLAP]
    return found
