import type { Niches } from './niches.ts';

/** From this mean share on a type names a niche alone. */
const ALONE = 0.5;
/** Below this mean share a type names none. */
const LEAST = 0.05;
/** Types in a name at most. */
const MOST = 3;
const JOINED = ' · ';

/**
 * A name for each niche by the types that it is made of: the one with at least half of the mean share, else the two
 * largest ("T cell · B cell"). Niches that would have the same types get a third, or second, one: that which is most
 * above its mean share in all niches and makes at least 5 %. Those that still are the same are numbered. No two
 * names are equal.
 *
 * @param types names of the types, in the order of their codes
 */
export function nicheNames(niches: Niches, types: readonly string[]): string[] {
  const count = niches.sizes.length;
  const all = overall(niches, types.length);
  const leading = Array.from({ length: count }, (_, niche) => {
    const share = (type: number): number => niches.means[niche * types.length + type]!;
    const order = [...types.keys()].sort((a, b) => share(b) - share(a) || a - b);
    return order.slice(0, share(order[0]!) >= ALONE ? 1 : 2).filter((type, i) => i === 0 || share(type) > 0);
  });
  for (let length = 2; length <= MOST; length++) {
    for (const niche of repeated(leading)) {
      const more = mostTypical(niches, niche, all, leading[niche]!);
      if (leading[niche]!.length < length && more !== undefined) leading[niche]!.push(more);
    }
  }
  return numbered(leading.map((chosen) => chosen.map((type) => types[type]!).join(JOINED)));
}

/** Mean share of each type around all cells. */
function overall({ sizes, means }: Niches, types: number): Float64Array {
  const cells = sizes.reduce((sum, size) => sum + size, 0);
  const all = new Float64Array(types);
  for (let at = 0; at < means.length; at++) {
    all[at % types] = all[at % types]! + (means[at]! * sizes[Math.floor(at / types)]!) / cells;
  }
  return all;
}

/** Niches whose types, in whatever order, are also another's. */
function repeated(leading: readonly (readonly number[])[]): number[] {
  const keys = leading.map((chosen) => chosen.toSorted((a, b) => a - b).join());
  return [...keys.keys()].filter((niche) => keys.filter((key) => key === keys[niche]).length > 1);
}

/** The type furthest above its mean share in all niches, among those that do not name the niche yet. */
function mostTypical(
  { means }: Niches,
  niche: number,
  all: Float64Array,
  named: readonly number[],
): number | undefined {
  const share = (type: number): number => means[niche * all.length + type]!;
  return [...all.keys()]
    .filter((type) => !named.includes(type) && share(type) >= LEAST)
    .sort((a, b) => share(b) / all[b]! - share(a) / all[a]! || a - b)[0];
}

function numbered(names: readonly string[]): string[] {
  const taken = new Set(names.filter((name) => names.indexOf(name) === names.lastIndexOf(name)));
  return names.map((name) => {
    if (taken.has(name) && names.indexOf(name) === names.lastIndexOf(name)) return name;
    let number = 1;
    while (taken.has(`${name} ${number}`)) number++;
    taken.add(`${name} ${number}`);
    return `${name} ${number}`;
  });
}
