import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  throwIfStopped,
  UserError,
  type StopSignal,
  type Warning,
} from '../../../src-shared/contract/errors.ts';
import type { AnalyseRequest } from '../../../src-shared/domain/analyse-request.ts';
import type { AnalysisEvent } from '../../../src-shared/domain/analysis-event.ts';
import type { AnalysisKind, ParametersOf } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import type { BackendChoice } from '../../../src-shared/domain/backends.ts';
import { makeFolder } from '../../io/make-folder.ts';
import { hasAnalysis, writeAnalysis } from './analysis-files.ts';
import { analyseCellTypes } from './cell-types.ts';
import type { AnalysisWork, Findings } from './findings.ts';
import { analyseGenes } from './genes.ts';
import { analyseMoran } from './moran.ts';
import { analyseNeighbours } from './neighbours.ts';
import { analyseNiches } from './niches.ts';
import { analysePathways } from './pathways.ts';
import { analysePseudotime } from './pseudotime.ts';
import { RunData } from './run-data.ts';

export interface AnalysisContext {
  readonly emit: (event: AnalysisEvent) => void;
  readonly stop?: StopSignal;
  readonly version: string;
}

/** What an analysis works with besides its parameters. */
export interface AnalysisDesk extends AnalysisWork {
  readonly run: RunData;
  /** Folder of the analysis, where scratch files may lie meanwhile. */
  readonly folder: string;
  readonly backend: BackendChoice;
}

type Analyses = {
  readonly [K in AnalysisKind]: (desk: AnalysisDesk, asked: ParametersOf<K>) => Promise<Findings>;
};

const analyses: Analyses = {
  'cell-types': analyseCellTypes,
  neighbours: analyseNeighbours,
  niches: analyseNiches,
  pseudotime: analysePseudotime,
  genes: analyseGenes,
  pathways: analysePathways,
  moran: analyseMoran,
};

/**
 * Analyses the result of a run and writes what it finds into a folder: report.json, CSV tables, analysis.h5ad,
 * analysis.bin. Nothing is written before all is found. Throws a UserError (input, usage, stopped).
 */
export async function analyse(request: AnalyseRequest, context: AnalysisContext): Promise<void> {
  const started = performance.now();
  const { emit, stop } = context;
  refuseOther(request.out);
  await makeFolder(request.out);
  emit({ kind: 'stage', name: 'reading', detail: request.run });
  const run = await RunData.open(request.run);
  try {
    const warnings: Warning[] = [];
    const desk: AnalysisDesk = {
      run,
      folder: request.out,
      backend: request.backend,
      ...(stop !== undefined && { stop }),
      progress: eased((share) => emit({ kind: 'share', share })),
      warn: (warning) => {
        warnings.push(warning);
        emit({ kind: 'warning', warning });
      },
    };
    emit({ kind: 'stage', name: 'analysing', detail: TITLES[request.parameters.kind] });
    const found = await dispatch(desk, request.parameters);
    throwIfStopped(stop);
    emit({ kind: 'stage', name: 'writing', detail: request.out });
    const result: AnalysisResult = {
      format: 'spagene-analysis',
      formatVersion: 1,
      parameters: request.parameters,
      ...found,
    };
    const seconds = (performance.now() - started) / 1000;
    await writeAnalysis(request.out, run.cells, result, {
      version: context.version,
      run: request.run,
      cells: run.cells.length,
      seconds,
      warnings,
    });
    emit({ kind: 'note', message: found.summary });
    emit({ kind: 'finished', folder: request.out, seconds });
  } finally {
    await run.close();
  }
}

export const TITLES: Readonly<Record<AnalysisKind, string>> = {
  'cell-types': 'cell types',
  neighbours: 'neighbourhoods',
  niches: 'niches',
  pseudotime: 'pseudotime',
  genes: 'genes of a neighbourhood',
  pathways: 'pathways',
  moran: 'spatially variable genes',
};

async function dispatch<K extends AnalysisKind>(
  desk: AnalysisDesk,
  parameters: ParametersOf<K>,
): Promise<Findings> {
  const run = analyses[parameters.kind] as (desk: AnalysisDesk, asked: ParametersOf<K>) => Promise<Findings>;
  return run(desk, parameters);
}

/** An analysis may be repeated in its folder, but takes nobody else's. */
function refuseOther(folder: string): void {
  if (!existsSync(folder) || hasAnalysis(folder)) return;
  for (const other of ['config.json', 'imputed.h5ad', 'project.json']) {
    if (!existsSync(join(folder, other))) continue;
    throw new UserError(
      `${folder} holds something else (${other}); choose another folder for the analysis.`,
      {
        file: folder,
      },
    );
  }
}

/** Passes on only what is a hundredth more. */
function eased(progress: (share: number) => void): (share: number) => void {
  let last = 0;
  return (share) => {
    if (share < last + 0.01 && share < 1) return;
    last = share;
    progress(Math.min(1, share));
  };
}
