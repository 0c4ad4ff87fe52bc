import { describe, expect, it } from 'vitest';
import {
  cellAt,
  heatColour,
  heatHeight,
  heatLimits,
  heatPlane,
  inkOn,
} from '../../../../../src-renderer/views/biology/plots/heat-map.ts';

const rows = ['a', 'b', 'c'];
const columns = ['x', 'y'];

describe('heatPlane', () => {
  it('keeps all cells and the legend inside of the drawing', () => {
    const width = 300;
    const plane = heatPlane(rows, columns, width);
    expect(plane.left + plane.width).toBeLessThanOrEqual(width);
    expect(plane.top + plane.height).toBeLessThan(heatHeight(rows, columns));
  });

  it('finds the cell under a point, and none beside the cells', () => {
    const plane = heatPlane(rows, columns, 300);
    const at = (row: number, column: number) =>
      cellAt(
        plane,
        plane.left + (column + 0.5) * plane.cellWidth,
        plane.top + (row + 0.5) * plane.cellHeight,
      );
    expect(at(0, 0)).toEqual({ row: 0, column: 0 });
    expect(at(2, 1)).toEqual({ row: 2, column: 1 });
    expect(at(3, 0)).toBeUndefined();
    expect(at(-1, 0)).toBeUndefined();
  });
});

describe('heatLimits', () => {
  it('has zero in the middle of values that diverge', () => {
    expect(heatLimits([-1, 0.5, 4, NaN], true)).toEqual([-4, 4]);
    expect(heatLimits([0, 0], true)).toEqual([-1, 1]);
  });

  it('begins at zero for proportions', () => {
    expect(heatLimits([0.2, 0.6], false)).toEqual([0, 0.6]);
    expect(heatLimits([NaN], false)).toEqual([0, 1]);
  });
});

it('draws zero of diverging values in the neutral colour, and what is missing as missing', () => {
  expect(heatColour('difference', [-4, 4], 0)).toMatch(/^#f[0-9a-f]f[0-9a-f]f[0-9a-f]$/u);
  expect(heatColour('difference', [-4, 4], NaN)).toBe('var(--missing)');
});

it('writes dark on light and light on dark', () => {
  expect(inkOn('#ffffff')).toBe('#111111');
  expect(inkOn('#0a2040')).toBe('#ffffff');
});
