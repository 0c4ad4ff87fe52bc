"""Measures scvi-tools' GIMVI on held-out genes of real pairs, for gimvi-scvi.json, and one training step of its
module on a toy with all weights and random draws written down, for gimvi-step.json.

    python3 -m venv VENV && VENV/bin/pip install scvi-tools==1.4.1
    VENV/bin/python test/reference/gimvi.py results [--pairs ...] [--folds ...] [--seeds ...]
    VENV/bin/python test/reference/gimvi.py step

Input of a fold as our method gets it: the reference's counts of the training and the held-out genes, the spatial
counts of the training genes, of the cells that the density filters of docs/method.md keep without the held-out
genes. Defaults of GIMVI (200 epochs). A prediction is scored by Pearson's correlation over cells, in square root
of counts, with the measured values clipped and square-rooted as docs/method.md says, over cells that both filters
(with and without the held-out genes) keep: `rate` is get_imputed_values(normalized=False), `scale` normalized=True.
test/main/methods/gimvi.test.ts and test/bench/gimvi.mjs compare ours with the results.
"""

import argparse
import json
import os
import time
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = {
    "merfish_moffitt": "merfish_moffitt/sc_counts.csv.gz",
    "osmfish_zeisel": "reference_zeisel550/counts.csv.gz",
    "starmap_zeisel": "reference_zeisel550/counts.csv.gz",
}


def read(path):
    table = pd.read_csv(path, index_col=0)
    return table.to_numpy().astype(np.float64), [str(name) for name in table.columns]


def matched(spatial, reference):
    """Columns of the shared genes in both files, in the order that folds go by."""
    first = [{}, {}]
    for names, seen in zip((spatial, reference), first):
        for column, name in enumerate(names):
            seen.setdefault(name.upper(), column)
    shared = sorted(set(first[0]) & set(first[1]))
    return np.array([first[0][g] for g in shared]), np.array([first[1][g] for g in shared])


def kept_cells(counts, shared, without=()):
    """Cells with at least 10 % of the genes that are shared or seen in at least 5 % of the cells."""
    genes = (counts > 0).mean(0) >= 0.05
    genes[shared] = True
    genes[list(without)] = False
    return (counts[:, genes] > 0).mean(1) >= 0.1


def processed(counts, cells):
    """Clipped at mean + 2 sd of the positive values of the kept cells, square root; all cells."""
    result = counts.copy()
    for column in result.T:
        positive = column[cells & (column > 0)]
        if len(positive):
            sd = positive.std(ddof=1) if len(positive) > 1 else 0
            np.minimum(column, positive.mean() + 2 * sd, out=column)
    return np.sqrt(result)


def pearson(a, b):
    if a.min() == a.max() or b.min() == b.max():
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def fit(sequencing, spatial, training, seed):
    """Imputed values of all genes for the spatial cells: (normalized=False, normalized=True)."""
    import anndata
    import scvi

    scvi.settings.seed = seed
    names = np.array([f"g{i}" for i in range(sequencing.shape[1])])
    seq = anndata.AnnData(sequencing.astype(np.float32), var=pd.DataFrame(index=names))
    st = anndata.AnnData(spatial.astype(np.float32), var=pd.DataFrame(index=names[training]))
    scvi.external.GIMVI.setup_anndata(seq)
    scvi.external.GIMVI.setup_anndata(st)
    model = scvi.external.GIMVI(seq, st)
    model.train(max_epochs=200, accelerator="cpu", enable_progress_bar=False, logger=False)
    return [model.get_imputed_values(normalized=normalized)[1] for normalized in (False, True)]


