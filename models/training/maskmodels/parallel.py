"""Work on several processes: on a busy CPU they wait for each other once a step, threads would at every layer."""
import os

import numpy as np
import torch
from torch import multiprocessing


class Gradients:
    """Computes a batch's mean gradient with `workers` processes that share the network's weights; 1 stays in this process."""

    def __init__(self, network, loss_of, workers):
        """loss_of(network, batch, learn_early) -> loss, after setting what learns; a batch is a list that can be cut."""
        self.network, self.loss_of, self.helpers = network, loss_of, []
        if workers > 1:
            network.share_memory()
        context = multiprocessing.get_context("fork")
        for _ in range(workers - 1):
            buffers = [torch.zeros_like(parameter).share_memory_() for parameter in network.parameters()]
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there, here, network, loss_of, buffers), daemon=True)
            process.start()
            there.close()
            self.helpers.append((here, buffers))

    def compute(self, batch, learn_early):
        """Leaves the gradient in the parameters; returns the loss."""
        parts = [batch[first :: len(self.helpers) + 1] for first in range(len(self.helpers) + 1)]
        for (pipe, _), part in zip(self.helpers, parts[1:]):
            pipe.send((part, learn_early))
        for parameter in self.network.parameters():
            parameter.grad = None
        loss = self.loss_of(self.network, parts[0], learn_early) * (len(parts[0]) / len(batch))
        loss.backward()
        total = loss.item()
        for (pipe, buffers), part in zip(self.helpers, parts[1:]):
            share = len(part) / len(batch)
            total += pipe.recv() * share
            for parameter, buffer in zip(self.network.parameters(), buffers):
                if parameter.grad is not None:
                    parameter.grad.add_(buffer, alpha=share)
        return total


def _serve(pipe, other_end, network, loss_of, buffers):
    other_end.close()  # else the end of the training process would go unnoticed
    os.setsid()
    while True:
        try:
            batch, learn_early = pipe.recv()
        except EOFError:
            return
        for parameter in network.parameters():
            parameter.grad = None
        loss = loss_of(network, batch, learn_early)
        loss.backward()
        for parameter, buffer in zip(network.parameters(), buffers):
            if parameter.grad is not None:
                buffer.copy_(parameter.grad)
        pipe.send(loss.item())


def answers(network, inputs_of, crops, workers, batch=10):
    """The network's outputs [N, ...] for many crops, in their order; inputs_of(crops) -> array."""
    parts = [crops[start : start + batch] for start in range(0, len(crops), batch)]
    if workers == 1:
        return np.concatenate([_answer((network, inputs_of), part) for part in parts])
    with multiprocessing.get_context("fork").Pool(workers, _adopt, (network, inputs_of)) as pool:
        return np.concatenate(pool.map(_answer_adopted, parts, chunksize=1))


@torch.no_grad()
def _answer(model, crops):
    network, inputs_of = model
    device = next(network.parameters()).device
    return network(torch.from_numpy(inputs_of(crops)).to(device)).cpu().numpy()


def _adopt(network, inputs_of):
    global _adopted
    _adopted = network, inputs_of


def _answer_adopted(crops):
    return _answer(_adopted, crops)
