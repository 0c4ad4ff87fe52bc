"""The training of SpaGene as a plain PyTorch program, to measure ours against (test/bench/training.mjs).

Two orders of work over the same mathematics and the same networks (the paper's widths):

plain      what one would write today: codes of the frozen encoders computed once, one forward pass of the
           translators a step, batches indexed from tensors in memory, a score once an epoch.
released   the order of work of the authors' release: seven forward passes a step (discriminators, gradient penalty,
           GAN, cycle, identity, CORAL, MMD each translate anew, and encode anew), encoders in training mode, a gradient
           penalty, both sets of genes evaluated every epoch, rows loaded one by one by a DataLoader.

Arguments: FOLDER (meta.json, st.f32, sc.f32) MODE THREADS EPOCHS1 EPOCHS2. Prints one JSON line: seconds and steps of
each stage.
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset

BATCH = 128


class Block(nn.Sequential):
    def __init__(self, inputs, width, dropout):
        parts = [nn.Linear(inputs, width), nn.BatchNorm1d(width), nn.LeakyReLU(0.2)]
        super().__init__(*parts, *([nn.Dropout(dropout)] if dropout > 0 else []))


def network(inputs, hidden, outputs, dropout, ending):
    widths = [inputs, *hidden]
    layers = [Block(a, b, dropout) for a, b in zip(widths, widths[1:])]
    last = widths[-1]
    layers.append(Block(last, outputs, 0) if ending == "block" else nn.Linear(last, outputs))
    return nn.Sequential(*layers)


ENCODER = [2048, 1024, 512]


def autoencoder(genes, latent):
    return (
        network(genes, ENCODER, latent, 0.2, "block"),
        network(latent, ENCODER[::-1], genes, 0.2, "linear"),
    )


class Translation:
    """The four networks of stage 2, their optimisers, and the loss terms of the paper."""

    def __init__(self, autoencoders, latents, shared, mmd_gamma=None, penalty=0.0):
        (self.e_st, self.d_st), (self.e_sc, self.d_sc) = autoencoders
        st, sc = latents
        self.shared_st, self.shared_sc = shared
        self.t_sc = network(st, [512, 512, 512, 1024, 1024], sc, 0.1, "block")
        self.t_st = network(sc, [512, 256, 256, 128, 128], st, 0.1, "block")
        self.c_st = network(st, [256, 128, 128, 64], 1, 0.1, "linear")
        self.c_sc = network(sc, [256, 128, 128, 64], 1, 0.1, "linear")
        translators = [*self.t_sc.parameters(), *self.t_st.parameters()]
        critics = [*self.c_st.parameters(), *self.c_sc.parameters()]
        self.opt_t = torch.optim.Adam(translators, 1e-3, weight_decay=1e-3)
        self.opt_c = torch.optim.Adam(critics, 5e-4, weight_decay=1e-3)
        self.mmd_gamma = mmd_gamma
        self.penalty = penalty
        for net in (self.e_st, self.d_st, self.e_sc, self.d_sc):
            net.requires_grad_(False)

    def hinge(self, z_st, z_sc, fake_st, fake_sc):
        return (
            F.relu(1 - self.c_st(z_st)).mean()
            + F.relu(1 + self.c_st(fake_st)).mean()
            + F.relu(1 - self.c_sc(z_sc)).mean()
            + F.relu(1 + self.c_sc(fake_sc)).mean()
        )

    def gan(self, fake_st, fake_sc):
        return -self.c_st(fake_st).mean() - self.c_sc(fake_sc).mean()

    def cycle(self, fake_st, fake_sc, x_st, x_sc):
        back_st = self.d_st(self.t_st(fake_sc))
        back_sc = self.d_sc(self.t_sc(fake_st))
        return F.mse_loss(back_st, x_st) + F.mse_loss(back_sc, x_sc)

    def identity(self, fake_st, fake_sc, x_st, x_sc):
        def half(a, b):
            a, b = a - a.mean(0), b - b.mean(0)
            rho = (a * b).sum(0) / (a.norm(dim=0) * b.norm(dim=0) + 1e-5)
            return 1 - rho.mean()

        return half(self.d_sc(fake_sc)[:, self.shared_sc], x_st[:, self.shared_st]) + half(
            self.d_st(fake_st)[:, self.shared_st], x_sc[:, self.shared_sc]
        )

    def coral(self, fake_st, fake_sc, z_st, z_sc):
        def half(fake, real):
            return (torch.cov(fake.T) - torch.cov(real.T)).square().sum() / (4 * fake.shape[1] ** 2)

        return half(fake_st, z_st) + half(fake_sc, z_sc)

    def mmd(self, fake_st, fake_sc, z_st, z_sc):
        def half(fake, real):
            z = torch.cat([fake, real])
            distances = torch.cdist(z, z).square()
            if self.mmd_gamma is None:
                n = len(z)
                with torch.no_grad():
                    off = distances[torch.triu_indices(n, n, 1).unbind()]
                    median = off.median().clamp_min(1e-12)
                kernel = sum(torch.exp(-distances / (m * median)) for m in (0.25, 0.5, 1, 2, 4)) / 5
            else:
                kernel = torch.exp(-self.mmd_gamma * distances)
            n = len(fake)
            return kernel[:n, :n].mean() + kernel[n:, n:].mean() - 2 * kernel[:n, n:].mean()

        return half(fake_st, z_st) + half(fake_sc, z_sc)

    def gradient_penalty(self, z_st, z_sc, fake_st, fake_sc):
        def half(critic, real, fake):
            share = torch.rand(len(real), 1)
            between = (share * real + (1 - share) * fake).requires_grad_()
            (slope,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
            return (slope.norm(dim=1) - 1).square().mean()

        return half(self.c_st, z_st, fake_st) + half(self.c_sc, z_sc, fake_sc)

    def step_plain(self, x_st, x_sc, z_st, z_sc):
        fake_sc, fake_st = self.t_sc(z_st), self.t_st(z_sc)
        self.opt_c.zero_grad()
        self.hinge(z_st, z_sc, fake_st.detach(), fake_sc.detach()).backward()
        self.opt_c.step()
        for critic in (self.c_st, self.c_sc):
            critic.requires_grad_(False)
        total = (
            10 * self.identity(fake_st, fake_sc, x_st, x_sc)
            + 6 * self.cycle(fake_st, fake_sc, x_st, x_sc)
            + 0.3 * self.coral(fake_st, fake_sc, z_st, z_sc)
            + 0.3 * self.mmd(fake_st, fake_sc, z_st, z_sc)
            + 0.001 * self.gan(fake_st, fake_sc)
        )
        self.opt_t.zero_grad()
        total.backward()
        self.opt_t.step()
        for critic in (self.c_st, self.c_sc):
            critic.requires_grad_(True)
        return total.item()

    def codes(self, x_st, x_sc):
        """Codes and translations from the expression, as every loss of the release makes them for itself."""
        z_st, z_sc = self.e_st(x_st), self.e_sc(x_sc)
        return z_st, z_sc, self.t_st(z_sc), self.t_sc(z_st)

    def step_released(self, x_st, x_sc):
        self.opt_c.zero_grad()
        z_st, z_sc, fake_st, fake_sc = self.codes(x_st, x_sc)
        hinge = self.hinge(z_st, z_sc, fake_st.detach(), fake_sc.detach())
        z_st, z_sc, fake_st, fake_sc = self.codes(x_st, x_sc)
        penalty = self.gradient_penalty(z_st, z_sc, fake_st.detach(), fake_sc.detach())
        (hinge + self.penalty * penalty).backward()
        self.opt_c.step()
        self.opt_t.zero_grad()
        total = torch.zeros(())
        _, _, fake_st, fake_sc = self.codes(x_st, x_sc)
        total = total + 0.001 * self.gan(fake_st, fake_sc)
        _, _, fake_st, fake_sc = self.codes(x_st, x_sc)
        total = total + 6 * self.cycle(fake_st, fake_sc, x_st, x_sc)
        _, _, fake_st, fake_sc = self.codes(x_st, x_sc)
        total = total + 10 * self.identity(fake_st, fake_sc, x_st, x_sc)
        z_st, z_sc, fake_st, fake_sc = self.codes(x_st, x_sc)
        total = total + 0.3 * self.coral(fake_st, fake_sc, z_st, z_sc)
        z_st, z_sc, fake_st, fake_sc = self.codes(x_st, x_sc)
        total = total + 0.3 * self.mmd(fake_st, fake_sc, z_st, z_sc)
        total.backward()
        self.opt_t.step()
        return total.item()

    @torch.no_grad()
    def score(self, z_st, truth, columns):
        self.t_sc.eval()
        predicted = self.d_sc(self.t_sc(z_st))[:, columns]
        self.t_sc.train()
        a, b = predicted - predicted.mean(0), truth - truth.mean(0)
        return float(((a * b).sum(0) / (a.norm(dim=0) * b.norm(dim=0) + 1e-12)).mean())


class Rows(Dataset):
    """One row at a time, as the release loads its cells."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __getitem__(self, i):
        return torch.tensor(self.values[i], dtype=torch.float32)


