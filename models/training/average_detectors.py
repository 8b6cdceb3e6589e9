"""Averages detectors trained from the same start: python3 average_detectors.py OUT.pth [WEIGHT:]FILE ..."""
import argparse

import torch


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", help="where the averaged weights go")
    parser.add_argument("parts", nargs="+", help="weights (.pth) or a run's checkpoint.pt, whose averaged weights are taken; 2:FILE counts twice")
    options = parser.parse_args()
    total, mean = 0.0, {}
    for part in options.parts:
        weight, colon, file = part.partition(":")
        weight, file = (float(weight), file) if colon else (1.0, part)
        state = torch.load(file, map_location="cpu")
        state = state.get("averaged", state)
        for name, value in state.items():
            if value.is_floating_point():
                mean[name] = mean.get(name, 0) + weight * value
            else:
                mean[name] = value
        total += weight
    torch.save({name: value / total if value.is_floating_point() else value for name, value in mean.items()}, options.out)


if __name__ == "__main__":
    main()
