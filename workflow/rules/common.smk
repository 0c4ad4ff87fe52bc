# What the rules have in common: the config, checked, and what follows from it.
import json
import os
import re
import shlex
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.settings.types import DeploymentMethod
from snakemake.utils import validate

# Fills in the defaults too. A config that does not fit ends the run here, with the place and what is wrong.
validate(config, schema="../schemas/config.schema.yaml")

OUT = config["out"]
FOLDS = config["run-folds"] or list(range(config["folds"]))
SEEDS = config["seeds"]

# Methods that train the same networks, or that take no longer than the data take to read, share a job. The groups
# are those of `spagene evaluate` itself; a test keeps them alike.
with open(workflow.source_path("../method-groups.json")) as file:
    METHOD_GROUPS = json.load(file)
GROUPS = {
    group: [name for name in names if name in config["methods"]]
    for group, names in METHOD_GROUPS.items()
    if any(name in config["methods"] for name in names)
}

FLAGS = {
    "spatial": "--spatial",
    "reference": "--reference",
    "coordinates": "--coordinates",
    "reference-labels": "--reference-labels",
    "spatial-matrix": "--spatial-matrix",
    "reference-matrix": "--reference-matrix",
    "section": "--section",
}


def read_pairs(path):
    """Datasets of a pairs.json, whose paths begin at its folder, or at the one above a folder "pairs"."""
    folder = Path(path).resolve().parent
    root = folder.parent if folder.name == "pairs" else folder
    files = {
        "spatial": "spatial_counts",
        "reference": "reference_counts",
        "coordinates": "spatial_coordinates",
    }
    with open(path) as file:
        pairs = json.load(file)
    return {
        pair["name"]: {flag: str(root / pair[key]) for flag, key in files.items() if pair.get(key)}
        for pair in pairs
    }


def choose_datasets():
    pairs = read_pairs(config["pairs-file"]) if config["pairs-file"] else {}
    every = {**pairs, **config["datasets"]}
    wanted = config["only"] or list(every)
    unknown = [name for name in wanted if name not in every]
    if unknown:
        raise WorkflowError(f"only: there is no dataset {unknown[0]}; there are {', '.join(every)}.")
    if not wanted:
        raise WorkflowError("The config names no data: fill in datasets, or pairs-file.")
    return {name: every[name] for name in wanted}


DATASETS = choose_datasets()


wildcard_constraints:
    dataset="|".join(re.escape(name) for name in DATASETS),
    group="|".join(re.escape(name) for name in GROUPS),
    seed=r"\d+",
    fold=r"\d+",


def command():
    """How spagene is called: as the config says, in a container by its name, else from this repository."""
    if config["spagene"]:
        return config["spagene"]
    built = Path(workflow.basedir).parent / "dist" / "cli.js"
    in_container = DeploymentMethod.APPTAINER in workflow.deployment_settings.deployment_method
    return f"node {shlex.quote(str(built))}" if built.exists() and not in_container else "spagene"


SPAGENE = command()


def files_of(wildcards):
    """The files of a dataset that a job reads."""
    data = DATASETS[wildcards.dataset]
    names = [data[key] for key in ("spatial", "reference", "coordinates") if key in data]
    # A column of a table is named behind a colon.
    labels = data.get("reference-labels", "")
    table = labels if os.path.exists(labels) else labels.rpartition(":")[0]
    return names + ([table] if table and os.path.exists(table) else [])


def flags_of(wildcards):
    """Flags that say which data are read and with which hyperparameters."""
    data = DATASETS[wildcards.dataset]
    flags = [part for key, flag in FLAGS.items() if key in data for part in (flag, data[key])]
    for key in ("preset", "config"):
        if config[key]:
            flags += [f"--{key}", config[key]]
    for name, value in config["set"].items():
        text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        flags += ["--set", f"{name}={text}"]
    if config["random-folds"]:
        flags.append("--random-folds")
    flags += ["--folds", str(config["folds"]), "--backend", config["backend"]]
    return shlex.join(flags)


def methods_of(wildcards):
    return ",".join(GROUPS[wildcards.group])


def part(dataset, seed, fold, group):
    return f"{OUT}/jobs/{dataset}/seed-{seed}/fold-{fold}/{group}"


def parts_of(wildcards):
    """Folders of all jobs of a dataset."""
    return [
        part(wildcards.dataset, seed, fold, group) for seed in SEEDS for fold in FOLDS for group in GROUPS
    ]


def reports_of(wildcards):
    return [f"{folder}/report.json" for folder in parts_of(wildcards)]


def memory_of(wildcards, input, attempt):
    """Megabytes: what compressed files may grow to, and twice and three times that when it was not enough."""
    return int(config["memory-mb"] + 30 * input.size_mb) * attempt


def runtime_of(wildcards, attempt):
    """Minutes."""
    return config["runtime-minutes"][wildcards.group] * attempt


def threads_of(wildcards):
    return config["threads"][wildcards.group]
