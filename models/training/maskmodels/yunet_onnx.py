"""Reads YuNet's weights back out of an exported ONNX file, so that a training can go on from the committed model."""
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from maskmodels import yunet

UNUSED = 2 * len(yunet.STRIDES)  # the convolutions of the landmarks are not exported


def load(path, images):
    """
    The export folded every normalisation into the convolution before it. Here the folded convolutions are restored and each
    normalisation is set so that it changes nothing on `images` (float32 [N, 3, H, W]): same outputs, ready for training.
    A file without refinements gets such that change nothing.
    """
    graph = onnx.load(str(path)).graph
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    nodes = [node for node in graph.node if node.op_type == "Conv"]
    network = yunet.YuNet().eval()
    published = [module for name, module in network.named_modules() if not yunet.is_refinement(name)]
    refined = len(nodes) != sum(isinstance(module, nn.Conv2d) for module in published) - UNUSED
    convolutions, hooks = [], []
    for module in network.modules() if refined else published:
        if isinstance(module, nn.Conv2d):
            hooks.append(module.register_forward_hook(lambda module, *_: convolutions.append(module)))
        elif isinstance(module, nn.BatchNorm2d):
            hooks.append(module.register_forward_pre_hook(_keep_as_it_is))
    with torch.no_grad():
        network(images[:1])
        if len(nodes) != len(convolutions):
            raise SystemExit(f"{path} is not an exported YuNet: it has {len(nodes)} convolutions, the network {len(convolutions)}.")
        for convolution, node in zip(list(convolutions), nodes):
            convolution.weight.copy_(torch.from_numpy(np.array(values[node.input[1]])))
            convolution.bias.copy_(torch.from_numpy(np.array(values[node.input[2]])))
        network(images)
    for hook in hooks:
        hook.remove()
    return network


def _keep_as_it_is(norm, inputs):
    variance, mean = torch.var_mean(inputs[0], (0, 2, 3), unbiased=False)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.bias.copy_(mean)
    norm.weight.copy_((variance + norm.eps).sqrt())
