import { UserError, type StopSignal, type Warning } from '../../src-shared/contract/errors.ts';
import type { Hyperparameters, RunConfig } from '../../src-shared/domain/run-config.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';
import type { Dense, Matrix } from '../matrix/dense.ts';
import { roomInMemory, type MakeRoom } from '../matrix/row-sink.ts';
import { alignDomains, type AlignedGenes } from './align.ts';
import { locateGenes, type GeneNames } from './gene-names.ts';
import { hiddenFrom, nothingHidden, type HeldOut, type Hidden } from './held-out.ts';
import { matchGenes, type GeneMatches, type MatchReport } from './match-genes.ts';
import { processDomain } from './pipeline.ts';
import type { ProcessedDomain, ProcessingSettings } from './processed-domain.ts';

/** Both processed datasets and the shared genes that may be trained on. */
export interface PairData<M extends Matrix = Dense> {
  readonly spatial: ProcessedDomain<M>;
  readonly reference: ProcessedDomain<M>;
  /** Shared genes, gene by gene, as columns of each matrix. */
  readonly shared: AlignedGenes;
}

/** Both datasets after processing, and how their genes were matched. */
export interface ProcessedPair<M extends Matrix = Dense> {
  readonly data: PairData<M>;
  /** 1 for every gene that comes out and that the spatial file measures, whether it trains or not. */
  readonly measured: Uint8Array;
  readonly matched: MatchReport;
  readonly warnings: readonly Warning[];
}

/** Matches the genes and processes both datasets. Throws a UserError that says what is missing or wrong. */
export async function processPair(
  spatial: OpenMatrix,
  reference: OpenMatrix,
  config: RunConfig,
  signal?: StopSignal,
  heldOut?: HeldOut,
): Promise<ProcessedPair> {
  return processPairInto(roomInMemory, spatial, reference, config, signal, heldOut);
}

/** The same with the values wherever there is room for them. */
export async function processPairInto<M extends Matrix>(
  makeRoom: MakeRoom<M>,
  spatial: OpenMatrix,
  reference: OpenMatrix,
  config: RunConfig,
  signal?: StopSignal,
  heldOut?: HeldOut,
): Promise<ProcessedPair<M>> {
  const matches = matchPair(spatial, reference);
  const hidden = heldOut === undefined ? nothingHidden(matches) : hiddenFrom(spatial, matches, heldOut);
  const [processedSpatial, processedReference] = await processBoth(
    spatial,
    reference,
    config,
    hidden,
    signal,
    makeRoom,
  );
  const isMatched = new Set(matches.reference);
  const shared = alignDomains(processedSpatial, processedReference, matches);
  return {
    data: { spatial: processedSpatial, reference: processedReference, shared },
    measured: Uint8Array.from(processedReference.genes.columns, (column) => (isMatched.has(column) ? 1 : 0)),
    matched: matches.report,
    warnings: [
      ...matches.warnings,
      ...processedSpatial.report.warnings,
      ...processedReference.report.warnings,
      ...constantGenes(processedReference),
    ],
  };
}

/** Genes that both files have. Throws a UserError when they are too few. */
export function matchPair(spatial: OpenMatrix, reference: OpenMatrix): GeneMatches {
  return matchGenes(geneNames(spatial), geneNames(reference));
}

async function processBoth<M extends Matrix>(
  spatial: OpenMatrix,
  reference: OpenMatrix,
  config: RunConfig,
  hidden: Hidden,
  signal: StopSignal | undefined,
  makeRoom: MakeRoom<M>,
): Promise<[ProcessedDomain<M>, ProcessedDomain<M>]> {
  const settings = { ...processingSettings(config.parameters), ...(signal && { signal }) };
  const wanted = wantedColumns(reference, config.genes);
  return [
    await processDomain(
      spatial,
      {
        ...settings,
        allGenes: false,
        domain: 'spatial',
        sharedColumns: hidden.sharedSpatial,
        genesExcluded: hidden.excludedSpatial,
      },
      makeRoom,
    ),
    await processDomain(
      reference,
      {
        ...settings,
        allGenes: config.genes === 'all',
        domain: 'reference',
        sharedColumns: hidden.sharedReference,
        neverFilter: Int32Array.from([...wanted, ...hidden.wantedReference]),
      },
      makeRoom,
    ),
  ];
}

/** Genes that no method can impute: they do not vary among the reference cells that were kept. */
function constantGenes({ sd, genes, report }: ProcessedDomain<Matrix>): Warning[] {
  const constant = genes.names.filter((_, i) => !(sd[i]! > 0));
  if (constant.length === 0) return [];
  return [
    {
      code: 'constant-in-reference',
      message:
        `${report.file}: ${constant.length} of the ${genes.names.length} genes that come out do not vary among ` +
        `the ${report.cells.kept} cells that were kept (${constant.slice(0, 3).join(', ')}), so they come out ` +
        'constant; a larger reference may help.',
      place: { file: report.file },
    },
  ];
}

function geneNames({ source, genes, geneIds }: OpenMatrix): GeneNames {
  return { file: source.file, names: genes, ...(geneIds && { ids: geneIds }) };
}

/** Columns of the genes asked for. Throws a UserError naming those that the reference lacks. */
function wantedColumns(reference: OpenMatrix, genes: RunConfig['genes']): Int32Array {
  if (genes === 'all') return new Int32Array(0);
  const { columns, missing } = locateGenes(geneNames(reference), genes);
  if (missing.length === 0) return columns;
  const named = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ', …' : '');
  throw new UserError(
    `${reference.source.file} has no gene ${named} (${missing.length} of the ${genes.length} that were asked ` +
      `for), so nothing can be learned about it; check the spelling or leave it out.`,
    { file: reference.source.file, element: missing[0]! },
  );
}

function processingSettings(parameters: Hyperparameters): Omit<ProcessingSettings, 'allGenes'> {
  const clip = parameters['data.clipDeviations'];
  return {
    geneDensity: parameters['data.minGeneDensity'],
    cellDensity: parameters['data.minCellDensity'],
    hvgCount: parameters['data.highlyVariable'],
    clipSd: clip > 0 ? clip : null,
    normalisation: parameters['data.normalisation'],
    libraryTarget: 'median',
  };
}
