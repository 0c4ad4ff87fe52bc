import { afterAll, beforeAll, describe, it } from 'vitest';
import { forceDevice } from '../../../src-main/backend/device.ts';
import { selectBackend, type BackendName } from '../../../src-main/backend/select.ts';
import {
  adamDeviations,
  autoencoderDeviations,
  blockDeviations,
  type AdamFixture,
  type BlockFixture,
} from '../../helpers/golden-checks/blocks.ts';
import type { Deviation } from '../../helpers/golden-checks/deviation.ts';
import { expectWithin } from '../../helpers/golden-checks/expect.ts';
import { lossDeviations, type LossCase } from '../../helpers/golden-checks/losses.ts';
import { trajectoryDeviations, type Trajectory } from '../../helpers/golden-checks/trajectory.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';

const checks: Readonly<Record<string, readonly [() => Promise<Deviation[]>, number]>> = {
  losses: [() => lossDeviations(readFixture<{ cases: LossCase[] }>('losses')), 100],
  block: [() => blockDeviations(readFixture<BlockFixture>('block')), 10],
  autoencoder: [() => autoencoderDeviations(readFixture<BlockFixture>('block')), 20],
  Adam: [() => adamDeviations(readFixture<AdamFixture>('adam')), 12],
  'six steps of stage 2': [() => trajectoryDeviations(readFixture<Trajectory>('trajectory')), 100],
};

describe.skipIf(!hasFixtures).each<BackendName>(['wasm', 'cpu'])(
  `tensor operations on %s agree with PyTorch ${needsFixtures}`,
  (backend) => {
    beforeAll(async () => {
      await selectBackend(backend, { threads: 1 });
      forceDevice(true);
    });
    afterAll(() => forceDevice(undefined));

    it.each(Object.keys(checks))('%s', async (name) => {
      const [check, least] = checks[name]!;
      expectWithin(await check(), least);
    });
  },
);
