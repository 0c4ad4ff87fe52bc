import { computesOnDevice } from '../../../src-main/backend/device.ts';
import { startWebGpu } from '../../../src-main/backend/webgpu.ts';
import {
  adamDeviations,
  autoencoderDeviations,
  blockDeviations,
  type AdamFixture,
  type BlockFixture,
} from '../../helpers/golden-checks/blocks.ts';
import type { Deviation } from '../../helpers/golden-checks/deviation.ts';
import { lossDeviations, type LossCase } from '../../helpers/golden-checks/losses.ts';

/** The golden numbers that a test hands in. */
export interface Fixtures {
  readonly losses: { readonly cases: LossCase[] };
  readonly block: BlockFixture;
  readonly adam: AdamFixture;
}

/** What the page does for the test that opened it. */
export interface ChecksPage {
  start: typeof startWebGpu;
  onDevice: () => boolean;
  check: (name: keyof typeof checks, fixtures: Fixtures) => Promise<Deviation[]>;
}

const checks = {
  losses: ({ losses }: Fixtures) => lossDeviations(losses),
  block: ({ block }: Fixtures) => blockDeviations(block),
  autoencoder: ({ block }: Fixtures) => autoencoderDeviations(block),
  Adam: ({ adam }: Fixtures) => adamDeviations(adam),
} as const;

(globalThis as unknown as { checksPage: ChecksPage }).checksPage = {
  start: startWebGpu,
  onDevice: computesOnDevice,
  check: (name, fixtures) => checks[name](fixtures),
};
