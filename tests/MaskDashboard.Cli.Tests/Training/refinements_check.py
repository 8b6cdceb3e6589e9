"""
Loads YuNet as published (a state dict without refinements) and the committed ONNX file, and exports and loads again.
Prints what the test asserts, a line each: name and number.
"""
import sys
from pathlib import Path

import cv2
import torch

training, model, photograph, folder = sys.argv[1:]
sys.path.insert(0, training)
import export  # noqa: E402
from maskmodels import detecting, yunet, yunet_onnx  # noqa: E402


def difference(first, second, images):
    """Largest difference of any output."""
    with torch.no_grad():
        return max(float((a - b).abs().max()) for a, b in zip(first(images), second(images)))


def stirred(network):
    """Every normalisation gets statistics and weights of its own, as a training leaves them."""
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            for values in (module.running_mean, module.bias.data):
                values.normal_(0, 0.2)
            for values in (module.running_var, module.weight.data):
                values.uniform_(0.6, 1.4)
    return network


torch.manual_seed(1)
images = detecting.prepare(cv2.imread(photograph), 0.5)
trained = yunet_onnx.load(model, images)
state = trained.state_dict()

published = Path(folder, "published.pth")
torch.save({name: values for name, values in state.items() if not yunet.is_refinement(name)}, published)
# The last normalisation of a refinement at zero: nothing else of the published network may have changed.
bare = yunet.YuNet().eval()
bare.load_state_dict({name: torch.zeros_like(values) if yunet.is_refinement(name) and ".bn3." in name else values for name, values in state.items()})
print("published", difference(yunet.load(published), bare, images))
print("learnt", difference(trained, bare, images))

again = stirred(yunet.YuNet()).eval()
torch.save(again.state_dict(), Path(folder, "again.pth"))
export.export_yunet(Path(folder, "again.pth"), Path(folder, "again.onnx"), "check")
print("again", difference(yunet_onnx.load(Path(folder, "again.onnx"), images), again, images))
