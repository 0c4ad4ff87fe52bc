"""Opens an .h5ad file with the anndata of this interpreter and prints what it sees as JSON.

    python anndata-opens.py FILE

Every warning while the file is read or used counts as a failure (exit code 1, the warning on stderr).
Without anndata the exit code is 3.
"""

import importlib.metadata
import json
import sys
import warnings

try:
    import anndata
    import numpy as np
    import pandas as pd
    from scipy import sparse
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)
try:
    import scanpy
except ImportError:
    scanpy = None


def matrix(values):
    layout = "csr" if sparse.issparse(values) else "dense"
    dense = values.toarray() if sparse.issparse(values) else np.asarray(values)
    if isinstance(values, pd.DataFrame):
        dense = values.to_numpy()
    return {
        "layout": layout,
        "type": str(dense.dtype),
        "shape": list(dense.shape),
        "sum": float(dense.sum(dtype=np.float64)),
        # A sum that moves when rows or columns change places.
        "weighted": float((dense * np.outer(np.arange(1, len(dense) + 1), np.arange(1, dense.shape[1] + 1))).sum(dtype=np.float64)),
        "finite": bool(np.isfinite(dense).all()),
    }


def column(values):
    if isinstance(values.dtype, pd.CategoricalDtype):
        return {
            "type": "category",
            "categories": list(values.cat.categories),
            "ordered": bool(values.cat.ordered),
            "codes": values.cat.codes.tolist(),
        }
    return {
        "type": "text" if values.dtype == object or pd.api.types.is_string_dtype(values.dtype) else str(values.dtype),
        "values": [None if isinstance(v, float) and np.isnan(v) else v for v in values.tolist()],
    }


def plain(value):
    if isinstance(value, dict) or hasattr(value, "keys"):
        return {key: plain(value[key]) for key in value.keys()}
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return value


def main(path):
    data = anndata.read_h5ad(path)
    backed = anndata.read_h5ad(path, backed="r")
    backed_shape = list(backed[:2].to_memory().X.shape)
    backed.file.close()
    answer = {
        "obs_names": list(data.obs_names),
        "var_names": list(data.var_names),
        "obs": {name: column(data.obs[name]) for name in data.obs},
        "var": {name: column(data.var[name]) for name in data.var},
        "X": matrix(data.X),
        "layers": {name: matrix(data.layers[name]) for name in data.layers},
        "obsm": {name: matrix(data.obsm[name]) for name in data.obsm},
        "uns": plain(dict(data.uns)),
        "backed": backed_shape,
    }
    if "highly_variable" in data.var:
        answer["highly_variable"] = list(data[:, data.var.highly_variable].var_names)
    if scanpy is not None:
        copy = scanpy.read_h5ad(path)
        scanpy.pp.calculate_qc_metrics(copy, percent_top=None, inplace=True)
        answer["scanpy"] = float(copy.obs["total_counts"].sum())
    return answer


if __name__ == "__main__":
    warnings.simplefilter("error")
    answer = main(sys.argv[1])
    answer["anndata"] = importlib.metadata.version("anndata")
    answer["scanpy_used"] = scanpy is not None
    print(json.dumps(answer))
