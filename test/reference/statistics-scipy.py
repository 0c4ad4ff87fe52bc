"""Writes statistics-scipy.json: what SciPy, statsmodels, scikit-learn and mpmath make of seeded synthetic numbers.

    python3 -m venv VENV && VENV/bin/pip install 'scipy>=1.13' statsmodels scikit-learn mpmath
    VENV/bin/python test/reference/statistics-scipy.py && npx prettier --write test/reference/statistics-scipy.json

test/shared/maths/{normal,wilcoxon,holm,bootstrap,moran,expected-accuracy}.test.ts compare ours with them.
Inputs are rounded before computing, so that the text of the file is the exact input.
"""

import json
import os
from importlib.metadata import version

import mpmath
import numpy as np
from scipy import stats
from scipy.spatial import cKDTree
from sklearn.linear_model import Ridge
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20251003)


def normal_tail():
    mpmath.mp.dps = 50
    z = [-9, -3.5, -1, -0.25, 0, 1e-9, 0.1, 0.5, 0.999, 1, 1.001, 1.5, 2, 2.5, 3.3, 5, 7.77, 10, 15.3, 20, 26.6, 33, 37.04]
    return [{"z": x, "p": float(mpmath.erfc(mpmath.mpf(x) / mpmath.sqrt(2)) / 2)} for x in z]


def signed_rank():
    """First pairs without ties, then whole numbers, which have ties and zeros in plenty."""
    pairs = []
    for n, shift in [(1, 0.3), (2, 0.3), (5, 0.5), (9, 0), (13, 0.4), (14, 0.4), (33, 0.3), (50, 0.9), (51, 0.3), (400, 0.2)]:
        b = np.round(rng.normal(0, 1, n), 6)
        pairs.append((np.round(b + rng.normal(shift, 1, n), 6), b))
    for n, shift, scale in [(4, 0.5, 1), (10, 0.3, 10), (13, 0.4, 1), (14, 0.4, 1), (30, 0.2, 10), (50, 0.4, 1), (51, 0.4, 1), (300, 0.9, 10)]:  # fmt: skip
        b = np.round(scale * rng.normal(0, 1, n))
        pairs.append((b + np.round(scale * rng.normal(shift, 1, n)), b))
    tests = [stats.wilcoxon(a, b) for a, b in pairs]
    return [{"a": a.tolist(), "b": b.tolist(), "n": int((a != b).sum()), "statistic": test.statistic, "p": test.pvalue}
            for (a, b), test in zip(pairs, tests)]  # fmt: skip


def adjustments():
    cases = [[0.04], [0.01, 0.01, 0.01], [0, 1, 1, 0.5], np.round(rng.uniform(0, 1, 12) ** 4, 6).tolist(),
             np.round(10 ** rng.uniform(-12, 0, 45), 14).tolist()]  # fmt: skip
    adjust = lambda p, method: multipletests(p, method=method)[1].tolist()
    return [{"p": p, "holm": adjust(p, "holm"), "benjaminiHochberg": adjust(p, "fdr_bh")} for p in cases]


def bootstrap():
    values = np.round(rng.gamma(1.5, 0.2, 25), 4)
    interval = stats.bootstrap((values,), np.mean, n_resamples=400_000, method="percentile", rng=1, batch=10_000)
    low, high = interval.confidence_interval
    return {"values": values.tolist(), "low": low, "high": high, "standardError": interval.standard_error}


def moran():
    """Three dimensions, k = 5; weights as a dense matrix, the textbook double sums."""
    k, n = 5, 40
    points = np.round(rng.uniform(0, 100, (n, 3)), 3)
    neighbours = cKDTree(points).query(points, k + 1)[1][:, 1:]
    w = np.zeros((n, n))
    np.put_along_axis(w, neighbours, 1 / k, 1)
    s0, s1, s2 = w.sum(), ((w + w.T) ** 2).sum() / 2, ((w.sum(0) + w.sum(1)) ** 2).sum()
    variance = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - 1 / (n - 1) ** 2
    genes = []
    for noise in (0.1, 2, 100):
        x = np.round(points[:, 2] / 20 + rng.normal(0, noise, n), 4)
        z = x - x.mean()
        i = n / s0 * (z @ w @ z) / (z @ z)
        score = (i + 1 / (n - 1)) / np.sqrt(variance)
        genes.append({"values": x.tolist(), "i": i, "z": score, "pGreater": stats.norm.sf(score)})
    return {"k": k, "points": points.ravel().tolist(), "neighbours": neighbours.ravel().tolist(), "s0": s0, "s1": s1, "s2": s2,
            "variance": variance, "genes": genes}  # fmt: skip


def expected_accuracy():
    """Ridge regression refitted without each gene; the fourth feature is constant. The penalties are ours."""
    genes = 30
    features = np.round(rng.normal(0, 1, (genes, 6)) * [1, 0.2, 2, 0, 0.1, 0.3] + [2, 0.5, -1, 0.7, 0.4, 0.3], 4)
    achieved = np.round(np.clip(0.3 + 0.1 * (features[:, 0] - 2) + 0.5 * (features[:, 5] - 0.3) + rng.normal(0, 0.2, genes), -1, 1), 4)  # fmt: skip
    sd = features.std(0)
    standardise = lambda x: np.where(sd > 1e-9, (x - features.mean(0)) / np.where(sd > 1e-9, sd, 1), 0)
    x, y = standardise(features), achieved - achieved.mean()
    penalties = [genes * 10.0**power for power in (-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3)]
    fit = lambda penalty, rows: Ridge(alpha=penalty, fit_intercept=False, solver="svd").fit(x[rows], y[rows])
    others = [np.arange(genes) != i for i in range(genes)]
    left_out = [np.array([fit(p, rows).predict(x[i : i + 1])[0] for i, rows in enumerate(others)]) for p in penalties]
    errors = [float(((prediction - y) ** 2).sum()) for prediction in left_out]
    best = int(np.argmin(errors))
    model = fit(penalties[best], np.full(genes, True))
    fresh = np.round(features[:4] * 0.9 + features[4:8] * 0.1, 4)
    return {
        "features": features.tolist(), "achieved": achieved.tolist(), "penalty": penalties[best], "errors": errors,
        "coefficients": model.coef_.tolist(), "leftOut": left_out[best].tolist(),
        "spearman": stats.spearmanr(left_out[best], y).statistic, "meanAbsoluteError": float(np.abs(left_out[best] - y).mean()),
        "fresh": fresh.tolist(), "predictions": (achieved.mean() + model.predict(standardise(fresh))).tolist(),
    }  # fmt: skip


made = {
    "madeWith": {name: version(name) for name in ("scipy", "statsmodels", "scikit-learn", "mpmath", "numpy")},
    "normalTail": normal_tail(),
    "signedRank": signed_rank(),
    "adjustments": adjustments(),
    "bootstrap": bootstrap(),
    "moran": moran(),
    "expectedAccuracy": expected_accuracy(),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics-scipy.json"), "w") as file:
    json.dump(made, file)
