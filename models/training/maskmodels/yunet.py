"""YuNet-n with refinements: depthwise-separable backbone, three-level neck, heads at strides 8, 16 and 32."""
import torch
from torch import nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)


class SeparableUnit(nn.Module):
    """1 x 1 convolution, 3 x 3 depthwise convolution, and normalisation with ReLU unless it ends a head."""

    def __init__(self, inputs, outputs, activate=True):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, groups=outputs)
        self.activate = activate
        if activate:
            self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        x = self.conv2(self.conv1(x))
        return F.relu(self.bn(x)) if self.activate else x


class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, stride=2, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = SeparableUnit(16, 16)

    def forward(self, x):
        return self.conv2(F.relu(self.bn1(self.conv1(x))))


class Stage(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = SeparableUnit(inputs, inputs)
        self.conv2 = SeparableUnit(inputs, outputs)

    def forward(self, x):
        return self.conv2(self.conv1(x))


class Refinement(nn.Module):
    """
    Inverted residual block (MobileNetV2) with the same size at both ends: what the published network lacks to fit crowds.
    It changes nothing until it has learnt something: the normalisation at its end starts at zero.
    """

    def __init__(self, channels=64, expanded=128):
        super().__init__()
        self.expand = nn.Conv2d(channels, expanded, 1)
        self.bn1 = nn.BatchNorm2d(expanded)
        self.depthwise = nn.Conv2d(expanded, expanded, 3, padding=1, groups=expanded)
        self.bn2 = nn.BatchNorm2d(expanded)
        self.project = nn.Conv2d(expanded, channels, 1)
        self.bn3 = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.bn3.weight)

    def forward(self, x):
        y = F.relu(self.bn1(self.expand(x)))
        y = F.relu(self.bn2(self.depthwise(y)))
        return x + self.bn3(self.project(y))


def refinements(count):
    return nn.Sequential(*(Refinement() for _ in range(count)))


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.model0 = Stem()
        for index in range(1, 6):
            setattr(self, f"model{index}", Stage(16 if index == 1 else 64, 64))
        self.refinements = nn.ModuleList(refinements(2) for _ in STRIDES)

    def forward(self, x):
        features = []
        for index in range(6):
            x = getattr(self, f"model{index}")(x)
            if index >= 3:
                x = self.refinements[index - 3](x)
                features.append(x)
            if index in (0, 2, 3, 4):
                x = F.max_pool2d(x, 2)
        return features


class Neck(nn.Module):
    def __init__(self):
        super().__init__()
        self.lateral_convs = nn.ModuleList(SeparableUnit(64, 64) for _ in STRIDES)

    def forward(self, features):
        for level in (2, 1):
            features[level] = self.lateral_convs[level](features[level])
            features[level - 1] = features[level - 1] + F.interpolate(features[level], scale_factor=2.0, mode="nearest")
        features[0] = self.lateral_convs[0](features[0])
        return features


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.refinements = nn.ModuleList(refinements(1) for _ in STRIDES)
        self.multi_level_share_convs = nn.ModuleList(nn.Sequential(SeparableUnit(64, 64)) for _ in STRIDES)
        for name, channels in (("cls", 1), ("bbox", 4), ("kps", 10), ("obj", 1)):
            setattr(self, f"multi_level_{name}", nn.ModuleList(SeparableUnit(64, channels, activate=False) for _ in STRIDES))

    def forward(self, features):
        shared = self.shared(features)

        def flat(name):
            maps = [conv(x) for conv, x in zip(getattr(self, f"multi_level_{name}"), shared)]
            return [m.permute(0, 2, 3, 1).flatten(1, 2) for m in maps]

        return flat("cls"), flat("obj"), flat("bbox")

    def shared(self, features):
        """What all outputs of a stride are computed from."""
        return [conv(refine(x)) for conv, refine, x in zip(self.multi_level_share_convs, self.refinements, features)]


class YuNet(nn.Module):
    """Input: [N, 3, H, W] BGR 0..255, H and W multiples of 32. Output: cls, obj (probabilities), bbox for each stride."""

    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.neck = Neck()
        self.bbox_head = Head()

    def logits(self, x):
        """cls, obj and bbox, each one tensor per stride, before the sigmoid: what training needs."""
        return self.bbox_head(self.neck(self.backbone(x)))

    def landmarks(self, x):
        """
        The surest face of each image: score [N] and, in pixels of the input, both eyes, nose and corners of the mouth [N, 5, 2].
        Of use with the published weights only: fine-tuning leaves these outputs behind.
        """
        head = self.bbox_head
        scores, points = [], []
        for level, shared in enumerate(head.shared(self.neck(self.backbone(x)))):
            score = (head.multi_level_cls[level](shared).sigmoid() * head.multi_level_obj[level](shared).sigmoid()).sqrt()
            offsets = head.multi_level_kps[level](shared).unflatten(1, (5, 2)).permute(0, 3, 4, 1, 2)
            rows, columns = torch.meshgrid(torch.arange(score.shape[2]), torch.arange(score.shape[3]), indexing="ij")
            cells = torch.stack([columns, rows], 2).to(x)[None, :, :, None]
            scores.append(score.flatten(1))
            points.append(((offsets + cells) * STRIDES[level]).flatten(1, 2))
        best, place = torch.cat(scores, 1).max(1)
        return best, torch.cat(points, 1)[torch.arange(len(x)), place]

    def forward(self, x):
        cls, obj, bbox = self.logits(x)
        return (*[c.sigmoid() for c in cls], *[o.sigmoid() for o in obj], *bbox)


def is_refinement(name):
    """Whether a weight or module of this name is the project's own: the published network has none of them."""
    return ".refinements." in f".{name}"


def load(path):
    """Builds the network from a state dict file; without refinements in it they change nothing."""
    network = YuNet()
    state = torch.load(path, map_location="cpu")
    state = state.get("state_dict", state)
    own = {} if any(map(is_refinement, state)) else {name: value for name, value in network.state_dict().items() if is_refinement(name)}
    network.load_state_dict({**own, **state})
    return network.eval()
