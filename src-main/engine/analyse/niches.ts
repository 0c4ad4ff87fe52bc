import { UserError } from '../../../src-shared/contract/errors.ts';
import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import {
  chooseNiches,
  nicheSilhouette,
  SILHOUETTE_CELLS,
  type NicheTrial,
} from '../../analysis/choose-niches.ts';
import { partOf } from '../../analysis/long-work.ts';
import { nicheNames } from '../../analysis/niche-names.ts';
import { nichePoints, type NichePoints } from '../../analysis/niche-points.ts';
import { niches, TRIED_CELLS, type Niches } from '../../analysis/niches.ts';
import type { AnalysisDesk } from './analyse.ts';
import { categories, counted, matrix, nothing, table, type Findings } from './findings.ts';
import { graphOf, sectionNotes } from './graphs.ts';
import { labelsOf } from './labels.ts';

/** Niches: groups of cells whose surroundings are made of the same cell types. */
export async function analyseNiches(desk: AnalysisDesk, asked: ParametersOf<'niches'>): Promise<Findings> {
  const { run } = desk;
  const labels = await labelsOf(run, asked.labels);
  // The k of Seurat's BuildNicheAssay counts the cell itself.
  const graph = await graphOf(run, { kind: 'nearest', k: asked.neighbours - 1 }, partOf(desk, 0, 0.2));
  const typed = { of: labels.of, types: labels.names.length };
  const points = await nichePoints(graph, typed, partOf(desk, 0.2, 0.25));
  const { found, trials } = await search(points, asked, desk);
  const suggested = nicheNames(found, labels.names);
  const cells = Array.from(found.sizes);
  const all = cells.reduce((sum, count) => sum + count, 0);
  return {
    ...nothing(),
    basis: 'positions',
    summary:
      `${counted(found.sizes.length, 'niche')} of ${counted(all, 'cell')}, the largest being ` +
      `${suggested[0]!} (${Math.round((100 * cells[0]!) / all)} %).`,
    notes: notesOf(points, asked, desk),
    vectors: [categories('niche', 'Niche', suggested, found.of)],
    matrices: [
      matrix(
        'niche_composition',
        'Mean share of each type around a cell',
        suggested,
        labels.names,
        found.means,
      ),
      matrix(
        'niche_scaled',
        'The same, scaled per type (z)',
        suggested,
        labels.names,
        scaledMeans(points, found),
      ),
    ],
    tables: [
      table('silhouette', 'Silhouette by number of niches', {
        niches: trials.map(({ k }) => k),
        silhouette: trials.map(({ silhouette }) => silhouette),
        inertia: trials.map(({ inertia }) => inertia),
      }),
      table('niches', 'Niches', {
        niche: suggested,
        suggested,
        cells,
        share: cells.map((count) => count / all),
      }),
    ],
  };
}

async function search(
  points: NichePoints,
  asked: ParametersOf<'niches'>,
  desk: AnalysisDesk,
): Promise<{ readonly found: Niches; readonly trials: readonly NicheTrial[] }> {
  const { seed, starts, range } = asked;
  const options = { ...partOf(desk, 0.25, 1), seed, starts };
  if (asked.niches !== null) {
    const found = await niches(points, asked.niches, options);
    const silhouette = await nicheSilhouette(points, found, options);
    return { found, trials: [{ k: asked.niches, inertia: found.inertia, silhouette }] };
  }
  if (range.from > range.to) {
    throw new UserError(`There is no number of niches from ${range.from} to ${range.to}.`, {}, 'usage');
  }
  const tried = Array.from({ length: range.to - range.from + 1 }, (_, i) => range.from + i);
  const { niches: found, trials } = await chooseNiches(points, tried, options);
  return { found, trials };
}

/** Mean of the scaled shares of each niche: niches × types. */
function scaledMeans({ cells, types, values }: NichePoints, { of, sizes }: Niches): Float64Array {
  const means = new Float64Array(sizes.length * types);
  cells.forEach((cell, row) => {
    const niche = of[cell]!;
    for (let type = 0; type < types; type++) {
      const at = niche * types + type;
      means[at] = means[at]! + values[row * types + type]! / sizes[niche]!;
    }
  });
  return means;
}

function notesOf(points: NichePoints, asked: ParametersOf<'niches'>, { run }: AnalysisDesk): string[] {
  const left = points.size - points.cells.length;
  return [
    `Niches rest on positions and labels alone: the ${asked.neighbours} nearest cells of each, itself included.`,
    ...sectionNotes(run),
    ...(left > 0
      ? [`${counted(left, 'cell')} without a position or labelled surroundings are in no niche.`]
      : []),
    ...(points.cells.length > TRIED_CELLS
      ? [`The ${asked.starts} starts were compared on ${TRIED_CELLS.toLocaleString('en')} of the cells.`]
      : []),
    ...(points.cells.length > SILHOUETTE_CELLS
      ? [`Silhouettes are those of ${SILHOUETTE_CELLS.toLocaleString('en')} cells drawn by chance.`]
      : []),
  ];
}
