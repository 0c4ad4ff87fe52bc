import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import {
  analysisDefaults,
  analysisKinds,
  analysisParameters,
  type AnalysisKind,
  type AnalysisParameters,
  type GraphChoice,
  type LabelSource,
} from '../../src-shared/domain/analysis.ts';
import { present } from '../../src-shared/contract/present.ts';
import { flag, text, word, type Values } from './input-flags.ts';
import { wholeNumber } from './options.ts';

const many = { type: 'string', multiple: true } as const;

/** Flags of every analysis; which of them a kind knows is in {@link flagsOf}. */
export const analyseFlags = {
  run: text,
  out: text,
  backend: text,
  json: flag,
  seed: text,
  labels: text,
  neighbours: text,
  radius: text,
  types: many,
  permutations: text,
  fields: text,
  'field-side': text,
  niches: text,
  range: text,
  starts: text,
  within: many,
  'within-labels': text,
  among: many,
  'among-labels': text,
  start: many,
  'start-labels': text,
  'start-cells': text,
  expression: text,
  components: text,
  'expression-weight': text,
  regularisation: text,
  landmarks: text,
  'no-umap': flag,
  method: text,
  resolution: text,
  genes: text,
  gmt: many,
  'no-starter': flag,
  'min-r': text,
  'max-q': text,
  direction: text,
  smallest: text,
  largest: text,
  top: text,
} as const;

const common = ['run', 'out', 'backend', 'json', 'seed'];
const trajectory = [
  ...['within', 'within-labels', 'among', 'among-labels', 'labels', 'types', 'neighbours', 'radius'],
];
const flagsOf: Readonly<Record<AnalysisKind, readonly string[]>> = {
  'cell-types': ['method', 'neighbours', 'components', 'resolution'],
  neighbours: ['labels', 'neighbours', 'radius', 'types', 'permutations', 'fields', 'field-side'],
  niches: ['labels', 'neighbours', 'niches', 'range', 'starts'],
  pseudotime: [
    ...[...trajectory, 'start', 'start-labels', 'start-cells', 'expression', 'components'],
    ...['expression-weight', 'regularisation', 'landmarks', 'no-umap'],
  ],
  genes: [...trajectory, 'permutations'],
  pathways: [
    ...['genes', 'gmt', 'no-starter', 'min-r', 'max-q', 'direction'],
    ...['smallest', 'largest', 'top', 'permutations'],
  ],
  moran: ['neighbours', 'radius'],
};

export function kindOf(name: string | undefined): AnalysisKind {
  const kind = analysisKinds.find((one) => one === name);
  if (kind !== undefined) return kind;
  const given = name === undefined ? '' : `, not "${name}"`;
  throw new UserError(`spagene analyse needs one of ${analysisKinds.join(', ')}${given}.`, {}, 'usage');
}

/** What the flags ask for. Throws a UserError of kind usage for what an analysis does not know or is out of range. */
export async function parametersFrom(kind: AnalysisKind, values: Values): Promise<AnalysisParameters> {
  const known = new Set([...common, ...flagsOf[kind]]);
  const foreign = Object.keys(values).find((name) => !known.has(name));
  if (foreign !== undefined) {
    throw new UserError(
      `spagene analyse ${kind} has no --${foreign}; see spagene help analyse.`,
      {},
      'usage',
    );
  }
  const asked = { kind, ...analysisDefaults[kind], ...(await own[kind](values)), ...seedOf(kind, values) };
  const parsed = analysisParameters.safeParse(asked);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UserError(
    `spagene analyse ${kind}: ${issue.path.join('.')} is not right (${issue.message}).`,
    {},
    'usage',
  );
}

function seedOf(kind: AnalysisKind, values: Values): object {
  return kind === 'moran' ? {} : present({ seed: wholeNumber('seed', word(values, 'seed'), 0, 2 ** 31 - 1) });
}

type Given = (values: Values) => Promise<object>;

