"""Writes trajectory.json: what POT, SciPy, scikit-learn, umap-learn and leidenalg make of seeded synthetic cells.

    python3 -m venv VENV && VENV/bin/pip install POT scipy scikit-learn umap-learn leidenalg igraph
    VENV/bin/python test/reference/trajectory.py && npx prettier --write test/reference/trajectory.json

test/main/analysis/{sinkhorn,pseudotime,ridge-density,label-transfer,umap,leiden}.test.ts compare ours with them.
Inputs are rounded before computing, so that the text of the file is the exact input.
"""

import json
import os
import warnings
from importlib.metadata import version

import igraph
import leidenalg
import numpy as np
import ot
import umap
from scipy import stats
from scipy.spatial.distance import cdist
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

rng = np.random.default_rng(20251107)
flat = lambda x: np.asarray(x).ravel().tolist()


def transports():
    """Shapes, regularisations and masses of several kinds; small regularisations by POT's stabilised solver."""
    problems = []
    for n, m, reg, method in [(4, 7, 0.1, "sinkhorn"), (30, 30, 0.05, "sinkhorn"), (25, 12, 1, "sinkhorn"),
                              (12, 25, 0.002, "sinkhorn_log"), (1, 5, 0.1, "sinkhorn"), (20, 20, 0.004, "sinkhorn_log")]:  # fmt: skip
        x, y = rng.normal(0, 1, (n, 2)), rng.normal(0.5, 1.5, (m, 2))
        cost = np.round(cdist(x, y, "sqeuclidean") / cdist(x, y, "sqeuclidean").max(), 6)
        a, b = np.round(rng.dirichlet(np.full(n, 2.0)), 6) + 1e-6, np.round(rng.dirichlet(np.full(m, 2.0)), 6) + 1e-6
        a, b = a / a.sum(), b / b.sum()
        plan = ot.sinkhorn(a, b, cost, reg, method=method, numItermax=1_000_000, stopThr=1e-14)
        problems.append({"regularisation": reg, "cost": flat(cost), "a": flat(a), "b": flat(b), "plan": flat(plan)})
    return problems


def trajectory():
    """spaTrack's definition: cells along a bent band whose expression changes from one end to the other."""
    n, components = 250, 8
    t = rng.uniform(0, 1, n)
    positions = np.round(np.column_stack([1000 * t, 250 * np.sin(3 * t)]) + rng.normal(0, 30, (n, 2)), 2)
    directions = rng.normal(0, 1, (2, components))
    pcs = np.round(np.outer(6 * t, directions[0]) + np.outer(np.cos(4 * t), directions[1]) + rng.normal(0, 0.7, (n, components)), 3)  # fmt: skip
    starts = np.flatnonzero(t < 0.08)
    space, expression = (cdist(x, x, "sqeuclidean") for x in (positions, pcs))
    runs = []
    for expression_weight, chosen in [(0.5, starts), (0.8, starts), (0.5, starts[:1])]:
        m = (1 - expression_weight) * space / space.sum() + expression_weight * expression / expression.sum()
        m /= m.max()
        np.fill_diagonal(m, 1000 * m.max())
        mass = np.full(n, 1 / n)
        transition = ot.sinkhorn(mass, mass, m, 0.1, stopThr=1e-13, numItermax=100_000)[chosen].sum(0)
        runs.append({"expressionWeight": expression_weight, "startCells": chosen.tolist(), "transition": flat(transition)})
    return {"components": components, "principalComponents": flat(pcs), "positions": flat(positions), "planted": flat(np.round(t, 5)), "runs": runs}  # fmt: skip


def ridges():
    groups = [rng.beta(2, 5, 40), rng.uniform(0, 1, 200), np.array([0.1, 0.15, 0.2, 0.8, 0.85])]
    grid = np.linspace(-0.2, 1.2, 57)
    made = []
    for values in (np.round(group, 5) for group in groups):
        density = stats.gaussian_kde(values, bw_method="silverman")
        made.append({"values": flat(values), "bandwidth": float(np.sqrt(density.covariance[0, 0])), "density": flat(density(grid))})
    return {"from": -0.2, "to": 1.2, "points": 57, "groups": made}


def labels():
    """Some spatial cells have exactly the codes of reference cells."""
    m, n, d, classes = 120, 60, 6, 5
    codes = rng.integers(0, classes, m)
    reference = np.round(rng.normal(0, 1, (m, d)) + 0.8 * rng.normal(0, 1, (classes, d))[codes], 3).astype(np.float32)
    spatial = np.round(rng.normal(0, 1.2, (n, d)), 3).astype(np.float32)
    spatial[:5] = reference[:5]
    model = KNeighborsClassifier(10, weights="distance", algorithm="brute").fit(reference.astype(float), codes)
    chances = model.predict_proba(spatial.astype(float))
    return {"k": 10, "dimensions": d, "reference": [round(float(x), 3) for x in reference.ravel()],
            "spatial": [round(float(x), 3) for x in spatial.ravel()], "codes": codes.tolist(),
            "predictions": model.predict(spatial.astype(float)).tolist(), "confidence": flat(chances.max(1))}  # fmt: skip


def clusters():
    """Blobs, some of them near each other: an embedding's trustworthiness and a clustering's modularity."""
    n, d, blobs, k = 600, 10, 7, 15
    truth = rng.integers(0, blobs, n)
    points = np.round(rng.normal(0, 1, (n, d)) + 2 * rng.normal(0, 1, (blobs, d))[truth], 2)
    embedding = umap.UMAP(n_neighbors=k, random_state=1).fit_transform(points)
    nearest = NearestNeighbors(n_neighbors=k + 1, algorithm="brute").fit(points).kneighbors(points)[1][:, 1:]
    pairs = {(min(i, j), max(i, j)) for i in range(n) for j in nearest[i]}
    graph = igraph.Graph(n, sorted((int(i), int(j)) for i, j in pairs))
    found = []
    for resolution in (0.5, 1, 2):
        partition = leidenalg.find_partition(graph, leidenalg.RBConfigurationVertexPartition, resolution_parameter=resolution, seed=1, n_iterations=-1)  # fmt: skip
        found.append({"resolution": resolution, "modularity": graph.modularity(partition.membership),
                      "quality": partition.quality() / (2 * graph.ecount()), "communities": len(partition),
                      "adjustedRand": adjusted_rand_score(truth, partition.membership), "membership": partition.membership})  # fmt: skip
    return {"dimensions": d, "k": k, "points": flat(points), "truth": truth.tolist(), "leiden": found,
            "trustworthiness": float(trustworthiness(points, embedding, n_neighbors=k))}  # fmt: skip


warnings.simplefilter("ignore")
made = {
    "madeWith": {name: version(name) for name in ("POT", "scipy", "scikit-learn", "umap-learn", "leidenalg", "igraph", "numpy")},
    "transports": transports(),
    "trajectory": trajectory(),
    "ridges": ridges(),
    "labels": labels(),
    "clusters": clusters(),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "trajectory.json"), "w") as file:
    json.dump(made, file)
