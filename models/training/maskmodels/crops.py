"""Training crops of the classifier: portraits, faces in crowds, masks put on bare faces and places without a face."""
import zipfile

import cv2
import numpy as np

from maskmodels import faces, negatives, photographs

MASK, NO_MASK, NEITHER = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)
UNSURE_NO_MASK = (0.1, 0.9)  # worn incorrectly: the border to a mask worn well is a matter of opinion
READABLE = 12  # pixels of the box's longer side
HOST_SIDE = 28  # the same: from here on a mask can be put on a bare face of a crowd
KIND_MASK, KIND_BARE, KIND_INCORRECT = range(len(photographs.KINDS))


class Portraits:
    """Face crops of a zip file, read when they are drawn: WithMask/ and WithoutMask/."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        names = sorted(name for name in self.zip.namelist() if name.lower().endswith((".jpg", ".jpeg", ".png")))
        self.masked = [name for name in names if "/WithMask/" in f"/{name}"]
        self.bare = [name for name in names if "/WithoutMask/" in f"/{name}"]

    def draw(self, masked, random):
        group = self.masked if masked else self.bare
        data = self.zip.read(group[int(random.integers(len(group)))])
        return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


class FacesAsPortraits:
    """The same from labelled faces, where there is no zip file of portraits."""

    def __init__(self, pictures):
        self.crops = {True: [], False: []}
        for picture in pictures:
            for kind, (left, top, right, bottom) in zip(picture.kinds, picture.boxes):
                self.crops[kind == KIND_MASK].append(faces.crop(picture.image, left, top, right - left, bottom - top, scale=1.3))

    def draw(self, masked, random):
        group = self.crops[masked] or self.crops[not masked]
        return group[int(random.integers(len(group)))]


def bare_squares(pictures):
    """Squares around the larger bare faces of crowds, for masks to be put on."""
    for picture in pictures:
        for kind, box in zip(picture.kinds, picture.boxes):
            side = float((box[2:] - box[:2]).max())
            if kind == KIND_BARE and side >= HOST_SIDE:
                yield faces.square(picture.image, *((box[:2] + box[2:]) / 2), round(1.3 * side))


class Sampler:
    """Draws training batches: [(crop [128, 128, 3] BGR, target)]."""

    def __init__(self, pictures, portraits, wardrobe, hard, random, shares):
        self.pictures, self.portraits, self.wardrobe, self.hard, self.random, self.shares = pictures, portraits, wardrobe, hard, random, shares
        self.by_kind = {kind: [] for kind in range(len(photographs.KINDS))}
        for picture in pictures:
            for kind, box in zip(picture.kinds, picture.boxes):
                # What a mask worn incorrectly is cannot be seen in a smaller one.
                if kind != KIND_INCORRECT or (box[2:] - box[:2]).max() >= READABLE:
                    self.by_kind[int(kind)].append((picture, box))
        self.sides = [float((box[2:] - box[:2]).max()) for picture in pictures for box in picture.boxes]

    def batch(self, size):
        kinds = self.random.choice(len(self.shares), size=size, p=np.array(list(self.shares.values())) / sum(self.shares.values()))
        names = list(self.shares)
        return [getattr(self, names[kind])() for kind in kinds]

    def portrait(self):
        masked = self.random.random() < 0.5
        picture = self.portraits.draw(masked, self.random)
        return self._augment(picture, zoom=(0.85, 1.2), shrink=0.5), MASK if masked else NO_MASK

    def crowd_mask(self):
        return self._face(KIND_MASK), MASK

    def crowd_bare(self):
        return self._face(KIND_BARE), NO_MASK

    def crowd_incorrect(self):
        return (self._face(KIND_INCORRECT), UNSURE_NO_MASK) if self.by_kind[KIND_INCORRECT] else self.crowd_bare()

    def put_on(self):
        """A mask put on a bare face, at its place or under the nose; a portrait where there is none."""
        low = self.random.random() < 0.6
        worn = self.wardrobe.put_on(low)
        if worn is None:
            return self.portrait()
        return self._augment(worn, zoom=(0.9, 1.15), shrink=0.6), UNSURE_NO_MASK if low else MASK

    def background(self):
        while True:
            picture = self.pictures[int(self.random.integers(len(self.pictures)))]
            box = negatives.chance_square(picture, self.sides, self.random)
            if box is not None:
                return self._augment(self._cut(picture.image, box, 1.15), shrink=0.2), NEITHER

    def mistake(self):
        if not self.hard:
            return self.background()
        index, *box = self.hard[int(self.random.integers(len(self.hard)))]
        return self._augment(self._jittered(self.pictures[index].image, np.array(box)), shrink=0.2), NEITHER

    def _face(self, kind):
        group = self.by_kind[kind] or next(group for group in self.by_kind.values() if group)
        picture, box = group[int(self.random.integers(len(group)))]
        return self._augment(self._jittered(picture.image, box), shrink=0.35)

    def _jittered(self, image, box):
        """As a detector would place the box: centre, sides and the square around it vary."""
        size, centre = box[2:] - box[:2], (box[:2] + box[2:]) / 2
        centre = centre + self.random.normal(0, 0.045, 2) * size.max()
        half = size * (self.random.uniform(0.9, 1.1), self.random.uniform(0.88, 1.1)) / 2
        return self._cut(image, np.concatenate([centre - half, centre + half]), self.random.triangular(0.98, 1.18, 1.45))

    def _cut(self, image, box, scale):
        """A square at the photograph's own resolution, border replicated, sometimes turned and sheared."""
        side = max(4, round(float((box[2:] - box[:2]).max()) * scale))
        centre = (box[:2] + box[2:]) / 2
        if self.random.random() < 0.5:
            return faces.square(image, *centre, side)
        turn, shear = np.deg2rad(self.random.normal(0, 7)), self.random.uniform(-0.12, 0.12)
        matrix = np.array([[np.cos(turn), -np.sin(turn) + shear], [np.sin(turn), np.cos(turn)]])
        shift = centre - matrix @ np.array([side / 2, side / 2])
        return cv2.warpAffine(image, np.hstack([matrix, shift[:, None]]), (side, side), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)

    def _augment(self, crop, zoom=None, shrink=0.0):
        random = self.random
        if zoom:
            side = min(crop.shape[:2])
            half = side / random.uniform(*zoom) / 2
            centre = np.array([crop.shape[1], crop.shape[0]]) / 2 + random.normal(0, 0.03, 2) * side
            crop = self._cut(crop, np.concatenate([centre - half, centre + half]), 1.0)
        if random.random() < 0.5:
            crop = crop[:, ::-1]
        if random.random() < shrink:
            side = int(np.exp(random.uniform(np.log(11), np.log(64))))
            if side < crop.shape[0]:
                crop = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA if random.random() < 0.7 else cv2.INTER_LINEAR)
        if random.random() < 0.3:
            crop = cv2.imdecode(cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(35, 95))])[1], cv2.IMREAD_COLOR)
        sharp = crop.shape[0] >= 32
        crop = cv2.resize(crop, (faces.SIDE, faces.SIDE), interpolation=cv2.INTER_AREA if crop.shape[0] > faces.SIDE else cv2.INTER_LINEAR)
        if sharp and random.random() < 0.15:
            crop = cv2.GaussianBlur(crop, (0, 0), random.uniform(0.8, 3.0))
        values = crop.astype(np.float32)
        if random.random() < 0.7:
            values = (values - 128) * random.uniform(0.75, 1.25) + 128 + random.uniform(-22, 22)
            values = values * random.uniform(0.94, 1.06, 3).astype(np.float32)
        if random.random() < 0.08:
            values = np.repeat(values @ np.array([0.114, 0.587, 0.299], np.float32)[:, None], 3, axis=2)
        if random.random() < 0.15:
            values = values + random.normal(0, random.uniform(2, 9), values.shape)
        return np.clip(values, 0, 255).astype(np.uint8)
