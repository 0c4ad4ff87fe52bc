import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browserPath,
  goTo,
  launchBrowser,
  needsBrowser,
  openPage,
  startApp,
  type App,
} from '../helpers/app.ts';
import { LONG, setParameters, SMALL, startTraining, untilFinished } from './steps.ts';

/** Where pictures of the walk go, for a look at them; nowhere unless asked for. */
const pictures = process.env['SPAGENE_PICTURES'];

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click();
const form = (page: Page): Locator => page.locator('form.biology-form');

/** Starts the analysis that is on the form, once its labels are there, and waits until its finding is. */
async function analyse(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, disabled: false }).last().click();
  await page.locator('.biology-summary').waitFor({ timeout: LONG });
}

/** Ticks types in the group of fields of this name. */
async function tick(page: Page, group: string, names: readonly string[]): Promise<void> {
  const fields = form(page).getByRole('group', { name: group });
  for (const name of names) await fields.getByRole('checkbox', { name, exact: true }).check();
}

describe.skipIf(browserPath === undefined)(`from the example to a pathway figure ${needsBrowser}`, () => {
  let app: App;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    ({ page, faults } = await openPage(browser, app.url));
    await page.getByRole('button', { name: 'Try a tumour' }).click();
    await page.getByRole('navigation', { name: 'Steps' }).waitFor({ timeout: LONG });
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('says in Biology what it waits for, and then trains', async () => {
    await goTo(page, 'Biology');
    await picture(page, 'biology-waiting');
    await setParameters(page, SMALL);
    await startTraining(page);
    await untilFinished(page);
  });

  it('finds niches, whose names can be changed', async () => {
    await goTo(page, 'Biology');
    await tab(page, 'Niches');
    await picture(page, 'niches-empty');
    await analyse(page, 'Find niches');
    await page.getByRole('figure', { name: 'How many niches?' }).waitFor();
    await picture(page, 'niches');
    const names = page.getByRole('textbox', { name: /^Name of /u });
    const first = names.first();
    await first.fill('Infiltrated');
    await first.press('Enter');
    await page.reload();
    await tab(page, 'Niches');
    await page.getByText('Infiltrated').first().waitFor({ timeout: LONG });
  });

  it('maps the neighbours of lymphocytes', async () => {
    await tab(page, 'Neighbourhoods');
    await tick(page, 'Types to map', ['T cell', 'B cell']);
    await analyse(page, 'Map neighbourhoods');
    await picture(page, 'neighbourhoods');
  });

  it('correlates genes with them, and finds the planted pathway among the imputed ones', async () => {
    await tab(page, 'Genes');
    await tick(page, 'Neighbours of these types', ['T cell', 'B cell']);
    await form(page).getByText('Only some').click();
    await tick(page, 'Only cells of', ['Tumour']);
    await analyse(page, 'Correlate the genes');
    await picture(page, 'genes');
    await tab(page, 'Pathways');
    await form(page)
      .getByRole('checkbox', { name: /Simulated tumour/u })
      .check();
    await analyse(page, 'Find pathways');
    const figure = page.getByRole('figure', { name: /Imputed against/iu }).first();
    await figure.waitFor();
    expect(await page.locator('.biology-summary').textContent()).toMatch(/over-represented/u);
    await picture(page, 'pathways');
    const download = page.waitForEvent('download');
    await figure.getByRole('button', { name: /Download/u }).click();
    await page.getByRole('menuitem', { name: /CSV/u }).click();
    const csv = readFileSync(await (await download).path(), 'utf8');
    expect(csv).toContain('PLANTED_IMMUNE_RESPONSE');
  });

  it('traces a trajectory', async () => {
    await tab(page, 'Trajectory');
    await picture(page, 'trajectory-empty');
    await form(page).getByText('Only some').click();
    await tick(page, 'Only cells of', ['Tumour']);
    const labels = form(page).getByLabel('Labels of the first cells');
    const groups = labels.locator('option', { hasText: /grouped/u });
    await labels.selectOption(await groups.first().getAttribute('value'));
    await tick(page, 'Begin at cells of', ['none']);
    await analyse(page, 'Trace the trajectory');
    await picture(page, 'trajectory');
  });

  it('met no fault on the way', () => {
    expect(faults).toEqual([]);
  });
});
