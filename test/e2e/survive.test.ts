import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
import { childrenOf } from '../helpers/serving.ts';
import {
  drawnPoints,
  LONG,
  openExample,
  projectFolder,
  setParameters,
  SMALL,
  startTraining,
  untilFinished,
} from './steps.ts';

interface Point {
  readonly member: number;
  readonly stage: string;
  readonly step: number;
}

const newestRun = (project: string): string =>
  join(
    project,
    'runs',
    readdirSync(join(project, 'runs'))
      .filter((name) => !name.startsWith('.'))
      .sort()
      .at(-1)!,
  );

/** What the engine wrote down of the newest run's losses. */
function writtenPoints(project: string): Point[] {
  const text = readFileSync(join(newestRun(project), 'losses.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Point);
}

/** The page draws as many points as were written, and none was written twice after a resume. */
async function expectComplete(page: Page, project: string): Promise<void> {
  const points = writtenPoints(project);
  const places = points.map(({ member, stage, step }) => `${member} ${stage} ${step}`);
  expect(new Set(places).size).toBe(places.length);
  const translation = points.filter(({ stage }) => stage === 'translation');
  expect(translation.at(-1)!.step).toBe(SLOW['train.maxStepsStage2'] - 1);
  await expect.poll(() => drawnPoints(page, 'Cycle')).toBe(translation.length);
}

/** Long enough to be interrupted, short enough to be waited for. */
const SLOW = { ...SMALL, 'train.maxStepsStage1': 120, 'train.maxStepsStage2': 80 };

const resume = (page: Page) => page.locator('.training-main').getByRole('button', { name: 'Resume' });
/** Goes on with a run that is paused or has failed. */
const resumeRun = (page: Page) =>
  resume(page)
    .or(page.getByRole('button', { name: 'Try to go on' }))
    .first()
    .click();
/** What the training view says of a run that rests. */
const saidOfRun = async (page: Page) =>
  (await page.locator('.training-main .note').allTextContents()).join(' ');
const message = (page: Page, text: RegExp) =>
  page.getByRole('region', { name: 'Messages' }).getByText(text).first();

describe.skipIf(browserPath === undefined)(`what the app survives ${needsBrowser}`, () => {
  let app: App;
  let browser: Browser;
  let page: Page;
  let faults: string[];
  let project: string;

  const engine = () =>
    childrenOf(app.process.pid!).find(({ command }) => command.includes('engine-process'))!.pid;
  const jobs = (of: number) => childrenOf(of).filter(({ command }) => command.includes('job-worker'));

  async function startSlowRun(): Promise<void> {
    await setParameters(page, SLOW);
    await startTraining(page);
    await expect.poll(() => drawnPoints(page, 'Reconstruction'), { timeout: LONG }).toBeGreaterThan(2);
  }

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    ({ page, faults } = await openPage(browser, app.url));
    await openExample(page);
    project = await projectFolder(page);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('a reload of the page, and a page that is closed and opened again, while a run trains', async () => {
    await startSlowRun();
    const name = await page.getByRole('textbox', { name: 'Name of the run' }).inputValue();
    await page.reload();
    await goTo(page, 'Train');
    await expect.poll(() => drawnPoints(page, 'Reconstruction'), { timeout: LONG }).toBeGreaterThan(2);
    const { origin } = new URL(page.url());
    const context = page.context();
    await page.close();
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(origin);
    await goTo(page, 'Train');
    await untilFinished(page);
    expect(await page.getByRole('textbox', { name: 'Name of the run' }).inputValue()).toBe(name);
    await expectComplete(page, project);
    expect(faults).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'the engine’s process killed while a run trains (looks into /proc: Linux only)',
    async () => {
      await startSlowRun();
      const before = engine();
      const [job] = jobs(before);
      process.kill(before, 'SIGKILL');
      await message(page, /engine/iu).waitFor({ timeout: LONG });
      // The run is not lost and does not go on unseen.
      await resume(page).waitFor({ timeout: LONG });
      await expect.poll(() => isAlive(job!.pid), { timeout: 10_000 }).toBe(false);
      expect(engine()).not.toBe(before);
      await resumeRun(page);
      await untilFinished(page);
      await expectComplete(page, project);
    },
  );

  it('the project’s folder moved away while a run trains, and brought back', async () => {
    await startSlowRun();
    const away = `${project} (moved)`;
    renameSync(project, away);
    await expect.poll(() => saidOfRun(page), { timeout: LONG }).toMatch(/SpaGene example/u);
    await goTo(page, 'Map');
    await page.getByText('The map cannot be shown').waitFor({ timeout: LONG });
    await goTo(page, 'Train');
    renameSync(away, project);
    await resumeRun(page);
    await untilFinished(page);
    await expectComplete(page, project);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

function mounts(): boolean {
  const folder = join('/tmp', `spagene-mount-${process.pid}`);
  mkdirSync(folder);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (status === 0) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return status === 0;
}

describe.skipIf(browserPath === undefined || !canMount)(
  `a disk that is full ${needsBrowser} (may mount: root on Linux only)`,
  () => {
    let app: App;
    let browser: Browser;
    let page: Page;
    let disk: string;

    beforeAll(async () => {
      [app, browser] = await Promise.all([startApp(), launchBrowser()]);
      disk = join(app.root, 'Documents');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
      ({ page } = await openPage(browser, app.url));
      await openExample(page);
    });
    afterAll(async () => {
      await browser.close();
      app.process.kill('SIGKILL');
      spawnSync('umount', ['-l', disk]);
      await app.close();
    });

    it('ends a run with a sentence, leaves nothing half-written, and the run goes on after space is made', async () => {
      const project = await projectFolder(page);
      expect(project.startsWith(disk)).toBe(true);
      await setParameters(page, SLOW);
      await startTraining(page);
      await expect.poll(() => drawnPoints(page, 'Reconstruction'), { timeout: LONG }).toBeGreaterThan(2);
      const filler = join(disk, 'filler');
      fillUp(filler);
      await expect.poll(() => saidOfRun(page), { timeout: LONG }).toMatch(/The disk is full/u);
      await resumeRun(page);
      await message(page, /The disk is full/u).waitFor({ timeout: LONG });
      // project.json can still be read: it was not cut short.
      const text = readFileSync(join(project, 'project.json'), 'utf8');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      expect(filesBelow(project).filter((path) => statSync(path).size === 0)).toEqual([]);
      rmSync(filler);
      await resumeRun(page);
      await untilFinished(page);
      await expectComplete(page, project);
    });
  },
);

/** Writes until nothing more fits. */
function fillUp(path: string): void {
  for (const size of [1 << 20, 1 << 12]) {
    const block = Buffer.alloc(size, 1);
    for (;;) {
      try {
        writeFileSync(path, block, { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
