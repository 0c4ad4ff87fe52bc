import { impute } from '../engine/impute.ts';
import { flag, runFlags, runRequest, text, word } from './input-flags.ts';
import { parseFlags, refuseWords, wholeNumber } from './options.ts';
import { jsonReporter, terminalReporter } from './reporter.ts';
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
  const seed = wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER);
  const genes = word(values, 'genes');
  const request = {
    ...runRequest('impute', values),
    ...(genes !== undefined && { genes }),
    ...(seed !== undefined && { seed }),
    counts: values.counts === true,
  };
  const emit = values.json === true ? jsonReporter() : terminalReporter();
  const stop = stopOnInterrupt();
  try {
    await impute(request, { emit, stop: stop.signal, version: version() });
    return 0;
  } finally {
    stop.release();
  }
}
