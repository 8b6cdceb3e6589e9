"""Writes VGG19 as ONNX by hand: float with weights stored in half precision, or int8 in QDQ form."""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

from .faces import CROP_SCALE
from .vgg19 import LAYERS, MEAN_RGB, STORED

METADATA = {"crop_scale": str(CROP_SCALE), "crop_border": "replicate", "crop_resize": "area when shrinking, else bilinear", "labels": "mask,no_mask"}


class Graph:
    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def node(self, operator, inputs, output, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output


def _float_weight(graph, name, value):
    stored = graph.constant(name + STORED, value.astype(np.float16))
    return graph.node("Cast", [stored], name, to=TensorProto.FLOAT)


def _int8_weight(graph, name, value):
    scale = np.maximum(np.abs(value).max(axis=(1, 2, 3)), 1e-8).astype(np.float32) / 127
    integers = np.clip(np.round(value / scale[:, None, None, None]), -127, 127).astype(np.int8)
    inputs = [graph.constant(f"{name}.q", integers), graph.constant(f"{name}.scale", scale), graph.constant(f"{name}.zero", np.zeros(len(scale), np.int8))]
    return graph.node("DequantizeLinear", inputs, name, axis=0), scale


def _int8_bias(graph, name, value, scale):
    integers = np.round(value / scale).astype(np.int32)
    inputs = [graph.constant(f"{name}.q", integers), graph.constant(f"{name}.scale", scale.astype(np.float32)), graph.constant(f"{name}.zero", np.zeros(len(scale), np.int32))]
    return graph.node("DequantizeLinear", inputs, name, axis=0)


def _quantise(graph, tensor, name, scale, zero=0):
    scale = graph.constant(f"{name}.scale", np.float32(scale))
    zero = graph.constant(f"{name}.zero", np.uint8(zero))
    graph.node("QuantizeLinear", [tensor, scale, zero], f"{name}.q")
    return graph.node("DequantizeLinear", [f"{name}.q", scale, zero], f"{name}.dq")


def write(path, weights, version, temperature=1.0, activation_scales=None):
    """
    weights: name -> float32 array in PyTorch layout. activation_scales: layer -> scale of its ReLU output; given, the
    graph is int8 (every convolution, per-channel weights, uint8 input and activations), else float.
    """
    graph = Graph()
    graph.node("Mul", ["input", graph.constant("to_bytes", np.float32(255))], "scaled")
    graph.node("Sub", ["scaled", graph.constant("mean", np.array(MEAN_RGB, np.float32).reshape(1, 3, 1, 1))], "centred")
    tensor, scale = "centred", None
    if activation_scales is not None:
        # Steps of about one grey level. The first convolution in float would cost a fifth of the time: its output has to be
        # turned from channels first to channels last for the integer ones, and is 21 times as large as its input.
        scale = (255 + max(MEAN_RGB) - min(MEAN_RGB)) / 255
        tensor = _quantise(graph, tensor, "input.q8", scale, round(max(MEAN_RGB) / scale))
    for index, name in enumerate(LAYERS):
        kernel, bias = weights[f"{name}.weight"].astype(np.float32), weights[f"{name}.bias"].astype(np.float32)
        if index == 0:
            kernel = kernel[:, ::-1].copy()  # ImageNet weights expect BGR, the input is RGB
        if activation_scales is None:
            kernel, bias = _float_weight(graph, f"{name}.weight", kernel), _float_weight(graph, f"{name}.bias", bias)
        else:
            kernel, kernel_scale = _int8_weight(graph, f"{name}.weight", kernel)
            bias = _int8_bias(graph, f"{name}.bias", bias, kernel_scale * scale)
        graph.node("Conv", [tensor, kernel, bias], f"{name}.conv", kernel_shape=[3, 3], pads=[1, 1, 1, 1])
        tensor = graph.node("Relu", [f"{name}.conv"], f"{name}.relu")
        if activation_scales is not None:
            scale = activation_scales[name]
            tensor = _quantise(graph, tensor, f"{name}.out", scale)
        if index + 1 == len(LAYERS) or LAYERS[index + 1][5] != name[5]:
            tensor = graph.node("MaxPool", [tensor], f"{name}.pool", kernel_shape=[2, 2], strides=[2, 2])
            if activation_scales is not None:
                tensor = _quantise(graph, tensor, f"{name}.pooled", scale)
    graph.node("Flatten", [tensor], "flat")
    graph.node("Gemm", ["flat", _float_weight(graph, "fc.weight", weights["fc.weight"] / temperature), _float_weight(graph, "fc.bias", weights["fc.bias"] / temperature)], "logits", transB=1)
    graph.node("Sigmoid", ["logits"], "probabilities")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "vgg19-mask",
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 3, 128, 128])],
            [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", 2])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 13)],
        ir_version=8,
        producer_name="maskmodels",
    )
    helper.set_model_props(model, {**METADATA, "model_version": version})
    checker.check_model(model)
    save(model, str(path))
