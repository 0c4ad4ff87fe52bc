import { UserError, type StopSignal, type Warning } from '../../src-shared/contract/errors.ts';
import type { Hyperparameters, RunConfig } from '../../src-shared/domain/run-config.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';
import type { MethodData } from '../methods/predictor.ts';
import { alignDomains } from '../preprocess/align.ts';
import { locateGenes, type GeneNames } from '../preprocess/gene-names.ts';
import { matchGenes, type MatchReport } from '../preprocess/match-genes.ts';
import { processDomain } from '../preprocess/pipeline.ts';
import type { ProcessedDomain, ProcessingSettings } from '../preprocess/processed-domain.ts';

/** Both datasets after processing, and how their genes were matched. */
export interface ProcessedPair {
  readonly data: MethodData;
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
): Promise<ProcessedPair> {
  const matches = matchGenes(geneNames(spatial), geneNames(reference));
  const settings = processingSettings(config.parameters);
  const wanted = wantedColumns(reference, config.genes);
  const stop = signal === undefined ? {} : { signal };
  const processedSpatial = await processDomain(spatial, {
    ...settings,
    ...stop,
    allGenes: false,
    domain: 'spatial',
    sharedColumns: matches.spatial,
  });
  const processedReference = await processDomain(reference, {
    ...settings,
    ...stop,
    allGenes: config.genes === 'all',
    domain: 'reference',
    sharedColumns: matches.reference,
    neverFilter: wanted,
  });
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

/** Genes that no method can impute: they do not vary among the reference cells that were kept. */
function constantGenes({ sd, genes, report }: ProcessedDomain): Warning[] {
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
    `${reference.source.file} has no gene ${named} (${missing.length} of the ${genes.length} asked for with ` +
      `--genes), so nothing can be learned about it; check the spelling or leave it out.`,
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
