"""Writes the ONNX files that MaskDashboard loads, and the golden batch that checks an execution provider."""
import argparse
import hashlib
import io
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch

from maskmodels import faces, vgg19, vgg19_onnx, yunet

GOLDEN_TOLERANCE = 0.05  # int8 is 0.006 off float at most; what a wrong driver does is larger


def export_yunet(weights, target, version):
    """Dynamic height and width; outputs named cls_8 ... bbox_32."""
    network, outputs = yunet.load(weights), [f"{name}_{stride}" for name in ("cls", "obj", "bbox") for stride in yunet.STRIDES]
    axes = {"input": {2: "H", 3: "W"}, **{name: {1: "n" + name[-2:].strip("_")} for name in outputs}}
    buffer = io.BytesIO()
    torch.onnx.export(network, torch.zeros(1, 3, 320, 416), buffer, opset_version=13, input_names=["input"], output_names=outputs, dynamic_axes=axes)
    model = onnx.load_from_string(buffer.getvalue())
    onnx.helper.set_model_props(model, {"model_version": version, "nms_iou": "0.45", "pad": "32", "input_order": "BGR 0..255"})
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def activation_scales(network, crops):
    """
    Scale of each ReLU output for uint8: its largest value over the crops / 255. A percentile cuts off what only few crops
    have, and those are the odd ones: masks worn incorrectly were taken for masks that the float network does not take for any.
    """
    peaks = dict.fromkeys(vgg19.LAYERS, 0.0)

    def observe(name, x):
        peaks[name] = max(peaks[name], float(x.max()))

    with torch.no_grad():
        for start in range(0, len(crops), 10):
            network(torch.from_numpy(faces.to_input(crops[start : start + 10])), observe)
    return {name: peak / 255 for name, peak in peaks.items()}


def calibration_crops(folder, count, seed):
    """A fixed random choice of labelled faces, half of them masked."""
    labelled = list(faces.faces(folder))
    random = np.random.default_rng(seed)
    chosen = []
    for masked in (True, False):
        group = [crop for label, _, crop in labelled if (label == faces.MASKED) == masked]
        chosen += [group[index] for index in random.choice(len(group), min(count // 2, len(group)), replace=False)]
    return chosen


def temperature_beside(weights):
    """What the training fitted on held-out photographs; 1 where it left nothing."""
    file = Path(weights).with_name("temperature.json")
    return json.loads(file.read_text())["temperature"] if file.exists() else 1.0


def export_vgg19(options, target):
    """Float and 8-bit form, and the float network's answers to the golden crops."""
    network = vgg19.load(options.vgg19)
    temperature = options.temperature or temperature_beside(options.vgg19)
    weights = {key: value.numpy() for key, value in network.state_dict().items()}
    scales = activation_scales(network, calibration_crops(options.faces, options.crops, seed=1))
    vgg19_onnx.write(target / "vgg19-mask.fp16.onnx", weights, f"vgg19-mask-{options.version}", temperature)
    vgg19_onnx.write(target / "vgg19-mask.int8.onnx", weights, f"vgg19-mask-{options.version}", temperature, scales)

    golden = target / "golden"
    files = sorted(golden.glob("*.png"))
    if files:
        with torch.no_grad():
            logits = network(torch.from_numpy(faces.to_input([cv2.imread(str(file)) for file in files])))
        expected = [[round(value, 5) for value in row] for row in torch.sigmoid(logits / temperature).tolist()]
        names = {"tolerance": GOLDEN_TOLERANCE, "files": [file.name for file in files], "probabilities": expected}
        (golden / "expected.json").write_text(json.dumps(names, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vgg19", help="weights of the classifier: .npz in PyTorch layout, or the float ONNX file written here; without them it is left as it is")
    parser.add_argument("--yunet", help="weights of the detector, a PyTorch state dict; without them it is left as it is")
    parser.add_argument("--faces", help="folder with images/ and annotations/ whose faces calibrate int8; with --vgg19")
    parser.add_argument("--models", default=str(Path(__file__).resolve().parent.parent), help="where the ONNX files go")
    parser.add_argument("--version", default="1", help="number in the models' names")
    parser.add_argument("--temperature", type=float, help="divides the logits; default: temperature.json beside the classifier's weights, else 1")
    parser.add_argument("--crops", type=int, default=100, help="crops that calibrate int8")
    options = parser.parse_args()
    if options.vgg19 and not options.faces:
        parser.error("--vgg19 needs --faces: the 8-bit form is calibrated on faces.")
    target = Path(options.models)
    torch.manual_seed(1)
    if options.yunet:
        export_yunet(options.yunet, target / "yunet-mask.onnx", f"yunet-mask-{options.version}")
    if options.vgg19:
        export_vgg19(options, target)
    for file in sorted(target.glob("*.onnx")):
        print(hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size, file.name)


if __name__ == "__main__":
    main()
