"""Random training crops of crowd photographs, with faces pasted in and everything a camera does to an image."""
import zipfile

import cv2
import numpy as np
import torch

from maskmodels import detecting
from maskmodels.photographs import BARE

SMALLEST_FACE = 6
KEPT_PART = 0.5
INTERPOLATIONS = (cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA)


def portraits(archive, published, count, generator):
    """
    Face crops from a zip of WithMask/ and WithoutMask/, two thirds of them bare, each with the box in which the
    published network finds its face; crops without such a box are left out. -> [(image, box)]
    """
    chosen = []
    with zipfile.ZipFile(archive) as file:
        names = sorted(name for name in file.namelist() if name.lower().endswith((".png", ".jpg", ".jpeg")))
        for folder, part in (("WithoutMask", 2 / 3), ("WithMask", 1 / 3)):
            group = [name for name in names if folder in name.split("/")]
            for index in generator.permutation(len(group))[: round(count * part)]:
                image = cv2.imdecode(np.frombuffer(file.read(group[index]), np.uint8), cv2.IMREAD_COLOR)
                image = cv2.resize(image, (128, 128), interpolation=cv2.INTER_AREA)
                framed = cv2.copyMakeBorder(image, 32, 32, 32, 32, cv2.BORDER_REPLICATE)
                boxes, scores = detecting.detect(published, framed, 1.0, floor=0.6)
                if len(boxes) and detecting.area(boxes[:1])[0] > 48 * 48:
                    chosen.append((image, np.clip(boxes[0] - 32, 0, 128)))
    return chosen


