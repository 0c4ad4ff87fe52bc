import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { ImputeRequest } from '../../src-shared/domain/impute-request.ts';
import { isPresetName, type PresetName } from '../../src-shared/domain/presets.ts';
import {
  parseAssignment,
  presetParameters,
  withParameters,
  type RunConfig,
} from '../../src-shared/domain/run-config.ts';
import { wantedGenes } from './inputs.ts';

/** What a config.json of a run holds; anything else is not one. */
const configFile = z.strictObject({
  inputs: z.unknown().optional(),
  preset: z.string().optional(),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  genes: z.union([z.literal('all'), z.array(z.string())]).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  seenGenes: z.array(z.string()).optional(),
});

type ConfigFile = z.infer<typeof configFile>;

const DEFAULT_SEED = 1;

type ConfigRequest = Pick<ImputeRequest, 'preset' | 'configFile' | 'set' | 'genes' | 'seed'>;

/**
 * The configuration of a run: the preset, changed by the config file, changed by --set, --genes and --seed.
 * Throws a UserError that names what is wrong and where.
 */
export async function resolveConfig(request: ConfigRequest): Promise<RunConfig> {
  const file = request.configFile === undefined ? {} : await readConfig(request.configFile);
  const preset = presetOf(request.preset ?? file.preset ?? 'recommended');
  const base = presetParameters(preset);
  const fromFile = withParameters(base, file.parameters ?? {}, request.configFile ?? 'config');
  const assigned = Object.assign({}, ...request.set.map(parseAssignment)) as Record<string, unknown>;
  return {
    preset,
    seed: request.seed ?? file.seed ?? DEFAULT_SEED,
    genes: request.genes === undefined ? (file.genes ?? []) : await wantedGenes(request.genes),
    parameters: withParameters(fromFile, assigned, '--set'),
    ...(file.seenGenes && { seenGenes: file.seenGenes }),
  };
}

function presetOf(name: string): PresetName {
  if (!isPresetName(name)) presetParameters(name);
  return name as PresetName;
}

async function readConfig(path: string): Promise<ConfigFile> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new UserError(
      `${path} ${why}; --config takes a config.json of a run.`,
      { file: path },
      'input',
      error,
    );
  }
  return parseConfig(content, path);
}

function parseConfig(content: unknown, path: string): ConfigFile {
  const parsed = configFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UserError(
    `${path} is not a config.json of a run: ${issue.path.join('.') || 'the file'} is wrong (${issue.message}).`,
    {
      file: path,
    },
  );
}
