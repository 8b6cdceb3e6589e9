"""Fine-tunes YuNet on photographs of crowds, so that it finds masked and bare faces alike."""
import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from maskmodels import crowd_crops, detecting, detector_figures, detector_loss, photographs, training, yunet, yunet_onnx

SEED = 3
WARM_UP = 100


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder with train/ and val/, each with images/ and annotations/ (Pascal VOC)")
    parser.add_argument("--published", required=True, help="YuNet-n as published: a PyTorch state dict, or an ONNX file that export.py wrote")
    parser.add_argument("--start", help="weights to start from; default: --published")
    parser.add_argument("--portraits", help="zip with WithMask/ and WithoutMask/: faces pasted into the crops")
    parser.add_argument("--run", default="detector", help="name of the run's folder under runs/, or a path")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--batch", type=int, default=16, help="crops in a step; with one thread, 16 and more are much faster a crop")
    parser.add_argument("--side", type=int, default=320, help="side of a crop, pixels, a multiple of 32")
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate after the warm-up")
    parser.add_argument("--unlabelled-score", type=float, default=0.8, help="the published network's detections without a label are left out of the loss from this score on")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--published-part", type=float, default=0.0, help="how much of the published weights is mixed into the result, 0 to 1")
    parser.add_argument("--folds", type=int, default=0, help="instead of the training: cross-validation on train with so many folds")
    parser.add_argument("--fold", type=int, help="of these only one, from 1; several can run at the same time")
    parser.add_argument("--resume", action="store_true", help="go on from the run's last checkpoint")
    parser.add_argument("--check-every", type=int, default=100, help="steps between two checkpoints")
    parser.add_argument("--measure-every", type=int, default=600, help="steps between two looks at val, the first before any training; 0: only at the end")
    parser.add_argument("--dry-run", action="store_true", help="everything once, on a few small crops: under a minute")
    options = parser.parse_args()
    if options.dry_run:
        options.steps, options.batch, options.side, options.check_every, options.measure_every = 3, 2, 160, 2, 0
    return options


def weights(path, crowd, side):
    """The network in a PyTorch state dict, or in an exported ONNX file."""
    if Path(path).suffix != ".onnx":
        return yunet.load(path)
    images, _, _ = crowd_crops.CrowdCrops(crowd, np.random.default_rng(0), side).batch(16)
    return yunet_onnx.load(path, torch.from_numpy(images))


