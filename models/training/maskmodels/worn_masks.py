"""
Masks cut out of masked portraits and put on bare faces: at their place (worn correctly) or under the nose (incorrectly).
Both are made in the same way, so that only the height tells them apart. Points are x, y in pixels of a 128 x 128 crop.
"""
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np
import torch

from maskmodels import faces

SIDE, CUT_SIDE = faces.SIDE, 64
FRAME = 32  # YuNet wants some room around a face
SURE_MASKED, SURE_BARE = 0.5, 0.75
LEAST_EYE_DISTANCE = 24
TRIES = 100
LEAST_COLOUR_DISTANCE = 25  # between mask and skin, in 8-bit Lab: less, and the cut goes astray


class Pose:
    """Where a face's eyes, nose and mouth are; heights are measured from the eyes down, in distances between the eyes."""

    def __init__(self, points):
        left, right, self.nose, *mouth = np.asarray(points, np.float64)
        self.left, self.right, self.eyes, self.mouth = left, right, (left + right) / 2, np.mean(mouth, axis=0)
        self.eye_distance = float(np.linalg.norm(right - left))
        self.down = (self.mouth - self.eyes) / max(1e-6, np.linalg.norm(self.mouth - self.eyes))

    def height(self, point):
        return (point - self.eyes) @ self.down / self.eye_distance

    def frontal(self):
        """Large enough, both eyes visible, nose between them and the mouth."""
        across = (self.right - self.left) / max(1e-6, self.eye_distance)
        return (
            self.eye_distance >= LEAST_EYE_DISTANCE
            and 0.7 <= self.height(self.mouth) <= 1.6
            and 0.25 <= self.height(self.nose) <= self.height(self.mouth) - 0.15
            and abs((self.nose - self.eyes) @ across) < 0.45 * self.eye_distance
            and abs(across @ self.down) < 0.3
        )


@dataclass
class CutMask:
    """A mask's picture, what of it is mask (0..1), the pose of its face, and the height of its upper edge under the eyes."""

    image: np.ndarray
    alpha: np.ndarray
    pose: Pose
    top: float


@dataclass
class BareFace:
    """A face to put masks on; `side`: the pixels that its picture really has."""

    image: np.ndarray
    pose: Pose
    side: int


class Wardrobe:
    """Cut masks, and bare faces to put them on."""

    def __init__(self, masks, bare_faces, random):
        self.masks, self.bare_faces, self.random = masks, bare_faces, random

    def put_on(self, low):
        """
        A bare face with a mask, BGR, no larger than the face was; `low`: under the nose, over the chin at the lowest.
        None where no mask fits a face.
        """
        random = self.random
        for _ in range(TRIES if self.masks and self.bare_faces else 0):
            mask = self.masks[int(random.integers(len(self.masks)))]
            face = self.bare_faces[int(random.integers(len(self.bare_faces)))]
            pose = face.pose
            matrix = cv2.getAffineTransform(*(np.float32([one.left, one.right, one.mouth]) for one in (mask.pose, pose)))
            if not 0.5 <= abs(np.linalg.det(matrix[:, :2])) / (pose.eye_distance / mask.pose.eye_distance) ** 2 <= 1.6:
                continue
            edge = matrix @ [*(mask.pose.eyes + mask.pose.down * mask.top * mask.pose.eye_distance), 1]
            nose = pose.height(pose.nose)
            if low:
                top = nose + (random.uniform(0.1, 0.45) if random.random() < 0.7 else random.uniform(0.45, 0.9))
                squeezed = random.uniform(0.65, 1.0)
            elif pose.height(edge) < nose - 0.1:
                top, squeezed = pose.height(edge) + random.uniform(-0.06, 0.04), 1.0
            else:
                continue
            return _worn(mask, face, _moved(matrix, pose, edge, (top - pose.height(edge)) * pose.eye_distance, squeezed), random)
        return None


def wardrobe(portraits, others, detector, count, random):
    """`count` masks of portraits; twice as many bare portraits, and those of `others` (BGR squares) that show a bare face well."""
    masks = _some((cut(*_posed(portraits.draw(True, random), detector, SURE_MASKED)) for _ in range(15 * count)), count)
    bare = _some((_bare_face(crop, detector) for crop in others), len(others))
    bare += _some((_bare_face(portraits.draw(False, random), detector) for _ in range(4 * count)), 2 * count)
    return Wardrobe(masks, bare, random)


