import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src-shared/contract/errors.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { checkMatrix } from '../../src-main/io/checks.ts';
import { openDataset } from '../../src-main/io/registry.ts';
import { binaryMutations, textMutations } from './mutate.ts';
import { brokenFiles } from './broken-h5ad.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const data = resolve(root, '../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'spagene-fuzz-'));
const COPIES = Number(process.env['SPAGENE_FUZZ_COPIES'] ?? 500);
const SEED = Number(process.env['SPAGENE_FUZZ_SEED'] ?? 1);
const LIMIT_MS = 10_000;
const LIMIT_BYTES = 2e9;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file under the formats folder and a few tables; in a folder format, one of its files is damaged. */
function samples(): string[] {
  const files = readdirSync(join(data, 'formats'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(data, 'formats', name))
    .filter((path) => statSync(path).isFile() && /\.(h5ad|h5|loom|csv|tsv|mtx|gz)$/.test(path));
  const tables = ['osmfish_zeisel/st_counts.csv.gz', 'merfish_moffitt/st_counts.csv.gz'];
  return [...files, ...tables.map((name) => join(data, 'pairs', name))];
}

/** Opens, and reads every matrix to its end; what a user would wait for. */
async function readAll(path: string): Promise<void> {
  const dataset = await openDataset(path);
  try {
    for (const { name } of dataset.matrices) await checkMatrix(await dataset.open(name));
  } finally {
    await dataset.close();
  }
}

interface Outcome {
  readonly what: string;
  readonly ms: number;
  readonly result: string;
}

async function attempt(what: string, path: string): Promise<Outcome> {
  const started = performance.now();
  let result = 'read';
  try {
    await readAll(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw new Error(`${what} ended in ${String(error)}`, { cause: error });
    result = error.message;
    expect(result.split('\n').length, what).toBe(1);
    expect(result, what).toMatch(/^\S.{10,500}\.$/);
    expect(result, what).not.toMatch(/HDF5-DIAG|at .*\.ts:|undefined|\[object/);
  }
  return { what, ms: performance.now() - started, result };
}

describe.skipIf(!existsSync(data))('damaged files (needs ../shared/data)', () => {
  it(`${COPIES} damaged copies are read or refused in one sentence`, async () => {
    const random = new Random(SEED, 'fuzz');
    const files = samples();
    const outcomes: Outcome[] = [];
    for (let i = 0; i < COPIES; i++) {
      const file = files[random.below(files.length)]!;
      const parent = dirname(file);
      const whole = parent.includes('folders')
        ? basename(parent) === 'spatial'
          ? dirname(parent)
          : parent
        : undefined;
      const kinds = /\.(h5ad|h5|loom)$/.test(file) ? binaryMutations : textMutations;
      const kind = Object.keys(kinds)[random.below(Object.keys(kinds).length)]!;
      const target = join(folder, `${i}-${basename(whole ?? file)}`);
      if (whole) cpSync(whole, target, { recursive: true, mode: 0 });
      const damaged = whole ? join(target, relative(whole, file)) : target;
      rmSync(damaged, { force: true });
      writeFileSync(damaged, kinds[kind]!(new Uint8Array(readFileSync(file)), random));
      outcomes.push(await attempt(`copy ${i}: ${relative(data, file)}, ${kind}`, target));
      rmSync(target, { recursive: true, force: true });
    }
    report(outcomes);
  });

  it('files with wrong shapes and types are refused in one sentence', async () => {
    const outcomes: Outcome[] = [];
    for (const { name, path, refused } of await brokenFiles(folder)) {
      const outcome = await attempt(name, path);
      outcomes.push(outcome);
      if (refused) expect(outcome.result, name).not.toBe('read');
    }
    report(outcomes);
  });
});

function report(outcomes: readonly Outcome[]): void {
  const slowest = [...outcomes].sort((a, b) => b.ms - a.ms);
  const bytes = process.resourceUsage().maxRSS * 1024;
  const read = outcomes.filter(({ result }) => result === 'read').length;
  const late = slowest.slice(0, 3).map(({ what, ms }) => `${what} ${Math.round(ms)} ms`);
  console.log(
    `${outcomes.length} files: ${read} read, ${outcomes.length - read} refused; peak memory ${Math.round(bytes / 1e6)} MB; slowest: ${late.join('; ')}`,
  );
  if (process.env['SPAGENE_FUZZ_SHOW'])
    for (const { what, result } of outcomes) console.log(`${what}: ${result}`);
  expect(slowest[0]!.ms, slowest[0]!.what).toBeLessThan(LIMIT_MS);
  expect(bytes).toBeLessThan(LIMIT_BYTES);
}
