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
checkpoint/ and imputed.h5ad.

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
  --backend B              auto, gpu, native, wasm, cpu (default auto)
  --resume                 go on with the run in DIR; needs only --out
  --json                   one JSON object a line instead of a progress line

Exit codes: 0 done, 1 bad input, 2 usage, 3 stopped (Ctrl-C; --resume goes on), 4 a fault of SpaGene.`,
  backends: `spagene backends [--json]

Which ways to compute can be used on this machine, why the others cannot, and what to do about it.`,
  simulate: `spagene simulate --out DIR [--cells N] [--genes N] [--reference-cells N] [--panel-genes N] [--seed N] [--no-truth]

A tissue with layers, cell types and known truth: DIR/spatial.h5ad, DIR/reference.h5ad, DIR/truth.h5ad.`,
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

/** What `spagene` and `npm start` say: where one is and what to do next. */
export async function overview(): Promise<number> {
  const usable = (await listBackends()).filter((backend) => backend.usable && backend.name !== 'cpu');
  process.stdout.write(
    [
      `SpaGene ${version()} imputes the genes that a spatial assay did not measure, from a single-cell reference.`,
      '',
      `Computes on: ${usable.map(({ name }) => name).join(', ')} (spagene backends says more)`,
      '',
      'Try it on a simulated tissue:   npm run demo',
      'Look at your files:             npx spagene inspect FILE...',
      'Impute:                         npx spagene impute --spatial FILE --reference FILE --out DIR',
      'Everything else:                npx spagene help impute',
      '',
    ].join('\n'),
  );
  return 0;
}
