"""Labelled faces of the face-mask-detection data set, and crops cut as the program cuts them."""
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import cv2
import numpy as np

CROP_SCALE = 1.15
SIDE = 128
MASKED = "with_mask"


def boxes(annotation):
    """Pascal VOC file -> [(label, x, y, width, height)]."""
    for item in ElementTree.parse(annotation).getroot().iter("object"):
        box = item.find("bndbox")
        left, top, right, bottom = (float(box.findtext(name)) for name in ("xmin", "ymin", "xmax", "ymax"))
        yield item.findtext("name"), left, top, right - left, bottom - top


def square(image, centre_x, centre_y, side):
    """`side` x `side` pixels around a point, border replicated."""
    left, top = round(centre_x - side / 2), round(centre_y - side / 2)
    pad = max(0, -left, -top, left + side - image.shape[1], top + side - image.shape[0])
    if pad:
        image = cv2.copyMakeBorder(image, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    return image[top + pad : top + pad + side, left + pad : left + pad + side]


def crop(image, x, y, width, height, scale=CROP_SCALE):
    """Square of `scale` x the longer side around the centre, border replicated, 128 x 128 BGR."""
    side = max(2, round(max(width, height) * scale))
    cut = square(image, x + width / 2, y + height / 2, side)
    return cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)


def to_input(crops):
    """BGR crops -> float32 [N, 3, 128, 128], RGB 0..1."""
    return np.stack([c[:, :, ::-1].transpose(2, 0, 1) for c in crops]).astype(np.float32) / 255


def faces(folder):
    """Every labelled face under folder/{images,annotations}: (label, box sides, crop)."""
    for annotation in sorted(Path(folder, "annotations").glob("*.xml")):
        image = cv2.imread(str(next(Path(folder, "images").glob(annotation.stem + ".*"))))
        for label, x, y, width, height in boxes(annotation):
            yield label, (width, height), crop(image, x, y, width, height)
