import { UserError } from '../../src-shared/contract/errors.ts';
import { hyperparameters } from '../../src-shared/domain/hyperparameters.ts';
import { presetNames } from '../../src-shared/domain/presets.ts';
import { listBackends } from '../backend/select.ts';
import { version } from './version.ts';

const texts: Readonly<Record<string, string>> = {
  inspect: `spagene inspect PATH... [--json]

What is in a file or folder: format, cells × genes, units, coordinates, gene naming, problems.
Reads CSV/TSV (plain or gzip), MatrixMarket, 10x folders and HDF5, AnnData .h5ad, Loom, vendors' folders.`,
  impute: `spagene impute --spatial P --reference P --out DIR [options]

Imputes the genes that the spatial assay did not measure. DIR gets config.json, report.json, losses.ndjson,
checkpoint/ and imputed.h5ad, whose var/expected_pcc says how far each gene can be trusted.

  --coordinates P          a table of cell positions, where the spatial file has none
  --preset NAME            ${presetNames.join(', ')} (default recommended)
  --config F               a config.json of an earlier run
  --set NAME=VALUE         change one hyperparameter; may be repeated (spagene help hyperparameters)
  --genes A,B,C|FILE|all   genes that come out besides the highly variable and shared ones
  --spatial-matrix M       X, raw, layers/NAME, or a genome; likewise --reference-matrix M
  --reference-labels F[:C] cell types of the reference: a column of it, or a table and its column
  --section COLUMN         the column of the spatial cells that names their tissue section
  --counts                 write the imputed values on count scale too, as layer "counts"
  --seed N                 default 1
  --backend B              auto, gpu, webgpu, native, blas, wasm, cpu (default auto)
  --resume                 go on with the run in DIR; needs only --out
  --json                   one JSON object a line instead of a progress line

Exit codes: 0 done, 1 bad input, 2 usage, 3 stopped (Ctrl-C; --resume goes on), 4 a fault of SpaGene.`,
  evaluate: `spagene evaluate --spatial P --reference P --out DIR [options]

Cross-validation: hides shared genes fold by fold, imputes them with every method, compares with what was measured.
DIR gets per_gene.csv, summary.csv, report.json, report.html, figures/ and jobs/ (one finished job each).

  --methods A,B            spagene, spagene-network, spagene-paper, spage, tangram, tangram-clusters, gimvi,
                           ridge, knn, cluster-mean, best-gene (default: all but tangram-clusters)
  --folds N                default 5; gene i of the sorted names goes to fold i mod N
  --fold F,F               run only these folds now (0 to N-1)
  --random-folds           deal the genes to folds at random, by the seed
  --seeds N | S,S          N seeds (1 to N), or a list of seeds; default 1
  --gather DIR...          join the finished jobs of other folders (run apart, on a cluster) into the report
  --preset, --config, --set   the configuration of spagene and spagene-network, as for impute
  --name TEXT              what the data are called in tables and figures
  --maps A,B               held-out genes whose maps are drawn (default: the four with the most spatial structure)
  --jobs N                 processes side by side (default: by cores and memory)
  --coordinates, --spatial-matrix, --reference-matrix, --reference-labels, --section, --backend   as for impute
  --resume                 go on with the evaluation in DIR; methods, folds and seeds may be added
  --json                   one JSON object a line instead of progress lines`,
  bench: `spagene bench [--backend A,B] [--json]

How fast this machine trains on every backend that can be used: steps a second of both kinds of networks, the share of
the speed of matrix products by themselves, and the speed of the disk. Takes one or two minutes.`,
  tune: `spagene tune --spatial P --reference P --out DIR [options]

Searches loss weights, latent sizes and training lengths by successive halving, scored on shared genes set aside.
DIR gets config.json (for impute and evaluate --config), trials.csv and trials.ndjson.

  --folds N --fold F       leave the genes of fold F out of the search; the config remembers which genes it has seen,
                           and evaluate --config scores only folds that hold none of them
  --budget MINUTES         choose the number of trials, and stop starting new ones, by the clock
  --trials N               settings to try (default 16); the first is the one begun with
  --preset, --config, --set   the setting to begin with (default recommended)
  --coordinates, --spatial-matrix, --reference-matrix, --reference-labels, --section, --seed, --backend   as for impute
  --resume                 go on with the search in DIR (give the same data and options again)
  --json                   one JSON object a line`,
  analyse: `spagene analyse KIND --run DIR --out DIR [options]

From imputed genes to biology. DIR of --run is that of impute; DIR of --out gets report.json, a CSV of every table,
analysis.h5ad (obs, obsm, var and uns for Scanpy and squidpy) and analysis.bin (for the app).

  cell-types   --method leiden | transfer (from the reference's labels), --neighbours, --components, --resolution
  niches       --labels L, --neighbours 20, --niches N (else the best silhouette of --range 2-12), --starts 30
  neighbours   --labels L, --neighbours 20 | --radius R, --types A,B (whose share is mapped), --permutations 1000,
               --fields N, --field-side S (representative fields)
  pseudotime   --start A,B --start-labels L | --start-cells FILE, --within A,B --within-labels L (such as a niche),
               --among A,B --among-labels L (of those, such as a cell type),
               --expression imputed | measured, --components 50, --expression-weight 0.5, --regularisation 0.1,
               --landmarks 5000, --no-umap; --labels, --types, --neighbours for ridges by the share of types
  genes        --labels L, --types A,B, --neighbours 20 | --radius R, --within and --among as for pseudotime,
               --permutations 999 (copies that are shifted in space)
  pathways     --genes DIR (of analyse genes), --gmt FILE (may be repeated), --no-starter, --min-r 0.1, --max-q 0.05,
               --direction both | positive | negative, --smallest 5, --largest 500, --top 20, --permutations 1000
  moran        --neighbours 6 | --radius R

  L is a column of the cells, or the folder of an earlier analysis (niches, cell-types). Names are separated by commas
  without a blank behind them. --seed N (default 1), --backend B and --json as for impute.`,
  backends: `spagene backends [--json]

Which ways to compute can be used on this machine, why the others cannot, and what to do about it.`,
  serve: `spagene serve [--port N] [--project FOLDER] [--no-open]

The app in a browser of this machine. Prints an address that works once; a reload keeps working after that.
From another machine: ssh -L 4477:127.0.0.1:4477 HOST, spagene serve there, and open the printed address here.

  --port N                 default 4477, or another when that is taken; 0 takes any that is free
  --project FOLDER         open this project
  --no-open                do not start a browser

Ctrl-C ends it; a job that runs is saved and paused first. Enter prints a new address.`,
  simulate: `spagene simulate --out DIR [options]

A tissue with cell types, structure and known truth: DIR/spatial.h5ad (the panel), DIR/reference.h5ad (all genes) and
DIR/truth.h5ad (all genes in the spatial cells, as drawn and as expected).

  --scenario NAME          cortex: six layers (default)
                           tumour: five niches, lymphocytes that infiltrate a tumour and leave islands of it free, and
                           DIR/gene_sets.gmt with a set whose genes follow them (PLANTED_IMMUNE_RESPONSE) among
                           sets that do not; truth.h5ad tells niche, pseudotime, infiltration and
                           lymphocyte_proportion
  --cells N                default 3000 (tumour 6000)
  --genes N                default 1000 (tumour 1500)
  --reference-cells N      default 1500 (tumour 2500)
  --panel-genes N          default a tenth of the genes (tumour two fifteenths)
  --seed N                 default 1; the same seed gives the same tissue
  --no-pathway             tumour: the control, where the genes of the planted set are noise
  --no-truth               leave out truth.h5ad, by far the largest file
  --json                   the paths and options as one JSON object`,
  demo: `spagene demo [--out DIR] [--backend B]

Simulates a tissue, imputes it, and prints the correlation with the truth. DIR is demo-run.`,
};

