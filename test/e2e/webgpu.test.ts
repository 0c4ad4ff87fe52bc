import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src-main/backend/select.ts';
import type { MemberData } from '../../src-main/methods/member.ts';
import type { RemoteTrainer } from '../../src-main/methods/remote-stage.ts';
import { createStage, type Networks, type StageTask } from '../../src-main/methods/stage-task.ts';
import { stateOf } from '../../src-main/methods/training-place.ts';
import type { TensorMap } from '../../src-main/model/frozen-state.ts';
import type { Stage } from '../../src-main/train/stage.ts';
import { StoppedError } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import { smallMember, smallParameters } from '../helpers/small-member.ts';
import { hasFixtures, needsFixtures, readFixture } from '../helpers/shared-folder.ts';
import { root } from '../helpers/spagene.ts';
import type { ChecksPage, Fixtures } from './webgpu/checks-page.ts';
import { hasWebGpu, launchGpuBrowser, servePages, trainerIn, type PageServer } from './webgpu/gpu-browser.ts';

const built = existsSync(join(root, 'dist', 'page', 'gpu.html'));
const usable = built && (await hasWebGpu());
const needs = '(needs dist/: npm run build, and a Chromium whose WebGPU finds an adapter)';

describe.skipIf(!usable)(`WebGPU ${needs}`, () => {
  let browser: Browser;
  let server: PageServer;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launchGpuBrowser(), servePages()]);
    await selectBackend('wasm', { threads: 1 });
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  async function open(path: string): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    // WebGPU's own validation speaks in warnings.
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    await page.goto(`${server.address}${path}`);
    return { page, faults };
  }

  describe.skipIf(!hasFixtures)(`golden numbers ${needsFixtures}`, () => {
    let page: Page;
    let faults: string[];
    const fixtures = (): Fixtures => ({
      losses: readFixture('losses'),
      block: readFixture('block'),
      adam: readFixture('adam'),
    });
    beforeAll(async () => {
      ({ page, faults } = await open('/checks.html'));
      await page.waitForFunction(() => 'checksPage' in globalThis);
      const state = await page.evaluate(() =>
        (globalThis as unknown as { checksPage: ChecksPage }).checksPage.start(),
      );
      expect(state).toHaveProperty('device');
    });

    it.each([
      ['losses', 100],
      ['block', 10],
      ['autoencoder', 20],
      ['Adam', 12],
    ] as const)('%s', async (name, least) => {
      const found = await page.evaluate(
        async ([check, numbers]) => {
          const { checksPage } = globalThis as unknown as { checksPage: ChecksPage };
          if (!checksPage.onDevice()) throw new Error('the checks do not run on the device');
          return checksPage.check(check, numbers);
        },
        [name, fixtures()] as const,
      );
      expect(found.length).toBeGreaterThanOrEqual(least);
      expect(found.filter(({ error, limit }) => !(error < limit))).toEqual([]);
      expect(faults).toEqual([]);
    });
  });

  describe('the built page', () => {
    let trainer: RemoteTrainer;
    let page: Page;
    let faults: string[];
    const own: MemberData = smallMember();
    const autoencoder = (domain: 'st' | 'sc'): StageTask => ({
      kind: 'autoencoder',
      data: own,
      options: { domain, member: 0, seed: 5, parameters: smallParameters },
    });
    const translation = (st: Networks, sc: Networks): StageTask => ({
      kind: 'translation',
      data: own,
      trained: { st, sc },
      // A graphics card that is computed takes seconds for a step.
      options: { member: 0, seed: 5, parameters: { ...smallParameters, 'train.maxStepsStage2': 4 } },
    });
    beforeAll(async () => {
      ({ page, faults } = await open('/gpu.html'));
      trainer = await trainerIn(page);
    });

    async function train(stage: Stage): Promise<{ points: LossPoint[]; networks: Networks }> {
      const points: LossPoint[] = [];
      for await (const point of stage.run()) points.push(point);
      const networks = stage.finish();
      stage.dispose();
      return { points, networks };
    }

    function expectSameCurve(a: readonly LossPoint[], b: readonly LossPoint[]): void {
      expect(a.map(({ step }) => step)).toEqual(b.map(({ step }) => step));
      for (const [i, { terms }] of a.entries()) {
        for (const [name, value] of Object.entries(terms)) {
          const other = b[i]!.terms[name as keyof typeof terms]!;
          expect(Math.abs(value - other), `${name} at ${a[i]!.step}`).toBeLessThan(
            1e-3 * Math.max(1, Math.abs(other)),
          );
        }
      }
    }

    function worst(a: TensorMap, b: TensorMap): number {
      expect([...a.keys()]).toEqual([...b.keys()]);
      return Math.max(
        ...[...a].map(([name, { data }]) => {
          const size = Math.max(1e-6, ...data.map(Math.abs));
          return Math.max(...data.map((value, i) => Math.abs(value - b.get(name)!.data[i]!))) / size;
        }),
      );
    }

    it('says which graphics card it has', async () => {
      await expect(trainer.device()).resolves.toMatchObject({
        device: expect.stringMatching(/./u) as string,
      });
    });

    it('trains both stages to the curves and networks of WASM', async () => {
      const trained = new Map<string, Networks>();
      for (const domain of ['sc', 'st'] as const) {
        const here = await train(await createStage(autoencoder(domain)));
        const there = await train(await trainer.stage(autoencoder(domain)));
        expect(here.points.length).toBeGreaterThan(3);
        expectSameCurve(there.points, here.points);
        expect(worst(await stateOf(there.networks), await stateOf(here.networks))).toBeLessThan(2e-3);
        trained.set(domain, here.networks);
      }
      const task = () => translation(trained.get('st')!, trained.get('sc')!);
      const here = await train(await createStage(task()));
      const there = await train(await trainer.stage(task()));
      expectSameCurve(there.points, here.points);
      expect(there.points.some(({ score }) => score !== undefined)).toBe(true);
      expect(worst(await stateOf(there.networks), await stateOf(here.networks))).toBeLessThan(5e-3);
    });

    it('stops between two steps with a checkpoint, from which WASM and the page go on', async () => {
      const whole = await train(await createStage(autoencoder('st')));
      const stop = new AbortController();
      const first = await trainer.stage(autoencoder('st'));
      const before: LossPoint[] = [];
      const running = (async () => {
        for await (const point of first.run(stop.signal)) {
          before.push(point);
          if (before.length === 2) stop.abort();
        }
      })();
      await expect(running).rejects.toBeInstanceOf(StoppedError);
      const saved = await first.snapshot();
      first.dispose();
      expect(saved.counters['step']).toBeGreaterThan(before.at(-1)!.step);
      expect(saved.counters['step']).toBeLessThan(whole.points.at(-1)!.steps);
      for (const create of [createStage, (task: StageTask) => trainer.stage(task)]) {
        const rest = await create(autoencoder('st'));
        rest.restore(saved);
        const { points, networks } = await train(rest);
        expect(points.at(-1)!.step).toBe(whole.points.at(-1)!.step);
        expect(worst(await stateOf(networks), await stateOf(whole.networks))).toBeLessThan(2e-3);
      }
    });

    it('refuses nothing that the policy of its contents forbids, and WebGPU found no fault', () => {
      expect(faults).toEqual([]);
    });

    it('tells when the page has ended', async () => {
      const stage = await trainer.stage(autoencoder('st'));
      const ended = expect(train(stage)).rejects.toThrow(
        /window that trained on the graphics card has ended/u,
      );
      await page.close();
      await ended;
    });
  });
});
