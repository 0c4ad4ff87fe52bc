import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileName } from '../../../src-main/service/gene-sets/collections.ts';
import { geneSetHandlers } from '../../../src-main/service/gene-set-handlers.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { calls } from '../../../src-shared/contract/handlers.ts';
import { FakeProject, FakeService } from '../../helpers/fake-service.ts';
import { isThere, temporaryFolder } from '../project/support.ts';
import { noProcess } from './support.ts';

const home = temporaryFolder();
let made = 0;
let project: FakeProject;
let service: FakeService;
let handlers: ReturnType<typeof geneSetHandlers>;
beforeEach(async () => {
  const folder = join(home, `p${made++}`);
  mkdirSync(folder);
  project = new FakeProject(folder, { spatial: '', reference: '' });
  service = new FakeService(noProcess);
  handlers = geneSetHandlers(service);
  await service.open(project);
});

const set = (name: string, ...genes: string[]) => ({ name, description: '', genes });

describe('collections of gene sets', () => {
  it('are saved, listed and read back as they were', async () => {
    const sets = [{ ...set('A', 'Gad1', 'Sst'), description: 'of mine' }, set('B', 'Vip')];
    const { path } = await handlers['gene-sets:save']({ name: 'Mine', sets });
    expect(readFileSync(path, 'utf8')).toBe('A\tof mine\tGad1\tSst\nB\t\tVip\n');
    await handlers['gene-sets:save']({ name: 'Other / old', sets: [set('C', 'x')] });
    const folder = join(project.folder, 'gene-sets');
    writeFileSync(join(folder, 'notes.txt'), 'x');
    writeFileSync(join(folder, 'from elsewhere.gmt'), 'X\t\ta\r\n\r\nY\t\tb\r\n');
    const listed = calls['gene-sets:list'].result.parse(await handlers['gene-sets:list']({}));
    expect(listed).toEqual([
      { name: 'Mine', path, sets: 2 },
      { name: 'Other - old', path: join(folder, 'Other - old.gmt'), sets: 1 },
      { name: 'from elsewhere', path: join(folder, 'from elsewhere.gmt'), sets: 2 },
    ]);
    const read = calls['gene-sets:read'].result.parse(await handlers['gene-sets:read']({ path }));
    expect(read).toEqual({ name: 'Mine', sets, notes: [] });
  });

  it('are replaced under their own name, and never by another that files cannot tell apart', async () => {
    await handlers['gene-sets:save']({ name: 'a-b', sets: [set('A', 'x')] });
    const { path } = await handlers['gene-sets:save']({ name: 'a-b', sets: [set('A', 'y')] });
    for (const name of ['a/b', 'A-b', '.a-b'])
      await expect(handlers['gene-sets:save']({ name, sets: [set('B', 'z')] })).rejects.toThrow(
        /"a-b" already/u,
      );
    expect(readFileSync(path, 'utf8')).toBe('A\t\ty\n');
  });

  it.each([
    [[], /no gene set to save/u],
    [[set('A', 'x'), set(' A', 'y')], /Two gene sets are called/u],
    [[set('A')], /"A" has no genes/u],
    [[set('A', ' ')], /"A" has no genes/u],
    [[set(' ', 'x')], /has no name/u],
    [[set('A', 'x\ty')], /tab or a line break/u],
  ])('are refused where a file could not hold them: %j', async (sets, sentence) => {
    await expect(handlers['gene-sets:save']({ name: 'Mine', sets })).rejects.toThrow(sentence);
    expect(await handlers['gene-sets:list']({})).toEqual([]);
  });

  it('are not saved in a project that can only be looked at, nor in one that is gone', async () => {
    const asked = { name: 'Mine', sets: [set('A', 'x')] };
    project.state = { ...project.state, readOnly: 'Open in another window.' };
    await expect(handlers['gene-sets:save'](asked)).rejects.toThrow('Open in another window.');
    const gone = new FakeProject(join(home, 'gone'), { spatial: '', reference: '' });
    await service.open(gone);
    await expect(handlers['gene-sets:save'](asked)).rejects.toBeInstanceOf(UserError);
    expect(isThere(gone.folder)).toBe(false);
  });

  it('are read only where the user picked them, with the line that is wrong', async () => {
    const path = join(home, 'picked.gmt');
    await expect(handlers['gene-sets:read']({ path })).rejects.toThrow(/cannot be read/u);
    writeFileSync(path, 'A\t\tx\nB\n');
    await expect(handlers['gene-sets:read']({ path })).rejects.toThrow(
      /Line 2 of .*picked\.gmt has no genes/u,
    );
    service.access.check = () => {
      throw new UserError('not chosen');
    };
    await expect(handlers['gene-sets:read']({ path })).rejects.toThrow('not chosen');
  });

  it('come with SpaGene, with a word on what they are', async () => {
    const read = calls['gene-sets:read'].result.parse(await handlers['gene-sets:read']({ path: null }));
    expect(read.sets.length).toBeGreaterThan(20);
    expect(read.notes.join(' ')).toMatch(/CC0/u);
  });
});

it.each([
  ['Mine', 'Mine'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['a:b*c', 'a-b-c'],
  ['CON', 'Gene sets CON'],
  ['///', 'Gene sets -'],
  ['  Größe ≥ 5.  ', 'Größe ≥ 5'],
])('makes a file name of %s', (name, wanted) => {
  expect(fileName(name)).toBe(wanted);
});
