import { beforeAll, describe, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { lossDeviations, type LossCase } from '../../helpers/golden-checks/losses.ts';
import { expectWithin, goldenBackends } from '../../helpers/golden-checks/expect.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';

describe.skipIf(!hasFixtures).each(goldenBackends)(
  `losses on %s agree with PyTorch ${needsFixtures}`,
  (backend) => {
    beforeAll(async () => {
      await selectBackend(backend, { threads: 1 });
    });

    it('values and gradients in every case', async () => {
      expectWithin(await lossDeviations(readFixture<{ cases: LossCase[] }>('losses')), 150);
    });
  },
);
