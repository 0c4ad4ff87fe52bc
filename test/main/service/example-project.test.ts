import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDataset } from '../../../src-main/io/registry.ts';
import { isThere, refusal } from '../project/support.ts';
import { newDesk, ownHome } from './support.ts';

const home = ownHome();
const documents = join(home, 'Documents');
mkdirSync(documents);
const { handlers, service } = newDesk(home);
afterEach(() => service.close());

test('one click makes a project with both datasets, ready to train', async () => {
  const state = await handlers['project:example']({});
  expect(state).toMatchObject({
    folder: join(documents, 'SpaGene example'),
    readOnly: null,
    sharedGenes: 100,
    spatial: { cells: 3000, genes: 100, storage: 'copied', values: 'counts', unit: 'micrometre' },
    reference: { cells: 1500, genes: 1000, storage: 'copied', choice: { labels: 'cell_type' } },
  });
  const inputs = await service.project().inputs();
  const [spatial, reference] = [await openDataset(inputs.spatial), await openDataset(inputs.reference)];
  const [panel, all] = [(await spatial.open()).genes, new Set((await reference.open()).genes)];
  expect(panel.filter((gene) => all.has(gene))).toHaveLength(state.sharedGenes!);
  expect(spatial.coordinates?.dimensions).toBe(2);
  const truth = await openDataset(join(inputs.spatial, '..', 'truth.h5ad'));
  const whole = await truth.open();
  expect([whole.cells.length, whole.genes.length]).toEqual([3000, 1000]);
  expect(whole.cells.slice(0, 3)).toEqual((await spatial.open()).cells.slice(0, 3));
  for (const one of [spatial, reference, truth]) await one.close();
});

test('the tumour brings gene sets of its own, with the planted one', async () => {
  const folder = join(home, 'tumour');
  service.access.grant(folder);
  const state = await handlers['project:example']({ folder, scenario: 'tumour' });
  expect(state).toMatchObject({ sharedGenes: 200, spatial: { cells: 6000, genes: 200 } });
  const sets = readFileSync(join(folder, 'gene-sets', 'Simulated tumour.gmt'), 'utf8');
  expect(sets).toMatch(/^PLANTED_IMMUNE_RESPONSE\t/mu);
});

test('a second one gets a folder of its own, also when both are asked for at once', async () => {
  await Promise.all([handlers['project:example']({}), handlers['project:example']({})]);
  expect(readdirSync(documents).sort()).toEqual([
    'SpaGene example',
    'SpaGene example-2',
    'SpaGene example-3',
  ]);
});

test('in a folder that the user chose, and only there', async () => {
  const folder = join(home, 'mine', 'example');
  expect((await refusal(handlers['project:example']({ folder }))).message).toMatch(/not chosen/);
  await handlers['files:list']({ folder: home });
  await handlers['files:make-folder']({ folder: home, name: 'mine' });
  expect((await handlers['project:example']({ folder })).folder).toBe(folder);
  expect((await refusal(handlers['project:example']({ folder }))).message).toMatch(/holds a project already/);
  expect(existsSync(join(folder, 'project.json'))).toBe(true);
});

test('where nothing can be written: a sentence, and nothing left behind', async () => {
  writeFileSync(join(home, 'mine', 'file'), '');
  const folder = join(home, 'mine', 'file', 'example');
  expect((await refusal(handlers['project:example']({ folder }))).message).toMatch(
    /example is not a folder; choose another folder/,
  );
  expect(isThere(folder)).toBe(false);
});

test.skipIf(process.getuid?.() === 0)('documents that may not be written to: a sentence', async () => {
  chmodSync(documents, 0o500);
  const error = await refusal(handlers['project:example']({}));
  expect(error.message).toMatch(/You may not write to .*Documents\. .* choose another folder/);
  chmodSync(documents, 0o700);
});
