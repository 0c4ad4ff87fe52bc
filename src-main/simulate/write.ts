import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import { writeError } from '../io/atomic-write.ts';
import { createH5ad, type H5adContent, type H5adWriter, type WritableColumn } from '../io/h5ad-writer.ts';
import { cellTypes, layers } from './anatomy.ts';
import type { Cells } from './cells.ts';
import { programs, type Genes } from './genes.ts';
import { simulationDefaults, type SimulationOptions } from './options.ts';
import { panelMask, simulateTissue, type Tissue } from './tissue.ts';

export interface WriteOptions extends Partial<SimulationOptions> {
  /** Whether to write truth.h5ad too, by far the largest file; true unless said otherwise. */
  readonly truth?: boolean;
}

/** The files written, and what they are of. */
export interface WrittenSimulation {
  readonly spatial: string;
  readonly reference: string;
  readonly truth: string | undefined;
  readonly options: Required<SimulationOptions>;
}

const blockRows = 1024;

/**
 * Simulates a tissue and writes `spatial.h5ad` (panel genes), `reference.h5ad` (all genes) and `truth.h5ad` (all
 * genes in the spatial cells: X the counts drawn, layers/expected their means) into a folder, in blocks.
 * Throws a UserError when a size is out of range or the folder cannot be written to, StoppedError on the signal.
 */
export async function writeSimulation(
  outDir: string,
  { truth = true, ...sizes }: WriteOptions = {},
  signal?: StopSignal,
): Promise<WrittenSimulation> {
  const tissue = simulateTissue({ ...simulationDefaults, ...sizes });
  const paths = {
    spatial: join(outDir, 'spatial.h5ad'),
    reference: join(outDir, 'reference.h5ad'),
    truth: truth ? join(outDir, 'truth.h5ad') : undefined,
  };
  await mkdir(outDir, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, paths.spatial);
  });
  await writeCounts(paths.spatial, describeSpatial(tissue), tissue.spatialBlocks(blockRows), signal);
  await writeCounts(paths.reference, describeReference(tissue), tissue.referenceBlocks(blockRows), signal);
  if (paths.truth !== undefined) await writeTruth(paths.truth, tissue, signal);
  return { ...paths, options: tissue.options };
}

async function writeCounts(
  path: string,
  content: H5adContent,
  blocks: ReturnType<Tissue['spatialBlocks']>,
  signal: StopSignal | undefined,
): Promise<void> {
  await writeBlocks(path, content, blocks, signal, (writer, row, block) => {
    writer.writeX(row, block);
    return block.rows;
  });
}

async function writeTruth(path: string, tissue: Tissue, signal: StopSignal | undefined): Promise<void> {
  const content: H5adContent = {
    ...describeSpatial(tissue),
    varNames: tissue.genes.names,
    var: [
      ...geneColumns(tissue.genes),
      { name: 'measured', kind: 'boolean', values: panelMask(tissue.genes) },
    ],
    layers: { expected: { layout: 'dense' } },
  };
  await writeBlocks(
    path,
    content,
    tissue.truthBlocks(blockRows),
    signal,
    (writer, row, { drawn, expected }) => {
      writer.writeX(row, drawn);
      writer.writeLayer('expected', row, expected);
      return drawn.rows;
    },
  );
}

async function writeBlocks<B>(
  path: string,
  content: H5adContent,
  blocks: Iterable<B>,
  signal: StopSignal | undefined,
  write: (writer: H5adWriter, firstRow: number, block: B) => number,
): Promise<void> {
  const writer = await createH5ad(path, content);
  try {
    let row = 0;
    for (const block of blocks) {
      row += write(writer, row, block);
      await turn();
      throwIfStopped(signal);
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

const counts = { layout: 'csr', compression: 1 } as const;

function describeSpatial(tissue: Tissue): H5adContent {
  const { genes, spatial } = tissue;
  return {
    obsNames: cellNames('cell', spatial.count),
    varNames: Array.from(genes.panel, (g) => genes.names[g]!),
    obs: [
      { name: 'cell_type', kind: 'category', categories: cellTypes, codes: spatial.type },
      { name: 'layer', kind: 'category', categories: layers, codes: spatial.layer },
    ],
    x: counts,
    obsm: { spatial: { columns: 2, type: 'float64', values: spatial.positions } },
    uns: { simulation: { ...tissue.options }, spatial_unit: 'micrometre' },
  };
}

function describeReference(tissue: Tissue): H5adContent {
  const cells: Cells = tissue.reference;
  return {
    obsNames: cellNames('reference', cells.count),
    varNames: tissue.genes.names,
    obs: [{ name: 'cell_type', kind: 'category', categories: cellTypes, codes: cells.type }],
    var: geneColumns(tissue.genes),
    x: counts,
    uns: { simulation: { ...tissue.options } },
  };
}

function geneColumns(genes: Genes): WritableColumn[] {
  return [
    { name: 'program', kind: 'category', categories: programs, codes: genes.program },
    { name: 'marker_of', kind: 'category', categories: cellTypes, codes: genes.marks },
  ];
}

function cellNames(prefix: string, count: number): string[] {
  const digits = Math.max(4, String(count).length);
  return Array.from({ length: count }, (_, c) => `${prefix}-${String(c + 1).padStart(digits, '0')}`);
}