/** Help of one command, of the hyperparameters, or of everything. Throws a UserError for an unknown topic. */
export function help(topic?: string): string {
  if (topic === undefined)
    return Object.keys(texts)
      .map((name) => texts[name]!.split('\n')[0]!)
      .join('\n');
  if (topic === 'hyperparameters') return hyperparameterHelp();
  const text = Object.hasOwn(texts, topic) ? texts[topic] : undefined;
  if (text !== undefined) return text;
  throw new UserError(
    `There is no help on "${topic}"; ask for ${Object.keys(texts).join(', ')}.`,
    {},
    'usage',
  );
}

function hyperparameterHelp(): string {
  return Object.entries(hyperparameters)
    .map(([name, parameter]) => {
      const range =
        parameter.kind === 'choice'
          ? parameter.choices.join(' | ')
          : `${parameter.minimum} … ${parameter.maximum}`;
      const unit = parameter.unit === '' ? '' : ` ${parameter.unit}`;
      return `${name} = ${String(parameter.default)}${unit}   (${range})\n    ${parameter.meaning}`;
    })
    .join('\n');
}

/** What `spagene` says: where one is and what to do next. */
export async function overview(): Promise<number> {
  const usable = (await listBackends()).filter((backend) => backend.usable && backend.name !== 'cpu');
  process.stdout.write(
    [
      `SpaGene ${version()} imputes the genes that a spatial assay did not measure, from a single-cell reference.`,
      '',
      `Computes on: ${usable.map(({ name }) => name).join(', ')} (spagene backends says more)`,
      '',
      'With windows and buttons:       npm start, or npx spagene serve',
      'Try it on a simulated tissue:   npm run demo',
      'Look at your files:             npx spagene inspect FILE...',
      'Impute:                         npx spagene impute --spatial FILE --reference FILE --out DIR',
      'How far to trust it:            npx spagene evaluate --spatial FILE --reference FILE --out DIR',
      'Niches, pathways and the like:  npx spagene analyse KIND --run DIR --out DIR',
      'Everything else:                npx spagene help, npx spagene help impute',
      '',
    ].join('\n'),
  );
  return 0;
}
