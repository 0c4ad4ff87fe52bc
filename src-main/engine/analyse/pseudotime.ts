import { UserError } from '../../../src-shared/contract/errors.ts';
import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import type { Positions } from '../../../src-shared/maths/neighbours.ts';
import { median } from '../../../src-shared/maths/statistics.ts';
import { partOf } from '../../analysis/long-work.ts';
import { PROPORTION_GROUPS, proportionGroups } from '../../analysis/neighbour-proportion.ts';
import { pseudotime } from '../../analysis/pseudotime.ts';
import { ridgeDensities } from '../../analysis/ridge-density.ts';
import { umap } from '../../analysis/umap.ts';
import type { AnalysisDesk } from './analyse.ts';
import { componentsOf, startForAnalysis } from './expression.ts';
import { counted, nothing, numbers, table, type Findings } from './findings.ts';
import { proportionsOf } from './graphs.ts';
import { cellsWithin, codesNamed, labelsOf } from './labels.ts';
import type { RunData } from './run-data.ts';

type Asked = ParametersOf<'pseudotime'>;

const RIDGE_POINTS = 200;

/** A trajectory from chosen start cells, by optimal transport in expression and space. */
export async function analysePseudotime(desk: AnalysisDesk, asked: Asked): Promise<Findings> {
  const { run } = desk;
  const cells = await placedCells(run, asked);
  const start = await startCells(run, asked, cells);
  await startForAnalysis(desk.backend);
  const place = asked.expression;
  const components = await componentsOf(run, place, cells, asked, partOf(desk, 0, 0.35));
  const found = await pseudotime(
    {
      principalComponents: components.values,
      components: components.count,
      positions: positionsOf(run.placed(), cells),
      dimensions: run.placed().dimensions,
      startCells: start,
    },
    {
      ...partOf(desk, 0.35, 0.6),
      weights: { expression: asked.expressionWeight, space: 1 - asked.expressionWeight },
      regularisation: asked.regularisation,
      exactCells: asked.landmarks,
      landmarks: Math.min(asked.landmarks, LANDMARKS),
      seed: asked.seed,
    },
  );
  if (!found.converged) {
    desk.warn({
      code: 'not-converged',
      message: 'The optimal transport had not converged when it was stopped; a larger regularisation helps.',
    });
  }
  const embedded = asked.embed
    ? await umap(Float32Array.from(components.values), components.count, {
        ...partOf(desk, 0.6, 0.95),
        seed: asked.seed,
      })
    : undefined;
  const spread = (values: ArrayLike<number>) => spreadOver(run.cells.length, cells, values);
  const isStart = new Uint8Array(cells.length);
  for (const cell of start) isStart[cell] = 1;
  const groups = await groupsOf(desk, asked, cells, found.pseudotime);
  return {
    ...nothing(),
    basis: place,
    summary:
      `Pseudotime of ${counted(cells.length, 'cell')} from ${counted(start.length, 'start cell')}` +
      `${groups.sentence}.`,
    notes: notesOf(asked, found.landmarks, cells.length, run),
    vectors: [
      numbers('pseudotime', 'Pseudotime', spread(found.pseudotime)),
      numbers('start', 'Start cells', spread(isStart)),
      ...groups.vectors,
    ],
    embeddings:
      embedded === undefined
        ? []
        : [
            {
              name: 'umap',
              title: 'UMAP',
              columns: ['UMAP 1', 'UMAP 2'],
              values: spreadPairs(run.cells.length, cells, embedded),
            },
          ],
    tables: groups.tables,
  };
}

/** Landmarks beyond which more change little. */
const LANDMARKS = 2000;

function notesOf(
  { expression, expressionWeight, regularisation }: Asked,
  landmarks: number,
  cells: number,
  run: RunData,
) {
  return [
    expression === 'imputed'
      ? 'Distances in expression are those of imputed genes, which smooth over what differs between single cells.'
      : 'Distances in expression are those of the measured genes.',
    `The cost of a move is ${expressionWeight} of distance in expression and ${1 - expressionWeight} of distance in ` +
      `space; entropic transport with ε = ${regularisation}. The direction comes from the start cells that were ` +
      'chosen, not from the data.',
    ...(landmarks < cells
      ? [`The transport is between ${landmarks.toLocaleString('en')} landmarks; the other cells take theirs.`]
      : []),
    ...(run.sections === undefined
      ? []
      : [
          'Positions of different sections are compared as they are: choose cells of one section unless sections are aligned.',
        ]),
  ];
}

/** The chosen cells that have a position. Throws a UserError for too few. */
async function placedCells(run: RunData, { within, among }: Asked): Promise<Int32Array> {
  const { values, dimensions } = run.placed();
  const cells = (await cellsWithin(run, within, among)).filter(
    (cell) => Number.isFinite(values[cell * dimensions]!) && Number.isFinite(values[cell * dimensions + 1]!),
  );
  if (cells.length >= 10) return cells;
  throw new UserError(
    `Only ${cells.length} of the chosen cells have a position; pseudotime needs at least 10.`,
  );
}

/** Start cells as indices among the chosen ones. Throws a UserError where none is among them. */
async function startCells(run: RunData, { start }: Asked, cells: Int32Array): Promise<Int32Array> {
  const wanted = 'cells' in start ? await named(run, start.cells) : await labelled(run, start);
  const found = Int32Array.from(cells.keys()).filter((i) => wanted.has(cells[i]!));
  if (found.length > 0) return found;
  throw new UserError(
    'None of the start cells is among the cells of the trajectory; choose start cells inside of it.',
  );
}

function named(run: RunData, names: readonly string[]): Promise<Set<number>> {
  const place = new Map(run.cells.map((cell, i) => [cell, i]));
  // A cell that the run's filters left out is no start cell, and no error.
  return Promise.resolve(new Set(names.flatMap((name) => place.get(name) ?? [])));
}

async function labelled(
  run: RunData,
  { labels: source, names }: Extract<Asked['start'], { names: string[] }>,
): Promise<Set<number>> {
  const labels = await labelsOf(run, source);
  const codes = codesNamed(labels, names);
  return new Set(Array.from(labels.of.keys()).filter((cell) => codes.has(labels.of[cell]!)));
}

function positionsOf({ values, dimensions }: Positions, cells: Int32Array): Float64Array {
  const chosen = new Float64Array(cells.length * dimensions);
  cells.forEach((cell, i) => {
    for (let axis = 0; axis < dimensions; axis++)
      chosen[i * dimensions + axis] = values[cell * dimensions + axis]!;
  });
  return chosen;
}

/** Values of some cells among all; NaN elsewhere. */
function spreadOver(size: number, cells: Int32Array, values: ArrayLike<number>): Float32Array {
  const all = new Float32Array(size).fill(Number.NaN);
  cells.forEach((cell, i) => (all[cell] = values[i]!));
  return all;
}

function spreadPairs(size: number, cells: Int32Array, values: ArrayLike<number>): Float32Array {
  const all = new Float32Array(size * 2).fill(Number.NaN);
  cells.forEach((cell, i) => all.set([values[2 * i]!, values[2 * i + 1]!], 2 * cell));
  return all;
}

/** How pseudotime is distributed in groups of cells by their neighbours; in all cells where none were asked for. */
async function groupsOf(
  desk: AnalysisDesk,
  { neighbourhood }: Asked,
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
