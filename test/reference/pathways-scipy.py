"""Writes pathways-scipy.json: tails, correlations, over-representation and enrichment of seeded synthetic numbers.

    python3 -m venv VENV && VENV/bin/pip install 'scipy>=1.13' statsmodels gseapy
    VENV/bin/python test/reference/pathways-scipy.py && npx prettier --write test/reference/pathways-scipy.json

test/shared/maths/hypergeometric.test.ts and test/main/analysis/{gene-correlation,over-representation,ranked-enrichment}
.test.ts compare ours with SciPy, NumPy, statsmodels, GSEApy and exact whole numbers.
Inputs are rounded before computing, so that the text of the file is the exact input.
"""

import json
import os
from fractions import Fraction
from importlib.metadata import version
from math import comb

import gseapy
import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20251128)


def tails():
    """P(X >= k) by exact fractions, and SciPy's."""
    cases = [(1, 10, 4, 3), (3, 10, 4, 3), (4, 10, 9, 6), (0, 50, 5, 5), (2, 300, 20, 15), (12, 300, 20, 15),
             (40, 1000, 50, 400), (90, 1000, 400, 150), (61, 1000, 400, 150), (60, 1000, 400, 150), (5, 20000, 150, 800),
             (60, 20000, 200, 900), (200, 20000, 200, 900), (150, 60000, 500, 3000), (30, 60000, 500, 3000),
             (500, 60000, 500, 30000), (210, 20000, 500, 600), (16, 17, 16, 16), (1, 60000, 1, 1)]  # fmt: skip
    made = []
    for k, N, K, n in cases:
        ways = sum(comb(K, j) * comb(N - K, n - j) for j in range(k, min(n, K) + 1))
        p = float(Fraction(ways, comb(N, n)))
        made.append({"k": k, "N": N, "K": K, "n": n, "p": p, "scipy": float(stats.hypergeom.sf(k - 1, N, K, n))})
    return made


def correlations():
    """Two of 60 cells have no number and ten are not in the niche; values of one gene are large and hardly vary."""
    n, genes = 60, 6
    x = np.round(rng.uniform(0, 1, n), 6)
    weights = np.array([0, 1, -1, 0.2, 0.05, 3])
    values = np.round(rng.normal(0, 0.5, (n, genes)) + np.outer(x, weights), 5)
    values[:, 2] = np.round(500 + values[:, 2] / 50, 5)
    values[:, 3] = rng.poisson(0.4, n)
    values = values.astype(np.float32)
    missing = [7, 40]
    cells = np.sort(rng.choice(n, n - 10, replace=False))
    used = np.setdiff1d(cells, missing)
    tests = [stats.pearsonr(values[used, g].astype(float), x[used]) for g in range(genes)]
    return {"x": x.tolist(), "missing": missing, "cells": cells.tolist(), "genes": genes,
            "values": [float(v) for v in values.ravel()], "r": [float(t.statistic) for t in tests]}  # fmt: skip


def over_representation():
    """A background of 400 genes, some of a set not in it."""
    background = 400
    chosen = np.sort(rng.choice(background, 60, replace=False))
    sets = [np.sort(rng.choice(background, size, replace=False)) for size in (5, 8, 20, 20, 45, 90, 200, 7)]
    sets[3] = np.sort(np.concatenate([rng.choice(chosen, 15, replace=False), rng.choice(np.setdiff1d(np.arange(background), chosen), 5, replace=False)]))  # fmt: skip
    sets[7] = np.setdiff1d(np.arange(background), chosen)[:7]
    hits = [len(np.intersect1d(s, chosen)) for s in sets]
    p = [float(stats.hypergeom.sf(h - 1, background, len(s), len(chosen))) for h, s in zip(hits, sets)]
    fisher = [float(stats.fisher_exact([[h, len(s) - h], [len(chosen) - h, background - len(s) - len(chosen) + h]], "greater").pvalue) for h, s in zip(hits, sets)]  # fmt: skip
    return {"background": background, "chosen": chosen.tolist(), "sets": [s.tolist() for s in sets], "hits": hits,
            "expected": [len(s) * len(chosen) / background for s in sets], "p": p, "fisher": fisher,
            "q": multipletests(p, method="fdr_bh")[1].tolist()}  # fmt: skip


def enrichment():
    """300 genes; sets at the top, at the bottom, in the middle and of no place."""
    genes = 300
    scores = np.round(rng.normal(0, 1, genes), 6)
    assert len(set(scores)) == genes
    order = np.argsort(-scores)
    pick = lambda among, size: np.sort(rng.choice(among, size, replace=False))
    sets = [pick(order[:60], 10), pick(order[:120], 25), pick(order[-60:], 15), pick(order[100:200], 30),
            pick(order, 5), pick(order, 12), pick(order, 40), pick(order[-150:], 20),
            pick(np.concatenate([order[:40], order[-40:]]), 16), pick(order, 15)]  # fmt: skip
    ranking = pd.DataFrame({"gene": [f"g{i}" for i in range(genes)], "score": scores})
    named = {f"s{i}": [f"g{g}" for g in s] for i, s in enumerate(sets)}
    result = gseapy.prerank(rnk=ranking, gene_sets=named, permutation_num=20000, min_size=1, max_size=500, weight=1,
                            seed=1, threads=1, outdir=None, verbose=False)  # fmt: skip
    rows = result.res2d.set_index("Term")
    terms = [rows.loc[f"s{i}"] for i in range(len(sets))]
    leading = [sorted(int(g[1:]) for g in term["Lead_genes"].split(";")) for term in terms]
    column = lambda name: [float(term[name]) for term in terms]
    return {"scores": scores.tolist(), "sets": [s.tolist() for s in sets], "es": column("ES"), "nes": column("NES"),
            "p": column("NOM p-val"), "q": column("FDR q-val"), "leading": leading}  # fmt: skip


made = {
    "madeWith": {name: version(name) for name in ("scipy", "statsmodels", "gseapy", "numpy")},
    "tails": tails(),
    "correlations": correlations(),
    "overRepresentation": over_representation(),
    "enrichment": enrichment(),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pathways-scipy.json"), "w") as file:
    json.dump(made, file)
