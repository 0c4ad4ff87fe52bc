// What a bench of planted truth asks of files: `niche TRUTH NICHES` (agreement; the niche of the infiltrated part),
// `start TRUTH FILE` (cells where the gradient begins), `order TRUTH PSEUDOTIME` (rank correlation). Prints a JSON line.
import { writeFileSync } from 'node:fs';
import { readAnalysis } from '../../../src-main/engine/analyse/analysis-files.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { ranks } from '../../../src-shared/maths/statistics.ts';
import { adjustedRand } from '../../helpers/adjusted-rand.ts';

const SHARE_OF_START = 0.1;
const [what, truthPath, other] = process.argv.slice(2) as [string, string, string];
const truth = await openDataset(truthPath);
const cells = (await truth.open()).cells;
const place = new Map(cells.map((cell, i) => [cell, i]));

function category(name: string) {
  const column = truth.obs.find((one) => one.name === name);
  if (column?.kind !== 'category') throw new Error(`${truthPath} has no ${name}`);
  return column;
}

function numbers(name: string): Float64Array {
  const column = truth.obs.find((one) => one.name === name);
  if (column?.kind !== 'number') throw new Error(`${truthPath} has no ${name}`);
  return column.values;
}

function pearson(a: Float64Array, b: Float64Array): number {
  const middle = (a.length + 1) / 2;
  let [product, square] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    product += (a[i]! - middle) * (b[i]! - middle);
    square += (a[i]! - middle) ** 2;
  }
  return product / square;
}

async function niche() {
  const { cells: own, result } = await readAnalysis(other);
  const found = result.vectors[0]!;
  if (found.kind !== 'category') throw new Error('no niches');
  const planted = category('niche');
  const truthOf = own.map((cell) => planted.codes[place.get(cell)!]!);
  const infiltrated = planted.categories.indexOf('Infiltrated tumour');
  const counts = new Array<number>(found.names.length).fill(0);
  truthOf.forEach((code, i) => code === infiltrated && counts[found.codes[i]!]!++);
  const name = found.names[counts.indexOf(Math.max(...counts))];
  return { rand: adjustedRand(found.codes, truthOf), name };
}

function start() {
  const times = numbers('pseudotime');
  const inside = [...times.keys()].filter((cell) => Number.isFinite(times[cell]!));
  const first = inside.sort((a, b) => times[a]! - times[b]!).slice(0, inside.length * SHARE_OF_START);
  writeFileSync(other, first.map((cell) => `${cells[cell]!}\n`).join(''));
  return { cells: first.length };
}

async function order() {
  const { cells: own, result } = await readAnalysis(other);
  const found = result.vectors.find(({ name }) => name === 'pseudotime')!;
  const times = numbers('pseudotime');
  const values = found.kind === 'number' ? found.values : new Float32Array();
  const both = own.flatMap((cell, i) => {
    const known = times[place.get(cell)!]!;
    return Number.isFinite(known) && Number.isFinite(values[i]!) ? [[known, values[i]!] as const] : [];
  });
  const rank = (which: 0 | 1) => ranks(both.map((pair) => pair[which]));
  return { spearman: pearson(rank(0), rank(1)), cells: both.length };
}

console.log(JSON.stringify(await { niche, start, order }[what as 'niche']()));
process.exit(0);
