"""SimOTA assignment of faces to cells, and YuNet's loss."""
import math

import torch
from torch.nn import functional as F

from maskmodels import yunet

CENTRE_RADIUS = 2.5
CANDIDATES = 10
IOU_COST = 3.0
BOX_WEIGHT = 5.0
FORBIDDEN = 1e5


def grid(side, device):
    """Corner (x, y) of every cell in pixels, and its stride: [n, 2], [n]."""
    corners, strides = [], []
    for stride in yunet.STRIDES:
        cells = torch.arange(side // stride, device=device) * float(stride)
        y, x = torch.meshgrid(cells, cells, indexing="ij")
        corners.append(torch.stack([x.flatten(), y.flatten()], 1))
        strides.append(torch.full((x.numel(),), float(stride), device=device))
    return torch.cat(corners), torch.cat(strides)


def decode(bbox, corners, strides):
    """Raw boxes [..., n, 4] -> left, top, right, bottom in pixels."""
    centre = corners + bbox[..., :2] * strides[:, None]
    half = bbox[..., 2:].clamp(max=6).exp() * strides[:, None] / 2
    return torch.cat([centre - half, centre + half], -1)


def _overlap(first, second):
    corner, opposite = torch.maximum(first[..., :2], second[..., :2]), torch.minimum(first[..., 2:], second[..., 2:])
    common = (opposite - corner).clamp(min=0).prod(-1)
    areas = (first[..., 2:] - first[..., :2]).prod(-1) + (second[..., 2:] - second[..., :2]).prod(-1)
    return common / (areas - common).clamp(min=1e-6)


@torch.no_grad()
def assign(score, boxes, faces, corners, strides):
    """
    SimOTA: every face takes the cells near its centre that cost least (classification + 3 x -log IoU), as many as the
    sum of its ten best overlaps. -> (cells, index of the face of each, their overlap)
    """
    centres = corners + strides[:, None] / 2
    inside = ((centres[:, None] > faces[None, :, :2]) & (centres[:, None] < faces[None, :, 2:])).all(-1)
    middle = (faces[:, :2] + faces[:, 2:]) / 2
    near = ((centres[:, None] - middle[None]).abs() < CENTRE_RADIUS * strides[:, None, None]).all(-1)
    candidates = (inside | near).any(1).nonzero()[:, 0]
    overlap = _overlap(boxes[candidates, None], faces[None])
    cost = -score[candidates].clamp(1e-7, 1).log()[:, None] - IOU_COST * (overlap + 1e-7).log()
    cost = cost + FORBIDDEN * (~(inside & near)[candidates])
    count = min(CANDIDATES, len(candidates))
    wanted = overlap.topk(count, 0).values.sum(0).int().clamp(min=1)
    taken = torch.zeros_like(cost, dtype=torch.bool)
    order = cost.topk(count, 0, largest=False).indices
    for face in range(len(faces)):
        taken[order[: wanted[face], face], face] = True
    # A cell that several faces want goes to the one it costs least.
    crowded = (taken.sum(1) > 1).nonzero()[:, 0]
    cheapest = cost[crowded].argmin(1)
    taken[crowded] = False
    taken[crowded, cheapest] = True
    rows, of_face = taken.nonzero(as_tuple=True)
    return candidates[rows], of_face, overlap[rows, of_face]


def _box_loss(boxes, faces):
    """EIoU: overlap, distance of the centres and difference of both sides."""
    outer = torch.maximum(boxes[:, 2:], faces[:, 2:]) - torch.minimum(boxes[:, :2], faces[:, :2])
    centre = ((boxes[:, :2] + boxes[:, 2:] - faces[:, :2] - faces[:, 2:]) / 2).pow(2).sum(1)
    sides = ((boxes[:, 2:] - boxes[:, :2] - faces[:, 2:] + faces[:, :2]).pow(2) / outer.pow(2).clamp(min=1e-6)).sum(1)
    return 1 - _overlap(boxes, faces) + centre / outer.pow(2).sum(1).clamp(min=1e-6) + sides


def loss(outputs, faces, ignored, corners, strides):
    """
    `outputs`: YuNet.logits. `faces`, `ignored`: boxes of each image. Cells whose centre lies in an ignored box
    are neither face nor background. -> (loss, its parts)
    """
    cls, obj, bbox = (torch.cat(level, 1) for level in outputs)
    boxes = decode(bbox, corners, strides)
    centres = corners + strides[:, None] / 2
    target, weight = torch.zeros_like(obj[..., 0]), torch.ones_like(obj[..., 0])
    picked, wanted, overlaps = [], [], []
    for image in range(len(faces)):
        if len(ignored[image]):
            within = ((centres[:, None] > ignored[image][None, :, :2]) & (centres[:, None] < ignored[image][None, :, 2:])).all(-1).any(1)
            weight[image, within] = 0
        if not len(faces[image]):
            continue
        score = (cls[image, :, 0].detach().sigmoid() * obj[image, :, 0].detach().sigmoid()).sqrt()
        cells, of_face, overlap = assign(score, boxes[image].detach(), faces[image], corners, strides)
        target[image, cells], weight[image, cells] = 1, 1
        picked.append(cells + image * len(strides))
        wanted.append(faces[image][of_face])
        overlaps.append(overlap)
    count = max(1, sum(len(cells) for cells in picked))
    objectness = (F.binary_cross_entropy_with_logits(obj[..., 0], target, reduction="none") * weight).sum() / count
    if not picked:
        return objectness, {"obj": objectness.detach()}
    cells, wanted, overlaps = torch.cat(picked), torch.cat(wanted), torch.cat(overlaps)
    kind = F.binary_cross_entropy_with_logits(cls.flatten()[cells], overlaps, reduction="sum") / count
    box = _box_loss(boxes.flatten(0, 1)[cells], wanted).sum() / count
    total = objectness + kind + BOX_WEIGHT * box
    if not math.isfinite(total.item()):
        raise FloatingPointError("The loss is not a finite number; lower the learning rate.")
    return total, {"obj": objectness.detach(), "cls": kind.detach(), "box": box.detach()}
