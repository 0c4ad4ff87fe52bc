import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import { writeError, writeFileAtomically } from '../io/atomic-write.ts';
import { writeGeneSets } from '../io/gmt.ts';
import {
  createH5ad,
  type H5adContent,
  type H5adWriter,
  type WritableColumn,
  type UnstructuredRecord,
} from '../io/h5ad-writer.ts';
import { drawGeneSets } from './gene-sets.ts';
import { defaultSizes, type ResolvedOptions, type SimulationOptions } from './options.ts';
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
  /** Gene sets, the planted one among them; only where the scenario has one. */
  readonly geneSets: string | undefined;
  readonly options: ResolvedOptions;
}

const blockRows = 1024;

/**
 * Simulates a tissue and writes `spatial.h5ad` (panel genes), `reference.h5ad` (all genes) and `truth.h5ad` (all
 * genes in the spatial cells: X the counts drawn, layers/expected their means) into a folder, in blocks; where the
 * scenario has a planted pathway, `gene_sets.gmt` too.
 * Throws a UserError when an option is out of range or the folder cannot be written to, StoppedError on the signal.
 */
export async function writeSimulation(
  outDir: string,
  { truth = true, ...sizes }: WriteOptions = {},
  signal?: StopSignal,
): Promise<WrittenSimulation> {
  const tissue = simulateTissue({ ...defaultSizes(sizes.scenario), ...sizes });
  const paths = {
    spatial: join(outDir, 'spatial.h5ad'),
    reference: join(outDir, 'reference.h5ad'),
    truth: truth ? join(outDir, 'truth.h5ad') : undefined,
    geneSets: tissue.anatomy.pathway === undefined ? undefined : join(outDir, 'gene_sets.gmt'),
  };
  await mkdir(outDir, { recursive: true }).catch((error: unknown) => {
    throw writeError(error, paths.spatial);
  });
  await writeCounts(paths.spatial, describeSpatial(tissue), tissue.spatialBlocks(blockRows), signal);
  await writeCounts(paths.reference, describeReference(tissue), tissue.referenceBlocks(blockRows), signal);
  if (paths.truth !== undefined) await writeTruth(paths.truth, tissue, signal);
  if (paths.geneSets !== undefined) {
    const sets = drawGeneSets(tissue.anatomy, tissue.genes, tissue.options.seed);
    await writeFileAtomically(paths.geneSets, writeGeneSets(sets));
  }
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
    obs: [...cellColumns(tissue, true), ...knownColumns(tissue)],
    varNames: tissue.genes.names,
    var: [
      ...geneColumns(tissue),
      { name: 'measured', kind: 'boolean', values: panelMask(tissue.genes) },
      ...plantedColumn(tissue),
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
    obs: cellColumns(tissue, tissue.anatomy.regions.told),
    x: counts,
    obsm: { spatial: { columns: 2, type: 'float64', values: spatial.positions } },
    uns: { simulation: optionsRecord(tissue.options), spatial_unit: 'micrometre' },
  };
}

function describeReference(tissue: Tissue): H5adContent {
  const { anatomy, genes, reference } = tissue;
  return {
    obsNames: cellNames('reference', reference.count),
    varNames: genes.names,
    obs: [{ name: 'cell_type', kind: 'category', categories: anatomy.cellTypes, codes: reference.type }],
    var: geneColumns(tissue),
    x: counts,
    uns: { simulation: optionsRecord(tissue.options) },
  };
}

/** All options; a cortex has no choice of scenario and pathway, as before there were any. */
function optionsRecord({ scenario, pathway, ...sizes }: ResolvedOptions): UnstructuredRecord {
  return scenario === 'cortex' ? sizes : { ...sizes, scenario, pathway };
}

function cellColumns({ anatomy, spatial }: Tissue, withRegions: boolean): WritableColumn[] {
  const { cellTypes, regions } = anatomy;
  const region = { name: regions.column, kind: 'category', categories: regions.names, codes: spatial.region };
  return [
    { name: 'cell_type', kind: 'category', categories: cellTypes, codes: spatial.type },
    ...(withRegions ? [region as WritableColumn] : []),
  ];
}

function knownColumns({ spatial }: Tissue): WritableColumn[] {
  return Object.entries(spatial.known).map(([name, values]) => ({ name, kind: 'number', values }));
}

function geneColumns({ anatomy, genes }: Tissue): WritableColumn[] {
  const programs = anatomy.programs.map(({ name }) => name);
  return [
    { name: 'program', kind: 'category', categories: programs, codes: genes.program },
    { name: 'marker_of', kind: 'category', categories: anatomy.cellTypes, codes: genes.marks },
  ];
}

/** Which genes are members of the pathway, where the scenario has one. */
function plantedColumn({ anatomy, genes }: Tissue): WritableColumn[] {
  if (anatomy.pathway === undefined) return [];
  const values = new Uint8Array(genes.count);
  for (const g of genes.members) values[g] = 1;
  return [{ name: 'planted', kind: 'boolean', values }];
}

function cellNames(prefix: string, count: number): string[] {
  const digits = Math.max(4, String(count).length);
  return Array.from({ length: count }, (_, c) => `${prefix}-${String(c + 1).padStart(digits, '0')}`);
}
