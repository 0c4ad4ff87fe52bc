"""Writes spatial-squidpy.json: graphs, enrichment, Moran's I and niches by Squidpy, scikit-learn and esda.

    python3 -m venv VENV && VENV/bin/pip install squidpy scikit-learn esda libpysal
    VENV/bin/python test/reference/spatial-squidpy.py DATA && npx prettier --write test/reference/spatial-squidpy.json

DATA is the folder of the real data (../shared/data). Of those only digests of the edges and the results are kept.
test/main/analysis/*.test.ts and test/shared/maths/{k-means,silhouette}.test.ts compare ours with them. Inputs are
rounded before computing, so that the text of the file is the exact input.
"""

import hashlib
import json
import os
import sys
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")

import anndata
import numpy as np
import pandas as pd
import squidpy as sq
from esda.moran import Moran
from libpysal.weights import WSP
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(20251128)
CELLS, FIRST, TYPES = 900, 600, 5


def tissue():
    """Two sections that overlap in space, the types in patches; three genes that follow x, a patch and nothing."""
    positions = np.round(rng.uniform(0, 1000, (CELLS, 2)), 2)
    sections = (np.arange(CELLS) >= FIRST).astype(int)
    centres = rng.uniform(0, 1000, (12, 2))
    patch = ((positions[:, None] - centres) ** 2).sum(2).argmin(1) % TYPES
    labels = np.where(rng.uniform(size=CELLS) < 0.6, patch, rng.integers(0, TYPES, CELLS))
    genes = np.stack([positions[:, 0] / 100 + rng.normal(0, 2, CELLS), rng.poisson(1 + 3 * (labels == 2)),
                      rng.poisson(4, CELLS), 5000 + rng.normal(0, 1, CELLS) + (positions[:, 1] > 500)], 1)  # fmt: skip
    return positions, sections, labels, np.round(genes * 8) / 8


def graph(positions, sections=None, **how):
    """Squidpy's graph: AnnData with it, cell i's neighbours nearest first."""
    data = anndata.AnnData(obs=pd.DataFrame(index=[str(i) for i in range(len(positions))]))
    data.obsm["spatial"] = positions
    key = None
    if sections is not None:
        data.obs["section"] = pd.Categorical([str(s) for s in sections])
        key = "section"
    sq.gr.spatial_neighbors(data, coord_type="generic", library_key=key, **how)
    edges = data.obsp["spatial_connectivities"].tocsr()
    by_distance = lambda i, to: to[np.argsort(((positions[to] - positions[i]) ** 2).sum(1), kind="stable")].tolist()
    return data, [by_distance(i, np.sort(edges.indices[edges.indptr[i] : edges.indptr[i + 1]])) for i in range(data.n_obs)]


def tied(positions, k):
    """Cells with several others as far as the k-th: which of them is a neighbour is a matter of taste."""
    distances = NearestNeighbors(n_neighbors=k + 1).fit(positions).kneighbors()[0]
    return np.flatnonzero(distances[:, k] == distances[:, k - 1]).tolist()


def digest(rows, without=()):
    """SHA-256 of the edges of all but some cells as 'i j\\n', sorted by i and j."""
    text = "".join(f"{i} {j}\n" for i, row in enumerate(rows) if i not in without for j in sorted(row))
    return hashlib.sha256(text.encode()).hexdigest()


def moran(data, values):
    """I of each gene by esda and its p under normality of I being above its expectation; Squidpy's I is checked.

    Squidpy's weights are in single precision, and its one-sided p is that of the tail on whose side z lies.
    """
    names = [f"g{i}" for i in range(values.shape[1])]
    data = anndata.AnnData(values.astype(float), obs=data.obs, var=pd.DataFrame(index=names), obsp=dict(data.obsp))
    table = sq.gr.spatial_autocorr(data, mode="moran", copy=True, n_perms=None, show_progress_bar=False).loc[names]
    weights = WSP(data.obsp["spatial_connectivities"].astype(float)).to_W(silence_warnings=True)
    tests = [Moran(gene.astype(float), weights, transformation="r", permutations=0) for gene in values.T]
    i, z = np.array([test.I for test in tests]), np.array([test.z_norm for test in tests])
    p = stats.norm.sf(z)
    assert np.abs(i - table["I"]).max() < 5e-7
    assert np.abs(np.minimum(p, 1 - p) - table["pval_norm"]).max() < 1e-4
    return {"i": i.tolist(), "p": p.tolist(), "q": stats.false_discovery_control(p).tolist(), "variance": tests[0].VI_norm}


