import { describe, expect, it } from 'vitest';
import { RunLosses } from '../../../../src-renderer/store/losses/run-losses.ts';
import { LossSeries } from '../../../../src-renderer/store/losses/series.ts';
import { rawPoints, smoothPoints, valueAt } from '../../../../src-renderer/views/training/curves.ts';
import { lossCsv } from '../../../../src-renderer/views/training/loss-csv.ts';
import { curvesOf, linesOf } from '../../../../src-renderer/views/training/term-lines.ts';
import { termCharts } from '../../../../src-renderer/views/training/terms.ts';

function series(count: number, valueOf: (step: number) => number): LossSeries {
  const made = new LossSeries();
  for (let step = 0; step < count; step += 1) made.append(step, valueOf(step));
  return made;
}

describe('rawPoints', () => {
  it('are all points of a short curve', () => {
    expect(
      rawPoints(
        series(3, (step) => 10 - step),
        400,
      ),
    ).toEqual([
      { x: 0, y: 10 },
      { x: 1, y: 9 },
      { x: 2, y: 8 },
    ]);
  });

  it('show the spikes of a curve that was thinned, in order and in a bounded number', () => {
    const long = series(50_000, (step) => (step === 33_333 ? 5 : 1 + (step % 7) / 100));
    const points = rawPoints(long, 400);
    expect(points).toHaveLength(400);
    expect(points).toContainEqual({ x: 33_333, y: 5 });
    expect(points.every(({ x }, i) => i === 0 || x > points[i - 1]!.x)).toBe(true);
  });
});

describe('smoothPoints', () => {
  it('stays inside the values and lies on a constant', () => {
    const noisy = series(1000, (step) => (step % 2 === 0 ? 1 : 3));
    const late = smoothPoints(noisy, 0.95, 400).at(-1)!;
    expect(late.y).toBeGreaterThan(1.9);
    expect(late.y).toBeLessThan(2.1);
    expect(
      smoothPoints(
        series(10, () => 4),
        0.9,
        400,
      ).every(({ y }) => y === 4),
    ).toBe(true);
  });
});

describe('valueAt', () => {
  const sparse = new LossSeries();
  [3, 7, 20].forEach((step) => sparse.append(step, step * 10));
  it.each([
    [null, 200],
    [0, 30],
    [3, 30],
    [6, 30],
    [7, 70],
    [19, 70],
    [500, 200],
  ])('at step %s is %s', (step, value) => expect(valueAt(sparse, step)).toBe(value));

  it('is nothing of nothing', () => expect(valueAt(new LossSeries(), 3)).toBeUndefined());
});

const identity = termCharts.find(({ id }) => id === 'identity')!;
const reconstruction = termCharts.find(({ id }) => id === 'reconstruction')!;

describe('curvesOf', () => {
  const losses = new RunLosses();
  const terms = { 'identity.st': 1, 'identity.sc': 2 };
  losses.add([
    { member: 0, stage: 'autoencoder-sc', epoch: 0, step: 0, steps: 5, terms: { 'reconstruction.sc': 9 } },
    { member: 1, stage: 'translation', epoch: 0, step: 0, steps: 5, terms },
  ]);

  it('tells the domains of one run apart by colour, dash and word', () => {
    const [st, sc] = curvesOf(identity, [{ id: 'a', name: 'A', losses }], 1);
    expect([st!.label, sc!.label]).toEqual(['spatial', 'single-cell']);
    expect(st!.colour).not.toBe(sc!.colour);
    expect(st!.dash).not.toBe(sc!.dash);
  });

  it('tells several runs apart by colour and name, their domains still by dash', () => {
    const curves = curvesOf(
      identity,
      [
        { id: 'a', name: 'A', losses },
        { id: 'b', name: 'B', losses },
      ],
      1,
    );
    expect(curves.map(({ label }) => label)).toEqual([
      'A, spatial',
      'A, single-cell',
      'B, spatial',
      'B, single-cell',
    ]);
    expect(curves[0]!.colour).toBe(curves[1]!.colour);
    expect(curves[0]!.colour).not.toBe(curves[2]!.colour);
    expect(curves[0]!.dash).toBe(curves[2]!.dash);
  });

  it('shows the autoencoder that all networks share under each of them', () => {
    const curves = curvesOf(reconstruction, [{ id: 'a', name: 'A', losses }], 1);
    expect(curves.map((curve) => curve.series?.mean[0])).toEqual([undefined, 9]);
  });

  it('draws raw values faintly behind smoothed ones, and alone where nothing is smoothed', () => {
    const curves = curvesOf(identity, [{ id: 'a', name: 'A', losses }], 1);
    expect(linesOf(curves, 0).map(({ faint }) => faint)).toEqual([undefined, undefined]);
    expect(linesOf(curves, 0.6).map(({ faint }) => faint === true)).toEqual([true, false, true, false]);
  });
});

describe('lossCsv', () => {
  it('has a row for every point of the chart, counted from 1', () => {
    const point = { member: 1, stage: 'translation', epoch: 2, step: 7, steps: 9 } as const;
    const text = lossCsv(identity, [
      {
        name: 'Run, one',
        points: [
          { ...point, terms: { 'identity.st': 0.5, 'identity.sc': 0.25, total: 4 } },
          { ...point, stage: 'autoencoder-st', terms: { 'reconstruction.st': 3 } },
        ],
      },
    ]);
    expect(text).toBe(
      'run,network,stage,epoch,step,identity.st,identity.sc\r\n"Run, one",2,translation,3,8,0.5,0.25\r\n',
    );
  });
});
