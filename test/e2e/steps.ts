import { statSync } from 'node:fs';
import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { goTo } from '../helpers/app.ts';

/** What a person does in the app, each in one word; every step waits until it is done. */

/** Milliseconds that long work may take on a busy machine. */
export const LONG = 240_000;

export async function openExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the example' }).click();
  await page.getByRole('navigation', { name: 'Steps' }).waitFor({ timeout: LONG });
}

/** Where the open project lies. */
export async function projectFolder(page: Page): Promise<string> {
  return (await page.locator('.topbar-project').getAttribute('title'))!;
}

/** Sets hyperparameters by their names, found through the search of the form. */
export async function setParameters(page: Page, values: Readonly<Record<string, number>>): Promise<void> {
  await goTo(page, 'Model');
  const search = page.getByRole('searchbox', { name: 'Search the settings' });
  for (const [name, value] of Object.entries(values)) {
    await search.fill(name);
    const input = page.locator(`[data-parameter="${name}"] input`);
    await input.fill(String(value));
    await input.press('Enter');
  }
  await search.fill('');
}

/** One network and few steps: as much as a test needs. */
export const SMALL = { 'ensemble.members': 1, 'train.maxStepsStage1': 40, 'train.maxStepsStage2': 40 };

/** Many steps of one network, so that there is time to look at a running job. */
export const ENDLESS = { 'ensemble.members': 50, 'train.maxStepsStage1': 250, 'train.maxStepsStage2': 250 };

/** Starts a run; the page goes on to the training view by itself. */
export async function startTraining(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('region', { name: 'Loss curves' }).waitFor({ timeout: LONG });
}

/** Points of the line that is drawn for a loss term. */
export async function drawnPoints(page: Page, title: string): Promise<number> {
  const paths = await page.getByRole('figure', { name: title }).locator('svg.plot path').all();
  const drawn = await Promise.all(paths.map((path) => path.getAttribute('d')));
  return Math.max(0, ...drawn.map((d) => (d ?? '').split(/[ML]/u).length - 1));
}

/** Waits until a run has ended well. */
export async function untilFinished(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show on the map' }).waitFor({ timeout: LONG });
}

/** Types a gene into the map's search and takes the first that is found. */
export async function findGene(page: Page, typed: string): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Find a gene' });
  await search.focus();
  await page.keyboard.type(typed);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

/** Types letters until the search lists a gene of this kind ("measured", "imputed"). @returns its name */
export async function geneOfKind(page: Page, kind: RegExp): Promise<string> {
  const search = page.getByRole('combobox', { name: 'Find a gene' });
  for (const typed of ['', '1', '12', '23', 'a', 'b']) {
    await search.fill(typed);
    await search.focus();
    const option = page
      .getByRole('option')
      .filter({ has: page.locator('.spatial-option-kind', { hasText: kind }) });
    await page.getByRole('option').first().waitFor({ timeout: LONG });
    if ((await option.count()) === 0) continue;
    const name = await option.first().locator('.spatial-option-name').textContent();
    await page.keyboard.press('Escape');
    return name!;
  }
  throw new Error(`No gene is listed as ${kind.source}.`);
}

export const panel = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: new RegExp(`^Panel ${number}:`, 'u') });

/** A panel shows this, and its values are there. */
export async function panelShows(page: Page, number: number, gene: string, what: RegExp): Promise<void> {
  await expect
    .poll(() => panel(page, number).getAttribute('aria-label'), { timeout: LONG })
    .toMatch(new RegExp(`^Panel ${number}: ${gene}, ${what.source}`, 'u'));
  await expect.poll(() => panel(page, number).textContent(), { timeout: LONG }).toMatch(/values from/u);
}

/** Draws around the middle of the first panel with the mouse. @returns how many cells were caught */
export async function lasso(page: Page): Promise<number> {
  await page.getByRole('radiogroup', { name: 'Tool' }).getByText('Lasso').click();
  const box = (await panel(page, 1).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const radius = Math.min(box.width, box.height) / 4;
  await page.mouse.move(x + radius, y);
  await page.mouse.down();
  for (let i = 1; i <= 24; i++) {
    const angle = (i / 24) * 2 * Math.PI;
    await page.mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  await page.mouse.up();
  return selectedCount(page);
}

/** Cells that the inspector says are selected. */
export async function selectedCount(page: Page): Promise<number> {
  const text = await page
    .getByRole('region', { name: 'Selection' })
    .getByRole('status')
    .first()
    .textContent({ timeout: LONG });
  const said = /^([\d,\s]+) of/u.exec(text ?? '');
  if (!said) throw new Error(`The inspector says: ${text}`);
  return Number(said[1]!.replace(/\D/gu, ''));
}

/** Writes the .h5ad of the newest run. @returns its path */
export async function exportH5ad(page: Page): Promise<string> {
  await goTo(page, 'Export');
  await page.getByRole('button', { name: 'Write .h5ad' }).click();
  const path = await page.locator('[data-export-path]').first().textContent({ timeout: LONG });
  expect(statSync(path!).size).toBeGreaterThan(10_000);
  return path!;
}

/** Answers the page's own file dialog with a path that is typed. */
export async function choosePath(page: Page, path: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const filter = dialog.getByRole('combobox', { name: 'Filter by name' });
  const [folder, name] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
  await filter.fill(`${folder}/`);
  await filter.press('Enter');
  await dialog.getByRole('option', { name }).waitFor();
  await filter.fill(name);
  await filter.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}
