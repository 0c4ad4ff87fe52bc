// Pictures of every view for the documentation: docs/pictures/app-<view>-<light|dark>-<width>.png
// `npm run screenshots`; OUT=folder, CELLS=100000, QUICK=1 (small networks, for a look) and ONLY=biology (one part, the
// others stay) by environment.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserPath, launchBrowser, startApp } from '../test/helpers/launch.mjs';
import { withPalette } from './png-palette.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = resolve(process.env.OUT ?? join(root, 'docs', 'pictures'));
const quick = process.env.QUICK === '1';
const cells = process.env.CELLS ?? '100000';
const LONG = 900_000;
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

if (browserPath === undefined) {
  console.error('Pictures need a Chromium; name one with SPAGENE_TEST_BROWSER.');
  process.exit(1);
}
mkdirSync(out, { recursive: true });
const only = process.env.ONLY;
for (const name of readdirSync(out)) {
  if (only === undefined && /^app-.*\.png$/u.test(name)) rmSync(join(out, name));
}
const app = await startApp();
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: sizes[0] });
const page = await context.newPage();
page.setDefaultTimeout(120_000);
page.on('pageerror', (error) => console.error(`the page: ${error.message}`));
page.on('console', (message) => message.type() === 'error' && console.error(`the page: ${message.text()}`));

/** A view as it is, light and dark; the main ones on a large screen too. */
async function picture(name, isMain = true) {
  // Nothing is pointed at, and what is at the top is seen.
  await page.mouse.move(700, 24);
  await page.locator('#view').evaluate((view) => view.scrollTo(0, 0));
  for (const size of isMain ? sizes : sizes.slice(0, 1)) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(900);
      const bytes = withPalette(await page.screenshot({ animations: 'disabled' }));
      writeFileSync(join(out, `app-${name}-${colorScheme}-${size.width}.png`), bytes);
    }
  }
  await page.setViewportSize(sizes[0]);
  console.log(name);
}

const button = (name, options = {}) => page.getByRole('button', { name, ...options });
const goTo = (step) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
const column = (name) => page.getByRole('region', { name, exact: true });

