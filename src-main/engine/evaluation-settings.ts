import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { JobName } from '../../src-shared/domain/evaluation-event.ts';
import { isPresetName } from '../../src-shared/domain/presets.ts';
import { presetParameters, withParameters, type RunConfig } from '../../src-shared/domain/run-config.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { labelName } from './reference-labels.ts';
import { savedInputs } from './saved-inputs.ts';

const NAME = 'evaluation.json';

const schema = z.strictObject({
  format: z.literal('spagene-evaluation-settings'),
  formatVersion: z.literal(1),
  version: z.string(),
  name: z.string(),
  inputs: savedInputs.strict(),
  files: z.array(
    z.strictObject({ role: z.string(), path: z.string(), bytes: z.number(), sha256: z.string() }),
  ),
  config: z.strictObject({
    preset: z.string().refine(isPresetName),
    seed: z.number(),
    genes: z.union([z.literal('all'), z.array(z.string())]),
    parameters: z.record(z.string(), z.unknown()),
    seenGenes: z.array(z.string()).optional(),
  }),
  folds: z.number().int().min(2),
  foldRule: z.enum(['name', 'random']),
  foldsAsked: z.array(z.number().int()),
  seeds: z.array(z.number().int()),
  methods: z.array(z.string()),
  backend: z.strictObject({
    name: z.enum(['gpu', 'webgpu', 'native', 'wasm', 'cpu']),
    label: z.string(),
    threads: z.number().int().min(1),
  }),
  cells: z.strictObject({ spatial: z.number(), reference: z.number() }),
  maps: z.array(z.string()),
});

/** evaluation.json: everything that decides what the jobs of an evaluation compute. */
export type EvaluationSettings = Omit<z.infer<typeof schema>, 'config'> & { readonly config: RunConfig };

export function hasSettings(folder: string): boolean {
  return existsSync(join(folder, NAME));
}

export async function writeSettings(folder: string, settings: EvaluationSettings): Promise<void> {
  await writeFileAtomically(join(folder, NAME), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Throws a UserError when the folder holds no evaluation or a damaged one. */
export async function readSettings(folder: string): Promise<EvaluationSettings> {
  const path = join(folder, NAME);
  if (!existsSync(path))
    throw new UserError(`${folder} holds no evaluation: ${NAME} is not there.`, { file: path });
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    content = undefined;
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    throw new UserError(`${path} is damaged; start the evaluation again in another folder.`, { file: path });
  }
  const { config, ...rest } = parsed.data;
  const preset = config.preset;
  const parameters = withParameters(presetParameters(preset), config.parameters, path);
  const { seenGenes, seed, genes } = config;
  return { ...rest, config: { preset, seed, genes, parameters, ...(seenGenes && { seenGenes }) } };
}

/** How the settings deal genes to folds. */
export function ruleOf({ folds, foldRule }: EvaluationSettings) {
  return { folds, rule: foldRule };
}

/** All jobs of an evaluation, finished or not. */
export function jobsOf({ methods, seeds, foldsAsked }: EvaluationSettings): JobName[] {
  return seeds.flatMap((seed) =>
    foldsAsked.flatMap((fold) => methods.map((method) => ({ method, seed, fold }))),
  );
}

/** Equal for equal jobs. */
export function jobKey({ method, seed, fold }: JobName): string {
  return `${seed} ${fold} ${method}`;
}

/** What of two evaluations must be equal for their jobs to belong in one table; the name of what is not. */
export function difference(a: EvaluationSettings, b: EvaluationSettings): string | undefined {
  const hashes = ({ files }: EvaluationSettings) => files.map(({ role, sha256 }) => [role, sha256]);
  const matrices = ({ inputs }: EvaluationSettings) => [
    inputs.spatialMatrix,
    inputs.referenceMatrix,
    // A table may lie anywhere, since its content is compared by its hash.
    labelName(inputs.referenceLabels),
    inputs.section,
  ];
  const facts: Record<string, (settings: EvaluationSettings) => unknown> = {
    'input files': hashes,
    'matrices or labels': matrices,
    'number of folds': ({ folds }) => folds,
    'way of dealing genes to folds': ({ foldRule }) => foldRule,
    hyperparameters: ({ config }) => Object.entries(config.parameters).sort(),
    'genes that the config has seen': ({ config }) => config.seenGenes ?? [],
  };
  return Object.keys(facts).find(
    (name) => JSON.stringify(facts[name]!(a)) !== JSON.stringify(facts[name]!(b)),
  );
}
