"""Makes the sample photographs, test images and golden face crops from one public-domain portrait.

The portrait is scikit-image's `astronaut` (NASA, public domain; Debian package python3-skimage). Masks are drawn.
Run: python3 tests/assets/make_samples.py
"""
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from skimage import data

ROOT = Path(__file__).resolve().parents[2]
FACE = (173, 62, 100, 125)  # x, y, width, height of the face in the 512 x 512 portrait


def masked(image, colour=(214, 178, 140), drop=0):
    """Draws a pleated surgical mask over nose and mouth, or `drop` pixels lower."""
    result, x, y, w, h = image.copy(), *FACE
    y += drop
    outline = np.array([(x + 4, y + 62), (x + 30, y + 54), (x + 52, y + 50), (x + 76, y + 54), (x + 96, y + 60),
                        (x + 94, y + 92), (x + 78, y + 118), (x + 54, y + 128), (x + 30, y + 120), (x + 8, y + 96)], np.int32)
    layer, shade = result.copy(), np.zeros(result.shape[:2], np.uint8)
    cv2.fillPoly(shade, [outline], 255, cv2.LINE_AA)
    rows = np.linspace(0.82, 1.06, result.shape[1])[None, :, None]
    layer[:] = np.clip(np.array(colour) * rows, 0, 255)
    for line in range(4):
        points = np.array([(x + 8 + t * 0.86 * 100, y + 70 + line * 13 + 5 * np.sin(t * np.pi)) for t in np.linspace(0, 1, 30)], np.int32)
        cv2.polylines(layer, [points], False, tuple(int(c * 0.82) for c in colour), 2, cv2.LINE_AA)
    alpha = cv2.GaussianBlur(shade, (5, 5), 0)[:, :, None] / 255.0
    result = (layer * alpha + result * (1 - alpha)).astype(np.uint8)
    for start, end in (((x + 6, y + 64), (x - 6, y + 48)), ((x + 94, y + 62), (x + 104, y + 46)), ((x + 10, y + 94), (x - 4, y + 74)), ((x + 92, y + 92), (x + 102, y + 72))):
        cv2.line(result, start, end, (235, 235, 235), 2, cv2.LINE_AA)
    return result


def bust(portrait, height, mirror=False, gain=1.0):
    """Head and shoulders with a soft outline, `height` pixels high: (pixels, alpha, face box)."""
    left, top, right, bottom = 90, 10, 360, 330
    cut = np.clip(portrait[top:bottom, left:right] * gain, 0, 255).astype(np.uint8)
    scale = height / cut.shape[0]
    size = (round(cut.shape[1] * scale), height)
    alpha = np.zeros(cut.shape[:2], np.uint8)
    cv2.ellipse(alpha, (133, 108), (78, 104), 0, 0, 360, 255, -1)
    cv2.ellipse(alpha, (133, 320), (130, 130), 0, 0, 360, 255, -1)
    alpha = cv2.GaussianBlur(alpha, (31, 31), 0)
    x, y, w, h = FACE[0] - left, FACE[1] - top, FACE[2], FACE[3]
    if mirror:
        cut, alpha, x = cut[:, ::-1], alpha[:, ::-1], cut.shape[1] - x - w
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    box = [round(v * scale) for v in (x, y, w, h)]
    return cv2.resize(cut, size, interpolation=interpolation), cv2.resize(alpha, size), box


