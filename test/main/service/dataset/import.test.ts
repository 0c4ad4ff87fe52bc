import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DatasetRecord } from '../../../../src-shared/domain/project.ts';
import { UserError } from '../../../../src-shared/contract/errors.ts';
import { importDataset } from '../../../../src-main/service/dataset/import.ts';
import { FakeProject } from '../../../helpers/fake-service.ts';
import { runOf } from '../../project/support.ts';
import { answering, tableOf, temporary, twelveGenes, type Answering } from './support.ts';

const { folder, write } = temporary();
let number = 0;
let project = '';
let app: Answering;

beforeEach(async () => {
  project = join(folder, `project-${++number}`);
  app = answering(folder);
  await app.call('project:create', { folder: project, name: 'Mine' });
});

const reference = (name = 'reference.csv.gz') => write(name, tableOf([...twelveGenes, 'Extra1'], 60, 2));
const spatial = (name = 'spatial.csv') => write(name, tableOf(twelveGenes, 50));
const place = (choice: DatasetRecord['choice'] | string, role: 'spatial' | 'reference', more: object = {}) =>
  app.call('dataset:import', {
    role,
    choice: typeof choice === 'string' ? { path: choice } : choice,
    storage: 'linked',
    ticket: `${role}-import`,
    ...more,
  });
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

function saved(): { spatial: { name: string } | null; sharedGenes: number | null } {
  return JSON.parse(readFileSync(join(project, 'project.json'), 'utf8')) as never;
}

/** Everything in the project's folder of datasets. */
function copies(): string[] {
  const home = join(project, 'datasets');
  return existsSync(home) ? readdirSync(home, { recursive: true }).map(String).sort() : [];
}

describe('dataset:import, linked', () => {
  it('keeps the place and the hash of each file, and counts the shared genes', async () => {
    const xy = write(
      'xy.csv',
      `cell,x,y\n${Array.from({ length: 50 }, (_, i) => `cell${i + 1},${i},1`).join('\n')}\n`,
    );
    const path = spatial();
    const record = await place({ path, coordinates: xy }, 'spatial', { name: 'Slice 1' });
    expect(record).toMatchObject({
      name: 'Slice 1',
      storage: 'linked',
      cells: 50,
      genes: 12,
      unit: 'unknown',
    });
    expect(record.files.map((file) => [file.path, file.sha256])).toEqual([
      [path, sha256(path)],
      [xy, sha256(xy)],
    ]);
    expect((await app.state()).sharedGenes).toBeNull();
    await place(reference(), 'reference');
    expect((await app.state()).sharedGenes).toBe(12);
    expect(saved()).toMatchObject({ spatial: { name: 'Slice 1' }, sharedGenes: 12 });
    expect(copies()).toEqual([]);
  });

  it('puts the former dataset into the trash, from where it comes back', async () => {
    await place(spatial('first.csv'), 'spatial');
    const second = await place(spatial('second.csv'), 'spatial');
    expect(second.choice.path).toMatch(/second\.csv$/);
    const trash = second.replaced!;
    await app.call('project:remove', { kind: 'dataset', role: 'spatial' });
    await app.call('project:restore', { trash });
    expect((await app.state()).spatial?.choice.path).toMatch(/first\.csv$/);
  });

  it('refuses the same file, or a copy of it, for both', async () => {
    const path = spatial();
    await place(path, 'spatial');
    await expect(place(path, 'reference')).rejects.toThrow(/is already the spatial dataset of this project/);
    await expect(place(spatial('copy.csv'), 'reference')).rejects.toThrow(/already the spatial dataset/);
    expect((await app.state()).reference).toBeNull();
  });

  it('warns when no genes are shared, and still takes it', async () => {
    await place(reference(), 'reference');
    const others = twelveGenes.map((_, i) => `Other${i}`);
    const record = await place(write('others.csv', tableOf(others, 20, 3)), 'spatial');
    expect(record.warnings.at(-1)).toMatchObject({ code: 'no-shared-genes' });
    expect(record.warnings.at(-1)?.message).toMatch(/^Only 0 of the 12 genes in .*others\.csv/);
    expect((await app.state()).sharedGenes).toBe(0);
  });

  it('refuses what cannot be read, and changes nothing', async () => {
    const before = readFileSync(join(project, 'project.json'), 'utf8');
    await expect(place(write('empty.csv', ''), 'spatial')).rejects.toThrow(/empty\.csv is empty/);
    await expect(place(dirname(write('vendor/a.txt', 'x')), 'spatial')).rejects.toThrow(
      /folder without a matrix/,
    );
    await expect(place({ path: spatial(), matrix: 'layers/x' }, 'spatial')).rejects.toThrow(
      /no matrix layers\/x/,
    );
    expect(readFileSync(join(project, 'project.json'), 'utf8')).toBe(before);
  });

  it.skipIf(process.getuid?.() === 0)('says when a file may not be read', async () => {
    const path = spatial('locked.csv');
    chmodSync(path, 0);
    await expect(place(path, 'spatial')).rejects.toThrow(/locked\.csv may not be read by you/);
  });
});

