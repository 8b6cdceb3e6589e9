"""VGG19 with two sigmoid outputs on 128 x 128 RGB crops: the notebook's network, 20,040,770 parameters."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

BLOCKS = (2, 2, 4, 4, 4)
MEAN_RGB = (123.68, 116.779, 103.939)
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
    """Builds the network from an .npz file with PyTorch layouts (OIHW)."""
    network = Vgg19()
    with np.load(path) as weights:
        network.load_state_dict({key: torch.from_numpy(weights[key].astype(np.float32)) for key in weights.files})
    return network.eval()


def save(network, path):
    """Writes the weights as half precision .npz, as the float ONNX file stores them."""
    np.savez(path, **{name: value.detach().cpu().numpy().astype(np.float16) for name, value in network.state_dict().items()})