def _some(results, count):
    """The first `count` results that are not None."""
    return list(islice((result for result in results if result is not None), count))


def _bare_face(crop, detector):
    resized, pose = _posed(crop, detector, SURE_BARE)
    return BareFace(resized, pose, min(SIDE, *crop.shape[:2])) if pose else None


@torch.no_grad()
def _posed(crop, detector, sure):
    """(crop of 128 x 128, its pose or None)"""
    crop = cv2.resize(crop, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(crop, FRAME, FRAME, FRAME, FRAME, cv2.BORDER_REPLICATE)
    score, points = detector.landmarks(torch.from_numpy(framed.transpose(2, 0, 1)[None].astype(np.float32)))
    pose = Pose(points[0].numpy() - FRAME)
    return crop, pose if float(score[0]) >= sure and pose.frontal() else None


def cut(crop, pose):
    """The mask of a masked face, or None where it does not stand out from the skin or does not have the shape of one."""
    if pose is None:
        return None
    coarse = cv2.resize(crop, (CUT_SIDE, CUT_SIDE), interpolation=cv2.INTER_AREA)
    x, y = np.meshgrid(*[(np.arange(CUT_SIDE) + 0.5) * SIDE / CUT_SIDE] * 2)
    heights = ((x - pose.eyes[0]) * pose.down[0] + (y - pose.eyes[1]) * pose.down[1]) / pose.eye_distance
    aside = np.abs((x - pose.eyes[0]) * pose.down[1] - (y - pose.eyes[1]) * pose.down[0]) / pose.eye_distance
    mouth = pose.height(pose.mouth)
    labels = np.full(x.shape, cv2.GC_PR_BGD, np.uint8)
    labels[(heights > 0.35) & (heights < mouth + 0.6) & (aside < 0.8)] = cv2.GC_PR_FGD
    labels[(np.abs(heights - mouth) < 0.25) & (aside < 0.3)] = cv2.GC_FGD
    labels[heights < 0.12] = cv2.GC_BGD
    lab = cv2.cvtColor(coarse, cv2.COLOR_BGR2LAB).astype(np.float32)
    skin, cloth = (np.median(lab[place], axis=0) for place in ((heights < -0.1) & (heights > -0.6) & (aside < 0.5), labels == cv2.GC_FGD))
    if not np.isfinite(skin).all() or np.linalg.norm(skin - cloth) < LEAST_COLOUR_DISTANCE:
        return None
    cv2.grabCut(coarse, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    inside = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    inside = cv2.morphologyEx(inside, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, parts = cv2.connectedComponents(inside)
    inside = parts == parts[tuple(np.clip((pose.mouth[::-1] * CUT_SIDE / SIDE).astype(int), 0, CUT_SIDE - 1))]
    outline, _ = cv2.findContours(inside.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros(x.shape, np.uint8), outline, -1, 1, -1).astype(bool)
    central = filled & (aside < 0.15)
    if not central.any():
        return None
    top, bottom, width = heights[central].min(), heights[central].max(), 2 * np.quantile(aside[filled], 0.98)
    if not (0.2 <= top <= pose.height(pose.nose) and mouth + 0.2 <= bottom <= mouth + 1.1 and 1.1 <= width <= 2.2):
        return None
    return CutMask(crop, cv2.resize(filled.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), pose, float(top))


def _moved(matrix, pose, edge, pixels, squeezed):
    """`matrix`, then a squeeze along the face from the mask's upper edge on, then a step down the face."""
    squeeze = np.eye(2) + (squeezed - 1) * np.outer(pose.down, pose.down)
    moved = squeeze @ matrix
    moved[:, 2] += edge - squeeze @ edge + pose.down * pixels
    return moved


def _worn(mask, face, matrix, random):
    alpha = cv2.warpAffine(mask.alpha, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR)[:, :, None]
    worn = cv2.warpAffine(mask.image, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    whole = np.clip(worn * random.uniform(0.75, 1.1) * alpha + face.image * (1 - alpha), 0, 255).astype(np.uint8)
    return cv2.resize(whole, (face.side, face.side), interpolation=cv2.INTER_AREA)
