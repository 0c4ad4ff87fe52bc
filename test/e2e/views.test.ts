import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
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
import { seriousFaults } from './accessibility.ts';
import {
  drawnPoints,
  lasso,
  LONG,
  openExample,
  panel,
  projectFolder,
  setParameters,
  SMALL,
  startTraining,
  untilFinished,
} from './steps.ts';

/** Every view and dialog, light and dark: nothing that keeps people out, nothing that the page's policy refuses. */
describe.skipIf(browserPath === undefined)(`every view ${needsBrowser}`, () => {
  let app: App;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    ({ page, faults } = await openPage(browser, app.url));
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  async function expectAccessible(): Promise<void> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      found.push(...(await seriousFaults(page)).map((fault) => `${colorScheme}: ${fault}`));
    }
    expect([...found, ...faults.splice(0)]).toEqual([]);
  }

  const dialog = () => page.getByRole('dialog');
  const closeDialog = async () => {
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  };

  it('start', async () => {
    await page.getByRole('button', { name: 'Try the example' }).waitFor();
    await expectAccessible();
  });

  it('is looked at by a check that finds faults', async () => {
    const { page: other, faults: refused } = await openPage(browser, 'data:text/html,<button></button>');
    await other.setContent('<html lang="en"><title>A</title><main><button></button></main></html>');
    expect(await seriousFaults(other)).toEqual([expect.stringMatching(/^button-name/u)]);
    await other.context().close();
    expect(refused).toEqual([]);
  });

  it('a new project: its form, data before any is chosen, the file dialog', async () => {
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('textbox', { name: 'Name' }).waitFor();
    await expectAccessible();
    await page.getByRole('button', { name: 'Make the project' }).click();
    await page.getByRole('button', { name: 'Choose file' }).first().waitFor();
    await expectAccessible();
    await page.getByRole('button', { name: 'Choose file' }).first().click();
    await dialog().getByRole('option').first().waitFor();
    await expectAccessible();
    await closeDialog();
    await goTo(page, 'Model');
    await page.getByRole('button', { name: 'Go to Data' }).waitFor();
    await expectAccessible();
  });

  it('dialogs: project, shortcuts, find', async () => {
    await page.locator('.topbar-project').click();
    await dialog().waitFor();
    await expectAccessible();
    await page.getByRole('button', { name: 'Close project' }).click();
    await openExample(page);
    await page.getByRole('button', { name: 'Keyboard shortcuts (?)' }).click();
    await expectAccessible();
    await closeDialog();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Gene, view or command' }).fill('ga');
    await dialog().getByRole('option').first().waitFor();
    await expectAccessible();
    await closeDialog();
  });

  it('data with the example, and the model with all its settings', async () => {
    await goTo(page, 'Data');
    await page.locator('.import-map canvas').waitFor({ timeout: LONG });
    await expectAccessible();
    await goTo(page, 'Model');
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('e');
    await expectAccessible();
  });

  it('a run that trains, its queue and log, and the run when it is finished', async () => {
    await setParameters(page, { ...SMALL, 'train.maxStepsStage1': 100 });
    await startTraining(page);
    await expect.poll(() => drawnPoints(page, 'Reconstruction'), { timeout: LONG }).toBeGreaterThan(1);
    await expectAccessible();
    await page.locator('.job-bar-open').click();
    await expectAccessible();
    await page.locator('.job-bar-open').click();
    await untilFinished(page);
    await expectAccessible();
  });

  it('the map, a selection on it, and the dialog of a figure', async () => {
    await page.getByRole('button', { name: 'Show on the map' }).click();
    await panel(page, 2)
      .getByText(/percentiles/u)
      .waitFor({ timeout: LONG });
    await expectAccessible();
    await lasso(page);
    await expectAccessible();
    await page.getByRole('combobox', { name: 'Find a gene' }).focus();
    await page.getByRole('option').first().waitFor();
    await expectAccessible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Figure' }).click();
    await expectAccessible();
    await closeDialog();
  });

  it('the form of an evaluation, and its report', async () => {
    await goTo(page, 'Quality');
    await page.getByRole('button', { name: 'Start the evaluation' }).waitFor();
    await expectAccessible();
    const ticked = page.getByRole('checkbox', { checked: true });
    while ((await ticked.count()) > 0) await ticked.first().uncheck();
    for (const name of ['Ridge regression', 'Nearest neighbours', 'Most correlated gene']) {
      await page.getByRole('checkbox', { name }).check();
    }
    await page.getByRole('textbox', { name: 'Parts' }).fill('2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Start the evaluation' }).click();
    await page.getByRole('progressbar').first().waitFor({ timeout: LONG });
    await expectAccessible();
    await page.getByRole('region', { name: 'Means' }).waitFor({ timeout: LONG });
    await expectAccessible();
  });

  it('export, before and after something was written', async () => {
    await goTo(page, 'Export');
    await page.getByRole('button', { name: 'Write .h5ad' }).waitFor();
    await expectAccessible();
    await page.getByRole('button', { name: 'Write .h5ad' }).click();
    await page.locator('[data-export-path]').first().waitFor({ timeout: LONG });
    await expectAccessible();
  });

  it('a run that was paused, and one that failed since its data went away', async () => {
    const file = join(await projectFolder(page), 'datasets', 'example-reference', 'reference.h5ad');
    expect(existsSync(file)).toBe(true);
    await goTo(page, 'Model');
    await startTraining(page);
    const run = page.locator('.training-main');
    await run.getByRole('button', { name: 'Pause' }).click();
    await run.getByRole('button', { name: 'Resume' }).waitFor({ timeout: LONG });
    await expectAccessible();
    renameSync(file, `${file}.away`);
    await run.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('This run failed').waitFor({ timeout: LONG });
    await expectAccessible();
    renameSync(`${file}.away`, file);
  });
});
