import { resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import {
  analysisDefaults,
  analysisKinds,
  analysisParameters,
  type AnalysisKind,
  type AnalysisParameters,
} from '../../src-shared/domain/analysis.ts';
import { present } from '../../src-shared/contract/present.ts';
import {
  graph,
  labels,
  list,
  needed,
  neighbourhood,
  range,
  real,
  repeated,
  start,
  whole,
  within,
} from './analyse-values.ts';
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
