import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowState } from '../../../src-main/window-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-window-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const laptop = { id: 1, workArea: { x: 0, y: 25, width: 1440, height: 875 } };
const desk = { id: 7, workArea: { x: 1440, y: 0, width: 2560, height: 1400 } };
const state = () => new WindowState(join(folder, 'desktop', 'window.json'));

describe('WindowState', () => {
  it('opens 1280 × 800 in the middle the first time', () => {
    expect(state().place([laptop], laptop)).toEqual({
      bounds: { x: 80, y: 63, width: 1280, height: 800 },
      maximized: false,
    });
  });

  it('is never smaller than 1024 × 680, nor larger than the screen where that is larger', () => {
    const small = { id: 2, workArea: { x: 0, y: 0, width: 800, height: 600 } };
    const middle = { id: 3, workArea: { x: 0, y: 0, width: 1100, height: 700 } };
    expect(state().place([small], small).bounds).toEqual({ x: 0, y: 0, width: 1024, height: 680 });
    expect(state().place([middle], middle).bounds).toEqual({ x: 0, y: 0, width: 1100, height: 700 });
  });

  it('remembers each display, and comes back to the last one while it is there', () => {
    const onLaptop = { bounds: { x: 10, y: 40, width: 1100, height: 700 }, maximized: false };
    const onDesk = { bounds: { x: 1500, y: 20, width: 2000, height: 1200 }, maximized: true };
    state().remember(laptop, onLaptop);
    state().remember(desk, onDesk);
    expect(state().place([laptop, desk], laptop)).toEqual(onDesk);
    expect(state().place([laptop], laptop)).toEqual(onLaptop);
  });

  it('comes back within reach when the display is arranged in another way', () => {
    state().remember(desk, { bounds: { x: 1500, y: 20, width: 2000, height: 1200 }, maximized: false });
    const moved = { id: 7, workArea: { x: -2560, y: 0, width: 2560, height: 1400 } };
    expect(state().place([laptop, moved], laptop).bounds).toEqual({
      x: -1920,
      y: 300,
      width: 1280,
      height: 800,
    });
  });

  it('remembers the colour', () => {
    expect(state().dark).toBe(false);
    state().dark = true;
    expect(state().dark).toBe(true);
  });

  it('begins anew after a file that is damaged or of a later version', () => {
    const file = join(folder, 'desktop', 'window.json');
    state().remember(laptop, { bounds: { x: 10, y: 40, width: 1100, height: 700 }, maximized: false });
    const kept = readFileSync(file, 'utf8');
    for (const text of [
      '',
      '{',
      'null',
      kept.replace('"version":1', '"version":2'),
      kept.replace('1100', '"wide"'),
    ]) {
      writeFileSync(file, text);
      expect(state().place([laptop], laptop).bounds.width, text).toBe(1280);
    }
  });

  it('goes on where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const stuck = new WindowState(join(folder, 'file', 'window.json'));
    stuck.remember(laptop, { bounds: { x: 10, y: 40, width: 1100, height: 700 }, maximized: false });
    expect(stuck.place([laptop], laptop).bounds.width).toBe(1100);
  });

  it('keeps the last twenty displays', () => {
    mkdirSync(join(folder, 'desktop'));
    for (let id = 1; id <= 30; id += 1)
      state().remember(
        { ...laptop, id },
        { bounds: { x: id, y: 40, width: 1100, height: 700 }, maximized: false },
      );
    const { displays } = JSON.parse(readFileSync(join(folder, 'desktop', 'window.json'), 'utf8')) as {
      displays: Record<string, unknown>;
    };
    expect(Object.keys(displays)).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 11)));
  });
});
