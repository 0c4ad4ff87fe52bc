import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
// @ts-expect-error -- a script, without types
import { electronBinary as untyped } from '../../scripts/start/electron-binary.mjs';

const electronBinary = untyped as (
  root: string,
  options: { fetch: (folder: string) => void; now: number },
) => string | undefined;

const HOUR = 3600_000;
let root: string;
let electron: string;
const version = (text: string) =>
  writeFileSync(join(electron, 'package.json'), JSON.stringify({ version: text }));
const install = (folder: string) => {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'electron'), '');
  writeFileSync(join(folder, 'path.txt'), 'electron');
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spagene-start-'));
  electron = join(root, 'node_modules', 'electron');
  mkdirSync(electron, { recursive: true });
  version('45.0.0');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

describe("npm start looks for Electron's program", () => {
  it('and takes the one that is there', () => {
    install(electron);
    const fetch = vi.fn();
    expect(electronBinary(root, { fetch, now: 0 })).toBe(join(electron, 'dist', 'electron'));
    expect(fetch).not.toHaveBeenCalled();
  });

  it('and fetches it where it is not', () => {
    expect(electronBinary(root, { fetch: install, now: 0 })).toBe(join(electron, 'dist', 'electron'));
  });

  it('and after a fetch that failed tries again only a day later, or with another version', () => {
    const fetch = vi.fn();
    const now = Date.UTC(2030, 0, 1);
    for (const later of [0, HOUR, 23 * HOUR])
      expect(electronBinary(root, { fetch, now: now + later })).toBeUndefined();
    expect(fetch).toHaveBeenCalledOnce();
    expect(electronBinary(root, { fetch, now: now + 25 * HOUR })).toBeUndefined();
    expect(fetch).toHaveBeenCalledTimes(2);
    version('46.0.0');
    expect(electronBinary(root, { fetch: install, now: now + 26 * HOUR })).toBeDefined();
  });

  it('and does without where the package is not installed', () => {
    rmSync(electron, { recursive: true });
    const fetch = vi.fn();
    expect(electronBinary(root, { fetch, now: 0 })).toBeUndefined();
    expect(fetch).not.toHaveBeenCalled();
  });
});
