import { UserError } from '../../../src-shared/contract/errors.ts';
import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import type { Positions } from '../../../src-shared/maths/neighbours.ts';
import { partOf } from '../../analysis/long-work.ts';
import { pseudotime } from '../../analysis/pseudotime.ts';
import { umap } from '../../analysis/umap.ts';
import type { AnalysisDesk } from './analyse.ts';
import { componentsOf, startForAnalysis } from './expression.ts';
import { counted, nothing, numbers, type Findings } from './findings.ts';
import { cellsWithin, codesNamed, labelsOf } from './labels.ts';
import { groupsOf } from './pseudotime-groups.ts';
import type { RunData } from './run-data.ts';
import { spreadOver, spreadPairs } from './spread.ts';

type Asked = ParametersOf<'pseudotime'>;

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
