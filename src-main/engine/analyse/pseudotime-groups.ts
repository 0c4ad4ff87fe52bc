import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import { median } from '../../../src-shared/maths/statistics.ts';
import { partOf } from '../../analysis/long-work.ts';
import { PROPORTION_GROUPS, proportionGroups } from '../../analysis/neighbour-proportion.ts';
import { ridgeDensities } from '../../analysis/ridge-density.ts';
import type { AnalysisDesk } from './analyse.ts';
import { numbers, table } from './findings.ts';
import { proportionsOf } from './graphs.ts';
import { spreadOver } from './spread.ts';

const RIDGE_POINTS = 200;

/** How pseudotime is distributed in groups of cells by their neighbours; in all cells where none were asked for. */
export async function groupsOf(
  desk: AnalysisDesk,
  { neighbourhood }: ParametersOf<'pseudotime'>,
  cells: Int32Array,
  times: Float64Array,
) {
  const proportion =
    neighbourhood === null ? undefined : await proportionsOf(desk.run, neighbourhood, partOf(desk, 0.95, 1));
  const own = proportion && Float64Array.from(cells, (cell) => proportion.values[cell]!);
  const names: readonly string[] = own === undefined ? ['all cells'] : PROPORTION_GROUPS;
  const of = own === undefined ? new Int32Array(cells.length) : Int32Array.from(proportionGroups(own));
  const grid = { from: 0, to: 1, points: RIDGE_POINTS };
  const ridges = ridgeDensities({ values: times, groups: of, groupCount: names.length }, grid);
  const at = (point: number) => point / (RIDGE_POINTS - 1);
  const points = names.flatMap((name, group) =>
    Array.from(ridges[group]!.density, (density, point) => ({ name, at: at(point), density })),
  );
  const medians = names.map((_, group) => median(times.filter((__, cell) => of[cell] === group)));
  return {
    sentence: sentenceOf(names, medians, proportion?.of),
    vectors:
      own === undefined
        ? []
        : [
            numbers(
              'neighbour_proportion',
              `Share of ${proportion!.of} among the neighbours`,
              spreadOver(desk.run.cells.length, cells, own),
            ),
          ],
    tables: [
      table('ridges', 'Pseudotime by group', {
        group: points.map(({ name }) => name),
        pseudotime: points.map((point) => point.at),
        density: points.map(({ density }) => density),
      }),
      table('groups', 'Groups', {
        group: names,
        cells: ridges.map((ridge) => ridge.cells),
        median: medians,
      }),
    ],
  };
}

function sentenceOf(names: readonly string[], medians: readonly number[], of: string | undefined): string {
  const known = names.flatMap((name, i) =>
    Number.isFinite(medians[i]!) ? [`${name} ${medians[i]!.toFixed(2)}`] : [],
  );
  return of === undefined || known.length < 2 ? '' : `; median by share of ${of} around: ${known.join(', ')}`;
}