def results(options):
    runs = []
    for pair in options.pairs:
        st, st_names = read(os.path.join(options.data, "pairs", pair, "st_counts.csv.gz"))
        sc, sc_names = read(os.path.join(options.data, "pairs", REFERENCE[pair]))
        st_shared, sc_shared = matched(st_names, sc_names)
        sc_cells = kept_cells(sc, sc_shared)
        truth_cells = kept_cells(st, st_shared)
        truth = processed(st[:, st_shared], truth_cells)
        for fold in options.folds:
            held = np.arange(len(st_shared)) % 5 == fold
            st_cells = kept_cells(st, st_shared, without=st_shared[held])
            sequencing = sc[np.ix_(sc_cells, sc_shared)]
            spatial = st[np.ix_(st_cells, st_shared[~held])]
            scored = truth_cells[st_cells]
            for seed in options.seeds:
                started = time.time()
                rate, scale = fit(sequencing, spatial, ~held, seed)
                pcc = {
                    kind: [
                        round(pearson(truth[st_cells][scored, g], np.sqrt(imputed[scored, g])), 5)
                        for g in np.flatnonzero(held)
                    ]
                    for kind, imputed in (("rate", rate), ("scale", scale))
                }
                run = {
                    "pair": pair,
                    "fold": fold,
                    "seed": seed,
                    "cells": [int(st_cells.sum()), int(sc_cells.sum())],
                    "genes": [st_names[g] for g in st_shared[held]],
                    **pcc,
                }
                runs.append(run)
                print(
                    pair, fold, seed, run["cells"], *(f"{kind} {np.mean(v):.4f}" for kind, v in pcc.items()),
                    f"{time.time() - started:.0f} s", flush=True,
                )  # fmt: skip
                write(options.out or os.path.join(HERE, "gimvi-scvi.json"), {"runs": runs})


def numbers(tensor):
    array = tensor.detach().numpy()
    return {"shape": list(array.shape), "data": [float(f"{value:.9g}") for value in array.ravel()]}


def toy(torch_seed=1):
    """GIMVI's module and classifier with few units, without dropout, in doubles, weights of four decimals."""
    from scvi.external.gimvi import JVAE
    from scvi.module import Classifier
    from scvi.nn import Encoder

    torch.manual_seed(torch_seed)
    torch.set_default_dtype(torch.float64)
    torch.Tensor.float = torch.Tensor.double  # its one-hot rows are made single
    spatial_genes = np.arange(5)
    module = JVAE(
        [7, 5], 7, [slice(None), spatial_genes], ["zinb", "nb"], [True, False],
        [np.array([[2.5, 0.0]]), None], [np.array([[0.3, 1.0]]), None],
        n_latent=3, dim_hidden_encoder=6, dropout_rate_encoder=0, n_batch=2,
    )  # fmt: skip
    module.l_encoders[0] = Encoder(7, 1, n_layers=1, n_hidden=4, dropout_rate=0, return_dist=True)
    classifier = Classifier(n_input=3, n_hidden=5, n_labels=2, n_layers=3, dropout_rate=0, logits=True)
    for network in (module, classifier):
        network.double()
        for tensor in network.parameters():
            tensor.data = torch.round((tensor.data + 0.1 * torch.randn_like(tensor)) * 1e4) / 1e4
    module.library_log_means_0 = torch.tensor([[2.5, 0.0]])
    module.library_log_vars_0 = torch.tensor([[0.3, 1.0]])
    return module, classifier


def likelihood_slopes():
    """Gradients of both log-likelihoods by mean, inverse dispersion and dropout logit, at single points."""
    from scvi.distributions import NegativeBinomial, ZeroInflatedNegativeBinomial

    points = []
    for i, x in enumerate([0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 5.0, 17.0, 300.0, 2.5, 0.4]):
        mu, theta, dropout = ([3e-3, 0.4, 7.0, 90.0][i % 4], [0.05, 1.3, 60.0][i % 3], [-2.0, 1.5][i % 2])
        leaves = [torch.tensor(value, requires_grad=True) for value in (mu, theta, dropout)]
        nb = NegativeBinomial(mu=leaves[0], theta=leaves[1])
        zinb = ZeroInflatedNegativeBinomial(mu=leaves[0], theta=leaves[1], zi_logits=leaves[2])
        slopes = lambda model, by: [g.item() for g in torch.autograd.grad(model.log_prob(torch.tensor(x)), by)]
        point = {"x": x, "mu": mu, "theta": theta, "dropout": dropout}
        points.append({**point, "nb": slopes(nb, leaves[:2]), "zinb": slopes(zinb, leaves)})
    return points


