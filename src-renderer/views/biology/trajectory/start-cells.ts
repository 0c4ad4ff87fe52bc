import type { LabelSource, ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { counted } from '../../../lib/words.ts';

type Start = ParametersOf<'pseudotime'>['start'];

/** Where a trajectory begins, while the form is filled in. */
export interface StartDraft {
  readonly from: 'labels' | 'selection' | 'group' | 'earlier';
  readonly labels: LabelSource | null;
  readonly names: readonly string[];
  /** Id of a saved group. */
  readonly group: string | null;
  /** Names of the cells of the analysis that is done again. */
  readonly earlier: readonly string[];
}

/** Cells that one trajectory may begin at. */
export const MOST_START_CELLS = 100_000;

export function startDraft(given: Start | undefined): StartDraft {
  const empty: StartDraft = { from: 'labels', labels: null, names: [], group: null, earlier: [] };
  if (given === undefined) return empty;
  if ('cells' in given) return { ...empty, from: 'earlier', earlier: given.cells };
  return { ...empty, labels: given.labels, names: given.names };
}

interface StartFacts {
  /** Cells that are selected now. */
  readonly selected: number;
  /** Cells of the chosen group; null where it is gone. */
  readonly grouped: number | null;
}

/** What is missing; undefined when nothing is. */
export function startProblem(start: StartDraft, { selected, grouped }: StartFacts): string | undefined {
  if (start.from === 'labels') {
    if (start.labels === null) return 'Choose the labels of the cells at which it begins.';
    return start.names.length === 0 ? 'Tick the cells at which it begins.' : undefined;
  }
  if (start.from === 'group' && grouped === null) return 'Choose the group of cells at which it begins.';
  if (start.from === 'earlier') return undefined;
  const cells = start.from === 'selection' ? selected : grouped!;
  if (cells === 0) return 'Draw around the cells at which it begins.';
  if (cells <= MOST_START_CELLS) return undefined;
  return `${counted(cells, 'cell')} are too many to begin at; take at most ${counted(MOST_START_CELLS, 'cell')}.`;
}

/** An embedding of two columns as places on a map, y growing downwards; NaN where a cell was left out. */
export function placesOf({ embeddings }: AnalysisResult, name: string): Float32Array | undefined {
  const embedding = embeddings.find((each) => each.name === name);
  if (embedding === undefined || embedding.columns.length < 2) return undefined;
  const width = embedding.columns.length;
  const cells = embedding.values.length / width;
  const xy = new Float32Array(2 * cells);
  for (let cell = 0; cell < cells; cell += 1) {
    xy[2 * cell] = embedding.values[width * cell]!;
    xy[2 * cell + 1] = -embedding.values[width * cell + 1]!;
  }
  return xy;
}

/** Distance of neighbours if the places were spread evenly: what points are scaled by. */
export function evenSpacing(xy: Float32Array): number {
  let [left, top, right, bottom, count] = [Infinity, Infinity, -Infinity, -Infinity, 0];
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [xy[i]!, xy[i + 1]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    count += 1;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const area = (right - left) * (bottom - top);
  return count > 0 && area > 0 ? 0.5 * Math.sqrt(area / count) : 1;
}