describe('dataset:import, copied', () => {
  it('takes the files along, so that the originals may go', async () => {
    const path = reference('origin/counts.csv.gz');
    const labels = write(
      'labels/types.csv',
      `cell,type\n${Array.from({ length: 60 }, (_, i) => `cell${i + 1},T${i % 3}`).join('\n')}\n`,
    );
    const hash = sha256(path);
    const record = await place({ path, labels: `${labels}:type` }, 'reference', { storage: 'copied' });
    rmSync(join(folder, 'origin'), { recursive: true });
    rmSync(join(folder, 'labels'), { recursive: true });
    expect(copies()).toEqual(['reference', 'reference/counts.csv.gz', 'reference/types.csv']);
    expect(record.choice).toEqual({
      path: join(project, 'datasets/reference/counts.csv.gz'),
      labels: `${join(project, 'datasets/reference/types.csv')}:type`,
    });
    expect(sha256(record.choice.path)).toBe(hash);
    const found = await app.call('dataset:preview', {
      role: 'reference',
      choice: record.choice,
      ticket: 't',
    });
    expect(found.cells).toBe(60);
  });

  it('keeps the layout of a vendor’s folder and leaves out what is not read', async () => {
    write('cosmx/run_exprMat_file.csv', 'fov,cell_ID,ABL1,ACE\n1,1,1,2\n1,2,3,4\n');
    write(
      'cosmx/run_metadata_file.csv',
      'fov,cell_ID,CenterX_global_px,CenterY_global_px\n1,1,10,20\n1,2,3,4\n',
    );
    write('cosmx/run_tx_file.csv', 'huge');
    const record = await place(join(folder, 'cosmx'), 'spatial', { storage: 'copied' });
    expect(copies()).toEqual([
      'spatial',
      'spatial/cosmx',
      'spatial/cosmx/run_exprMat_file.csv',
      'spatial/cosmx/run_metadata_file.csv',
    ]);
    expect(record).toMatchObject({ format: 'CosMx', unit: 'pixel', cells: 2 });
    const found = await app.call('dataset:preview', { role: 'spatial', choice: record.choice, ticket: 't' });
    expect([...found.positions!.xy]).toEqual([10, 20, 3, 4]);
  });

  it('moves an earlier copy to the trash', async () => {
    await place(spatial('one.csv'), 'spatial', { storage: 'copied' });
    const record = await place(write('two.csv', tableOf(twelveGenes, 30)), 'spatial', { storage: 'copied' });
    expect(existsSync(record.choice.path)).toBe(true);
    expect(copies().filter((name) => name.endsWith('.csv'))).toEqual(['spatial-2/two.csv']);
    expect((await app.state()).spatial?.cells).toBe(30);
  });

  it('leaves nothing behind when it is stopped, or when the project cannot be saved', async () => {
    const path = spatial('large.csv');
    const fake = new FakeProject(project, { spatial: '', reference: '' });
    const request = { role: 'spatial', choice: { path }, storage: 'copied' } as const;
    const stop = new AbortController();
    const stopping = (stage: string) => {
      if (stage.startsWith('Copying')) stop.abort();
    };
    await expect(importDataset(fake, request, stop.signal, stopping)).rejects.toMatchObject({
      kind: 'stopped',
    });
    expect(copies()).toEqual([]);
    fake.broken = new UserError('The disk is full.');
    await expect(importDataset(fake, request)).rejects.toThrow('The disk is full.');
    expect(copies()).toEqual([]);
    fake.broken = undefined;
    await importDataset(fake, request);
    expect(copies()).toEqual(['spatial', 'spatial/large.csv']);
  });

  it('refuses to replace a copy on which a run is computing', async () => {
    const fake = new FakeProject(project, { spatial: '', reference: '' });
    const choice = { path: spatial('busy.csv') };
    await importDataset(fake, { role: 'spatial', choice, storage: 'copied' });
    fake.state = { ...fake.state, runs: [runOf('r1', { state: 'running', name: 'First' })] };
    const next = { path: write('next.csv', tableOf(twelveGenes, 30)) };
    await expect(importDataset(fake, { role: 'spatial', choice: next, storage: 'linked' })).rejects.toThrow(
      /^"First" is computing on the present spatial dataset/,
    );
    expect(fake.state.spatial?.choice.path).toMatch(/busy\.csv$/);
  });
});

describe('dataset:relink', () => {
  it('finds a moved file by its contents and keeps what was chosen', async () => {
    const old = await place(spatial('here/a.csv'), 'spatial', { name: 'Kept' });
    renameSync(join(folder, 'here'), join(folder, 'there'));
    const path = join(folder, 'there/a.csv');
    const record = await app.call('dataset:relink', { role: 'spatial', choice: { path }, ticket: 't' });
    expect(record).toEqual({ ...old, choice: { path }, files: [{ ...old.files[0]!, path }] });
    expect((await app.state()).spatial).toEqual(record);
  });

  it('refuses other contents, and a project that has no such dataset', async () => {
    const relink = (path: string) =>
      app.call('dataset:relink', { role: 'spatial', choice: { path }, ticket: 't' });
    const path = spatial('same.csv');
    await expect(relink(path)).rejects.toThrow(/has no spatial dataset that could have moved/);
    const before = await place(path, 'spatial');
    await expect(relink(write('differs.csv', tableOf(twelveGenes, 51)))).rejects.toThrow(
      /differs\.csv is not the spatial dataset of this project: .*same\.csv had other contents/,
    );
    expect((await app.state()).spatial).toEqual(before);
  });

  it('follows a link to the file', async () => {
    await place(spatial('linked/a.csv'), 'spatial');
    symlinkSync(join(folder, 'linked/a.csv'), join(folder, 'pointer.csv'));
    const record = await app.call('dataset:relink', {
      role: 'spatial',
      choice: { path: join(folder, 'pointer.csv') },
      ticket: 't',
    });
    expect(record.files[0]?.path).toBe(join(folder, 'pointer.csv'));
  });
});
