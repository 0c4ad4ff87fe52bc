"""Scanpy's part of the bench `import`: `import-scanpy.py FILE.h5ad`; prints one line of JSON."""

import json
import math
import resource
import sys
import time
import warnings

import scanpy as sc

warnings.filterwarnings("ignore")
start = time.perf_counter()
data = sc.read_h5ad(sys.argv[1])
read = time.perf_counter() - start
sc.pp.filter_genes(data, min_cells=math.ceil(0.05 * data.n_obs))
sc.pp.filter_cells(data, min_genes=math.ceil(0.1 * data.n_vars))
filtered = data.n_vars
sc.pp.highly_variable_genes(data, flavor="seurat_v3", n_top_genes=2000)
data = data[:, data.var["highly_variable"]].copy()
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(
    json.dumps(
        {
            "seconds": seconds,
            "read": read,
            "peak": peak,
            "cells": data.n_obs,
            "filtered": filtered,
            "genes": list(data.var_names),
        }
    )
)