async function choosePath(path) {
  const dialog = page.getByRole('dialog');
  const filter = dialog.getByRole('combobox', { name: 'Filter by name' });
  await filter.fill(`${dirname(path)}/`);
  await filter.press('Enter');
  const name = path.slice(dirname(path).length + 1);
  await dialog.getByRole('option', { name }).waitFor();
  await filter.fill(name);
  await filter.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function newProject(name) {
  await button('New project').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await button('Make the project').click();
  await column('Spatial data').waitFor();
}

async function closeProject() {
  await page.locator('.topbar-project').click();
  await button('Close project').click();
  await button('Try the example').waitFor();
}

async function beforeData() {
  await page.goto(app.url);
  await button('Try the example').waitFor();
  await picture('start');
  await newProject('Cortex, slice 3');
  await picture('data-empty', false);
  await column('Spatial data').getByRole('button', { name: 'Choose file' }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Filter by name' }).waitFor();
  await picture('files', false);
  await page.keyboard.press('Escape');
  await closeProject();
}

async function set(values) {
  const search = page.getByRole('searchbox', { name: 'Search the settings' });
  for (const [name, value] of Object.entries(values)) {
    await search.fill(name);
    await page.locator(`[data-parameter="${name}"] input`).fill(String(value));
    await page.keyboard.press('Enter');
  }
  await search.fill('');
}

async function training() {
  await button('Try the example').click();
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
  await page.getByText('of the panel are in the reference').waitFor();
  await column('Spatial data').locator('.import-map canvas').waitFor();
  await picture('data');
  await goTo('Model');
  await page
    .getByText(/^about /u)
    .first()
    .waitFor();
  await picture('model');
  if (quick) await set({ 'ensemble.members': 1, 'train.maxStepsStage1': 60, 'train.maxStepsStage2': 60 });
  await button('Start training').click();
  const curve = page.getByRole('figure', { name: 'Total' }).locator('svg.plot path');
  await curve.first().waitFor({ state: 'attached', timeout: LONG });
  await page.waitForTimeout(quick ? 0 : 6000);
  await picture('training');
  await page.locator('.job-bar-open').click();
  await picture('jobs', false);
  await page.locator('.job-bar-open').click();
  await button('Show on the map').waitFor({ timeout: LONG });
  await picture('training-finished', false);
}

async function map() {
  await button('Show on the map').click();
  await page.getByRole('region', { name: /^Panel 2/u }).waitFor();
  await page
    .getByText(/percentiles/u)
    .nth(1)
    .waitFor();
  await picture('map');
  await page.getByRole('radiogroup', { name: 'Tool' }).getByText('Lasso').click();
  const box = await page.getByRole('region', { name: /^Panel 1/u }).boundingBox();
  // A layer of the tissue: a band across the panel, there and back.
  const [top, bottom] = [box.y + box.height * 0.42, box.y + box.height * 0.58];
  const places = Array.from({ length: 25 }, (_, i) => [
    box.x + box.width * (0.03 + (0.94 * i) / 24),
    12 * Math.sin((i / 24) * Math.PI),
  ]);
  await page.mouse.move(places[0][0], top);
  await page.mouse.down();
  for (const [x, arch] of places) await page.mouse.move(x, top - arch);
  for (const [x, arch] of places.toReversed()) await page.mouse.move(x, bottom - arch);
  await page.mouse.up();
  await picture('map-selection');
  await button('Figure').click();
  await picture('figure', false);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Find a gene' }).fill('sim00');
  await page.getByRole('option').first().waitFor();
  await picture('map-search', false);
  await page.keyboard.press('Escape');
}

async function quality() {
  await goTo('Quality');
  await button('Start the evaluation').waitFor();
  await picture('quality-form', false);
  await page.getByRole('textbox', { name: 'Parts' }).fill(quick ? '2' : '3');
  const published = page.getByRole('checkbox', { name: 'as published' });
  if (await published.isChecked()) await published.uncheck();
  if (quick) {
    const ticked = page.getByRole('checkbox', { checked: true });
    while ((await ticked.count()) > 0) await ticked.first().uncheck();
    for (const name of ['Ridge', 'nearest']) {
      await page
        .getByRole('checkbox', { name: new RegExp(name, 'iu') })
        .first()
        .check();
    }
  }
  await button('Start the evaluation').click();
  await page
    .getByText(/left/u)
    .first()
    .waitFor()
    .catch(() => undefined);
  if (!quick) await page.waitForTimeout(20_000);
  await picture('quality-running', false);
  await page.getByRole('region', { name: 'Means' }).waitFor({ timeout: LONG });
  await picture('quality');
}

async function exported() {
  await goTo('Export');
  await button('Write .h5ad').click();
  await page.locator('[data-export-path]').waitFor({ timeout: LONG });
  await picture('export');
}

async function dialogs() {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Gene, view or command' }).fill('sim01');
  await picture('find', false);
  await page.keyboard.press('Escape');
  await button('Keyboard shortcuts (?)').click();
  await picture('shortcuts', false);
  await page.keyboard.press('Escape');
  await page.locator('.topbar-project').click();
  await picture('project', false);
  await page.keyboard.press('Escape');
}

/** A run whose data went away while it was paused. */
async function failed() {
  const folder = await page.locator('.topbar-project').getAttribute('title');
  const file = join(folder, 'datasets', 'example-reference', 'reference.h5ad');
  await goTo('Model');
  await button('Start training').click();
  const run = page.locator('.training-main');
  await run.getByRole('button', { name: 'Pause' }).click();
  const resume = run.getByRole('button', { name: 'Resume' });
  await resume.waitFor({ timeout: LONG });
  await picture('training-paused', false);
  renameSync(file, `${file}.away`);
  await resume.click();
  await page.getByText('This run failed').waitFor({ timeout: LONG });
  await picture('training-failed', false);
  renameSync(`${file}.away`, file);
}

async function manyCells() {
  const folder = join(app.root, 'many');
  execFileSync(process.execPath, [
    ...[join(root, 'dist', 'cli.js'), 'simulate', '--out', folder, '--no-truth', '--cells', cells],
    ...['--genes', '200', '--panel-genes', '60', '--reference-cells', '500'],
  ]);
  await closeProject();
  await newProject('Many cells');
  await column('Spatial data').getByRole('button', { name: 'Choose file' }).click();
  await choosePath(join(folder, 'spatial.h5ad'));
  await button('Import the spatial data').click();
  await column('Spatial data').getByRole('button', { name: 'Remove' }).waitFor({ timeout: LONG });
  await picture('data-many', false);
  await goTo('Map');
  await page
    .getByText(/percentiles/u)
    .first()
    .waitFor({ timeout: LONG });
  await picture('map-many');
  await page.mouse.move(520, 470);
  await page.mouse.wheel(0, -1100);
  await page.waitForTimeout(1000);
  await picture('map-many-zoomed', false);
  await closeProject();
  await picture('start-recent', false);
}

/** The analyses of a simulated tumour. */
async function biology() {
  await page.goto(app.url);
  const project = page.locator('.topbar-project');
  if (await project.isVisible().catch(() => false)) await closeProject();
  await button('Try a tumour').click();
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
  await goTo('Biology');
  await picture('biology-waiting', false);
  await goTo('Model');
  if (quick) await set({ 'ensemble.members': 1, 'train.maxStepsStage1': 60, 'train.maxStepsStage2': 60 });
  await button('Start training').click();
  await button('Show on the map').waitFor({ timeout: LONG });
  await goTo('Biology');
  const form = page.locator('form.biology-form');
  const tab = (name) => page.getByRole('tab', { name, exact: true }).click();
  const tick = async (group, names) => {
    const fields = form.getByRole('group', { name: group });
    for (const name of names) await fields.getByRole('checkbox', { name, exact: true }).check();
  };
  const analyse = async (name) => {
    await button(name).last().click();
    await page.locator('.biology-summary').waitFor({ timeout: LONG });
    await page.waitForTimeout(1500);
  };
  await tab('Niches');
  await picture('niches-empty', false);
  await analyse('Find niches');
  await picture('niches');
  await tab('Neighbourhoods');
  await tick('Types to map', ['T cell', 'B cell']);
  await analyse('Map neighbourhoods');
  await picture('neighbourhoods');
  await tab('Genes');
  await tick('Neighbours of these types', ['T cell', 'B cell']);
  await form.getByText('Only some').click();
  await tick('Only cells of', ['Tumour']);
  await analyse('Correlate the genes');
  await picture('genes');
  await tab('Pathways');
  await form.getByRole('checkbox', { name: /Simulated tumour/u }).check();
  await analyse('Find pathways');
  await picture('pathways');
  await button('Edit gene sets').click();
  await picture('gene-sets', false);
  await tab('Trajectory');
  await form.getByText('Only some').click();
  await tick('Only cells of', ['Tumour']);
  const labels = form.getByLabel('Labels of the first cells');
  const groups = labels.locator('option', { hasText: /grouped/u });
  await labels.selectOption(await groups.first().getAttribute('value'));
  await tick('Begin at cells of', ['none']);
  await form.getByText('Group cells by their neighbours').click();
  await tick('Neighbours of these types', ['T cell', 'B cell']);
  await analyse('Trace the trajectory');
  await picture('trajectory');
  await tab('Spatial genes');
  await analyse('Find spatial genes');
  await picture('spatial-genes', false);
}

const all = { beforeData, training, map, quality, exported, dialogs, failed, manyCells, biology };
const parts = only === undefined ? all : { [only]: all[only] };
try {
  for (const part of Object.values(parts)) await part();
} catch (error) {
  await page.screenshot({ path: join(app.root, '..', 'spagene-screenshots-failed.png') });
  throw error;
} finally {
  await browser.close();
  await app.close();
}
