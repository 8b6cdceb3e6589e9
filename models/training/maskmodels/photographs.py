"""Photographs of crowds with their labelled faces in memory, and the faces that nobody labelled."""
import json
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from maskmodels import detecting, faces

KINDS = ("with_mask", "without_mask", "mask_weared_incorrect")
BARE = 1
SEARCH_SCALE, SEARCH_SCORE, MATCHING_IOU = 2.0, 0.5, 0.3


@dataclass
class Photograph:
    """`boxes` are left, top, right, bottom in pixels; `kinds` index KINDS; `unlabelled` are boxes that count neither as face nor as background."""

    name: str
    image: np.ndarray
    boxes: np.ndarray
    kinds: np.ndarray
    unlabelled: np.ndarray = field(default_factory=lambda: np.zeros((0, 4), np.float32))


def load(folder):
    """All photographs under folder/{images,annotations}, by name."""
    photographs = []
    for annotation in sorted(Path(folder, "annotations").glob("*.xml")):
        image = cv2.imread(str(next(Path(folder, "images").glob(annotation.stem + ".*"))))
        labelled = list(faces.boxes(annotation))
        boxes = np.array([[x, y, x + width, y + height] for _, x, y, width, height in labelled], np.float32).reshape(-1, 4)
        photographs.append(Photograph(annotation.stem, image, boxes, np.array([KINDS.index(label) for label, *_ in labelled], int)))
    if not photographs:
        raise SystemExit(f"There is no annotation in {folder}: it needs images/ and Pascal VOC annotations/.")
    return photographs


def mark_unlabelled(photographs, published, kept, score):
    """
    Strong detections of the published network that match no label are mostly faces that nobody labelled. Learning
    them as background costs bare faces elsewhere, so they are left out of the loss. Returns how many.
    `kept`: a file that spares a second search.
    """
    found = json.loads(kept.read_text()) if kept.exists() else {}
    for photograph in photographs:
        if photograph.name not in found:
            boxes, scores = detecting.detect(published, photograph.image, SEARCH_SCALE, floor=SEARCH_SCORE)
            found[photograph.name] = np.column_stack([boxes, scores]).round(4).tolist()
        strong = np.array(found[photograph.name], np.float32).reshape(-1, 5)
        boxes = strong[strong[:, 4] >= score, :4]
        if len(photograph.boxes):
            boxes = boxes[detecting.iou(boxes, photograph.boxes).max(1, initial=0) < MATCHING_IOU]
        photograph.unlabelled = boxes
    kept.write_text(json.dumps(found))
    return sum(len(photograph.unlabelled) for photograph in photographs)
