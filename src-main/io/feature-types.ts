import type { Warning } from '../../src-shared/contract/errors.ts';

/**
 * Positions of the features to keep: those of type Gene Expression; all when no types are given or none is that.
 * Warns of what is left out.
 */
export function geneExpressionOnly(
  file: string,
  types: readonly (string | undefined)[],
  warnings: Warning[],
): number[] {
  const all = types.map((_, i) => i);
  const genes = all.filter((i) => types[i] === 'Gene Expression');
  if (genes.length === 0 || genes.length === all.length) return all;
  const counts = new Map<string, number>();
  for (const type of types)
    if (type !== 'Gene Expression') counts.set(type ?? '', (counts.get(type ?? '') ?? 0) + 1);
  const left = [...counts].slice(0, 5).map(([type, count]) => `${count} of type ${type || 'unknown'}`);
  warnings.push({
    code: 'feature-types',
    message: `${file}: only the ${genes.length} features of type Gene Expression are used; left out are ${left.join(', ')}.`,
    place: { file },
  });
  return genes;
}
