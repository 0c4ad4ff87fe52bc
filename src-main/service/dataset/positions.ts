import { Random } from '../../../src-shared/maths/random.ts';
import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { Coordinates } from '../../matrix/dataset.ts';

const MOST = 20_000;
const SEED = 1;

/** Positions of at most 20,000 cells, the same ones every time; cells without a position are left out. */
export function samplePositions(coordinates: Coordinates | undefined): DatasetPreview['positions'] {
  if (coordinates === undefined) return null;
  const { dimensions, values, unit, source } = coordinates;
  const placed: number[] = [];
  for (let at = 0; at < values.length; at += dimensions) {
    if (Number.isFinite(values[at]) && Number.isFinite(values[at + 1])) placed.push(at);
  }
  if (placed.length === 0) return null;
  const chosen = placed.length <= MOST ? placed : drawn(placed);
  const xy = new Float32Array(chosen.length * 2);
  chosen.forEach((at, i) => {
    xy[2 * i] = values[at]!;
    xy[2 * i + 1] = values[at + 1]!;
  });
  return { unit, source, xy };
}

/** A sample of the places without repeats (the first steps of a Fisher–Yates shuffle). */
function drawn(places: number[]): number[] {
  const random = new Random(SEED, 'preview-positions');
  for (let i = 0; i < MOST; i++) {
    const other = i + random.below(places.length - i);
    [places[i], places[other]] = [places[other]!, places[i]!];
  }
  return places.slice(0, MOST);
}
