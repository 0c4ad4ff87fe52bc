"""Trains the authors' Tangram mapper on a small made-up problem, with every term switched on.

    python3 tangram-mapper.py CHECKOUT > tangram-mapper.json

CHECKOUT is a checkout of github.com/broadinstitute/Tangram; needs numpy and torch. The class is used unchanged but
for its start, which is written out beside the results, and for its numbers, which are doubles.
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import torch

path = Path(sys.argv[1]) / "tangram" / "mapping_optimizer.py"
spec = importlib.util.spec_from_file_location("mapping_optimizer", path)
optimizer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(optimizer)

SOURCES, SPOTS, GENES, EPOCHS = 6, 9, 5, 40
random = np.random.default_rng(7)
S = random.poisson(3, (SOURCES, GENES)).astype(float)
G = random.poisson(2, (SPOTS, GENES)).astype(float)
start = np.round(random.normal(0, 1, (SOURCES, SPOTS)), 4)
density = G.sum(1) / G.sum()
source_density = np.array([10, 6, 5, 4, 3, 2]) / 30

cases = {
    "cells": dict(d=density, lambda_d=1, lambda_g1=1, lambda_g2=0, lambda_r=0),
    "clusters": dict(d=density, d_source=source_density, lambda_d=1, lambda_g1=1, lambda_g2=0, lambda_r=0),
    "all terms": dict(d=density, d_source=source_density, lambda_d=0.7, lambda_g1=1.2, lambda_g2=0.5, lambda_r=0.02),
}


def run(settings):
    mapper = optimizer.Mapper(S=S, G=G, device="cpu", **settings)
    for name in ("S", "G", "S_train", "G_train", "d", "d_source"):
        if hasattr(mapper, name):
            setattr(mapper, name, getattr(mapper, name).double())
    mapper.d = torch.tensor(settings["d"])
    if "d_source" in settings:
        mapper.d_source = torch.tensor(settings["d_source"])
    mapper.M = torch.tensor(start, requires_grad=True)
    mapping, history = mapper.train(learning_rate=0.1, num_epochs=EPOCHS, print_each=None)
    return {
        "total": [float(loss) for loss in history["total_loss"]],
        "mapping": mapping.ravel().tolist(),
    }


rounded = lambda values: [float(f"{value:.12g}") for value in values]
result = {
    "sources": SOURCES,
    "spots": SPOTS,
    "genes": GENES,
    "epochs": EPOCHS,
    "S": S.ravel().tolist(),
    "G": G.ravel().tolist(),
    "start": start.ravel().tolist(),
    "density": density.tolist(),
    "sourceDensity": source_density.tolist(),
    "cases": {},
}
for name, settings in cases.items():
    outcome = run(settings)
    result["cases"][name] = {
        "weights": {key[7:]: value for key, value in settings.items() if key.startswith("lambda")},
        "total": rounded(outcome["total"]),
        "mapping": rounded(outcome["mapping"]),
    }
json.dump(result, sys.stdout)
