"""How far labels lie from the boxes of a detector: python3 label_offset.py --yunet ../yunet-mask.onnx --data DIR/train."""
import argparse

import numpy as np

from maskmodels import detecting, photographs
from train_detector import weights

SURE_SCORE, SAME_FACE_IOU = 0.5, 0.4


def offsets(network, crowd):
    """[n, 2] pixels: centre of each label less the centre of the box that found it, before the program moves boxes."""
    found = []
    for photograph in crowd:
        boxes, scores = detecting.look(network, photograph.image)
        boxes = boxes[scores >= SURE_SCORE] - detecting.LABEL_OFFSET
        overlaps = detecting.iou(boxes, photograph.boxes)
        for box, overlap in zip(boxes, overlaps):
            if overlap.max(initial=0) > SAME_FACE_IOU:
                apart = photograph.boxes[overlap.argmax()] - box
                found.append((apart[:2] + apart[2:]) / 2)
    return np.array(found).reshape(-1, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--yunet", required=True, help="a PyTorch state dict, or an ONNX file that export.py wrote")
    parser.add_argument("--data", required=True, help="folder with images/ and annotations/ (Pascal VOC)")
    options = parser.parse_args()
    crowd = photographs.load(options.data)
    apart = offsets(weights(options.yunet, crowd, 320).eval(), crowd)
    if not len(apart):
        raise SystemExit(f"The detector finds none of the faces in {options.data}.")
    errors = apart.std(0) / np.sqrt(len(apart))
    for name, mean, error in zip(("right", "below"), apart.mean(0), errors):
        print(f"{name} {mean:.2f} px, standard error {error:.2f}")
    print(f"faces {len(apart)}")


if __name__ == "__main__":
    main()