def loader(values):
    return DataLoader(Rows(values), batch_size=BATCH, shuffle=True, drop_last=True)


def batches(values):
    """Batches indexed from a tensor in memory; the last partial one is dropped."""
    order = torch.randperm(len(values))
    for first in range(0, len(values) - BATCH + 1, BATCH):
        yield order[first : first + BATCH]


def train_autoencoder(values, latent, epochs, released):
    encoder, decoder = autoencoder(values.shape[1], latent)
    optimiser = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], 1e-3)
    tensor = torch.from_numpy(values)
    rows = loader(values) if released else None
    # One step that is not counted.
    warm = tensor[:BATCH]
    steps = 0

    def step(x):
        optimiser.zero_grad()
        loss = F.mse_loss(decoder(encoder(x)), x)
        loss.backward()
        optimiser.step()
        return loss.item()

    step(warm)
    started = time.perf_counter()
    for _ in range(epochs):
        for batch in rows if released else (tensor[b] for b in batches(tensor)):
            step(batch)
            steps += 1
    return (encoder, decoder), time.perf_counter() - started, steps


def forever(make):
    while True:
        yield from make()


def train_translation(data, autoencoders, latents, shared, epochs, released):
    st, sc = (torch.from_numpy(data[d]) for d in ("st", "sc"))
    options = {"mmd_gamma": 0.3, "penalty": 10.0} if released else {}
    model = Translation(autoencoders, latents, shared, **options)
    for net in (model.e_st, model.d_st, model.e_sc, model.d_sc):
        net.train(released)
    steps = 0
    per_epoch = max(len(st), len(sc)) // BATCH
    held_out = shared[1][::5], shared[0][::5]
    started = time.perf_counter()
    if not released:
        with torch.no_grad():
            z_st, z_sc = model.e_st(st), model.e_sc(sc)
        # One stream a dataset; the shorter one is reshuffled and started again.
        stream_st, stream_sc = (forever(lambda v=v: batches(v)) for v in (st, sc))
    for epoch in range(epochs):
        if released:
            rows_st, rows_sc = (forever(lambda d=d: loader(data[d])) for d in ("st", "sc"))
        for group in model.opt_t.param_groups:
            group["lr"] = 1e-3 * 0.5 ** (epoch // 10)
        for _ in range(per_epoch):
            if released:
                model.step_released(next(rows_st), next(rows_sc))
            else:
                a, b = next(stream_st), next(stream_sc)
                model.step_plain(st[a], sc[b], z_st[a], z_sc[b])
            steps += 1
        if released:
            # Training genes and genes held out, each by an imputation of every cell.
            for part in (slice(None, None, 5), slice(1, None, 5)):
                codes = model.e_st(st)
                model.score(codes, st[:, shared[0][part]], shared[1][part])
        else:
            some = torch.linspace(0, len(st) - 1, min(len(st), 4096)).long()
            model.score(z_st[some], st[some][:, held_out[1]], held_out[0])
    return time.perf_counter() - started, steps


def main():
    folder, mode, threads, epochs1, epochs2 = sys.argv[1:6]
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    released = mode == "released"
    meta = json.load(open(f"{folder}/meta.json"))
    data = {
        d: np.fromfile(f"{folder}/{d}.f32", dtype=np.float32).reshape(meta[d]["cells"], meta[d]["genes"])
        for d in ("st", "sc")
    }
    latents = meta["latents"]
    shared = [torch.tensor(meta["shared"][d]) for d in ("st", "sc")]
    result = {"version": torch.__version__}
    trained = []
    for i, domain in enumerate(("st", "sc")):
        networks, seconds, steps = train_autoencoder(data[domain], latents[i], int(epochs1), released)
        trained.append(networks)
        result[f"autoencoder-{domain}"] = {"seconds": seconds, "steps": steps}
    seconds, steps = train_translation(data, trained, latents, shared, int(epochs2), released)
    result["translation"] = {"seconds": seconds, "steps": steps}
    print(json.dumps(result))


main()
