"""How well the classifier does on held-out photographs with one look at each face, measured as the program's `evaluate` does, and its temperature."""
import numpy as np

from maskmodels import faces, negatives, parallel
from maskmodels.crops import KIND_BARE, KIND_INCORRECT, KIND_MASK, READABLE

BINS = 15


class HeldOut:
    """Crops of all labelled faces as the program cuts them, and two places without a face for each photograph."""

    def __init__(self, pictures, seed=20260101):
        random = np.random.default_rng(seed)
        boxes = [(picture, box) for picture in pictures for box in picture.boxes]
        self.kinds = np.concatenate([picture.kinds for picture in pictures])
        self.masked = self.kinds == KIND_MASK
        self.sides = np.array([(box[2:] - box[:2]).max() for _, box in boxes])
        squares = [(picture, negatives.chance_square(picture, self.sides, random)) for picture in pictures for _ in range(2)]
        self.crops = [_crop(picture, box) for picture, box in boxes]
        self.background = [_crop(picture, box) for picture, box in squares if box is not None]


def _crop(picture, box):
    return faces.crop(picture.image, box[0], box[1], box[2] - box[0], box[3] - box[1])


def logits(network, held_out, workers=1):
    """[faces + background, 2] logits."""
    return parallel.answers(network, faces.to_input, held_out.crops + held_out.background, workers)


def figures(values, held_out):
    """Name -> share, from logits that the temperature has already divided."""
    outputs = 1 / (1 + np.exp(-values))
    of_faces, of_background = outputs[: len(held_out.kinds)], outputs[len(held_out.kinds) :]
    predicted = of_faces[:, 0] > of_faces[:, 1]
    right = predicted == held_out.masked
    readable = held_out.sides >= READABLE

    def share(values):
        return float(np.mean(values)) if len(values) else float("nan")

    return {
        "accuracy": share(right),
        "balanced_12px": (share(right[readable & held_out.masked]) + share(right[readable & ~held_out.masked])) / 2,
        "mask": share(right[held_out.masked]),
        "bare": share(right[held_out.kinds == KIND_BARE]),
        "incorrect": share(right[held_out.kinds == KIND_INCORRECT]),
        "kept": share(of_faces.max(axis=1) >= 0.5),
        "rejected": share(of_background.max(axis=1) < 0.5),
        "calibration_error": calibration_error(of_faces, right),
    }


def calibration_error(outputs, right):
    """Expected calibration error of the decision: the stronger output as a share of both, in 15 bins of equal width."""
    confidence = outputs.max(axis=1) / np.maximum(outputs.sum(axis=1), 1e-12)
    places = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    return float(sum(abs(np.sum(right[places == bin] - confidence[places == bin])) for bin in range(BINS)) / max(1, len(right)))


def fit_temperature(values, held_out):
    """The divisor of the logits with the smallest cross-entropy on the held-out faces and backgrounds (0.3 to 4)."""
    targets = np.zeros_like(values)
    targets[: len(held_out.kinds), 0] = held_out.masked
    targets[: len(held_out.kinds), 1] = ~held_out.masked

    def loss(temperature):
        scaled = values / temperature
        return np.mean(np.logaddexp(0, scaled) - targets * scaled)

    return round(float(min(np.exp(np.linspace(np.log(0.3), np.log(4), 261)), key=loss)), 3)


def sentence(figures):
    return ", ".join(f"{name} {value:.4f}" for name, value in figures.items()) + "."
