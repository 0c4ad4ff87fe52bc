import type { EvaluationSettings } from './evaluation-settings.ts';
import type { JobUnit } from './evaluation-worker.ts';
import { LONGEST_FIRST, methodsNamed } from './method-table.ts';

/** All units, the longest first within a fold. */
export function unitsOf({
  methods,
  seeds,
  foldsAsked,
  config,
}: Pick<EvaluationSettings, 'methods' | 'seeds' | 'foldsAsked' | 'config'>): JobUnit[] {
  const groups = new Map<string, string[]>();
  for (const { name, group } of methodsNamed(methods, config)) {
    const key = group ?? (isLong(name) ? name : 'short');
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const ordered = [...groups.values()].sort((a, b) => rank(a) - rank(b));
  return seeds.flatMap((seed) =>
    foldsAsked.flatMap((fold) => ordered.map((names) => ({ seed, fold, methods: names }))),
  );
}

function isLong(name: string): boolean {
  return (LONGEST_FIRST as readonly string[]).includes(name);
}

function rank(names: readonly string[]): number {
  const at = LONGEST_FIRST.findIndex((name) => names.includes(name));
  return at < 0 ? LONGEST_FIRST.length : at;
}
