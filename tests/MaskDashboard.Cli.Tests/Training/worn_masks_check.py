"""
Cuts the mask out of a drawn face and puts it on a bare one, at its place and under the nose.
Prints what the test asserts, a line each: name and number.
"""
import sys

import cv2
import numpy as np

sys.path.insert(0, sys.argv[1])
from maskmodels import worn_masks  # noqa: E402

SKIN, CLOTH = (140, 170, 215), (190, 120, 60)
EYES, NOSE, MOUTH = ((46, 50), (82, 50)), (64, 72), ((52, 90), (76, 90))


def face(masked):
    random = np.random.default_rng(1)
    picture = np.full((128, 128, 3), 90, np.uint8)
    cv2.ellipse(picture, (64, 66), (44, 56), 0, 0, 360, SKIN, -1)
    for eye in EYES:
        cv2.circle(picture, eye, 4, (40, 40, 40), -1)
    if masked:
        cv2.fillPoly(picture, [np.array([(24, 66), (64, 60), (104, 66), (96, 104), (64, 114), (32, 104)])], CLOTH)
    return np.clip(picture + random.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


def cloth_at(picture, point):
    """1: cloth's colour, 0: skin's."""
    colour = picture[point[1] - 2 : point[1] + 3, point[0] - 2 : point[0] + 3].reshape(-1, 3).mean(0)
    skin, cloth = np.array(SKIN, float), np.array(CLOTH, float)
    return float(np.clip((colour - skin) @ (cloth - skin) / ((cloth - skin) @ (cloth - skin)), 0, 1))


pose = worn_masks.Pose([*EYES, NOSE, *MOUTH])
mask = worn_masks.cut(face(masked=True), pose)
random = np.random.default_rng(3)
wardrobe = worn_masks.Wardrobe([mask], [worn_masks.BareFace(face(masked=False), pose, 128)], random)
proper, low = ([wardrobe.put_on(which) for _ in range(20)] for which in (False, True))
print("frontal", int(pose.frontal()))
print("area", float(mask.alpha.sum()))
print("top", mask.top)
print("properNose", min(cloth_at(picture, NOSE) for picture in proper))
print("lowNose", max(cloth_at(picture, NOSE) for picture in low))
print("lowChin", min(cloth_at(picture, (64, 112)) for picture in low))
print("bareCut", int(worn_masks.cut(face(masked=False), pose) is None))
print("small", worn_masks.Wardrobe([mask], [worn_masks.BareFace(face(masked=False), pose, 40)], random).put_on(True).shape[0])
print("empty", int(worn_masks.Wardrobe([], [], random).put_on(True) is None))
