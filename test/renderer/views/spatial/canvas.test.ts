import { describe, expect, it } from 'vitest';
import {
  fitted,
  moved,
  panelBoxes,
  pixelAt,
  placeAt,
  zoomed,
  zoomLimits,
} from '../../../../src-renderer/views/spatial/canvas/camera.ts';
import { Detail } from '../../../../src-renderer/views/spatial/canvas/detail.ts';
import { drawOrder } from '../../../../src-renderer/views/spatial/canvas/draw-order.ts';

const box = { x: 100, y: 50, width: 400, height: 300 };

describe('the camera', () => {
  it('fits everything into a panel', () => {
    const camera = fitted([0, 0, 1000, 100], box.width, box.height);
    for (const [x, y] of [
      [0, 0],
      [1000, 100],
    ] as const) {
      const [px, py] = pixelAt(camera, box, x, y);
      expect(px >= 124 && px <= 476 && py >= 74 && py <= 326).toBe(true);
    }
  });

  it.each([
    [0, 0, 100, 1000],
    [0, 0, 100, 100],
    [0, 0, 1000, 100],
  ] as const)('leaves the corner of the legend free when it fits %s %s %s %s', (...bounds) => {
    for (const width of [300, 450, 900]) {
      const panel = { x: 0, y: 0, width, height: 600 };
      const camera = fitted(bounds, width, 600);
      const [right, top] = pixelAt(camera, panel, bounds[2], bounds[1]);
      expect(right <= width - 172 || top >= 88).toBe(true);
      expect(right <= width && top >= 0).toBe(true);
    }
  });

  it('keeps the place under the pointer when it zooms, within its limits', () => {
    const camera = { x: 500, y: 300, scale: 0.5 };
    const before = placeAt(camera, box, 130, 90);
    const closer = zoomed(camera, 3, 130 - 300, 90 - 200, { smallest: 0.1, largest: 100 });
    const [x, y] = placeAt(closer, box, 130, 90);
    expect([x, y]).toEqual([expect.closeTo(before[0], 9), expect.closeTo(before[1], 9)]);
    expect(zoomed(camera, 1e9, 0, 0, zoomLimits(camera, 10)).scale).toBe(16);
  });

  it('never loses the cells', () => {
    expect(moved({ x: 5, y: 5, scale: 1 }, 1e6, -1e6, [0, 0, 10, 20])).toEqual({ x: 0, y: 20, scale: 1 });
  });
});

describe('panelBoxes', () => {
  it.each([1, 2, 3, 4])('%s panels lie beside each other and nowhere over each other', (count) => {
    const boxes = panelBoxes(count, 1000, 600);
    expect(boxes).toHaveLength(count);
    boxes.forEach((one, i) => {
      expect(one.x + one.width <= 1000 && one.y + one.height <= 600 && one.width > 200).toBe(true);
      for (const other of boxes.slice(i + 1)) {
        expect(other.x >= one.x + one.width || other.y >= one.y + one.height).toBe(true);
      }
    });
  });
});

describe('drawOrder', () => {
  const xy = Float32Array.from({ length: 20_000 }, (_, i) => (i === 40 ? NaN : i % 2 === 0 ? i >> 1 : 1));

  it('has every cell that has a position once, with its position', () => {
    const { order, xy: drawn } = drawOrder(xy);
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(10_000).keys()].filter((cell) => cell !== 20));
    order.forEach((cell, i) => expect(drawn[2 * i]).toBe(xy[2 * cell]));
  });

  it('mixes them, so that the first ones stand for all', () => {
    const tenths = new Uint32Array(10);
    for (const cell of drawOrder(xy).order.subarray(0, 2000)) tenths[Math.floor(cell / 1000)]!++;
    // 200 each, give or take five standard deviations of a fair draw.
    for (const count of tenths) expect(Math.abs(count - 200)).toBeLessThan(70);
    expect(drawOrder(xy, (cell) => cell < 7).order).toHaveLength(7);
  });
});

describe('Detail', () => {
  it('draws fewer points when frames come late, and more when they come in time', () => {
    const detail = new Detail(100_000);
    detail.frame(0);
    detail.frame(80);
    expect(detail.points).toBe(40_000);
    for (let time = 96; time < 900; time += 16) detail.frame(time);
    expect(detail.points).toBeGreaterThan(200_000);
    detail.measured(1_000_000, 360);
    expect(detail.points).toBe(50_000);
  });

  it('does not take a pause for a slow frame', () => {
    const detail = new Detail(100_000);
    detail.begin();
    detail.frame(10);
    detail.begin();
    detail.frame(5000);
    expect(detail.points).toBe(100_000);
  });
});
