import { UserError } from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import { writeSimulation } from '../simulate/write.ts';
import { scenarioNames } from '../simulate/options.ts';
import { oneOf, parseFlags, refuseWords, wholeNumber } from './options.ts';
import { jsonLine } from './progress-line.ts';
import { stopOnInterrupt } from './stop.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** `spagene simulate --out DIR [--scenario NAME] [--cells N … --seed N] [--no-pathway] [--no-truth]` */
export async function simulateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('simulate', args, {
    out: text,
    cells: text,
    genes: text,
    'reference-cells': text,
    'panel-genes': text,
    seed: text,
    'no-truth': flag,
    scenario: text,
    'no-pathway': flag,
    json: flag,
  });
  refuseWords('simulate', positionals);
  if (values.out === undefined) throw new UserError('spagene simulate needs --out DIR.', {}, 'usage');
  const sizes = present({
    scenario: values.scenario === undefined ? undefined : oneOf('scenario', values.scenario, scenarioNames),
    pathway: values['no-pathway'] === true ? false : undefined,
    cells: wholeNumber('cells', values.cells, 10, 10_000_000),
    genes: wholeNumber('genes', values.genes, 50, 100_000),
    referenceCells: wholeNumber('reference-cells', values['reference-cells'], 10, 1_000_000),
    panelGenes: wholeNumber('panel-genes', values['panel-genes'], 10, 100_000),
    seed: wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
  });
  const stop = stopOnInterrupt();
  try {
    const options = { ...sizes, truth: values['no-truth'] !== true };
    const written = await writeSimulation(values.out, options, stop.signal);
    if (values.json === true) jsonLine(written);
    else {
      const files = [written.spatial, written.reference, written.truth, written.geneSets].filter(
        (file) => file !== undefined,
      );
      process.stdout.write(`${files.join('\n')}\n`);
    }
    return 0;
  } finally {
    stop.release();
  }
}
