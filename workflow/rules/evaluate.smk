# One group of methods on one fold with one seed. Only the report is declared: when a job fails or is killed,
# Snakemake deletes what is declared, and the finished jobs and checkpoints beside it are what --resume goes on with.
rule evaluate:
    input:
        files_of,
    output:
        f"{OUT}/jobs/{{dataset}}/seed-{{seed}}/fold-{{fold}}/{{group}}/report.json",
    log:
        f"{OUT}/logs/{{dataset}}/seed-{{seed}}-fold-{{fold}}-{{group}}.log",
    benchmark:
        f"{OUT}/benchmarks/{{dataset}}/seed-{{seed}}-fold-{{fold}}-{{group}}.tsv"
    params:
        spagene=SPAGENE,
        flags=flags_of,
        methods=methods_of,
        folder=lambda wildcards: part(**wildcards),
    threads: threads_of
    resources:
        mem_mb=memory_of,
        runtime=runtime_of,
    # A list of one seed is written twice, because a lone number would say how many.
    shell:
        """
        resume=""
        if [ -e {params.folder:q}/evaluation.json ]; then resume="--resume"; fi
        SPAGENE_THREADS={threads} {params.spagene} evaluate {params.flags} \
            --name {wildcards.dataset:q} --methods {params.methods:q} \
            --fold {wildcards.fold} --seeds {wildcards.seed},{wildcards.seed} \
            --jobs 1 --out {params.folder:q} $resume > {log:q} 2>&1
        """
