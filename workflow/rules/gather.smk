# The jobs of a dataset in one report, and all datasets in one table.
rule gather:
    input:
        reports_of,
    output:
        page=f"{OUT}/{{dataset}}/report.html",
        report=f"{OUT}/{{dataset}}/report.json",
        genes=f"{OUT}/{{dataset}}/per_gene.csv",
        summary=f"{OUT}/{{dataset}}/summary.csv",
    log:
        f"{OUT}/logs/{{dataset}}/gather.log",
    benchmark:
        f"{OUT}/benchmarks/{{dataset}}/gather.tsv"
    params:
        spagene=SPAGENE,
        parts=parts_of,
        folder=lambda wildcards: f"{OUT}/{wildcards.dataset}",
    threads: 1
    resources:
        mem_mb=lambda wildcards, attempt: 2000 * attempt,
        runtime=lambda wildcards, attempt: 15 * attempt,
    shell:
        "SPAGENE_THREADS={threads} {params.spagene} evaluate --gather {params.parts:q} "
        "--name {wildcards.dataset:q} --out {params.folder:q} > {log:q} 2>&1"


rule table:
    input:
        expand(f"{OUT}/{{dataset}}/per_gene.csv", dataset=DATASETS),
    output:
        f"{OUT}/per_gene.csv",
    log:
        f"{OUT}/logs/table.log",
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    # The heading of the first table, and the rows of all.
    shell:
        "awk 'FNR > 1 || NR == 1' {input:q} > {output:q} 2> {log:q}"
