import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../src-main/log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('LogFile', () => {
  it('adds lines with time and source, also to a file from before', () => {
    new LogFile(folder, 'spagene').write('engine', 'one\n\ntwo\n');
    new LogFile(folder, 'spagene').write('page', 'three');
    const lines = readFileSync(join(folder, 'spagene.log'), 'utf8').split('\n');
    expect(lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'engine one',
      'engine two',
      'page three',
      '',
    ]);
  });

  it('keeps at most 2 MB in a file and three older ones', () => {
    const log = new LogFile(folder, 'spagene');
    const line = 'x'.repeat(400_000);
    for (let i = 0; i < 40; i += 1) log.write(String(i), line);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['spagene.1.log', 'spagene.2.log', 'spagene.3.log', 'spagene.log']);
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(2_000_000);
    expect(readFileSync(join(folder, 'spagene.log'), 'utf8')).toContain(' 39 x');
    // Four lines fit into a file.
    expect(readFileSync(join(folder, 'spagene.1.log'), 'utf8')).toMatch(
      / 32 x+\n.* 33 x+\n.* 34 x+\n.* 35 x+\n$/u,
    );
  });

  it('writes nothing and fails in nothing where it cannot write', () => {
    writeFileSync(join(folder, 'file'), '');
    const log = new LogFile(join(folder, 'file', 'logs'), 'spagene');
    log.write('engine', 'one');
    expect(existsSync(join(folder, 'file', 'logs'))).toBe(false);
  });
});