def step(options):
    """One step of GIMVITrainingPlan.training_step, its losses called one by one."""
    import torch.distributions.normal as normal
    from scvi.external.gimvi._task import GIMVITrainingPlan

    module, classifier = toy()
    kl_weight, kappa = 0.25, 5.0
    plan = GIMVITrainingPlan(module, adversarial_classifier=classifier, scale_adversarial_loss=kappa)
    plan.n_output_classifier = 2
    plan.train()
    batches = [
        {"X": torch.poisson(torch.rand(n, g) * 4), "batch": torch.full((n, 1), i), "labels": torch.zeros(n, 1)}
        for i, (n, g) in enumerate(((9, 7), (8, 5)))
    ]
    state = lambda network: {k: numbers(v) for k, v in network.state_dict().items() if "num_batches" not in k}
    result = {
        "likelihood": likelihood_slopes(),
        "kl_weight": kl_weight,
        "kappa": kappa,
        "library": {"mean": 2.5, "variance": 0.3},
        "x": [numbers(batch["X"]) for batch in batches],
        "before": {"module": state(module), "classifier": state(classifier)},
    }
    drawn = []

    def recorded(shape, dtype, device):
        draw = torch.round(torch.randn(shape, dtype=torch.float64) * 1e4) / 1e4
        drawn.append(draw)
        return draw

    normal._standard_normal = recorded
    adam = lambda network: torch.optim.Adam(network.parameters(), lr=1e-3, eps=0.01, weight_decay=1e-6)
    optimisers = adam(module), adam(classifier)
    outputs = [
        module(
            batch,
            inference_kwargs={"mode": i},
            generative_kwargs={"mode": i},
            loss_kwargs={"mode": i, "kl_weight": kl_weight},
        )
        for i, batch in enumerate(batches)
    ]
    domain = torch.cat([torch.full((len(batch["X"]), 1), i) for i, batch in enumerate(batches)])
    latents = torch.cat([output[0]["z"] for output in outputs])
    elbo = sum(output[2].loss for output in outputs) / len(domain)
    fool = plan.loss_adversarial_classifier(latents, domain, False)
    optimisers[0].zero_grad()
    (elbo + kappa * fool).backward()
    result["gradients"] = {k: numbers(v.grad) for k, v in module.named_parameters() if v.grad is not None}
    optimisers[0].step()
    again = torch.cat([module.inference(batch["X"], mode=i)["z"] for i, batch in enumerate(batches)])
    judged = plan.loss_adversarial_classifier(again.detach(), domain, True)
    optimisers[1].zero_grad()
    (kappa * judged).backward()
    result["classifier_gradients"] = {k: numbers(v.grad) for k, v in classifier.named_parameters()}
    optimisers[1].step()
    result["losses"] = {"elbo": elbo.item(), "fool": fool.item(), "classifier": judged.item()}
    result["reconstruction"] = [numbers(next(iter(o[2].reconstruction_loss.values()))) for o in outputs]
    result["kl"] = [numbers(next(iter(o[2].kl_local.values()))) for o in outputs]
    # In the order of drawing: z and library of the reference, z of the spatial cells; then all three once more.
    result["noise"] = [numbers(draw) for draw in drawn]
    result["after"] = {"module": state(module), "classifier": state(classifier)}
    module.eval()
    with torch.inference_mode():
        x = batches[1]["X"]
        for kind, sample in (("rate", module.sample_rate), ("scale", module.sample_scale)):
            result[kind] = numbers(sample(x, 1, torch.ones(len(x), 1).long(), deterministic=True))
    write(options.out or os.path.join(HERE, "gimvi-step.json"), result)


def write(path, content):
    made_with = {name: version(name) for name in ("scvi-tools", "torch")}
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"made_with": made_with, **content}, file, separators=(",", ":"))
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("results", "step"))
    parser.add_argument("--data", default=os.path.join(HERE, "..", "..", "..", "shared", "data"))
    parser.add_argument("--out")
    parser.add_argument("--pairs", nargs="+", default=list(REFERENCE))
    parser.add_argument("--folds", nargs="+", type=int, default=[0, 1])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    options = parser.parse_args()
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    {"results": results, "step": step}[options.what](options)


if __name__ == "__main__":
    main()
