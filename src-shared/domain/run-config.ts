import { UserError } from '../contract/errors.ts';
import { objection, parseValue, type ValueOf } from './hyperparameter.ts';
import { hyperparameters } from './hyperparameters.ts';
import { isPresetName, presetNames, presets, type PresetName } from './presets.ts';

export type HyperparameterName = keyof typeof hyperparameters;
export type Hyperparameters = { readonly [K in HyperparameterName]: ValueOf<(typeof hyperparameters)[K]> };

/** Everything that decides what a network is trained on and how; kept as config.json beside its result. */
export interface RunConfig {
  readonly preset: PresetName;
  readonly seed: number;
  /** Genes that come out in addition to the highly variable and shared ones, or `all`. */
  readonly genes: 'all' | readonly string[];
  readonly parameters: Hyperparameters;
  /** Genes whose spatial values the choice of these parameters has already seen as truth (written by tune). */
  readonly seenGenes?: readonly string[];
}

const names = Object.keys(hyperparameters) as HyperparameterName[];

/** The defaults of run-config: the paper's numbers for any pair. */
export function defaultParameters(): Hyperparameters {
  return Object.fromEntries(names.map((name) => [name, hyperparameters[name].default])) as Hyperparameters;
}

/** The hyperparameters of a preset. Throws a UserError that lists the presets when there is none of this name. */
export function presetParameters(preset: string): Hyperparameters {
  if (!isPresetName(preset)) {
    throw new UserError(
      `There is no preset "${preset}"; choose one of ${presetNames.join(', ')}.`,
      {},
      'usage',
    );
  }
  return { ...defaultParameters(), ...presets[preset] };
}

/** Checks and merges `name → value` pairs over a base. Throws a UserError naming the first that is wrong. */
export function withParameters(
  base: Hyperparameters,
  changes: Readonly<Record<string, unknown>>,
  source: string,
): Hyperparameters {
  for (const [name, value] of Object.entries(changes)) {
    if (!isName(name)) throw new UserError(`${source}: there is no hyperparameter "${name}"${nearest(name)}`);
    const problem = objection(hyperparameters[name], value);
    if (problem !== undefined) {
      throw new UserError(`${source}: ${name} ${problem}, but is ${JSON.stringify(value)}.`);
    }
  }
  return { ...base, ...changes };
}

/** Reads `name=value` as given to --set. Throws a UserError of kind usage. */
export function parseAssignment(text: string): Record<string, unknown> {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  if (at < 1 || !isName(name)) {
    const hint = at < 1 ? '; write it as lambda.identity=5.' : nearest(name);
    throw new UserError(
      `--set ${text}: there is no hyperparameter "${at < 1 ? text : name}"${hint}`,
      {},
      'usage',
    );
  }
  const value = parseValue(hyperparameters[name], text.slice(at + 1).trim());
  const problem = value === undefined ? 'needs a number' : objection(hyperparameters[name], value);
  if (problem !== undefined) throw new UserError(`--set ${text}: ${name} ${problem}.`, {}, 'usage');
  return { [name]: value };
}

function isName(name: string): name is HyperparameterName {
  return Object.hasOwn(hyperparameters, name);
}

/** The end of a sentence: a hint with the names that end alike, such as lambda.identity for identity. */
function nearest(name: string): string {
  const tail = name.split('.').at(-1)!.toLowerCase();
  const close = names.filter((known) => tail.length > 2 && known.toLowerCase().includes(tail));
  return close.length > 0 ? `; did you mean ${close.slice(0, 3).join(' or ')}?` : '.';
}
