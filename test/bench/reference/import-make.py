"""Simulated counts as .h5ad files: `import-make.py CELLS GENES PLAIN.h5ad GZIP.h5ad`.

Gene means are log-normal, cells belong to 12 types with log-normal fold changes and have log-normal depths, counts are
Poisson around that; scaled so that one value in ten is above zero. float32 values, CSR, as anndata writes them.
"""

import sys

import anndata
import numpy as np
import pandas as pd
from scipy import sparse

CELLS, GENES = int(sys.argv[1]), int(sys.argv[2])
PLAIN, GZIP = sys.argv[3:5]
DENSITY = 0.1
TYPES = 12
BAND = 1000

random = np.random.default_rng(1)
means = random.lognormal(0, 2, GENES)
profiles = means * np.where(random.random((TYPES, GENES)) < 0.1, random.lognormal(0, 1, (TYPES, GENES)), 1)
types = random.integers(TYPES, size=CELLS)
depths = random.lognormal(0, 0.4, CELLS)

# The scale at which the expected share of values above zero is DENSITY, by bisection over a sample of the cells.
sample = profiles[types[:200]] * depths[:200, None]
low, high = 1e-8, 1e3
for _ in range(60):
    scale = np.sqrt(low * high)
    low, high = (scale, high) if np.mean(-np.expm1(-sample * scale)) < DENSITY else (low, scale)

bands = []
for first in range(0, CELLS, BAND):
    rows = slice(first, min(CELLS, first + BAND))
    rate = profiles[types[rows]] * (depths[rows, None] * scale)
    counts = random.poisson(rate).astype(np.float32)
    bands.append(sparse.csr_matrix(counts))
matrix = sparse.vstack(bands, format="csr")
del bands
data = anndata.AnnData(
    matrix,
    obs=pd.DataFrame(index=[f"cell{i}" for i in range(CELLS)]),
    var=pd.DataFrame(index=[f"gene{i}" for i in range(GENES)]),
)
data.write_h5ad(PLAIN)
data.write_h5ad(GZIP, compression="gzip")
print(matrix.nnz)
