// One analysis of a run in a process of its own: FOLDER NAME PARAMETERS. Prints a JSON line: seconds, peak memory.
// With one argument (CELLS GENES): makes a run to analyse, and prints its folder.
import { join } from 'node:path';
import { analyse } from '../../../src-main/engine/analyse/analyse.ts';
import type { AnalysisParameters } from '../../../src-shared/domain/analysis.ts';
import { analysedRun } from '../../helpers/analysed-run.ts';

const [first, name, parameters] = process.argv.slice(2) as [string, string, string | undefined];
if (parameters === undefined) {
  const [cells, genes] = [Number(first), Number(name)];
  const run = await analysedRun({ cells, genes, referenceCells: 5000, panelGenes: Math.min(300, genes / 2) });
  console.log(JSON.stringify({ folder: run.folder }));
} else {
  const started = performance.now();
  await analyse(
    {
      run: first,
      out: join(first, name),
      parameters: JSON.parse(parameters) as AnalysisParameters,
      backend: (process.env['BACKEND'] ?? 'auto') as 'auto',
    },
    { emit: () => undefined, version: 'bench' },
  );
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ seconds, cpu: process.cpuUsage().user / 1e6, peak }));
}
process.exit(0);
