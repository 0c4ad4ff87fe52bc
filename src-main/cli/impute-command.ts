import { present } from '../../src-shared/contract/present.ts';
import { impute } from '../engine/impute.ts';
import { flag, runFlags, runRequest, text, word } from './input-flags.ts';
import { parseFlags, refuseWords, wholeNumber } from './options.ts';
import { jsonLine } from './progress-line.ts';
import { terminalReporter } from './reporter.ts';
import { stopOnInterrupt } from './stop.ts';
import { version } from './version.ts';

/** `spagene impute --spatial P --reference P --out DIR …` */
export async function imputeCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('impute', args, {
    ...runFlags,
    genes: text,
    counts: flag,
    seed: text,
  });
  refuseWords('impute', positionals);
  const request = {
    ...runRequest('impute', values),
    ...present({
      genes: word(values, 'genes'),
      seed: wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    }),
    counts: values.counts === true,
  };
  const emit = values.json === true ? jsonLine : terminalReporter();
  const stop = stopOnInterrupt();
  try {
    await impute(request, { emit, stop: stop.signal, version: version() });
    return 0;
  } finally {
    stop.release();
  }
}