class CrowdCrops:
    """
    Crops of `side` x `side`: four in five near a face, bare faces as often as all others together.
    A crop is (image BGR uint8, boxes of faces, boxes left out of the loss).
    """

    def __init__(self, photographs, generator, side=320, pasted=(), weathered=True):
        self.photographs, self.random, self.side, self.pasted, self.weathered = photographs, generator, side, pasted, weathered
        places = [(p, i) for p, photograph in enumerate(photographs) for i in range(len(photograph.boxes))]
        bare = np.array([photographs[p].kinds[i] == BARE for p, i in places])
        wrong = np.array([photographs[p].kinds[i] > BARE for p, i in places])
        weights = np.where(bare, 0.4 / max(1, bare.sum()), np.where(wrong, 0.1 / max(1, wrong.sum()), 0.5 / max(1, (~bare & ~wrong).sum())))
        # A photograph with a hundred faces would otherwise be half of what the network sees.
        weights /= np.sqrt([len(photographs[p].boxes) for p, _ in places])
        self.places, self.weights = places, weights / weights.sum()

    def next(self):
        random = self.random
        if random.random() < 0.8:
            index, face = self.places[random.choice(len(self.places), p=self.weights)]
        else:
            index, face = random.integers(len(self.photographs)), None
        photograph = self.photographs[index]
        image, faces, ignored = self._cut(photograph, face)
        if len(self.pasted) and random.random() < 0.35:
            faces = self._paste(image, faces, ignored)
        if random.random() < 0.5:
            image = image[:, ::-1]
            faces, ignored = (_mirrored(boxes, self.side) for boxes in (faces, ignored))
        image = np.ascontiguousarray(image)
        return self._weather(image) if self.weathered else image, faces, ignored

    def batch(self, count):
        """-> (float32 [N, 3, side, side], faces of each, ignored of each)"""
        crops = [self.next() for _ in range(count)]
        images = np.stack([crop[0].transpose(2, 0, 1) for crop in crops]).astype(np.float32)
        return images, [crop[1] for crop in crops], [crop[2] for crop in crops]

    def _cut(self, photograph, face):
        random, side = self.random, self.side
        low, high = (0.8, 2.8) if random.random() < 0.85 else (0.4, 0.8)
        scale = np.exp(random.uniform(np.log(low), np.log(high)))
        height, width = photograph.image.shape[:2]
        if face is None:
            centre = random.uniform(0, 1, 2) * (width, height)
        else:
            left, top, right, bottom = photograph.boxes[face]
            centre = np.array([left + right, top + bottom]) / 2 + random.uniform(-0.4, 0.4, 2) * side / scale
        # The crop stays on the photograph, or the photograph within the crop: black says nothing.
        half, size = side / scale / 2, np.array([width, height])
        centre = np.clip(centre, np.minimum(half, size - half), np.maximum(half, size - half))
        stretch = np.exp(random.normal(0, 0.04))
        matrix = np.array([[scale * stretch, 0, side / 2 - centre[0] * scale * stretch], [0, scale / stretch, side / 2 - centre[1] * scale / stretch]])
        image = self._resampled(photograph.image, matrix, scale)
        factor, shift = np.tile(np.diag(matrix[:, :2]), 2), np.tile(matrix[:, 2], 2)
        labels = photograph.boxes - detecting.LABEL_OFFSET
        faces, ignored = _visible(labels * factor + shift, side)
        hidden, _ = _visible(photograph.unlabelled * factor + shift, side)
        return image, faces, np.concatenate([ignored, hidden])

    def _resampled(self, image, matrix, scale):
        if scale < 0.7:
            # warpAffine does not average: reduce first, so that a small crop is no mosaic of single pixels.
            smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            matrix = matrix / ([scale, scale, 1],)
            image = smaller
        # Boxes count from the edge of the first pixel; warpAffine counts from its centre.
        matrix = matrix + [[0, 0, matrix[0, 0] / 2 - 0.5], [0, 0, matrix[1, 1] / 2 - 0.5]]
        flags = self.random.choice(INTERPOLATIONS)
        return cv2.warpAffine(image, matrix, (self.side, self.side), flags=int(flags), borderMode=cv2.BORDER_CONSTANT)

    def _paste(self, image, faces, ignored):
        """Up to four portraits at free places, with soft edges."""
        random, added = self.random, []
        for _ in range(random.integers(1, 5)):
            portrait, box = self.pasted[random.integers(len(self.pasted))]
            side = int(np.exp(random.uniform(np.log(18), np.log(130))))
            left, top = random.integers(0, self.side - side, 2)
            place = np.array([[left, top, left + side, top + side]], np.float32)
            taken = np.concatenate([faces, ignored, np.array(added, np.float32).reshape(-1, 4)])
            if len(taken) and detecting.iou(place, taken).max() > 0:
                continue
            ramp = np.clip(np.minimum(np.arange(side), np.arange(side)[::-1]) / (0.12 * side), 0, 1)
            alpha = np.outer(ramp, ramp)[:, :, None]
            region = image[top : top + side, left : left + side]
            region[:] = region * (1 - alpha) + cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA) * alpha
            face = box * side / portrait.shape[0] + (left, top, left, top)
            if min(face[2] - face[0], face[3] - face[1]) >= SMALLEST_FACE:
                added.append(face)
        return np.concatenate([faces, np.array(added, np.float32).reshape(-1, 4)])

    def _weather(self, image):
        random = self.random
        if random.random() < 0.5:
            image = cv2.convertScaleAbs(image, alpha=random.uniform(0.6, 1.4), beta=random.uniform(-30, 30))
        if random.random() < 0.2:
            image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.5, 1.6))
        if random.random() < 0.15:
            quality = int(random.integers(25, 80))
            image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
        if random.random() < 0.2:
            image = cv2.add(image, random.normal(0, random.uniform(2, 10), image.shape).astype(np.int16), dtype=cv2.CV_8U)
        if random.random() < 0.08:
            image = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        return image


def tensors(batch, device):
    """What `CrowdCrops.batch` returns, as the network and its loss take it."""
    images, faces, ignored = batch
    faces, ignored = ([torch.from_numpy(boxes).to(device) for boxes in group] for group in (faces, ignored))
    return torch.from_numpy(images).to(device, memory_format=torch.channels_last), faces, ignored


def _visible(boxes, side):
    """Splits boxes into those to find and those to leave out (tiny, or mostly outside); drops what is not in the crop."""
    clipped = np.clip(boxes, 0, side)
    sides = clipped[:, 2:] - clipped[:, :2]
    inside = (sides > 0).all(1)
    whole = sides.prod(1) / np.maximum(detecting.area(boxes), 1e-6) >= KEPT_PART
    found = inside & whole & (sides.min(1) >= SMALLEST_FACE)
    return boxes[found].astype(np.float32), clipped[inside & ~found].astype(np.float32)


def _mirrored(boxes, side):
    return np.stack([side - boxes[:, 2], boxes[:, 1], side - boxes[:, 0], boxes[:, 3]], 1)
