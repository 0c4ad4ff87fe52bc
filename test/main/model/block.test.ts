import { beforeAll, describe, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import {
  autoencoderDeviations,
  blockDeviations,
  type BlockFixture,
} from '../../helpers/golden-checks/blocks.ts';
import { expectWithin, goldenBackends } from '../../helpers/golden-checks/expect.ts';
import { hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';

describe.skipIf(!hasFixtures).each(goldenBackends)(
  `blocks on %s agree with PyTorch ${needsFixtures}`,
  (backend) => {
    beforeAll(async () => {
      await selectBackend(backend, { threads: 1 });
    });

    it('a block: output, gradients, running statistics; frozen, too', async () => {
      expectWithin(await blockDeviations(readFixture<BlockFixture>('block')), 10);
    });

    it('an autoencoder: gradients, running statistics, inference, and five Adam steps', async () => {
      expectWithin(await autoencoderDeviations(readFixture<BlockFixture>('block')), 20);
    });
  },
);
