// One gene of a million cells, from a foreign sparse file and from a result: first, next, cold, warm, beside h5py.
// Options by environment: CELLS=1000000 PYTHON=python3 (with h5py; its rows are left out without)
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from './support/bundle.mjs';

const cells = Number(process.env.CELLS ?? 1_000_000);
const [panel, imputed, density] = [300, 500, 0.2];
const sources = await load(
  {
    text: `
      export { createH5ad } from './src-main/io/h5ad-writer.ts';
      export { openDataset } from './src-main/io/registry.ts';
      export { GeneColumns } from './src-main/service/map/gene-columns.ts';
      export { ResultFile } from './src-main/service/map/result-file.ts';`,
  },
  'gene',
);
const { createH5ad, openDataset, GeneColumns, ResultFile } = sources;
const folder = mkdtempSync(join(process.env.SPAGENE_BENCH_FOLDER ?? tmpdir(), 'spagene-gene-'));
const [foreign, result] = [join(folder, 'foreign.h5ad'), join(folder, 'imputed.h5ad')];
const cellNames = Array.from({ length: cells }, (_, i) => `cell${i}`);
const geneNames = (count) => Array.from({ length: count }, (_, i) => `gene${i}`);

/** Takes a file out of the page cache (GNU dd; elsewhere "cold" is warm). */
const cool = (path) =>
  spawnSync('dd', [`of=${path}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none']);
async function timed(work) {
  const begun = performance.now();
  const value = await work();
  return [performance.now() - begun, value];
}
const bytesRead = () => {
  try {
    return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))[1]);
  } catch {
    return NaN;
  }
};
const rows = [];
const note = (file, what, ms, bytes) => rows.push({ file, what, ms, bytes });

async function writeForeign() {
  const writer = await createH5ad(foreign, {
    obsNames: cellNames,
    varNames: geneNames(panel),
    x: { layout: 'csr' },
  });
  const height = 50_000;
  let state = 1;
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const [indptr, indices, values] = [[0], [], []];
  for (let row = 0; row < height; row++) {
    for (let gene = 0; gene < panel; gene++) {
      // Genes differ in how common they are, about the same mean.
      if (draw() >= (2 * density * (gene + 0.5)) / panel) continue;
      indices.push(gene);
      values.push(1 + Math.floor(draw() * draw() * 12));
    }
    indptr.push(indices.length);
  }
  const block = { rows: height, columns: panel, indptr, indices: Int32Array.from(indices) };
  for (let first = 0; first < cells; first += height) {
    const count = Math.min(height, cells - first);
    const end = indptr[count];
    const part = { ...block, rows: count, indptr: Float64Array.from(indptr.slice(0, count + 1)) };
    const data = Float32Array.from(values.slice(0, end));
    writer.writeX(first, { ...part, indices: block.indices.subarray(0, end), values: data });
  }
  await writer.finish();
}

async function writeResult() {
  const writer = await createH5ad(result, {
    obsNames: cellNames,
    varNames: geneNames(imputed),
    obsm: { measured: { columns: 1 } },
    uns: { measured_genes: ['gene0'], spagene: { units: 'square root of counts' } },
  });
  const height = 8192;
  const block = Float32Array.from({ length: height * imputed }, (_, i) => ((i * 7919) % 1009) / 100);
  for (let first = 0; first < cells; first += height) {
    const count = Math.min(height, cells - first);
    writer.writeX(first, block.subarray(0, count * imputed));
    writer.writeObsm('measured', first, block.subarray(0, count));
  }
  await writer.finish();
}

/** Bytes per second with which a file comes from the disk. */
async function diskRate(path) {
  cool(path);
  const file = await open(path, 'r');
  const buffer = Buffer.alloc(1 << 22);
  let bytes = 0;
  const [ms] = await timed(async () => {
    for (let got; (got = (await file.read(buffer, 0, buffer.length, bytes)).bytesRead) > 0;) bytes += got;
  });
  await file.close();
  return bytes / (ms / 1000);
}

async function measureForeign() {
  const dataset = await openDataset(foreign);
  const { source } = await dataset.open();
  const silent = () => undefined;
  const place = { path: join(folder, '.cache', 'genes.index'), identity: 'bench', mayWrite: true };
  mkdirSync(dirname(place.path));
  const before = await GeneColumns.read(source, silent, undefined, { limit: 0 });
  cool(foreign);
  let read = bytesRead();
  const [passMs] = await timed(() => before.column(7));
  note('foreign', 'a pass for each gene (before, beyond memory), cold', passMs, bytesRead() - read);
  cool(foreign);
  const [sessionMs] = await timed(async () => (await GeneColumns.read(source, silent)).column(7));
  note('foreign', 'first gene of every session (before), cold', sessionMs);
  cool(foreign);
  const [firstMs] = await timed(async () =>
    (await GeneColumns.read(source, silent, undefined, { place, small: 0 })).column(7),
  );
  note('foreign', 'first gene ever, index made, cold', firstMs);
  cool(place.path);
  read = bytesRead();
  const [openMs, genes] = await timed(async () => {
    const opened = await GeneColumns.read(source, silent, undefined, { place, small: 0 });
    await opened.column(7);
    return opened;
  });
  note('foreign', 'first gene of the next session, cold', openMs, bytesRead() - read);
  cool(place.path);
  read = bytesRead();
  const [coldMs] = await timed(() => genes.column(250));
  note('foreign', 'next gene, cold', coldMs, bytesRead() - read);
  const [warmMs] = await timed(() => genes.column(250));
  note('foreign', 'next gene, warm', warmMs);
  await dataset.close();
  return statSync(place.path).size;
}

async function measureResult() {
  const file = await ResultFile.open(result, cellNames);
  cool(result);
  const [firstMs] = await timed(() => file.gene('imputed', 7));
  note('result', 'first gene, file opened, cold', firstMs);
  cool(result);
  const read = bytesRead();
  const [coldMs] = await timed(() => file.gene('imputed', 250));
  note('result', 'next gene, cold', coldMs, bytesRead() - read);
  const [warmMs] = await timed(() => file.gene('imputed', 250));
  note('result', 'next gene, warm', warmMs);
  await file.close();
}

const python = `
import sys, time, json, numpy as np, h5py
kind, path = sys.argv[1:3]
f = h5py.File(path, 'r')
def gene(g):
    t = time.perf_counter()
    if kind == 'result': f['X'][:, g]
    else:
        x = f['X']; at = np.flatnonzero(x['indices'][:] == g); c = np.zeros(len(x['indptr']) - 1, 'f4')
        c[np.searchsorted(x['indptr'][:], at, 'right') - 1] = x['data'][:][at]
    return (time.perf_counter() - t) * 1000
print(json.dumps([gene(7), gene(7)]))`;

function measureTheirs(kind, path) {
  cool(path);
  const done = spawnSync(process.env.PYTHON ?? 'python3', ['-c', python, kind, path], { encoding: 'utf8' });
  if (done.status !== 0) return;
  const [cold, warm] = JSON.parse(done.stdout);
  note(kind, 'h5py, a gene, cold', cold);
  note(kind, 'h5py, the same gene, warm', warm);
}

try {
  await writeForeign();
  await writeResult();
  const rate = await diskRate(foreign);
  const index = await measureForeign();
  measureTheirs('foreign', foreign);
  await measureResult();
  measureTheirs('result', result);
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  const about = `${mb(statSync(foreign).size)} MB, its index ${mb(index)} MB`;
  console.log(`${cells} cells. foreign: CSR × ${panel} genes, ${about}.`);
  console.log(`result: dense × ${imputed} genes, ${mb(statSync(result).size)} MB. Disk: ${mb(rate)} MB/s.`);
  console.log(
    `${'file'.padEnd(8)} ${'what'.padEnd(52)} ${'ms'.padStart(8)} ${'MB read'.padStart(8)}  of disk rate`,
  );
  for (const { file, what, ms, bytes } of rows) {
    const share = bytes === undefined ? '' : `${((bytes / (ms / 1000) / rate) * 100).toFixed(0)} %`;
    const read = bytes === undefined ? '' : mb(bytes);
    console.log(
      `${file.padEnd(8)} ${what.padEnd(52)} ${ms.toFixed(1).padStart(8)} ${read.padStart(8)}  ${share}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
