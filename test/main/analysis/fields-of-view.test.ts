import { describe, expect, it } from 'vitest';
import { fieldsOfView } from '../../../src-main/analysis/fields-of-view.ts';
import type { Field } from '../../../src-main/analysis/fields-of-view.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';

/** 10,000 cells on 1000 × 1000 with values about ½; near 1 in the hot circles, near 0 in the cold. */
function planted(hot: number[][], cold: number[][], seed = 1) {
  const random = new Random(seed);
  const values = Float64Array.from({ length: 20_000 }, () => 1000 * random.uniform());
  const inside = (cell: number, circles: number[][]) =>
    circles.some(([x, y]) => Math.hypot(values[2 * cell]! - x!, values[2 * cell + 1]! - y!) < 80);
  const shares = Float64Array.from({ length: 10_000 }, (_, cell) => {
    const centre = inside(cell, hot) ? 0.95 : inside(cell, cold) ? 0.05 : 0.5;
    return centre + 0.02 * random.normal();
  });
  return { positions: { dimensions: 2, values }, shares };
}

const holds = ({ x, y, width, height }: Field, [px, py]: number[]): boolean =>
  px! > x && px! < x + width && py! > y && py! < y + height;

function overlap(a: Field, b: Field): boolean {
  const rounding = 1e-9;
  return (
    a.section === b.section &&
    Math.abs(a.x - b.x) < a.width - rounding &&
    Math.abs(a.y - b.y) < a.height - rounding
  );
}

describe('fields of view', () => {
  const hot = [[200, 200], [700, 300], [450, 850]]; // prettier-ignore
  const cold = [[850, 850], [450, 500]]; // prettier-ignore

  it('find what was planted, most and least enriched first, none over another', () => {
    const { positions, shares } = planted(hot, cold);
    const { most, least } = fieldsOfView(positions, shares, { width: 120, height: 120, count: 3 });
    for (const spot of hot) expect(most.filter((field) => holds(field, spot))).toHaveLength(1);
    for (const spot of cold) expect(least.slice(0, 2).filter((field) => holds(field, spot))).toHaveLength(1);
    expect(most.map(({ mean }) => mean)).toEqual(most.map(({ mean }) => mean).toSorted((a, b) => b - a));
    expect(least.map(({ mean }) => mean)).toEqual(least.map(({ mean }) => mean).toSorted((a, b) => a - b));
    expect(most[2]!.mean).toBeGreaterThan(0.85);
    expect(least[1]!.mean).toBeLessThan(0.15);
    const all = [...most, ...least];
    all.forEach((a, i) => all.forEach((b, j) => expect(i !== j && overlap(a, b)).toBe(false)));
    expect(fieldsOfView(positions, shares, { width: 120, height: 120, count: 3 })).toEqual({ most, least });
  });

  it('say how many cells they hold and their mean', () => {
    const { positions, shares } = planted(hot, cold);
    shares.fill(Number.NaN, 0, 2000);
    const { most } = fieldsOfView(positions, shares, { width: 200, height: 100, count: 2 });
    for (const field of most) {
      let [cells, sum] = [0, 0];
      shares.forEach((share, cell) => {
        const [x, y] = [positions.values[2 * cell]!, positions.values[2 * cell + 1]!];
        const inside = x >= field.x && x < field.x + 200 && y >= field.y && y < field.y + 100;
        if (Number.isNaN(share) || !inside) return;
        cells++;
        sum += share;
      });
      expect(field.cells).toBe(cells);
      expect(field.mean).toBeCloseTo(sum / cells, 12);
    }
  });

  it('hold enough cells: a few high ones in the empty do not make a field', () => {
    const { positions, shares } = planted(hot, cold);
    const values = Float64Array.from([...positions.values, 3000, 3000, 3001, 3001]);
    const more = Float64Array.from([...shares, 1, 1]);
    const options = { width: 120, height: 120, count: 1 };
    const usual = fieldsOfView({ dimensions: 2, values }, more, options);
    expect(usual.most[0]!.x).toBeLessThan(1000);
    const any = fieldsOfView({ dimensions: 2, values }, more, { ...options, fewest: 2 });
    expect(any.most[0]).toMatchObject({ cells: 2, mean: 1 });
  });

  it('keep sections apart that lie over one another, and take masks', () => {
    const { positions, shares } = planted([[500, 500]], []);
    const sections = shares.map((_, cell) => (cell % 2 === 0 ? 4 : 9));
    const mask = Uint8Array.from(shares, (share, cell) => (share > 0.8 && cell % 2 === 1 ? 1 : 0));
    const options = { width: 100, height: 100, count: 2, sections };
    const { most, least } = fieldsOfView(positions, mask, options);
    expect(most[0]).toMatchObject({ section: 9 });
    expect(holds(most[0]!, [500, 500])).toBe(true);
    expect(most[0]!.mean).toBeGreaterThan(0.95);
    expect(least.map(({ mean }) => mean)).toEqual([0, 0]);
  });

  it('are fewer where there is no room, and none is an error', () => {
    const { positions, shares } = planted([], []);
    const large = fieldsOfView(positions, shares, { width: 600, height: 600, count: 5 });
    expect(large.most.length + large.least.length).toBeLessThan(5);
    expect(large.most.length).toBeGreaterThanOrEqual(1);
    const options = { width: 100, height: 100, count: 1, fewest: 5000 };
    expect(() => fieldsOfView(positions, shares, options)).toThrow(UserError);
    expect(() => fieldsOfView(positions, shares.map(() => Number.NaN), options)).toThrow(UserError); // prettier-ignore
    expect(() => fieldsOfView(positions, shares, { ...options, count: 0 })).toThrow(RangeError);
    expect(() => fieldsOfView(positions, [1], options)).toThrow(RangeError);
    expect(() => fieldsOfView({ dimensions: 1, values: [1] }, [1], options)).toThrow(RangeError);
  });
});
