import { resolve } from 'node:path';
import { backendChoices } from '../../src-shared/domain/backends.ts';
import type { AnalysisEvent } from '../../src-shared/domain/analysis-event.ts';
import { analyse } from '../engine/analyse/analyse.ts';
import { analyseFlags, kindOf, parametersFrom } from './analyse-flags.ts';
import { required, word } from './input-flags.ts';
import { oneOf, parseFlags, refuseWords } from './options.ts';
import { jsonLine, ProgressLine } from './progress-line.ts';
import { stopOnInterrupt } from './stop.ts';
import { version } from './version.ts';

/** `spagene analyse KIND --run DIR --out DIR …` */
export async function analyseCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('analyse', args, analyseFlags);
  const [name, ...rest] = positionals;
  const kind = kindOf(name);
  refuseWords('analyse', rest);
  const request = {
    run: resolve(required('analyse', values, 'run')),
    out: resolve(required('analyse', values, 'out')),
    parameters: await parametersFrom(kind, values),
    backend: oneOf('backend', word(values, 'backend') ?? 'auto', backendChoices),
  };
  const emit = values.json === true ? jsonLine : reporter();
  const stop = stopOnInterrupt();
  try {
    await analyse(request, { emit, stop: stop.signal, version: version() });
    return 0;
  } finally {
    stop.release();
  }
}

function reporter(): (event: AnalysisEvent) => void {
  const line = new ProgressLine();
  return (event) => {
    if (event.kind === 'share') line.show(`analysing  ${Math.round(100 * event.share)} %`);
    else line.tell(event);
  };
}