const own: Readonly<Record<AnalysisKind, Given>> = {
  'cell-types': (values) =>
    Promise.resolve(
      present({
        method: word(values, 'method'),
        neighbours: whole(values, 'neighbours'),
        components: whole(values, 'components'),
        resolution: real(values, 'resolution'),
      }),
    ),
  neighbours: (values) =>
    Promise.resolve({
      ...present({
        labels: labels(values, 'labels'),
        graph: graph(values),
        permutations: whole(values, 'permutations'),
      }),
      types: list(values, 'types'),
      fields: { count: whole(values, 'fields') ?? 3, side: real(values, 'field-side') ?? null },
    }),
  niches: (values) =>
    Promise.resolve(
      present({
        labels: labels(values, 'labels'),
        neighbours: whole(values, 'neighbours'),
        niches: whole(values, 'niches'),
        range: range(values),
        starts: whole(values, 'starts'),
      }),
    ),
  pseudotime: async (values) => ({
    ...present({
      expression: word(values, 'expression'),
      components: whole(values, 'components'),
      expressionWeight: real(values, 'expression-weight'),
      regularisation: real(values, 'regularisation'),
      landmarks: whole(values, 'landmarks'),
    }),
    within: within(values, 'within'),
    among: within(values, 'among'),
    start: await start(values),
    embed: values['no-umap'] !== true,
    neighbourhood: list(values, 'types').length === 0 ? null : neighbourhood(values),
  }),
  genes: (values) =>
    Promise.resolve({
      ...present({ permutations: whole(values, 'permutations') }),
      within: within(values, 'within'),
      among: within(values, 'among'),
      neighbourhood: neighbourhood(values),
    }),
  pathways: (values) =>
    Promise.resolve({
      ...present({
        minimumCorrelation: real(values, 'min-r'),
        maximumQ: real(values, 'max-q'),
        direction: word(values, 'direction'),
        smallest: whole(values, 'smallest'),
        largest: whole(values, 'largest'),
        top: whole(values, 'top'),
        permutations: whole(values, 'permutations'),
      }),
      genes: resolve(needed(values, 'genes')),
      files: repeated(values, 'gmt').map((file) => resolve(file)),
      starter: values['no-starter'] !== true,
    }),
  moran: (values) => Promise.resolve(present({ graph: graph(values) })),
};

function needed(values: Values, name: string): string {
  const given = word(values, name);
  if (given !== undefined && given !== '') return given;
  throw new UserError(`This analysis needs --${name}; see spagene help analyse.`, {}, 'usage');
}

function repeated(values: Values, name: string): readonly string[] {
  return (values[name] as readonly string[] | undefined) ?? [];
}

/** Names, separated by commas without a blank behind them; the flag may be repeated. */
function list(values: Values, name: string): string[] {
  return repeated(values, name).flatMap((one) => one.split(/,(?! )/u).filter((part) => part !== ''));
}

function whole(values: Values, name: string): number | undefined {
  return wholeNumber(name, word(values, name), 0, 1_000_000);
}

function real(values: Values, name: string): number | undefined {
  const given = word(values, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && Number.isFinite(value)) return value;
  throw new UserError(`--${name} needs a number, not "${given}".`, {}, 'usage');
}

/** A column of the cells, or the folder of an earlier analysis. */
function labels(values: Values, name: string): LabelSource {
  const given = needed(values, name);
  const isFolder = existsSync(given) && statSync(given).isDirectory();
  return isFolder ? { analysis: resolve(given) } : { column: given };
}

function graph(values: Values): GraphChoice | undefined {
  const radius = real(values, 'radius');
  const k = whole(values, 'neighbours');
  if (radius !== undefined && k !== undefined) {
    throw new UserError('Give either --neighbours or --radius, not both.', {}, 'usage');
  }
  if (radius !== undefined) return { kind: 'radius', radius };
  return k === undefined ? undefined : { kind: 'nearest', k };
}

function range(values: Values): { from: number; to: number } | undefined {
  const given = word(values, 'range');
  if (given === undefined) return undefined;
  const [, from, to] = /^(\d+)-(\d+)$/u.exec(given) ?? [];
  if (from !== undefined && to !== undefined) return { from: Number(from), to: Number(to) };
  throw new UserError(`--range needs two numbers such as 2-12, not "${given}".`, {}, 'usage');
}

function within(values: Values, name: 'within' | 'among'): { labels: LabelSource; names: string[] } | null {
  const names = list(values, name);
  if (names.length === 0) return null;
  return {
    labels: labels(values, word(values, `${name}-labels`) === undefined ? 'labels' : `${name}-labels`),
    names,
  };
}

function neighbourhood(values: Values): object {
  const types = list(values, 'types');
  if (types.length === 0)
    throw new UserError('Say with --types whose share around a cell is meant.', {}, 'usage');
  return {
    labels: labels(values, 'labels'),
    types,
    graph: graph(values) ?? analysisDefaults.neighbours.graph,
  };
}

async function start(values: Values): Promise<object> {
  const file = word(values, 'start-cells');
  const names = list(values, 'start');
  if ((file === undefined) === (names.length === 0)) {
    throw new UserError(
      'Say where the trajectory starts: --start LABEL with --start-labels, or --start-cells FILE with a name a line.',
      {},
      'usage',
    );
  }
  if (file === undefined) {
    const source = word(values, 'start-labels') === undefined ? 'labels' : 'start-labels';
    return { labels: labels(values, source), names };
  }
  const cells = (await cellFile(file)).split(/\r?\n/u).map((line) => line.trim());
  return { cells: cells.filter((cell) => cell !== '') };
}

async function cellFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`--start-cells: ${file} cannot be read.`, { file }, 'input', error);
  }
}
