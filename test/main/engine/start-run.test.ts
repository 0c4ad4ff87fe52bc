import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startRun } from '../../../src-main/engine/start-run.ts';
import type { ImputeRequest } from '../../../src-shared/domain/impute-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'spagene-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const near = (name: string) => relative(process.cwd(), at(name));
for (const name of ['cells.csv', 'moved.csv']) writeFileSync(at(name), 'cell,type,layer\na,neuron,1\n');

const base = { set: [], counts: false, backend: 'auto' } as const;
const begin = (out: string, more: Partial<ImputeRequest> = {}) =>
  startRun({
    ...base,
    spatial: near('s.csv'),
    reference: near('r.csv'),
    out: at(out),
    resume: false,
    ...more,
  });
const resume = (out: string, more: Partial<ImputeRequest> = {}) =>
  startRun({ ...base, spatial: '', reference: '', out: at(out), resume: true, ...more });
const saved = (out: string) =>
  (JSON.parse(readFileSync(join(at(out), 'config.json'), 'utf8')) as { inputs: Record<string, unknown> })
    .inputs;

describe('a run that is begun and taken up again', () => {
  it('keeps where its files are, whatever folder it is resumed from', async () => {
    const labels = `${near('cells.csv')}:type`;
    await begin('table', { coordinates: near('xy.csv'), referenceLabels: labels });
    expect(saved('table')).toEqual({
      spatial: at('s.csv'),
      reference: at('r.csv'),
      coordinates: at('xy.csv'),
      referenceLabels: `${at('cells.csv')}:type`,
      counts: false,
    });
    expect((await resume('table')).request).toMatchObject({
      spatial: at('s.csv'),
      referenceLabels: `${at('cells.csv')}:type`,
    });
    // The same command with --resume behind it asks for nothing new.
    await expect(resume('table', { referenceLabels: labels })).resolves.toMatchObject({ done: false });
  });

  it('takes labels from where their table has moved to, and from no other column', async () => {
    await begin('moves', { referenceLabels: `${near('cells.csv')}:type` });
    const { request } = await resume('moves', { referenceLabels: `${at('moved.csv')}:type` });
    expect(request.referenceLabels).toBe(`${at('moved.csv')}:type`);
    const other = resume('moves', { referenceLabels: `${at('cells.csv')}:layer` });
    await expect(other).rejects.toThrow(/its referenceLabels differ/);
  });

  it('keeps the name of a column of the reference as it is', async () => {
    await begin('column', { referenceLabels: 'kind' });
    expect(saved('column')['referenceLabels']).toBe('kind');
    const { request } = await resume('column');
    expect(request.referenceLabels).toBe('kind');
    expect(request).not.toHaveProperty('section');
  });
});
