import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { median } from '../../src-shared/maths/statistics.ts';
import { compareWithTruth } from '../engine/compare-truth.ts';
import { impute } from '../engine/impute.ts';
import { writeSimulation } from '../simulate/write.ts';
import { oneOf, parseFlags, refuseWords } from './options.ts';
import { terminalReporter } from './reporter.ts';
import { stopOnInterrupt } from './stop.ts';
import { version } from './version.ts';

/** `npm run demo`: simulates a tissue, imputes it, and prints the correlation with the truth. */
export async function demoCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('demo', args, {
    out: { type: 'string' },
    backend: { type: 'string' },
  });
  refuseWords('demo', positionals);
  const out = values.out ?? 'demo-run';
  const stop = stopOnInterrupt();
  try {
    const tissue = await writeSimulation(join(out, 'tissue'), {}, stop.signal);
    const run = join(out, 'run');
    await rm(run, { recursive: true, force: true });
    const request = {
      spatial: tissue.spatial,
      reference: tissue.reference,
      out: run,
      genes: 'all',
      set: [],
      counts: false,
      backend: oneOf('backend', values.backend ?? 'auto', ['auto', 'gpu', 'webgpu', 'native', 'wasm', 'cpu']),
      resume: false,
    };
    await impute(request, { emit: terminalReporter(), stop: stop.signal, version: version() });
    const genes = await compareWithTruth(join(run, 'imputed.h5ad'), tissue.truth!);
    const hidden = genes.filter((gene) => !gene.measured);
    const mean = hidden.reduce((sum, { correlation }) => sum + correlation, 0) / hidden.length;
    const best = [...hidden].sort((a, b) => b.correlation - a.correlation).slice(0, 5);
    process.stdout.write(
      `Correlation of ${hidden.length} genes that were never measured with the simulated truth: ` +
        `mean ${mean.toFixed(3)}, median ${median(hidden.map((gene) => gene.correlation)).toFixed(3)}.\n` +
        `Best: ${best.map(({ gene, correlation }) => `${gene} ${correlation.toFixed(2)}`).join(', ')}.\n`,
    );
    return 0;
  } finally {
    stop.release();
  }
}
