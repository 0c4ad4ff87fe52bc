import { UserError } from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import type { ImputeRequest, InputRequest } from '../../src-shared/domain/impute-request.ts';
import { oneOf } from './options.ts';

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;
const many = { type: 'string', multiple: true } as const;

/** Flags of every command that reads a pair of datasets. */
export const inputFlags = {
  spatial: text,
  coordinates: text,
  reference: text,
  'spatial-matrix': text,
  'reference-matrix': text,
  'reference-labels': text,
  section: text,
} as const;

/** Flags of every command that trains on them. */
export const runFlags = {
  ...inputFlags,
  out: text,
  preset: text,
  config: text,
  set: many,
  backend: text,
  resume: flag,
  json: flag,
} as const;

export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A flag's text; undefined when it was not given. */
export function word(values: Values, name: string): string | undefined {
  return values[name] as string | undefined;
}

/** A flag that must be given, unless something stands in for it. Throws a UserError of kind usage. */
export function required(command: string, values: Values, name: string, optional = false): string {
  const value = word(values, name);
  if (value !== undefined && value !== '') return value;
  if (optional) return '';
  throw new UserError(`spagene ${command} needs --${name}; see spagene help ${command}.`, {}, 'usage');
}

type RunRequest = InputRequest &
  Pick<ImputeRequest, 'out' | 'preset' | 'configFile' | 'set' | 'backend' | 'resume'>;

/** What the flags of {@link runFlags} ask for; the data may be left out where a folder knows them. */
export function runRequest(command: string, values: Values, dataKnown = false): RunRequest {
  const resume = values['resume'] === true;
  const given = present({
    coordinates: word(values, 'coordinates'),
    preset: word(values, 'preset'),
    configFile: word(values, 'config'),
    spatialMatrix: word(values, 'spatial-matrix'),
    referenceMatrix: word(values, 'reference-matrix'),
    referenceLabels: word(values, 'reference-labels'),
    section: word(values, 'section'),
  });
  return {
    ...given,
    spatial: required(command, values, 'spatial', resume || dataKnown),
    reference: required(command, values, 'reference', resume || dataKnown),
    out: required(command, values, 'out'),
    set: (values['set'] as readonly string[] | undefined) ?? [],
    backend: oneOf('backend', word(values, 'backend') ?? 'auto', [
      'auto',
      'gpu',
      'webgpu',
      'native',
      'wasm',
      'cpu',
    ]),
    resume,
  };
}
