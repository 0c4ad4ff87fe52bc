import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { analysisDefaults, type GraphChoice, type LabelSource } from '../../src-shared/domain/analysis.ts';
import { word, type Values } from './input-flags.ts';
import { wholeNumber } from './options.ts';

/** What the flags of `spagene analyse` mean, one by one. Each throws a UserError that names its flag. */

export function needed(values: Values, name: string): string {
  const given = word(values, name);
  if (given !== undefined && given !== '') return given;
  throw new UserError(`This analysis needs --${name}; see spagene help analyse.`, {}, 'usage');
}

export function repeated(values: Values, name: string): readonly string[] {
  return (values[name] as readonly string[] | undefined) ?? [];
}

/** Names, separated by commas without a blank behind them; the flag may be repeated. */
export function list(values: Values, name: string): string[] {
  return repeated(values, name).flatMap((one) => one.split(/,(?! )/u).filter((part) => part !== ''));
}

export function whole(values: Values, name: string): number | undefined {
  return wholeNumber(name, word(values, name), 0, 1_000_000);
}

export function real(values: Values, name: string): number | undefined {
  const given = word(values, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && Number.isFinite(value)) return value;
  throw new UserError(`--${name} needs a number, not "${given}".`, {}, 'usage');
}

/** A column of the cells, or the folder of an earlier analysis. */
export function labels(values: Values, name: string): LabelSource {
  const given = needed(values, name);
  const isFolder = existsSync(given) && statSync(given).isDirectory();
  return isFolder ? { analysis: resolve(given) } : { column: given };
}

export function graph(values: Values): GraphChoice | undefined {
  const radius = real(values, 'radius');
  const k = whole(values, 'neighbours');
  if (radius !== undefined && k !== undefined) {
    throw new UserError('Give either --neighbours or --radius, not both.', {}, 'usage');
  }
  if (radius !== undefined) return { kind: 'radius', radius };
  return k === undefined ? undefined : { kind: 'nearest', k };
}

export function range(values: Values): { from: number; to: number } | undefined {
  const given = word(values, 'range');
  if (given === undefined) return undefined;
  const [, from, to] = /^(\d+)-(\d+)$/u.exec(given) ?? [];
  if (from !== undefined && to !== undefined) return { from: Number(from), to: Number(to) };
  throw new UserError(`--range needs two numbers such as 2-12, not "${given}".`, {}, 'usage');
}

export function within(
  values: Values,
  name: 'within' | 'among',
): { labels: LabelSource; names: string[] } | null {
  const names = list(values, name);
  if (names.length === 0) return null;
  return {
    labels: labels(values, word(values, `${name}-labels`) === undefined ? 'labels' : `${name}-labels`),
    names,
  };
}

export function neighbourhood(values: Values): object {
  const types = list(values, 'types');
  if (types.length === 0)
    throw new UserError('Say with --types whose share around a cell is meant.', {}, 'usage');
  return {
    labels: labels(values, 'labels'),
    types,
    graph: graph(values) ?? analysisDefaults.neighbours.graph,
  };
}

export async function start(values: Values): Promise<object> {
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
