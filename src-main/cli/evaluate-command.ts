import { UserError } from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import type { EvaluateRequest } from '../../src-shared/domain/evaluate-request.ts';
import { evaluate } from '../engine/evaluate.ts';
import { terminalEvaluationReporter } from './evaluation-reporter.ts';
import { flag, runFlags, runRequest, text, word, type Values } from './input-flags.ts';
import { parseFlags, refuseWords, wholeNumber } from './options.ts';
import { jsonLine } from './progress-line.ts';
import { stopOnInterrupt } from './stop.ts';
import { version } from './version.ts';

const MOST_SEEDS = 1000;
const MOST_FOLDS = 1000;

/** `spagene evaluate --spatial P --reference P --out DIR …` */
export async function evaluateCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('evaluate', args, {
    ...runFlags,
    name: text,
    methods: text,
    folds: text,
    fold: text,
    'random-folds': flag,
    seeds: text,
    gather: { type: 'string', multiple: true },
    maps: text,
    jobs: text,
  });
  // `--gather a b c`, as a shell expands a*: the words behind it are folders too.
  const gather = values.gather === undefined ? [] : [...values.gather, ...positionals];
  if (values.gather === undefined) refuseWords('evaluate', positionals);
  const request = requestOf(values, gather);
  const emit = values.json === true ? jsonLine : terminalEvaluationReporter();
  const stop = stopOnInterrupt();
  try {
    const { failed } = await evaluate(request, { emit, stop: stop.signal, version: version() });
    if (failed === 0) return 0;
    throw new UserError(
      `${failed} job${failed === 1 ? '' : 's'} failed (see the warnings); the report is made of the others, and ` +
        '--resume tries them again.',
    );
  } finally {
    stop.release();
  }
}

function requestOf(values: Values, gather: readonly string[]): EvaluateRequest {
  const fold = word(values, 'fold');
  const seeds = word(values, 'seeds');
  const gatherOnly =
    gather.length > 0 && values['spatial'] === undefined && values['reference'] === undefined;
  return {
    ...runRequest('evaluate', values, gatherOnly),
    ...present({
      name: word(values, 'name'),
      fold: fold === undefined ? undefined : numbers('fold', fold, 0, MOST_FOLDS - 1),
      jobs: wholeNumber('jobs', word(values, 'jobs'), 1, 256),
      folds: wholeNumber('folds', word(values, 'folds'), 2, MOST_FOLDS),
      foldRule: values['random-folds'] === true ? ('random' as const) : undefined,
      seeds: seeds === undefined ? undefined : seedsOf(seeds),
    }),
    methods: words('methods', word(values, 'methods')),
    gather,
    maps: words('maps', word(values, 'maps')),
  };
}

function words(name: string, list: string | undefined): string[] {
  if (list === undefined) return [];
  const parts = list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 0) return parts;
  throw new UserError(`--${name} needs at least one name, not "${list}".`, {}, 'usage');
}

function numbers(name: string, list: string, minimum: number, maximum: number): number[] {
  const parts = list.split(',').map((part) => wholeNumber(name, part.trim(), minimum, maximum)!);
  return [...new Set(parts)];
}

/** One number is how many seeds (1 … N); several, separated by commas, are the seeds themselves. */
function seedsOf(list: string): number[] {
  if (list.includes(',')) return numbers('seeds', list, 0, Number.MAX_SAFE_INTEGER);
  const count = wholeNumber('seeds', list, 1, MOST_SEEDS)!;
  return Array.from({ length: count }, (_, i) => i + 1);
}
