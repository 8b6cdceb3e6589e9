"""
Cuts training crops for the detector from a photograph with one bright square, whose label lies where Pascal VOC counts
from one. Prints what the test asserts, a line each: name and number.
"""
import sys

import numpy as np

training, side = sys.argv[1], 320
sys.path.insert(0, training)
from maskmodels import crowd_crops, detecting, photographs  # noqa: E402


def centre(brightness):
    """Of what is bright, pixels from the crop's left and upper edge."""
    places = np.arange(side) + 0.5
    return np.array([brightness.sum(0) @ places, brightness.sum(1) @ places]) / brightness.sum()


square = np.array([200, 100, 230, 140], np.float32)
image = np.zeros((300, 400, 3), np.uint8)
image[100:140, 200:230] = 255
photograph = photographs.Photograph("square", image, square[None] + detecting.LABEL_OFFSET, np.array([photographs.BARE]))
crops = crowd_crops.CrowdCrops([photograph], np.random.default_rng(1), side, weathered=False)

distances, scales = [], []
for _ in range(300):
    crop, faces, _ = crops.next()
    if len(faces) == 1 and faces.min() > 2 and faces.max() < side - 2:
        distances.append(centre(crop[:, :, 0].astype(float)) - (faces[0, :2] + faces[0, 2:]) / 2)
        scales.append((faces[0, 2] - faces[0, 0]) / 30)
print("crops", len(distances))
print("smallest", min(scales))
print("largest", max(scales))
print("distance", np.abs(distances).max())