def train(options, run, crowd, pasted, held_out, generator):
    """Trains on `crowd`; returns the averaged network."""
    device = training.best_device()
    network = weights(options.start or options.published, crowd, options.side).train().to(device, memory_format=torch.channels_last)
    averaged = training.AveragedWeights(network, decay=0.998)
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=5e-4)
    done = 0
    if options.resume:
        done = run.resume(network, averaged, optimizer, generator)["step"]
    crops = crowd_crops.CrowdCrops(crowd, generator, options.side, pasted)
    corners, strides = detector_loss.grid(options.side, device)
    if held_out and options.measure_every and not done:
        measure(averaged.network, held_out, options, run, 0)
    progress = training.Progress(options.steps, done)
    for step in range(done, options.steps):
        for group in optimizer.param_groups:
            group["lr"] = options.rate * training.cosine(step, options.steps, warm_up=min(WARM_UP, options.steps // 10))
        images, faces, ignored = crowd_crops.tensors(crops.batch(options.batch), device)
        total, parts = detector_loss.loss(network.logits(images), faces, ignored, corners, strides)
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 10)
        optimizer.step()
        averaged.update(network)
        finished = step + 1
        progress.show(finished, loss=total)
        if finished % 10 == 0 or finished == options.steps:
            run.log(finished, loss=total, **parts)
        if finished % options.check_every == 0 or finished == options.steps:
            run.save(finished, network, averaged, optimizer, generator)
        if held_out and options.measure_every and finished % options.measure_every == 0 and finished < options.steps:
            measure(averaged.network, held_out, options, run, finished)
    return averaged.network


def measure(network, held_out, options, run, step):
    """Writes into the run's log how the network does on photographs it does not learn from."""
    loss = detector_figures.loss_on_crops(network, held_out, options.side, batches=1 if options.dry_run else 50)
    matches = detector_figures.measure(network, held_out)
    run.log(step, held_out_loss=loss, **matches.summary())
    return matches


def mixed(network, published, part):
    """Weighted mean of the weights of two networks."""
    state = network.state_dict()
    for name, weights in published.state_dict().items():
        if weights.is_floating_point():
            state[name] = torch.lerp(state[name].cpu(), weights, part)
    result = yunet.YuNet()
    result.load_state_dict(state)
    return result.eval()


def prepared(options):
    """Photographs, the faces to paste, and the published network."""
    generator = training.seed_everything(options.seed)
    crowd = photographs.load(Path(options.data, "train"))
    if options.dry_run:
        crowd = crowd[:4]
    published = weights(options.published, crowd, options.side)
    unlabelled = photographs.mark_unlabelled(crowd, published, training.Run(options.run).folder / "unlabelled.json", options.unlabelled_score)
    pasted = crowd_crops.portraits(options.portraits, published, 12 if options.dry_run else 900, generator) if options.portraits else []
    faces = sum(len(photograph.boxes) for photograph in crowd)
    print(f"{len(crowd)} photographs, {faces} faces, {unlabelled} unlabelled, {len(pasted)} portraits to paste", file=sys.stderr, flush=True)
    return crowd, pasted, published


def report(name, matches):
    figures = matches.summary()
    counts = {kind: int((matches.kinds == index).sum()) for index, kind in enumerate(photographs.KINDS)}
    recalls = ", ".join(f"{kind} {figures[kind]:.3f} of {count}" for kind, count in counts.items() if count)
    print(f"{name}: AP50 {figures['ap50']:.4f}; recall {figures['recall_at_93']:.4f} at precision 0.93, score {figures['threshold']:.3f}; {recalls}")


def cross_validate(options, crowd, pasted, published):
    """Trains without each fold in turn and measures on it: what the networks do on photographs they have not seen."""
    detections, order = [], []
    for fold in [options.fold - 1] if options.fold else range(options.folds):
        run = training.Run(f"{options.run}-fold{fold + 1}")
        generator = training.seed_everything(options.seed + fold)
        if not options.resume:
            run.start_over()
        held_out = crowd[fold :: options.folds]
        seen = [photograph for index, photograph in enumerate(crowd) if index % options.folds != fold]
        network = mixed(train(options, run, seen, pasted, None, generator), published, options.published_part)
        torch.save(network.state_dict(), run.folder / "yunet_mask.pth")
        found = [detecting.look(network, photograph.image) for photograph in held_out]
        report(f"fold {fold + 1}", detector_figures.match(found, held_out))
        detections += found
        order += held_out
    if not options.fold:
        report("all folds", detector_figures.match(detections, order))


def write_example(network, photograph, file):
    """What PyTorch finds in one photograph: an exported model has to find the same."""
    boxes, scores = detecting.look(network, photograph.image, floor=0.2)
    faces = [{"left": left, "top": top, "right": right, "bottom": bottom} for left, top, right, bottom in boxes.tolist()]
    file.write_text(json.dumps({"photograph": photograph.name, "faces": [{**face, "score": score} for face, score in zip(faces, scores.tolist())]}, indent=1))


def main():
    options, started = arguments(), time.monotonic()
    crowd, pasted, published = prepared(options)
    if options.folds:
        cross_validate(options, crowd, pasted, published)
    else:
        run = training.Run(options.run)
        if not options.resume:
            run.start_over()
        held_out = photographs.load(Path(options.data, "val"))
        if options.dry_run:
            held_out = held_out[:4]
        network = mixed(train(options, run, crowd, pasted, held_out, training.seed_everything(options.seed)), published, options.published_part)
        torch.save(network.state_dict(), run.folder / "yunet_mask.pth")
        report("val", measure(network, held_out, options, run, options.steps))
        write_example(network, held_out[0], run.folder / "example.json")
        print(run.folder / "yunet_mask.pth")
    print(f"{(time.monotonic() - started) / 60:.1f} minutes", file=sys.stderr)


if __name__ == "__main__":
    main()
