import { beforeAll, describe, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { trajectoryDeviations, type Trajectory } from '../../helpers/golden-checks/trajectory.ts';
import { expectWithin, goldenBackends } from '../../helpers/golden-checks/expect.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';

describe.skipIf(!hasFixtures).each(goldenBackends)(
  `six steps of stage 2 on %s agree with PyTorch ${needsFixtures}`,
  (backend) => {
    beforeAll(async () => {
      await selectBackend(backend, { threads: 1 });
    });

    it('in all runs (paper, large, code forms)', async () => {
      expectWithin(await trajectoryDeviations(readFixture<Trajectory>('trajectory')), 250);
    });
  },
);
