"""Runs YuNet on photographs as the program does: enlarge, pad, decode, suppress overlaps, look several times."""
from contextlib import contextmanager

import cv2
import numpy as np
import torch

from maskmodels import yunet

MULTIPLE = 32
SECOND_LOOK_ENLARGEMENT = 0.625
SAME_FACE_IOU = 0.5
FLOOR_OF_ONE_LOOK = 0.25
# How far to the right of the faces the labels lie (left, top, right, bottom), pixels: Pascal VOC counts pixels from one. A network
# that learns from mirrored crops too cannot learn it.
LABEL_OFFSET = np.array([0.4, 0, 0.4, 0], np.float32)


def scaled_size(image, scale):
    """(width, height) in whole pixels."""
    return tuple(max(1, round(side * scale)) for side in (image.shape[1], image.shape[0]))


def prepare(image, scale, mirrored=False):
    """BGR photograph -> float32 [1, 3, H, W], zeros at the right and bottom up to multiples of 32."""
    width, height = scaled_size(image, scale)
    scaled = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    if mirrored:
        scaled = scaled[:, ::-1]
    padded = cv2.copyMakeBorder(scaled, 0, -height % MULTIPLE, 0, -width % MULTIPLE, cv2.BORDER_CONSTANT)
    return torch.from_numpy(padded.transpose(2, 0, 1)[None].astype(np.float32))


def decode(outputs, columns_of_stride_8, scale=1.0, floor=0.05):
    """
    The nine outputs of one image -> (boxes [n, 4] as left, top, right, bottom in pixels of the photograph, scores [n]).
    `scale`: one number, or one for each axis.
    """
    boxes, scores = [], []
    for level, stride in enumerate(yunet.STRIDES):
        cls, obj, bbox = (np.asarray(outputs[group * 3 + level][0], dtype=np.float32) for group in range(3))
        score = np.sqrt(cls[:, 0] * obj[:, 0])
        cells = np.flatnonzero(score >= floor)
        columns = columns_of_stride_8 * yunet.STRIDES[0] // stride
        centre = (np.stack([cells % columns, cells // columns], 1) + bbox[cells, :2]) * stride / scale
        half = np.exp(bbox[cells, 2:]) * stride / scale / 2
        boxes.append(np.concatenate([centre - half, centre + half], 1))
        scores.append(score[cells])
    return np.concatenate(boxes), np.concatenate(scores)


def iou(first, second):
    """Intersection over union of every box of the first set with every box of the second: [n, m]."""
    corner, opposite = np.maximum(first[:, None, :2], second[None, :, :2]), np.minimum(first[:, None, 2:], second[None, :, 2:])
    common = np.clip(opposite - corner, 0, None).prod(2)
    return common / np.maximum(area(first)[:, None] + area(second)[None] - common, 1e-9)


def area(boxes):
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def suppress(boxes, scores, overlap=0.45):
    """Greedy non-maximum suppression: indices of the kept boxes, strongest first."""
    order, kept = np.argsort(-scores, kind="stable"), []
    while len(order):
        kept.append(order[0])
        order = order[1:][iou(boxes[order[:1]], boxes[order[1:]])[0] <= overlap]
    return np.array(kept, dtype=int)


@contextmanager
def fast_pointwise():
    """With one thread and a small batch PyTorch's CPU code takes a path for 1 x 1 convolutions that is five times as slow."""
    threads = torch.get_num_threads()
    torch.set_num_threads(max(2, threads))
    try:
        yield
    finally:
        torch.set_num_threads(threads)


@torch.no_grad()
def detect(network, image, scale, floor=0.05, overlap=0.45, mirrored=False):
    """Faces that one look at a BGR photograph finds: (boxes, scores), strongest first."""
    tensor = prepare(image, scale, mirrored).to(next(network.parameters()).device)
    with fast_pointwise():
        outputs = [output.cpu().numpy() for output in network(tensor)]
    scales = np.divide(scaled_size(image, scale), image.shape[1::-1])
    boxes, scores = decode(outputs, tensor.shape[3] // yunet.STRIDES[0], scales, floor)
    if mirrored:
        boxes[:, [0, 2]] = image.shape[1] - boxes[:, [2, 0]]
    kept = suppress(boxes, scores, overlap)
    return boxes[kept], scores[kept]


def look(network, image, floor=0.05):
    """Faces as the program finds them: the mean of looks at the mirror image, less enlarged at the photograph, and at the photograph."""
    scale = enlargement(image)
    smaller = max(min(scale, 1), scale * SECOND_LOOK_ENLARGEMENT)
    views = [(scale, True), (smaller, False)] + ([(scale, False)] if smaller != scale else [])
    boxes, scores = merge([detect(network, image, size, floor * FLOOR_OF_ONE_LOOK, mirrored=mirrored) for size, mirrored in views])
    boxes, scores = boxes[scores >= floor], scores[scores >= floor]
    kept = suppress(boxes, scores)
    return boxes[kept] + LABEL_OFFSET, scores[kept]


def merge(looks):
    """Groups what several looks found, strongest first: mean scores (zero where a look saw nothing), boxes weighted by the scores."""
    boxes, scores = (np.concatenate(parts) for parts in zip(*looks))
    seen_by = np.repeat(np.arange(len(looks)), [len(found) for _, found in looks])
    order = np.argsort(-scores, kind="stable")
    boxes, scores, seen_by = boxes[order], scores[order], seen_by[order]
    free, merged_boxes, merged_scores = np.ones(len(scores), bool), [], []
    for face in range(len(scores)):
        if not free[face]:
            continue
        same = free & (seen_by != seen_by[face]) & (iou(boxes[[face]], boxes)[0] > SAME_FACE_IOU)
        group = [face] + [np.flatnonzero(same & (seen_by == other))[0] for other in np.unique(seen_by[same])]
        free[group] = False
        merged_boxes.append(np.average(boxes[group], axis=0, weights=scores[group]))
        merged_scores.append(scores[group].sum() / len(looks))
    return np.array(merged_boxes).reshape(-1, 4), np.array(merged_scores)


def enlargement(image, target=800, most=2.0):
    """The program's factor for a small photograph."""
    return min(most, max(1.0, target / max(image.shape[:2])))