def room(width, height, seed):
    """A plain wall with daylight from one side and a floor."""
    random = np.random.default_rng(seed)
    wall = np.linspace(168, 222, width)[None, :, None] * np.array([0.98, 0.99, 1.0])
    scene = np.repeat(wall, height, axis=0)
    scene[int(height * 0.8):] *= 0.72
    for x in range(0, width, max(1, width // 5)):
        cv2.line(scene, (x, 0), (x, int(height * 0.8)), (170, 176, 180), 2)
    return np.clip(scene + random.normal(0, 2.5, scene.shape), 0, 255).astype(np.uint8)


def compose(width, height, people, seed=1):
    """People are (x, y, height, masked?, mirrored?, gain); returns the scene and its labelled boxes."""
    portrait = cv2.cvtColor(data.astronaut(), cv2.COLOR_RGB2BGR)
    scene, faces = room(width, height, seed), []
    for x, y, tall, wears, mirror, gain in people:
        pixels, alpha, box = bust(masked(portrait) if wears else portrait, tall, mirror, gain)
        right, bottom = min(width, x + pixels.shape[1]), min(height, y + pixels.shape[0])
        pixels, alpha = pixels[: bottom - y, : right - x], alpha[: bottom - y, : right - x, None] / 255.0
        scene[y:bottom, x:right] = (pixels * alpha + scene[y:bottom, x:right] * (1 - alpha)).astype(np.uint8)
        faces.append({"label": "with_mask" if wears else "without_mask", "x": x + box[0], "y": y + box[1], "width": box[2], "height": box[3]})
    return scene, faces


def write_voc(path, image_name, width, height, faces):
    objects = "".join(
        f"<object><name>{f['label']}</name><bndbox><xmin>{f['x']}</xmin><ymin>{f['y']}</ymin><xmax>{f['x'] + f['width']}</xmax><ymax>{f['y'] + f['height']}</ymax></bndbox></object>"
        for f in faces)
    path.write_text(f"<annotation><filename>{image_name}</filename><size><width>{width}</width><height>{height}</height><depth>3</depth></size>{objects}</annotation>\n")


SCENES = {
    "two-masked-apart.jpg": ("Two people, masks on, well apart", 1200, 700, [(40, 180, 420, True, False, 1.0), (800, 190, 410, True, True, 1.05)]),
    "two-too-close.jpg": ("Two people too close, one without a mask", 900, 640, [(230, 260, 300, True, False, 1.0), (335, 265, 300, False, True, 1.0)]),
    "three-one-bare.jpg": ("Three people, one without a mask", 1280, 720, [(20, 240, 400, True, False, 1.0), (480, 230, 400, False, False, 0.92), (900, 250, 390, True, True, 1.04)]),
    "one-bare.png": ("One person without a mask", 480, 480, [(80, 60, 400, False, False, 1.0)]),
    "group.jpg": ("A group of eight", 1600, 900, [(60 + 380 * i, 90, 240, i != 2, i % 2 == 1, 0.95 + 0.03 * i) for i in range(4)] + [(110 + 370 * i, 480, 330, i not in (0, 3), i % 2 == 0, 1.04 - 0.03 * i) for i in range(4)]),
    "empty-room.webp": ("Nobody in the picture", 960, 600, []),
}


def odd_images(folder, scene):
    """What the tests cannot write themselves: printer's colours, and an animation."""
    picture = Image.fromarray(cv2.resize(scene, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)[:, :, ::-1])
    picture.convert("CMYK").save(folder / "cmyk.jpg", quality=85)
    frames = [picture.point(lambda value, gain=gain: int(value * gain)) for gain in (1.0, 0.8, 0.6)]
    frames[0].save(folder / "animated.webp", save_all=True, append_images=frames[1:], duration=200, quality=80)
    small = [frame.resize((90, 64)) for frame in frames]
    small[0].save(folder / "animated.gif", save_all=True, append_images=small[1:], duration=200)


def main():
    samples, assets, golden = ROOT / "wwwroot/samples", ROOT / "tests/assets", ROOT / "models/golden"
    for folder in (samples, assets / "annotations", assets / "images", golden):
        folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for seed, (name, (title, width, height, people)) in enumerate(SCENES.items(), 1):
        scene, faces = compose(width, height, people, seed)
        parameters = {".jpg": [cv2.IMWRITE_JPEG_QUALITY, 88], ".webp": [cv2.IMWRITE_WEBP_QUALITY, 85]}.get(Path(name).suffix, [])
        cv2.imwrite(str(samples / name), scene, parameters)
        write_voc(assets / "annotations" / (Path(name).stem + ".xml"), name, width, height, faces)
        listed.append({"file": name, "title": title, "credit": "NASA portrait, public domain; masks and scene drawn"})
    odd_images(assets / "images", compose(*SCENES["two-too-close.jpg"][1:], seed=2)[0])
    (samples / "samples.json").write_text(json.dumps(listed, indent=2) + "\n")

    portrait = cv2.cvtColor(data.astronaut(), cv2.COLOR_RGB2BGR)
    def square(image, x, y, side):
        return cv2.resize(image[y : y + side, x : x + side], (128, 128), interpolation=cv2.INTER_AREA)
    def shrunk(crop, side):
        return cv2.resize(cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA), (128, 128), interpolation=cv2.INTER_LINEAR)
    x, y, w, h = FACE
    at = (x + w // 2 - 72, y + h // 2 - 72, 144)
    crops = {"bare.png": square(portrait, *at), "mask.png": square(masked(portrait), *at), "background.png": square(room(400, 400, 7), 50, 50, 144)}
    crops["mask-mirrored.png"] = crops["mask.png"][:, ::-1]
    # Sure answers, 0 or 1, hide all but gross mistakes of a driver: these the network doubts.
    crops["mask-low.png"] = square(masked(portrait, drop=18), *at)
    crops["mask-shrunk.png"], crops["bare-shrunk.png"] = shrunk(crops["mask.png"], 6), shrunk(crops["bare.png"], 6)
    for name, crop in crops.items():
        cv2.imwrite(str(golden / name), crop)


if __name__ == "__main__":
    main()
