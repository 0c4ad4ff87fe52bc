"""Writes the genes that Scanpy's `seurat_v3` picks on three real count matrices, for hvg-scanpy.json.

    python3 -m venv VENV && VENV/bin/pip install scanpy scikit-misc
    VENV/bin/python test/reference/hvg-against-scanpy.py            (from the root of the repository)

Every matrix is given twice: as it stands ("all") and after the density filters of docs/method.md
("filtered": genes seen in at least 5 % of the cells, then cells with at least 10 % of those genes).
Picks are 0-based columns of the file. test/main/preprocess/highly-variable.test.ts compares ours with them.
"""

import argparse
import json
import os
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
import scanpy

MATRICES = {
    "zeisel": "pairs/reference_zeisel550/counts.csv.gz",
    "pdac_reference": "pairs/pdac/sc_counts.csv.gz",
    "pdac_spatial": "pairs/pdac/st_counts.csv.gz",
}
TOP = 2000


def density_filtered(counts):
    genes = np.flatnonzero((counts > 0).mean(0) >= 0.05)
    cells = np.flatnonzero((counts[:, genes] > 0).mean(1) >= 0.1)
    return cells, genes


def picks(counts, genes):
    data = scanpy.AnnData(counts.astype(np.float64))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = scanpy.pp.highly_variable_genes(data, n_top_genes=TOP, flavor="seurat_v3", inplace=False)
    return [int(g) for g in genes[table["highly_variable"].to_numpy()]]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.path.join(here, "..", "..", "..", "shared", "data"))
    parser.add_argument("--out", default=os.path.join(here, "hvg-scanpy.json"))
    options = parser.parse_args()
    result = {"made_with": {name: version(name) for name in ("scanpy", "scikit-misc")}, "top": TOP, "matrices": {}}
    for name, path in MATRICES.items():
        counts = pd.read_csv(os.path.join(options.data, path), index_col=0).to_numpy()
        cells, genes = density_filtered(counts)
        result["matrices"][name] = {
            "file": path,
            "all": picks(counts, np.arange(counts.shape[1])),
            "filtered": picks(counts[np.ix_(cells, genes)], genes),
            "filtered_shape": [len(cells), len(genes)],
        }
        print(name, counts.shape, "filtered", (len(cells), len(genes)), flush=True)
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")
    print("written to", os.path.relpath(options.out))


if __name__ == "__main__":
    main()
