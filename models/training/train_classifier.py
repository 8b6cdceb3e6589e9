"""
Trains the VGG19 mask classifier on portraits and on faces in crowds: python3 train_classifier.py --crowd DIR --portraits ZIP.

The run's folder (runs/classifier) then holds weights.npz, temperature.json, log.jsonl and checkpoint.pt; export.py makes the
ONNX files of them. --dry-run does the whole way in less than a minute on a few photographs.
"""
import argparse
import json
import sys
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from maskmodels import crops, faces, negatives, parallel, photographs, training, validation, vgg19, worn_masks, yunet

# Share of each kind of crop in a batch. Masks worn incorrectly are 60 of 2,324 faces: drawn evenly, they would not be learnt.
SHARES = {"portrait": 3, "put_on": 4, "crowd_mask": 5, "crowd_bare": 3, "crowd_incorrect": 3, "background": 2, "mistake": 2}
EARLY = ("block1", "block2", "block3")


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crowd", required=True, help="folder with images/ and Pascal VOC annotations/ to train on")
    parser.add_argument("--validation", help="the same, to follow the training and to fit the temperature; without it the crowd's own faces")
    parser.add_argument("--portraits", help="zip file with WithMask/ and WithoutMask/; without it the crowd's faces stand in")
    parser.add_argument("--start", help="weights to start from: .npz in PyTorch layout, or the float ONNX file that export.py wrote; without them chance weights")
    parser.add_argument("--detector", help="weights of YuNet as published: its mistakes on the crowd become negatives, besides the Haar cascade's, and with the eyes, noses and mouths that it finds masks are put on bare faces")
    parser.add_argument("--run", default="classifier", help="name of the run's folder under runs/, or a path")
    parser.add_argument("--steps", type=int, default=800, help="0 trains nothing and fits the temperature of --start, for instance of averaged weights")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-5, help="learning rate of the convolutions; the last layer has five times as much")
    parser.add_argument("--early-every", type=int, default=5, help="the first three blocks learn in every N-th step only, which saves two fifths of the time")
    parser.add_argument("--evaluate-every", type=int, default=250, help="steps between two looks at the validation")
    parser.add_argument("--save-every", type=int, default=20, help="steps between two checkpoints")
    parser.add_argument("--bfloat16", action="store_true", help="compute in bfloat16, keep weights and sums in float: more than twice as fast on a CPU with AVX512-BF16, slower on others")
    parser.add_argument("--workers", type=int, default=1, help="processes that share a batch (CPU); 2 on two busy cores")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from the run's checkpoint")
    parser.add_argument("--dry-run", action="store_true", help="four small steps: shows that everything fits together, teaches nothing")
    chosen = parser.parse_args()
    if chosen.steps == 0 and not chosen.start:
        parser.error("--steps 0 needs --start: the weights whose temperature is fitted.")
    if training.best_device().type == "cuda":
        chosen.workers = 1
    if chosen.dry_run:
        chosen.steps, chosen.batch, chosen.early_every, chosen.evaluate_every, chosen.save_every = 4, 4, 2, 4, 2
    return chosen


def hard_negatives(run, pictures, detector):
    """What detectors mistake for faces; found once for the same photographs, since it takes minutes."""
    file, names = run.folder / "mistakes.json", [picture.name for picture in pictures]
    if file.exists() and (known := json.loads(file.read_text()))["photographs"] == names:
        return known["boxes"]
    boxes = negatives.mistakes(pictures, yunet.load(detector) if detector else None)
    file.write_text(json.dumps({"photographs": names, "boxes": boxes}))
    return boxes


def masks_to_put_on(chosen, pictures, portraits, random):
    if not chosen.detector:
        return worn_masks.Wardrobe([], [], random)
    found = worn_masks.wardrobe(portraits, list(crops.bare_squares(pictures)), yunet.load(chosen.detector), 8 if chosen.dry_run else 300, random)
    print(f"{len(found.masks)} masks to put on {len(found.bare_faces)} bare faces", file=sys.stderr, flush=True)
    return found


def loss_of(network, batch, learn_early, bfloat16):
    for name, parameter in network.named_parameters():
        if name.startswith(EARLY):
            parameter.requires_grad_(learn_early)
    device = network.fc.weight.device
    images = torch.from_numpy(faces.to_input([crop for crop, _ in batch])).to(device, memory_format=torch.channels_last)
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=bfloat16):
        logits = network(images)
    return F.binary_cross_entropy_with_logits(logits.float(), torch.tensor([target for _, target in batch], device=device))


def train(chosen, run, sampler, held_out, random):
    device = training.best_device()
    network = (vgg19.load(chosen.start) if chosen.start else vgg19.chance()).train().to(device, memory_format=torch.channels_last)
    averaged = training.AveragedWeights(network, decay=0.995)
    head = list(network.fc.parameters())
    body = [parameter for name, parameter in network.named_parameters() if not name.startswith("fc.")]
    optimizer = torch.optim.AdamW([{"params": body, "rate": chosen.rate}, {"params": head, "rate": chosen.rate * 5}], lr=chosen.rate, weight_decay=0.01)
    first = 0
    if chosen.resume:
        first = run.resume(network, averaged, optimizer, random)["step"]
    else:
        run.start_over()
    gradients = parallel.Gradients(network, partial(loss_of, bfloat16=chosen.bfloat16), chosen.workers)
    progress = training.Progress(chosen.steps, first)
    for step in range(first, chosen.steps):
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * training.cosine(step, chosen.steps, warm_up=min(30, chosen.steps // 4))
        loss = gradients.compute(sampler.batch(chosen.batch), step % chosen.early_every == 0)
        norm = torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.grad is not None], 5)
        optimizer.step()
        averaged.update(network)
        done = step + 1
        run.log(done, loss=loss, gradient=norm, rate=chosen.rate * training.cosine(step, chosen.steps, 30))
        progress.show(done, loss=loss)
        if done % chosen.save_every == 0 or done == chosen.steps:
            run.save(done, network, averaged, optimizer, random)
        if done % chosen.evaluate_every == 0 and done != chosen.steps:
            figures = validation.figures(validation.logits(averaged.network, held_out, chosen.workers), held_out)
            run.log(done, **figures)
            print(f"step {done}: " + validation.sentence(figures), file=sys.stderr, flush=True)
    return averaged.network.cpu().eval()


def main():
    chosen = options()
    random = training.seed_everything(chosen.seed)
    cv2.setNumThreads(1)
    run = training.Run(chosen.run)
    pictures = photographs.load(chosen.crowd)
    held_out = validation.HeldOut(photographs.load(chosen.validation) if chosen.validation else pictures)
    if chosen.steps:
        portraits = crops.Portraits(chosen.portraits) if chosen.portraits else crops.FacesAsPortraits(pictures)
        wardrobe = masks_to_put_on(chosen, pictures, portraits, random)
        sampler = crops.Sampler(pictures, portraits, wardrobe, hard_negatives(run, pictures, chosen.detector), random, SHARES)
        network = train(chosen, run, sampler, held_out, random)
    else:
        network = vgg19.load(chosen.start)

    values = validation.logits(network, held_out, chosen.workers)
    temperature = validation.fit_temperature(values, held_out)
    figures = validation.figures(values / temperature, held_out)
    run.log(chosen.steps, temperature=temperature, **figures)
    vgg19.save(network, run.folder / "weights.npz")
    (run.folder / "temperature.json").write_text(json.dumps({"temperature": temperature}) + "\n")
    print(f"{validation.sentence(figures)} Temperature {temperature:.3f}.\n{run.folder}")


if __name__ == "__main__":
    main()
