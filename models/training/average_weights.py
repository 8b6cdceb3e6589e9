"""
Averages weights that were trained from the same start: python3 average_weights.py OUT [WEIGHT:]FILE ...

Of detectors (.pth, or a run's checkpoint.pt, whose averaged weights are taken) or of classifiers (.npz,
or the float ONNX file that export.py wrote).
"""
import argparse

import torch

from maskmodels import vgg19


def read(file):
    if file.endswith((".npz", ".onnx")):
        return vgg19.load(file).state_dict()
    state = torch.load(file, map_location="cpu")
    return state.get("averaged", state)


def write(state, file):
    if file.endswith(".npz"):
        network = vgg19.chance()
        network.load_state_dict(state)
        vgg19.save(network, file)
    else:
        torch.save(state, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="where the averaged weights go")
    parser.add_argument("parts", nargs="+", help="weights; 2:FILE counts twice")
    options = parser.parse_args()
    total, mean = 0.0, {}
    for part in options.parts:
        weight, colon, file = part.partition(":")
        weight, file = (float(weight), file) if colon else (1.0, part)
        for name, value in read(file).items():
            mean[name] = mean.get(name, 0) + weight * value.float() if value.is_floating_point() else value
        total += weight
    write({name: value / total if value.is_floating_point() else value for name, value in mean.items()}, options.out)


if __name__ == "__main__":
    main()
