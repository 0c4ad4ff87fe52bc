"""Scanpy's part of the bench `import`: `import-scanpy.py FILE.h5ad`; prints one line of JSON."""

import json
import math
import resource
import sys
import time
import warnings

import scanpy as sc

warnings.filterwarnings("ignore")
usage = resource.getrusage(resource.RUSAGE_SELF)
before = usage.ru_utime + usage.ru_stime
start = time.perf_counter()
data = sc.read_h5ad(sys.argv[1])
read = time.perf_counter() - start
sc.pp.filter_genes(data, min_cells=math.ceil(0.05 * data.n_obs))
sc.pp.filter_cells(data, min_genes=math.ceil(0.1 * data.n_vars))
filtered = data.n_vars
sc.pp.highly_variable_genes(data, flavor="seurat_v3", n_top_genes=2000)
data = data[:, data.var["highly_variable"]].copy()
seconds = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "seconds": seconds,
            "read": read,
            "peak": usage.ru_maxrss * 1024,
            "cpu": usage.ru_utime + usage.ru_stime - before,
            "cells": data.n_obs,
            "filtered": filtered,
            "genes": list(data.var_names),
        }
    )
)
