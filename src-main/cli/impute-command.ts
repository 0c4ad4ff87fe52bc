import { UserError } from '../../src-shared/contract/errors.ts';
import type { ImputeRequest } from '../../src-shared/domain/impute-request.ts';
import { impute } from '../engine/impute.ts';
import { oneOf, parseFlags, refuseWords, wholeNumber } from './options.ts';
import { jsonReporter, terminalReporter } from './reporter.ts';
import { stopOnInterrupt } from './stop.ts';
import { version } from './version.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** `spagene impute --spatial P --reference P --out DIR …` */
export async function imputeCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('impute', args, {
    spatial: text,
    coordinates: text,
    reference: text,
    out: text,
    preset: text,
    config: text,
    set: { type: 'string', multiple: true },
    genes: text,
    'spatial-matrix': text,
    'reference-matrix': text,
    'reference-labels': text,
    section: text,
    counts: flag,
    seed: text,
    backend: text,
    resume: flag,
    json: flag,
  });
  refuseWords('impute', positionals);
  const request = requestOf(values);
  const emit = values.json === true ? jsonReporter() : terminalReporter();
  const stop = stopOnInterrupt();
  try {
    await impute(request, { emit, stop: stop.signal, version: version() });
    return 0;
  } finally {
    stop.release();
  }
}

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

function requestOf(values: Values): ImputeRequest {
  const word = (name: string) => values[name] as string | undefined;
  const resume = values['resume'] === true;
  const required = (name: string): string => {
    const value = word(name);
    if (value !== undefined && value !== '') return value;
    if (resume && name !== 'out') return '';
    throw new UserError(`spagene impute needs --${name}; see spagene help impute.`, {}, 'usage');
  };
  const seed = wholeNumber('seed', word('seed'), 0, Number.MAX_SAFE_INTEGER);
  const optional = {
    coordinates: word('coordinates'),
    preset: word('preset'),
    configFile: word('config'),
    genes: word('genes'),
    spatialMatrix: word('spatial-matrix'),
    referenceMatrix: word('reference-matrix'),
    referenceLabels: word('reference-labels'),
    section: word('section'),
    seed,
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    ...(given as Partial<ImputeRequest>),
    spatial: required('spatial'),
    reference: required('reference'),
    out: required('out'),
    set: (values['set'] as readonly string[] | undefined) ?? [],
    counts: values['counts'] === true,
    backend: oneOf('backend', word('backend') ?? 'auto', ['auto', 'gpu', 'native', 'wasm', 'cpu']),
    resume,
  };
}
