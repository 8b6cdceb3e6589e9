"""VGG19 with two sigmoid outputs on 128 x 128 RGB crops: the notebook's network, 20,040,770 parameters."""
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

BLOCKS = (2, 2, 4, 4, 4)
MEAN_RGB = (123.68, 116.779, 103.939)
STORED = ".half"  # how the float ONNX file names the weights that it keeps in half precision
LAYERS = [f"block{block + 1}_conv{conv + 1}" for block, count in enumerate(BLOCKS) for conv in range(count)]


class Vgg19(nn.Module):
    """Input: [N, 3, 128, 128] RGB 0..1. Output: [N, 2] logits (mask, no mask)."""

    def __init__(self):
        super().__init__()
        inputs = 3
        for name in LAYERS:
            outputs = min(64 * 2 ** (int(name[5]) - 1), 512)
            setattr(self, name, nn.Conv2d(inputs, outputs, 3, padding=1))
            inputs = outputs
        self.fc = nn.Linear(512 * 4 * 4, 2)
        self.register_buffer("mean", torch.tensor(MEAN_RGB).view(1, 3, 1, 1), persistent=False)

    def forward(self, x, observe=None):
        x = (x * 255 - self.mean).flip(1)  # ImageNet weights expect BGR
        for index, name in enumerate(LAYERS):
            x = F.relu(getattr(self, name)(x))
            if observe is not None:
                observe(name, x)
            if index + 1 == len(LAYERS) or LAYERS[index + 1][5] != name[5]:
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))


def chance():
    """A network with chance weights whose layers keep the size of their input: something to try the way on, nothing to learn from."""
    network = Vgg19()
    for name in LAYERS:
        nn.init.kaiming_normal_(getattr(network, name).weight)
    with torch.no_grad():
        network.block1_conv1.weight.div_(64)  # the input is around +-64
    return network


def load(path):
    """Builds the network from an .npz file with PyTorch layouts (OIHW), or from the float ONNX file that export.py wrote."""
    network = Vgg19()
    if Path(path).suffix == ".onnx":
        values = _from_onnx(path)
    else:
        with np.load(path) as file:
            values = {key: file[key] for key in file.files}
    network.load_state_dict({key: torch.from_numpy(value.astype(np.float32)) for key, value in values.items()})
    return network.eval()


def _from_onnx(path):
    """The temperature stays in the last layer: the network's logits are the file's."""
    stored = {item.name: numpy_helper.to_array(item) for item in onnx.load(str(path)).graph.initializer}
    values = {name[: -len(STORED)]: value for name, value in stored.items() if name.endswith(STORED)}
    if set(values) != {f"{layer}.{part}" for layer in (*LAYERS, "fc") for part in ("weight", "bias")}:
        raise SystemExit(f"{path} is not the float form of the classifier that export.py writes: not all its weights are stored in half precision.")
    values["block1_conv1.weight"] = np.ascontiguousarray(values["block1_conv1.weight"][:, ::-1])  # the file's takes RGB, the network's BGR
    return values


def save(network, path):
    """Writes the weights as half precision .npz, as the float ONNX file stores them."""
    np.savez(path, **{name: value.detach().cpu().numpy().astype(np.float16) for name, value in network.state_dict().items()})
