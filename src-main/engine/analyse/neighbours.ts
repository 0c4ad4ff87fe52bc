import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import { composition, type Composition } from '../../analysis/composition.ts';
import { fieldsOfView, type Field } from '../../analysis/fields-of-view.ts';
import { partOf } from '../../analysis/long-work.ts';
import type { NeighbourGraph } from '../../analysis/neighbour-graph.ts';
import {
  neighbourProportion,
  PROPORTION_GROUPS,
  proportionGroups,
} from '../../analysis/neighbour-proportion.ts';
import { neighbourhoodEnrichment, type Enrichment } from '../../analysis/neighbourhood-enrichment.ts';
import type { AnalysisDesk } from './analyse.ts';
import { categories, counted, countsOf, matrix, nothing, numbers, table, type Findings } from './findings.ts';
import { graphOf, graphText, sectionNotes } from './graphs.ts';
import { codesNamed, labelsOf, type CellLabels } from './labels.ts';
import type { RunData } from './run-data.ts';

/** Cells of a representative field, about. */
const USUAL_CELLS = 150;

/** Who lives beside whom: composition of the surroundings, enrichment, and the share of chosen types. */
export async function analyseNeighbours(
  desk: AnalysisDesk,
  asked: ParametersOf<'neighbours'>,
): Promise<Findings> {
  const { run } = desk;
  const labels = await labelsOf(run, asked.labels);
  const graph = await graphOf(run, asked.graph, partOf(desk, 0, 0.2));
  const typed = { of: labels.of, types: labels.names.length };
  const around = await composition(graph, typed, { ...partOf(desk, 0.2, 0.25), self: false });
  const enrichment = await neighbourhoodEnrichment(graph, typed, {
    ...partOf(desk, 0.25, 1),
    seed: asked.seed,
    permutations: asked.permutations,
    sections: run.sections?.codes,
  });
  const { names } = labels;
  const share = asked.types.length === 0 ? undefined : shareOf(desk, asked, labels, graph);
  return {
    ...nothing(),
    basis: 'positions',
    summary: summaryOf(enrichment, names),
    notes: [
      `Neighbours are the ${graphText(asked.graph, run.unit)}; labels were shuffled ${asked.permutations} times` +
        `${run.sections === undefined ? '' : ' within sections'}.`,
      ...sectionNotes(run),
    ],
    embeddings: [
      {
        name: 'neighbour_composition',
        title: 'Share of each type among the neighbours',
        columns: [...names],
        values: around.values,
      },
    ],
    matrices: [
      matrix('enrichment_z', 'Neighbourhood enrichment (z)', names, names, enrichment.z),
      matrix('enrichment_count', 'Pairs of neighbours', names, names, enrichment.counts),
      matrix(
        'composition',
        'Mean share of each type among the neighbours',
        names,
        names,
        meansByType(around, labels),
      ),
    ],
    vectors: share?.vectors ?? [],
    tables: share?.tables ?? [],
  };
}

function summaryOf({ z, types }: Enrichment, names: readonly string[]): string {
  let best = -1;
  for (let at = 0; at < z.length; at++) {
    const isOther = Math.floor(at / types) < at % types;
    if (isOther && Number.isFinite(z[at]!) && (best < 0 || z[at]! > z[best]!)) best = at;
  }
  if (best < 0) return `${counted(types, 'type')}; there are no two that could lie beside each other.`;
  const [a, b] = [names[Math.floor(best / types)]!, names[best % types]!];
  return z[best]! > 0
    ? `${a} and ${b} are the two types that most often lie side by side, beyond chance (z = ${z[best]!.toFixed(1)}).`
    : 'No two types lie side by side more often than by chance.';
}

/** Mean composition around the cells of each type: types × types. */
function meansByType({ types, values }: Composition, { of }: CellLabels): Float64Array {
  const sums = new Float64Array(types * types);
  const counts = new Int32Array(types);
  for (let cell = 0; cell < of.length; cell++) {
    const type = of[cell]!;
    if (type < 0 || Number.isNaN(values[cell * types]!)) continue;
    counts[type] = counts[type]! + 1;
    for (let t = 0; t < types; t++)
      sums[type * types + t] = sums[type * types + t]! + values[cell * types + t]!;
  }
  return sums.map((sum, at) => sum / counts[Math.floor(at / types)]!);
}

function shareOf(
  { run }: AnalysisDesk,
  { types, fields }: ParametersOf<'neighbours'>,
  labels: CellLabels,
  graph: NeighbourGraph,
): Pick<Findings, 'vectors' | 'tables'> {
  const codes = [...codesNamed(labels, types)];
  const typed = { of: labels.of, types: labels.names.length };
  const values = neighbourProportion(graph, typed, codes, { self: false });
  const groups = proportionGroups(values);
  const counts = Array.from(countsOf(groups, PROPORTION_GROUPS.length));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const title = `Share of ${types.join(' or ')} among the neighbours`;
  const side = fields.side ?? usualSide(run);
  const chosen =
    fields.count === 0
      ? { most: [], least: [] }
      : fieldsOfView(run.placed(), values, {
          width: side,
          height: side,
          count: fields.count,
          sections: run.sections?.codes,
        });
  return {
    vectors: [
      numbers('neighbour_proportion', title, values),
      categories('neighbour_group', `${title}, grouped`, PROPORTION_GROUPS, groups),
    ],
    tables: [
      table('groups', 'Cells by share', {
        group: PROPORTION_GROUPS,
        cells: counts,
        share: counts.map((count) => count / all),
      }),
      fieldTable([chosen.most, chosen.least], run.sections?.names),
    ],
  };
}

/** Side of a square that holds some 150 cells where they lie as densely as on average. */
function usualSide(run: RunData): number {
  const { values, dimensions } = run.placed();
  const bounds = new Map<number, [number, number, number, number]>();
  let cells = 0;
  for (let cell = 0; cell < run.cells.length; cell++) {
    const [x, y] = [values[cell * dimensions]!, values[cell * dimensions + 1]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    cells++;
    const section = run.sections?.codes[cell] ?? 0;
    const [left, top, right, bottom] = bounds.get(section) ?? [x, y, x, y];
    bounds.set(section, [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]);
  }
  let area = 0;
  for (const [left, top, right, bottom] of bounds.values()) area += (right - left) * (bottom - top);
  return Math.sqrt((USUAL_CELLS * area) / Math.max(1, cells)) || 1;
}

function fieldTable(
  [most, least]: readonly [readonly Field[], readonly Field[]],
  sections: readonly string[] | undefined,
) {
  const fields = [...most, ...least];
  return table('fields', 'Representative fields', {
    field: [...most.map((_, i) => `most ${i + 1}`), ...least.map((_, i) => `least ${i + 1}`)],
    section: fields.map(({ section }) => sections?.[section] ?? ''),
    x: fields.map(({ x }) => x),
    y: fields.map(({ y }) => y),
    side: fields.map(({ width }) => width),
    cells: fields.map(({ cells }) => cells),
    value: fields.map(({ mean }) => mean),
  });
}