def enrichment(data, labels, key):
    """Counts and z-scores of Squidpy with 1,000 permutations, by eight seeds."""
    data.obs["type"] = pd.Categorical([str(x) for x in labels])
    runs = [sq.gr.nhood_enrichment(data, "type", library_key=key, n_perms=1000, seed=s, copy=True, show_progress_bar=False, n_jobs=1)
            for s in range(8)]  # fmt: skip
    z = np.array([run.zscore for run in runs])
    return {"counts": np.asarray(runs[0].counts).astype(int).ravel().tolist(), "z": z.mean(0).ravel().tolist(),
            "zSpread": z.std(0, ddof=1).ravel().tolist()}  # fmt: skip


def composition(rows, labels):
    """Shares of the types among the neighbours and the cell itself."""
    shares = np.zeros((len(rows), TYPES))
    for i, row in enumerate(rows):
        for j in [i, *row]:
            shares[i, labels[j]] += 1 / (len(row) + 1)
    return shares


def ties(points, starts):
    """Whether a point is as near to two of the starts: shares are fractions of 21, so it happens."""
    distances = np.sort(((points[:, None] - points[starts]) ** 2).sum(2), 1)
    return (distances[:, 1] - distances[:, 0]).min() < 1e-4


def niches(rows, labels):
    """k-means of the scaled composition from given starts, and the best of 50 starts."""
    shares = composition(rows, labels)
    points = np.clip((shares - shares.mean(0)) / shares.std(0, ddof=1), -10, 10)
    cases = []
    for k in (3, 5, 8):
        starts = rng.choice(len(points), k, replace=False)
        while ties(points, starts):
            starts = rng.choice(len(points), k, replace=False)
        from_starts = KMeans(k, init=points[starts], n_init=1, tol=0, max_iter=1000, algorithm="lloyd").fit(points)
        best = KMeans(k, n_init=50, tol=0, max_iter=1000, random_state=1).fit(points)
        cases.append({"k": k, "starts": starts.tolist(), "of": from_starts.labels_.tolist(), "inertia": from_starts.inertia_,
                      "silhouette": silhouette_score(points, from_starts.labels_), "bestOf": best.labels_.tolist(),
                      "bestInertia": best.inertia_})  # fmt: skip
    return {"composition": shares[:40].ravel().tolist(), "cases": cases}


def real(folder, pair):
    table = lambda name: pd.read_csv(os.path.join(folder, "pairs", pair, name), index_col=0, float_precision="round_trip")
    positions = table("st_coords.csv.gz")[["x", "y"]].to_numpy(float)
    counts = table("st_counts.csv.gz").to_numpy(float)
    data, nearest = graph(positions, n_neighs=20)
    radius = float(np.round(np.median(data.obsp["spatial_distances"].max(1).toarray()), 1))
    within = graph(positions, radius=radius)[1]
    six = graph(positions, n_neighs=6)[0]
    ties = tied(positions, 20)
    return {"pair": pair, "tied": ties, "nearest": digest(nearest, ties), "radius": radius, "edges": sum(map(len, within)), "within": digest(within),
            "tiedBySix": len(tied(positions, 6)), "moran": moran(six, counts)}  # fmt: skip


positions, sections, labels, genes = tissue()
nearest, nearest_rows = graph(positions, sections, n_neighs=6)
within, within_rows = graph(positions, sections, radius=60.0)
made = {
    "madeWith": {name: version(name) for name in ("squidpy", "scikit-learn", "esda", "libpysal", "numpy")},
    "positions": positions.ravel().tolist(), "sections": sections.tolist(), "labels": labels.tolist(), "types": TYPES,
    "genes": genes.ravel().tolist(),
    "nearest": nearest_rows, "radius": 60, "within": within_rows,
    "moran": moran(nearest, genes),
    "enrichment": {"one": enrichment(graph(positions, n_neighs=6)[0], labels, None),
                   "sections": enrichment(nearest, labels, "section"), "within": enrichment(within, labels, "section")},
    "niches": niches(graph(positions, sections, n_neighs=20)[1], labels),
    "real": [real(sys.argv[1], pair) for pair in ("osmfish_zeisel", "starmap_zeisel", "xenium_zeisel")],
}  # fmt: skip
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "spatial-squidpy.json"), "w") as file:
    json.dump(made, file)
