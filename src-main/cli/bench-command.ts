import { UserError } from '../../src-shared/contract/errors.ts';
import { backendNames, type BackendName } from '../../src-shared/domain/backends.ts';
import { benchMachine, benchStages, type MachineBench } from '../engine/machine-bench.ts';
import { parseFlags, refuseWords } from './options.ts';

/** `spagene bench [--backend A,B] [--json]` */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('bench', args, {
    json: { type: 'boolean' },
    backend: { type: 'string' },
  });
  refuseWords('bench', positionals);
  const json = values.json === true;
  const say = (what: string) => {
    if (!json) process.stderr.write(`  measuring ${what}\n`);
  };
  const found = await benchMachine(say, namesIn(values.backend));
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : table(found));
  return 0;
}

function namesIn(text: string | undefined): readonly BackendName[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',');
  const unknown = names.find((name) => !(backendNames as readonly string[]).includes(name));
  if (unknown === undefined) return names as BackendName[];
  throw new UserError(`--backend: ${unknown} is none of ${backendNames.join(', ')}.`, {}, 'usage');
}

const stageTitles: Readonly<Record<(typeof benchStages)[number], string>> = {
  'autoencoder-sc': 'stage 1',
  translation: 'stage 2',
};
const widthTitles = { narrow: 'recommended', wide: 'paper' } as const;

/** For people: one line a backend, kind of networks and stage. */
export function table({ processor, cores, backends, diskWrite }: MachineBench): string {
  const wasm = (width: string, stage: string) =>
    backends.find(({ name, width: of }) => name === 'wasm' && of === width)?.stages[stage]?.stepsPerSecond;
  const header = [
    'networks',
    'stage',
    'backend',
    'GFLOP',
    'steps/s',
    'GFLOP/s',
    'products',
    'share',
    '× WASM',
  ];
  const rows = (['narrow', 'wide'] as const).flatMap((width) =>
    benchStages.flatMap((stage) =>
      backends
        .filter(({ width: of }) => of === width)
        .map(({ label, stages, products }) => {
          const { stepsPerSecond, operations, shareOfProducts } = stages[stage]!;
          const base = wasm(width, stage);
          return [
            widthTitles[width],
            stageTitles[stage],
            label,
            (operations / 1e9).toFixed(2),
            stepsPerSecond.toFixed(1),
            ((operations * stepsPerSecond) / 1e9).toFixed(0),
            (products[stage]! / 1e9).toFixed(0),
            `${(100 * shareOfProducts).toFixed(0)} %`,
            base === undefined ? '–' : (stepsPerSecond / base).toFixed(1),
          ];
        }),
    ),
  );
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row
      .map((cell, i) => (i < 3 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  return [
    `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}`,
    '',
    ...lines,
    '',
    'GFLOP: matrix work of a step. products: GFLOP/s of its matrix products by themselves. share: of that rate, what the',
    'whole step reaches; the rest is element-wise work, the optimiser and overhead.',
    `Disk: ${(diskWrite / 1e6).toFixed(0)} MB/s written and synchronised.`,
    '',
  ].join('\n');
}
